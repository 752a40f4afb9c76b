import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

interface Totals {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

interface Functions {
  vitestTotals(report: unknown): Totals
  playwrightTotals(report: unknown): Totals
  totalsOf(run: { exitCode: number; reportFile: string; count: (report: never) => Totals }): Totals
  closingLine(runs: readonly Totals[]): string
}

const { closingLine, playwrightTotals, totalsOf, vitestTotals } = (await import(
  new URL('../../scripts/totals.mjs', import.meta.url).href
)) as Functions

test('the closing line adds up the runners, and names what was skipped only if something was', () => {
  const vitest = { passed: 10, failed: 0, skipped: 0 }
  const playwright = { passed: 2, failed: 1, skipped: 0 }
  expect(closingLine([vitest])).toBe('10 passed, 0 failed')
  expect(closingLine([vitest, playwright])).toBe('12 passed, 1 failed')
  expect(closingLine([vitest, { ...playwright, skipped: 3 }])).toBe(
    '12 passed, 1 failed, 3 skipped',
  )
})

describe('what counts as failed', () => {
  const report = {
    numPassedTests: 4,
    numFailedTests: 1,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: [
      { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ],
  }

  test('a failed test, once', () => {
    expect(vitestTotals(report)).toEqual({ passed: 4, failed: 1, skipped: 2 })
  })

  test('a file that could not be loaded, as its tests are not in the report', () => {
    const unloaded = { status: 'failed', assertionResults: [] }
    const testResults = [...report.testResults, unloaded]
    expect(vitestTotals({ ...report, testResults }).failed).toBe(2)
  })

  test('an error outside of the tests', () => {
    const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 }
    expect(playwrightTotals({ stats, errors: [] })).toEqual({ passed: 4, failed: 1, skipped: 2 })
    expect(playwrightTotals({ stats, errors: [{}] }).failed).toBe(2)
  })
})

describe('one runner', () => {
  let folder: string
  let reportFile: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'totals-'))
    reportFile = join(folder, 'report.json')
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  const count = (report: Totals) => report

  test('that ended badly never reports 0 failed', () => {
    writeFileSync(reportFile, JSON.stringify({ passed: 5, failed: 0, skipped: 0 }))
    expect(totalsOf({ exitCode: 0, reportFile, count }).failed).toBe(0)
    expect(totalsOf({ exitCode: 1, reportFile, count })).toEqual({
      passed: 5,
      failed: 1,
      skipped: 0,
    })
  })

  test('that left no report counts as one failure', () => {
    expect(totalsOf({ exitCode: 1, reportFile, count })).toEqual({
      passed: 0,
      failed: 1,
      skipped: 0,
    })
  })
})
