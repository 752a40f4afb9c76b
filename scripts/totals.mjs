/** @file The closing line of a test run, read from the runners' own reports. */

import { readFileSync } from 'node:fs'

/** What Vitest's JSON report counts. A file that cannot even be loaded counts as one failure. */
export function vitestTotals(report) {
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** What Playwright's JSON report counts. An error outside any test counts as one failure. */
export function playwrightTotals({ stats, errors }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  }
}

/** One runner's totals: its report read by `count`, or a single failure if it left none. */
export function totalsOf({ exitCode, reportFile, count }) {
  let totals
  try {
    totals = count(JSON.parse(readFileSync(reportFile, 'utf8')))
  } catch {
    totals = { passed: 0, failed: 0, skipped: 0 } // it ended before it could write one
  }
  // "0 failed" beside a failing exit code would hide what went wrong outside the tests.
  return exitCode !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals
}

/** `12 passed, 0 failed`, and `, 3 skipped` if any were. */
export function closingLine(runs) {
  const sum = (key) => runs.reduce((total, run) => total + run[key], 0)
  const skipped = sum('skipped')
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
