import { expect, test } from 'vitest'
import { noticeContent } from '../../../src/adapters/slack/notice.ts'
import { viewOf } from '../../../src/adapters/slack/view.ts'
import { definePolicy } from '../../../src/core/policy.ts'
import type { ApprovalRequest } from '../../../src/core/request.ts'
import type { Notice } from '../../../src/ports/channel.ts'
import { approvalBy, blockLines, message, REQUEST_URL, request } from './kit.ts'

const IDENTITIES = { grace: 'U0GRACE0001', ada: 'U0ADA000001' }
const UNTIL = `answer by <!date^1795275000^{time}|15:30> · <${REQUEST_URL}|Open>`

function said(
  kind: Notice['kind'],
  reviewers: readonly string[],
  change: Partial<ApprovalRequest> = {},
  lockScreen: 'full' | 'no-amount' = 'full',
) {
  const notice = { kind, reviewers, dueAt: new Date('2026-11-21T15:22:30.000Z') }
  const view = viewOf(message({ request: request(change) }), { lockScreen }, IDENTITIES)
  const { text, blocks } = noticeContent(notice, { ...view, revision: 1 })
  return { text, lines: blockLines(blocks), blocks }
}

test.each([
  ['reminder', 'HP-41 still waits'],
  ['last-call', 'last call for HP-41'],
  ['escalation', 'nobody has answered HP-41 yet'],
] as const)('a %s mentions whom it is for, and says what waits until when', (kind, what) => {
  expect(said(kind, ['grace']).lines).toEqual([
    `section: <@U0GRACE0001> ${what}: Pay 182.40 EUR to shop.example · ${UNTIL}`,
  ])
})

test('an escalation after an approval says how many there are', () => {
  const policy = definePolicy({ reviewers: ['grace', 'ada', 'linus'], quorum: 2 })
  const [line] = said('escalation', ['ada'], { policy, decisions: [approvalBy('grace')] }).lines
  expect(line).toContain('<@U0ADA000001> HP-41 has 1 of 2 approvals: Pay')
})

test('several people are mentioned, and who is not in Slack is named', () => {
  const [line] = said('reminder', ['grace', 'ada', '<!channel>']).lines
  expect(line).toContain('<@U0GRACE0001> <@U0ADA000001> &lt;!channel&gt; HP-41 still waits')
})

test('a hundred people are not mentioned', () => {
  const [line] = said('reminder', Array<string>(100).fill('grace')).lines
  expect(line?.match(/<@U0GRACE0001>/g)).toHaveLength(20)
})

test('what a page wrote into the title is not markup', () => {
  const { blocks } = said('reminder', ['grace'], { title: 'Pay <!channel> *now*' })
  expect(JSON.stringify(blocks)).not.toContain('<!channel>')
  expect(JSON.stringify(blocks)).not.toContain('*now*')
  expect(JSON.stringify(blocks)).toContain('"verbatim":true')
})

test('a lock screen shows of a notice what it shows of the question', () => {
  expect(said('reminder', ['grace']).text).toBe(
    'HP-41 waits: 182.40 EUR to shop.example · 2 items · for Ada · by 15:30',
  )
  expect(said('reminder', ['grace'], {}, 'no-amount').text).toBe(
    'HP-41 waits: Approval for shop.example · 2 items · for Ada · by 15:30',
  )
})
