import type { KnownBlock } from '@slack/types'
import { expect, expectTypeOf, test } from 'vitest'
import { readAnswerBlockId } from '../../../src/adapters/slack/answer-id.ts'
import { messageBlocks } from '../../../src/adapters/slack/blocks.ts'
import { recordBlocks } from '../../../src/adapters/slack/thread-blocks.ts'
import { type MessageView, viewOf } from '../../../src/adapters/slack/view.ts'
import { definePolicy } from '../../../src/core/policy.ts'
import type { ApprovalRequest } from '../../../src/core/request.ts'
import { approvalBy, blockLines, EVIDENCE_DIGEST, message, request, TERMS_DIGEST } from './kit.ts'

const IDENTITIES = { grace: 'U0GRACE0001', ada: 'U0ADA000001' }

function view(asked: ApprovalRequest = request(), change: Partial<MessageView> = {}): MessageView {
  const options = { signingSecret: 'a signing secret', lockScreen: 'full' as const }
  return {
    ...viewOf(message({ request: asked }), options, IDENTITIES),
    picture: { state: 'shown', fileId: 'F00000001' },
    revision: 1,
    ...change,
  }
}

const lines = (asked?: ApprovalRequest, change?: Partial<MessageView>): readonly string[] =>
  blockLines(messageBlocks(view(asked, change)))

const policy = (change: object) =>
  definePolicy({ reviewers: ['grace'], expiresAfterMs: 900_000, ...change })

test('a purchase reads, in this order', () => {
  expect(lines()).toEqual([
    'header: Pay 182.40 EUR to shop.example?',
    'section: <@U0GRACE0001> · shopper for Ada · answer by <!date^1795275000^{time}|15:30>',
    'image: the checkout page',
    'section: 2 × Printer paper A4, 91.20 each',
    'section: Ship to: Office Berlin, Torstr. 1',
    'section: Card: ••4242',
    'section: Recurring: no',
    'section: Total: shown in 2 places, they agree',
    'context: Held: commits money · first order at this shop',
    'context: Agent says (unverified): “cheapest in stock”',
    'actions: [Approve 182.40 EUR] [Reject…: Too expensive | Wrong item | Wrong address | Not needed | Other…] [Open]',
    'context: HP-41 · nothing has been sent',
  ])
})

test('only text with our own names and times in it is markup', () => {
  const markup = messageBlocks(view()).filter((block) => JSON.stringify(block).includes('"mrkdwn"'))
  expect(markup.map(({ block_id }) => block_id)).toEqual(['who.HP-41.1'])
  for (const block of markup) expect(JSON.stringify(block)).toContain('"verbatim":true')
})

test('a changed request says first what changed, and what did not', () => {
  const follows = {
    requestId: 'HP-40',
    changed: [{ field: 'total', approved: '182.40 EUR', now: '199.00 EUR' }],
  }
  expect(lines(request({ id: 'HP-42', follows })).slice(2, 4)).toEqual([
    'section: *⚠ Changed after HP-40 was approved: total 182.40 → 199.00 EUR*',
    'section: unchanged: recipient, items, Ship to, Card',
  ])
})

test('a total that is not among the changes is not said to be equal, as it may be lower', () => {
  const changed = [{ field: 'Card', approved: '••4242', now: '••1111' }]
  expect(lines(request({ follows: { requestId: 'HP-40', changed } })).slice(3, 6)).toEqual([
    'section: Card ••4242 → ••1111',
    'section: unchanged: recipient, items, Ship to',
    'section: total not higher',
  ])
})

test('long values are shown from where they differ', () => {
  const street = 'A very long address that goes on and on, '.repeat(8)
  const changed = [{ field: 'Ship to', approved: `${street}door 1`, now: `${street}door 2` }]
  expect(lines(request({ follows: { requestId: 'HP-40', changed } }))[3]).toBe(
    'section: Ship to …oes on and on, door 1 → …oes on and on, door 2',
  )
})

test('warnings stand above the picture', () => {
  const base = request()
  const asked = request({
    warnings: ['The content of the request could not be read, so it was not checked.'],
    evidence: {
      ...base.evidence,
      summary: { ...base.evidence.summary, opaque: ['iframe pay.example'], truncated: true },
    },
  })
  expect(lines(asked).slice(2, 6)).toEqual([
    'section: ⚠ The content of the request could not be read, so it was not checked.',
    'section: ⚠ The page was too long to be read in full.',
    'section: ⚠ Not readable: iframe pay.example',
    'image: the checkout page',
  ])
})

const REJECT = '[Reject…: Too expensive | Wrong item | Wrong address | Not needed | Other…]'

test.each([
  ['coming', 'The picture is on its way. Approve appears with it.'],
  ['failed', '⚠ The picture could not be shown here. It is on the page behind Open.'],
] as const)('while the picture is %s there is no Approve', (state, note) => {
  const shown = lines(undefined, { picture: { state } })
  expect(shown[2]).toBe(`context: ${note}`)
  expect(shown.at(-2)).toBe(`actions: ${REJECT} [Open]`)
})

test('without evidence of how it looked it cannot be approved, and that is said', () => {
  const { picture: _, ...evidence } = request().evidence
  const asked = request({ evidence: { ...evidence, pictureMissing: 'the page hung' } })
  const shown = lines(asked, { picture: { state: 'none' } })
  expect(shown[2]).toBe('context: ⚠ There is no picture (the page hung), so it cannot be approved.')
  expect(shown.at(-2)).toBe(`actions: ${REJECT} [Open]`)
})

test('a policy can allow an approval without a picture', () => {
  const asked = request({ policy: policy({ approveWithoutImage: true }) })
  expect(lines(asked, { picture: { state: 'coming' } }).at(-2)).toContain('[Approve 182.40 EUR]')
})

test('a picture that is all black is not one to approve by', () => {
  const { evidence } = request()
  const black = { ...evidence.picture, blackedOut: true } as NonNullable<typeof evidence.picture>
  const asked = request({ evidence: { ...evidence, picture: black } })
  expect(lines(asked).at(-2)).toBe(`actions: ${REJECT} [Open]`)
  expect(lines(asked).join('\n')).toContain('it cannot be approved')
})

test('with two people to agree it says who has', () => {
  const two = policy({ reviewers: ['grace', 'ada', 'linus'], quorum: 2 })
  expect(lines(request({ policy: two })).at(-1)).toBe(
    'context: HP-41 · nothing has been sent · needs 2 people',
  )
  const decisions = [approvalBy('grace')]
  expect(lines(request({ policy: two, decisions })).at(-1)).toBe(
    'context: HP-41 · nothing has been sent · 1 of 2: Grace',
  )
})

test('it says who looks at it below the buttons, so that these do not move', () => {
  const shown = lines(undefined, { looking: 'Ada' })
  expect(shown.at(-1)).toBe('context: HP-41 · nothing has been sent · Ada is looking')
  expect(shown.slice(0, -1)).toEqual(lines().slice(0, -1))
})

test('a deadline on another day says the day', () => {
  const expiresAt = new Date('2026-11-22T15:30:00.000Z')
  expect(lines(request({ expiresAt }))[1]).toContain('^{date_short_pretty} {time}|22 Nov 15:30>')
})

test('a form reads, in this order', () => {
  const base = request()
  const fields = Array.from({ length: 10 }, (_, at) => ({ label: `Field ${at}`, value: `${at}` }))
  const asked = request({
    kind: 'form-submission',
    title: 'Send this form to careers.example',
    terms: { v: 1, recipient: 'careers.example', fields },
    evidence: {
      ...base.evidence,
      summary: { ...base.evidence.summary, origin: 'https://jobs.example' },
    },
  })
  expect(lines(asked)).toEqual([
    'header: Send this form to careers.example?',
    'section: <@U0GRACE0001> · shopper for Ada · answer by <!date^1795275000^{time}|15:30>',
    'image: the checkout page',
    ...fields.slice(0, 8).map(({ label, value }) => `section: ${label}: ${value}`),
    'section: ⚠ and 2 more fields: see the thread, or Open',
    'section: To: careers.example ⚠ the page is jobs.example',
    'context: Held: commits money · first order at this shop',
    'context: Agent says (unverified): “cheapest in stock”',
    'actions: [Approve sending] [Reject…: Wrong content | Wrong recipient | Not needed | Other…] [Open]',
    'context: HP-41 · nothing has been sent',
  ])
})

test('a deletion asks once more in the button itself', () => {
  const asked = request({ kind: 'deletion', title: 'Delete 37 invoices in billing.example' })
  const [button] = messageBlocks(view(asked)).flatMap((block) =>
    block.type === 'actions' ? block.elements : [],
  )
  expect(button).toMatchObject({
    style: 'danger',
    text: { text: 'Approve deletion' },
    confirm: { text: { text: 'It runs at once. Holdpoint cannot undo it.' } },
  })
})

test('the thread holds every item and field', () => {
  const items = Array.from({ length: 20 }, (_, at) => ({ name: `Item ${at}`, quantity: 1 }))
  const asked = request({ terms: { v: 1, items } })
  expect(lines(asked).filter((line) => line.includes('1 × Item'))).toHaveLength(8)
  expect(lines(asked).join('\n')).toContain('⚠ and 12 more items: see the thread, or Open')
  const record = blockLines(recordBlocks(view(asked)))
  expect(record.filter((line) => line.includes('1 × Item'))).toHaveLength(20)
})

test('an answer carries the digests of what was shown, under new ids on each update', () => {
  const blocks = messageBlocks(view(undefined, { revision: 12 }))
  const actions = blocks.find(({ type }) => type === 'actions')
  expect(readAnswerBlockId(actions?.block_id ?? '')).toEqual({
    requestId: 'HP-41',
    termsDigest: TERMS_DIGEST,
    evidenceDigest: EVIDENCE_DIGEST,
  })
  const before = new Set(messageBlocks(view()).map(({ block_id }) => block_id))
  expect(blocks.filter(({ block_id }) => before.has(block_id))).toEqual([])
})

test('blocks are what the SDK calls known blocks', () => {
  expectTypeOf(messageBlocks).returns.toEqualTypeOf<KnownBlock[]>()
})
