import fc from 'fast-check'
import type { Attempt, PageSummary, RequestFacts } from 'holdpoint/guard'
import { stockGuards } from 'holdpoint/guards'
import { expect, test } from 'vitest'
import { termsDigest } from '../../src/core/terms.ts'
import { button, call, field, form, page, payable, request, sent } from './attempts.ts'

const MAX_CHARS = 10_000
// Processor time, so that a busy machine does not fail it; a runaway expression takes minutes here.
const MAX_INSPECT_CPU_MS = 1_500

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ maxLength: MAX_CHARS, size: 'max' }),
  // The usual food of runaway expressions: one piece, many times over.
  fc
    .tuple(
      fc.constantFrom(
        'pay ',
        '1,',
        '1.',
        ' ',
        'a-',
        'Aa',
        '/',
        '../',
        '%',
        'order #',
        '1 h 2 m ',
        '1:11:11',
        '注文',
        '=',
        '[',
        '"',
        '́',
      ),
      fc.integer({ min: 1, max: MAX_CHARS }),
    )
    .map(([piece, chars]) => piece.repeat(Math.ceil(chars / piece.length)).slice(0, chars)),
)

const summaries: fc.Arbitrary<PageSummary> = fc
  .record({
    label: text,
    title: text,
    heading: text,
    note: text,
    value: text,
    name: text,
    path: text,
    type: fc.constantFrom('text', 'radio', 'textarea', 'file', 'hidden', 'checkbox'),
    tag: fc.constantFrom('button', 'a', 'div', 'input', 'canvas'),
  })
  .map(({ label, title, heading, note, value, name, path, type, tag }) =>
    page({
      path,
      title,
      headings: [heading, label],
      notes: [note],
      payable: payable(100),
      target: button(label, { tag, hint: title, href: `https://x.example/${path}`, heading }),
      form: form('/x', [field({ name, label, value, type, checked: true, files: [value] })], {
        action: path,
        submitter: label,
      }),
      items: [{ name: value, quantity: 1 }],
      frames: [{ origin: path, crossOrigin: true }],
    }),
  )

const requests: fc.Arbitrary<RequestFacts> = fc
  .record({
    path: text,
    name: text,
    value: text,
    operation: text,
    method: fc.constantFrom('GET', 'POST', 'PUT'),
  })
  .map(({ path, name, value, operation, method }) => ({
    ...request('POST /'),
    method,
    url: `https://x.example/${path}`,
    query: [{ name: value, value: name }],
    fields: [
      { name, value },
      { name: 'total', value },
      { name: 'action', value },
      { name: 'currency', value: name },
    ],
    operation: { name: operation, readOnly: false },
  }))

const attempts: fc.Arbitrary<Attempt> = fc.oneof(
  summaries.map((summary) => call(summary)),
  summaries.map((summary) => call(summary, 'press')),
  fc.tuple(requests, summaries).map(([facts, summary]) => sent(facts, summary)),
  requests.map((facts) => sent(facts)),
)

test('whatever a page writes, guards answer soon, never throw, and always the same', () => {
  const guards = stockGuards()
  fc.assert(
    fc.property(attempts, (attempt) => {
      for (const guard of guards) {
        const started = process.cpuUsage()
        const finding = guard.inspect(attempt)
        guard.harmless?.(attempt)
        if (attempt.page !== undefined) guard.outcome?.({ page: attempt.page })
        expect(process.cpuUsage(started).user / 1_000).toBeLessThan(MAX_INSPECT_CPU_MS)
        expect(guard.inspect(attempt)).toEqual(finding)
        // Terms must have a digest, or nobody can decide about them.
        if (finding !== undefined) expect(termsDigest(finding.terms)).toMatch(/^[0-9a-f]{64}$/)
      }
    }),
    // Shrinking texts of this length takes longer than the test and tells little.
    { numRuns: 80, endOnFailure: true },
  )
}, 120_000)

test('the stock guards are the checkout and the form guard, frozen', () => {
  expect(stockGuards().map((guard) => guard.name)).toEqual(['checkout', 'form-submission'])
  expect(stockGuards().every((guard) => Object.isFrozen(guard))).toBe(true)
})
