import type { KnownBlock } from '@slack/types'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { messageBlocks } from '../../../src/adapters/slack/blocks.ts'
import { fallbackText } from '../../../src/adapters/slack/fallback-text.ts'
import { noticeContent } from '../../../src/adapters/slack/notice.ts'
import { cut, markdown, mrkdwn, plain } from '../../../src/adapters/slack/text.ts'
import { outcomeBlocks, recordBlocks } from '../../../src/adapters/slack/thread-blocks.ts'
import { type MessageView, viewOf } from '../../../src/adapters/slack/view.ts'
import type { ApprovalRequest } from '../../../src/core/request.ts'
import { decided, message, REQUEST_URL, request } from './kit.ts'

/** Text that a hostile page would write: markup in pieces, among anything else. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<!channel>',
        '<!here|x>',
        '<@U0GRACE0001>',
        '<https://evil.example|Approve>',
        '<',
        '>',
        '&lt;!channel&gt;',
        '&',
        '*bold*',
        '_',
        '~',
        '`',
        '```',
        ':white_check_mark:',
        ':',
        '\n',
        '\u202e',
        '\u200b',
        '\u2066',
        '@channel',
        'https://evil.example',
        '😀',
      ),
      fc.string({ unit: 'binary', maxLength: 30 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''))

/** Every place that a page, a model or a person writes into. */
function filledWith(text: string, base: ApprovalRequest): ApprovalRequest {
  const { evidence } = base
  const { summary, picture } = evidence
  return {
    ...base,
    agent: text,
    onBehalfOf: text,
    title: text,
    says: text,
    closedReason: text,
    warnings: Array.from({ length: 20 }, () => text),
    findings: base.findings.map((finding) => ({ ...finding, why: text })),
    follows: {
      requestId: 'HP-40',
      changed: Array.from({ length: 20 }, () => ({ field: text, approved: text, now: text })),
    },
    terms: {
      ...base.terms,
      recipient: text,
      items: Array.from({ length: 100 }, () => ({ name: text, quantity: 1 })),
      fields: Array.from({ length: 100 }, () => ({ label: text, value: text })),
    },
    evidence: {
      ...evidence,
      pictureMissing: text,
      ...(picture === undefined ? {} : { picture: { ...picture, altText: text } }),
      summary: {
        ...summary,
        opaque: [text],
        payable: {
          total: { amountMinor: 1, currency: 'EUR' },
          places: 1,
          disagreeing: [text, text],
          ambiguous: true,
        },
      },
    },
    execution: { ...base.execution, label: text },
    decisions: base.decisions.map((decision) => ({ ...decision, reason: text, reviewer: text })),
  }
}

const bases: readonly ApprovalRequest[] = [
  request(),
  request({ kind: 'form-submission' }),
  request({ kind: 'deletion' }),
  request({ state: 'expired' }),
  request({ state: 'withdrawn' }),
  decided('reject'),
  ...(['none', 'succeeded', 'unverified', 'refused', 'failed', 'in-doubt', 'settled'] as const).map(
    (state) => decided('approve', { execution: { state, token: 1 } }),
  ),
]

function viewOfText(text: string, base: ApprovalRequest): MessageView {
  const options = { signingSecret: 'a signing secret', lockScreen: 'full' as const }
  const looking = { reviewer: text, since: new Date() }
  const asked = message({ request: filledWith(text, base), looking })
  return {
    ...viewOf(asked, options, { grace: 'U0GRACE0001' }),
    picture: { state: 'shown', fileId: 'F00000001' },
    revision: 1,
  }
}

const allBlocks = (view: MessageView): readonly (readonly KnownBlock[])[] => [
  messageBlocks(view),
  recordBlocks(view),
  outcomeBlocks(view),
  // A reviewer who is not in Slack is named, and the name is what somebody typed.
  noticeContent(
    { kind: 'escalation', reviewers: ['grace', view.request.title], dueAt: new Date() },
    view,
  ).blocks,
]

interface TextObject {
  readonly type: string
  readonly text: string
  readonly emoji?: boolean
  readonly verbatim?: boolean
}

function textObjects(value: unknown): readonly TextObject[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(textObjects)
  const own = value as TextObject
  return typeof own.text === 'string' ? [own, ...inner] : inner
}

const OURS = [
  /^<@U0GRACE0001>$/,
  /^<!date\^\d+\^(?:\{date_short_pretty\} )?\{time\}\|[\w: ]+>$/,
  new RegExp(`^<${REQUEST_URL}\\|(?:Open|page of the request)>$`),
]

function expectHarmless(blocks: readonly KnownBlock[]): void {
  for (const text of textObjects(blocks)) {
    if (text.type === 'plain_text') {
      expect(text.emoji).toBe(false)
      continue
    }
    expect(text.verbatim).toBe(true)
    const tokens = text.text.match(/<[^>]*>?/g) ?? []
    for (const token of tokens)
      expect(
        OURS.some((ours) => ours.test(token)),
        token,
      ).toBe(true)
    const rest = text.text.replace(/<[^>]*>/g, '')
    expect(rest).not.toContain('>')
    expect(rest.replace(/&(?:amp|lt|gt);/g, '')).not.toContain('&')
    expect(rest.replace(/^\*(⚠ Changed after HP-40 was approved)\*$/, '$1')).not.toMatch(
      /[*~`]|:[\w+'-]+:|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u,
    )
  }
  // Directions and joins that make text read otherwise than it is.
  expect(JSON.stringify(blocks)).not.toMatch(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/)
}

function expectWithinLimits(blocks: readonly KnownBlock[]): void {
  expect(blocks.length).toBeLessThanOrEqual(50)
  expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(10_000)
  const ids = blocks.map(({ block_id }) => block_id ?? '')
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id.length).toBeLessThanOrEqual(255)
  for (const block of blocks) {
    for (const { text } of textObjects(block)) {
      expect(text.length).toBeGreaterThan(0)
      expect(text.length).toBeLessThanOrEqual(3_000)
    }
    if (block.type === 'header') expect(block.text.text.length).toBeLessThanOrEqual(150)
    if (block.type === 'image') expect(block.alt_text.length).toBeLessThanOrEqual(2_000)
    if (block.type !== 'actions') continue
    for (const element of block.elements) {
      if (element.type !== 'button') continue
      expect(element.text.text.length).toBeLessThanOrEqual(75)
      expect(element.confirm?.title?.text.length ?? 0).toBeLessThanOrEqual(100)
    }
  }
}

test('nothing that a page writes becomes a mention, a link, an emoji or formatting', () => {
  fc.assert(
    fc.property(hostile, fc.constantFrom(...bases), (text, base) => {
      const view = viewOfText(text, base)
      for (const blocks of allBlocks(view)) expectHarmless(blocks)
      expect(fallbackText(view)).not.toMatch(/[<>]/)
    }),
    { numRuns: 150 },
  )
})

test("messages stay within Slack's limits whatever a page writes", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 3_000 }),
      fc.constantFrom(...bases),
      (text, base) => {
        const view = viewOfText(text, base)
        for (const blocks of allBlocks(view)) expectWithinLimits(blocks)
        expect(fallbackText(view).length).toBeLessThan(100)
      },
    ),
    { numRuns: 60 },
  )
})

test.each([
  ['&'.repeat(2_000)],
  ['"'.repeat(2_000)],
  ['\\'.repeat(2_000)],
  ['*'.repeat(2_000)],
  ['😀'.repeat(2_000)],
])('escaping does not carry a message over a limit', (text) => {
  for (const base of bases) {
    for (const blocks of allBlocks(viewOfText(text, base))) expectWithinLimits(blocks)
  }
})

test('a cut never leaves half an entity or half a character', () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 2, max: 40 }), (text, maxChars) => {
      const short = cut(mrkdwn(text, 200), maxChars)
      expect(short.length).toBeLessThanOrEqual(maxChars)
      expect(short.replace(/&(?:amp|lt|gt);/g, '')).not.toContain('&')
      expect(short.isWellFormed()).toBe(true)
    }),
  )
})

test('a text that is empty once it is cleaned is said to be empty, as Slack refuses none', () => {
  expect(plain('\u200b\n ', 100).text).toBe('(empty)')
  expect(markdown('x').text).toBe('x')
})
