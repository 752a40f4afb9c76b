import { describe, expect, test } from 'vitest'

interface Plan {
  needsBrowser(command: string): boolean
  planTests(
    args: readonly string[],
    facts: { hasE2e: boolean },
  ): { vitest?: readonly string[]; playwright?: readonly string[] }
  planBenches(
    args: readonly string[],
    files: readonly string[],
  ): { files: readonly string[]; args: readonly string[] }
}

// The scripts are read by any Node, so they are plain JavaScript and their types are written here.
const { needsBrowser, planBenches, planTests } = (await import(
  new URL('../../scripts/plan.mjs', import.meta.url).href
)) as Plan

describe('npm test', () => {
  test('without arguments runs both runners', () => {
    expect(planTests([], { hasE2e: true })).toEqual({ vitest: [], playwright: [] })
  })

  test('without arguments runs Vitest alone where there is no Playwright configuration', () => {
    expect(planTests([], { hasE2e: false })).toEqual({ vitest: [] })
  })

  test('with arguments runs Vitest alone, with all of them', () => {
    const args = ['test/core', '-t', 'a rejection wins']
    expect(planTests(args, { hasE2e: true })).toEqual({ vitest: args })
  })

  test('with an e2e spec runs Playwright alone, with all arguments', () => {
    const args = ['./test/e2e/drift.spec.ts', '--headed']
    expect(planTests(args, { hasE2e: true })).toEqual({ playwright: args })
    expect(planTests(['test/e2e-helpers'], { hasE2e: true })).toEqual({
      vitest: ['test/e2e-helpers'],
    })
  })
})

describe('npm run bench', () => {
  const files = ['gate.bench.ts', 'guards.bench.ts']

  test('runs all without a name', () => {
    expect(planBenches([], files)).toEqual({ files, args: [] })
  })

  test('runs the one that is named, by name or path, and hands the other arguments to it', () => {
    for (const name of ['guards', 'guards.bench.ts', 'bench/guards.bench.ts']) {
      expect(planBenches([name, '--rounds', '3'], files)).toEqual({
        files: ['guards.bench.ts'],
        args: ['--rounds', '3'],
      })
    }
  })

  test('runs nothing for a name that is not there', () => {
    expect(planBenches(['guard'], files).files).toEqual([])
  })
})

test('the linters need no browser, everything else does', () => {
  expect(['demo', 'test', 'check', 'lint', 'bench'].filter(needsBrowser)).toEqual([
    'demo',
    'test',
    'check',
    'bench',
  ])
})
