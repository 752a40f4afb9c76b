import { expect, test } from 'vitest'
import { messageBlocks } from '../../../src/adapters/slack/blocks.ts'
import { fallbackText } from '../../../src/adapters/slack/fallback-text.ts'
import { type MessageView, viewOf } from '../../../src/adapters/slack/view.ts'
import type { Execution } from '../../../src/core/claim.ts'
import type { ApprovalRequest } from '../../../src/core/request.ts'
import { blockLines, decided, message, REQUEST_URL, request } from './kit.ts'

function view(asked: ApprovalRequest, change: Partial<MessageView> = {}): MessageView {
  const options = { signingSecret: 'a signing secret', lockScreen: 'full' as const }
  return { ...viewOf(message({ request: asked }), options, {}), revision: 2, ...change }
}

const ran = (state: Execution['state'], label?: string): ApprovalRequest =>
  decided('approve', {
    execution: { state, token: 1, ...(label === undefined ? {} : { label }) },
  })

const SECOND = `context: HP-41 · Pay 182.40 EUR to shop.example · <${REQUEST_URL}|Open>`

test.each<[what: string, request: ApprovalRequest, line: string, change?: Partial<MessageView>]>([
  [
    'being placed',
    ran('started'),
    'Approved by Grace <!date^1795274280^{time}|15:18>, placing order…',
  ],
  [
    'done',
    ran('succeeded', 'order 10042'),
    '✅ Order 10042 placed, 182.40 EUR · Grace · waited 3 min',
  ],
  ['done without a number', ran('succeeded'), '✅ Done, 182.40 EUR · Grace · waited 3 min'],
  [
    'unverified',
    ran('unverified'),
    "⚠ Sent, 182.40 EUR · Grace · the site's answer could not be read as a success; please look.",
  ],
  [
    'refused, with what follows',
    ran('refused', 'total 182.40 → 199.00 EUR'),
    'Refused: total 182.40 → 199.00 EUR. See HP-42. Nothing sent.',
    { followedBy: 'HP-42' },
  ],
  ['refused', ran('refused'), 'Refused: the page changed after approval. Nothing sent.'],
  ['failed', ran('failed', 'nothing was sent'), 'Approved by Grace, but it failed. Nothing sent.'],
  ['in doubt', ran('in-doubt'), '⚠ May have gone through. Somebody has to look at the site.'],
  [
    'rejected',
    decided('reject', {}, 'Too expensive'),
    '⛔ Rejected by Grace: too expensive. Nothing sent.',
  ],
  [
    'rejected without a reason',
    decided('reject'),
    '⛔ Rejected by Grace: no reason given. Nothing sent.',
  ],
  [
    'expired',
    request({ state: 'expired' }),
    'Expired <!date^1795275000^{time}|15:30>. Nothing was sent; the agent was told.',
  ],
  [
    'withdrawn',
    request({ state: 'withdrawn', closedReason: 'the page was closed' }),
    'Withdrawn: the page was closed. Nothing sent.',
  ],
  [
    'lapsed',
    decided('approve', { state: 'lapsed' }),
    'Approved by Grace, but the agent did not come back in time. Nothing sent.',
  ],
])('a request that is %s shrinks to two lines', (what, asked, line, change) => {
  const lines = blockLines(messageBlocks(view(asked, change)))
  const look = what === 'in doubt' ? ['actions: [Open]'] : []
  expect(lines).toEqual([`section: ${line}`, SECOND, ...look])
})

test('a lock screen shows the amount first', () => {
  expect(fallbackText(view(request()))).toBe(
    '182.40 EUR to shop.example · 2 items · for Ada · by 15:30',
  )
})

test('a lock screen can do without amounts', () => {
  expect(fallbackText(view(request(), { lockScreen: 'no-amount' }))).toBe(
    'Approval for shop.example · 2 items · for Ada · by 15:30',
  )
})

test('a lock screen tells how much a form sends', () => {
  const base = request()
  const file = {
    label: 'CV',
    name: 'cv',
    type: 'file',
    autocomplete: '',
    value: '',
    secret: false,
    filled: true,
    visible: true,
    files: ['cv.pdf'],
  }
  const asked = request({
    kind: 'form-submission',
    terms: {
      v: 1,
      recipient: 'careers.example',
      fields: Array.from({ length: 11 }, (_, at) => ({ label: `${at}`, value: 'x' })),
    },
    evidence: {
      ...base.evidence,
      summary: {
        ...base.evidence.summary,
        form: {
          action: '',
          method: 'post',
          enctype: '',
          name: '',
          id: '',
          target: '',
          fields: [file],
        },
      },
    },
  })
  expect(fallbackText(view(asked))).toBe(
    'Send form to careers.example · 11 fields, 1 file · for Ada · by 15:30',
  )
})

test('a lock screen tells of a deletion in capitals', () => {
  const terms = { v: 1 as const, recipient: 'billing.example', quantity: 37 }
  expect(fallbackText(view(request({ kind: 'deletion', terms })))).toBe(
    'DELETE 37 items · billing.example · for Ada · by 15:30',
  )
})

test.each([
  ran('refused', 'Ship to Office Berlin, Torstr. 1 → Elsewhere 5'),
  ran('succeeded', 'Card ••4242 charged'),
  decided('reject', {}, 'not to Torstr. 1'),
])('a lock screen never shows what a page or a person wrote', (asked) => {
  expect(fallbackText(view(asked))).not.toMatch(/Torstr|4242|182/)
})

test('a lock screen shows under 100 characters, whatever the names', () => {
  const terms = { ...request().terms, recipient: `${'long.'.repeat(30)}example` }
  const asked = request({ terms, onBehalfOf: 'x'.repeat(200) })
  expect(fallbackText(view(asked)).length).toBeLessThan(100)
})
