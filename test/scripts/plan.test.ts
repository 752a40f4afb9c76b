import { describe, expect, test } from 'vitest'
import { textOf } from '../repo/sources.ts'

interface Plan {
  readonly COMMANDS: readonly string[]
  needsBrowser(command: string): boolean
  planTests(
    args: readonly string[],
    facts: { hasE2e: boolean },
  ): {
    vitest?: readonly string[]
    playwright?: readonly string[]
    examples?: readonly string[]
  }
  planExample(
    args: readonly string[],
    files: readonly string[],
  ): { file: string | undefined; args: readonly string[]; names: readonly string[] }
  planBenches(
    args: readonly string[],
    files: readonly string[],
  ): { files: readonly string[]; args: readonly string[] }
}

// The scripts are read by any Node, so they are plain JavaScript and their types are written here.
const { COMMANDS, needsBrowser, planBenches, planExample, planTests } = (await import(
  new URL('../../scripts/plan.mjs', import.meta.url).href
)) as Plan

describe('npm test', () => {
  test('without arguments runs everything', () => {
    expect(planTests([], { hasE2e: true })).toEqual({ vitest: [], playwright: [], examples: [] })
  })

  test('without arguments leaves Playwright out where there is no configuration of it', () => {
    expect(planTests([], { hasE2e: false })).toEqual({ vitest: [], examples: [] })
  })

  test('with the tests of an example runs these alone, with all arguments', () => {
    const args = ['test/examples/mastra.test.ts', '-t', 'after an approval']
    expect(planTests(args, { hasE2e: true })).toEqual({ examples: args })
    expect(planTests(['./test/examples'], { hasE2e: true })).toEqual({
      examples: ['./test/examples'],
    })
    expect(planTests(['test/examples-of-x'], { hasE2e: true })).toEqual({
      vitest: ['test/examples-of-x'],
    })
  })

  test('with other arguments runs Vitest alone, with all of them', () => {
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

describe('npm run example', () => {
  const files = ['write-a-guard.ts', 'ask-in-slack.ts', 'holdpoint.config.ts', 'README.md']

  test('runs the one that is named, by name or path, and hands the other arguments to it', () => {
    for (const name of ['ask-in-slack', 'ask-in-slack.ts', 'examples/ask-in-slack.ts']) {
      expect(planExample([name, '--x'], files)).toMatchObject({
        file: 'ask-in-slack.ts',
        args: ['--x'],
      })
    }
  })

  test('without one that is there names those that are; a configuration is none', () => {
    const names = ['ask-in-slack', 'write-a-guard']
    for (const args of [[], ['holdpoint.config'], ['../server/index']]) {
      expect(planExample(args, files)).toMatchObject({ file: undefined, names })
    }
  })
})

test('the linters and what only reads files need no browser, everything else does', () => {
  expect(COMMANDS.filter(needsBrowser)).toEqual(['demo', 'example', 'test', 'check', 'bench'])
})

test('every command of package.json is one, and has what it runs', async () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }
  const through = Object.entries(scripts).flatMap(([name, script]) => {
    const command = /^node scripts\/run\.mjs (\w+)$/.exec(script)?.[1]
    return command === undefined ? [] : [[name, command]]
  })
  expect(through).toContainEqual(['replay', 'replay'])
  const { commands } = await import(new URL('../../scripts/commands.mjs', import.meta.url).href)
  expect(Object.keys(commands).sort()).toEqual([...COMMANDS].sort())
  expect(through.filter(([, command]) => !COMMANDS.includes(command ?? ''))).toEqual([])
})
