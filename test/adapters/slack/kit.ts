import type { ActionsBlock, KnownBlock } from '@slack/types'
import { type SlackChannelOptions, slackChannel } from '../../../src/adapters/slack/index.ts'
import type { EditableField } from '../../../src/core/edit.ts'
import { definePolicy } from '../../../src/core/policy.ts'
import type { ApprovalRequest, Decision } from '../../../src/core/request.ts'
import type {
  AnswerReceipt,
  AnswerSink,
  ChannelAnswer,
  ChannelInstance,
  ChannelLook,
  ChannelMessage,
  DeliveryState,
  MessageRef,
} from '../../../src/ports/channel.ts'
import type { Clock } from '../../../src/ports/clock.ts'
import { silentLogger } from '../../../src/ports/log.ts'
import type { SlackWorkspace } from '../../../src/testing/slack-workspace/index.ts'
import { draft } from '../../support/desk.ts'

// The texts hold times in this machine's zone.
process.env.TZ = 'UTC'

export const TERMS_DIGEST = 'a'.repeat(64)
export const EVIDENCE_DIGEST = 'b'.repeat(64)
export const NAMES = { grace: 'Grace', ada: 'Ada' }
export const REQUEST_URL = 'http://127.0.0.1:4300/requests/HP-41'

/** A PNG of one black pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC',
  'base64',
)

/** The purchase of messages.md, waiting for Grace. */
export function request(change: Partial<ApprovalRequest> = {}): ApprovalRequest {
  const base = draft()
  return {
    ...base,
    id: 'HP-41',
    onBehalfOf: 'ada',
    terms: {
      v: 1,
      amount: { amountMinor: 18_240, currency: 'EUR' },
      recipient: 'shop.example',
      quantity: 2,
      items: [{ name: 'Printer paper A4', quantity: 2, unitMinor: 9_120, totalMinor: 18_240 }],
      fields: [
        { label: 'Ship to', value: 'Office Berlin, Torstr. 1' },
        { label: 'Card', present: true, last4: '4242' },
      ],
      recurrence: 'none',
    },
    evidence: {
      ...base.evidence,
      summary: {
        ...base.evidence.summary,
        payable: {
          total: { amountMinor: 18_240, currency: 'EUR' },
          places: 2,
          disagreeing: [],
          ambiguous: false,
        },
      },
    },
    findings: [
      { guard: 'checkout', kind: 'purchase', risk: 'high', confidence: 1, why: 'commits money' },
      {
        guard: 'checkout',
        kind: 'purchase',
        risk: 'high',
        confidence: 1,
        why: 'first order at this shop',
      },
    ],
    says: 'cheapest in stock',
    state: 'pending',
    termsDigest: TERMS_DIGEST,
    evidenceDigest: EVIDENCE_DIGEST,
    identityDigest: 'c'.repeat(64),
    policy: definePolicy({ reviewers: ['grace'], expiresAfterMs: 15 * 60_000 }),
    policyDigest: 'd'.repeat(64),
    openedAt: new Date('2026-11-21T15:15:00.000Z'),
    expiresAt: new Date('2026-11-21T15:30:00.000Z'),
    decisions: [],
    execution: { state: 'none', token: 0 },
    ...change,
  }
}

function decisionBy(reviewer: string, answer: 'approve' | 'reject', reason?: string): Decision {
  return {
    requestId: 'HP-41',
    reviewer,
    answer,
    ...(reason === undefined ? {} : { reason }),
    channel: 'slack',
    termsDigest: TERMS_DIGEST,
    evidenceDigest: EVIDENCE_DIGEST,
    decidedAt: new Date('2026-11-21T15:18:00.000Z'),
  }
}

/** A field of each type. */
export const EDITABLE: readonly EditableField[] = [
  { type: 'number', name: 'qty', label: 'Quantity', value: '2', min: 1, max: 2, isQuantity: true },
  { type: 'text', name: 'note', label: 'Note', value: '', maxLength: 40 },
  { type: 'date', name: 'day', label: 'Delivery day', value: '2026-12-01', max: '2026-12-24' },
  {
    type: 'choice',
    name: 'slot',
    label: 'Time of day',
    value: 'am',
    options: [
      { value: 'am', label: 'Morning' },
      { value: 'pm', label: 'Afternoon' },
    ],
  },
]

/** A request whose reviewer may change these fields. */
export function editableRequest(change: Partial<ApprovalRequest> = {}): ApprovalRequest {
  const base = request()
  return {
    ...base,
    policy: { ...base.policy, allowEdits: true },
    evidence: { ...base.evidence, editable: [...EDITABLE] },
    ...change,
  }
}

export const approvalBy = (reviewer: string): Decision => decisionBy(reviewer, 'approve')

export function decided(
  answer: 'approve' | 'reject',
  change: Partial<ApprovalRequest> = {},
  reason?: string,
): ApprovalRequest {
  return request({
    state: answer === 'approve' ? 'approved' : 'rejected',
    decisions: [decisionBy('grace', answer, reason)],
    ...change,
  })
}

export function message(change: Partial<ChannelMessage> = {}): ChannelMessage {
  return {
    request: request(),
    images: { crop: PNG, full: PNG },
    url: REQUEST_URL,
    names: NAMES,
    notices: [],
    ...change,
  }
}

/** A channel on a local workspace, with what its sink was told and what it stored. */
export interface Bench {
  readonly instance: ChannelInstance
  readonly answers: ChannelAnswer[]
  readonly looks: ChannelLook[]
  readonly refused: string[]
  /** What the desk says may be changed; by default `EDITABLE`. */
  editable: readonly EditableField[]
  /** What the next answers are told; by default they are accepted. */
  receipt: AnswerReceipt
  readonly sink: AnswerSink
  /** Stored after every checkpoint, as the desk does. */
  ref: MessageRef | undefined
  /** An attempt failed, and nobody knows what it did. */
  isUnknown: boolean
  /** Shows like `deliver` does: keeps the reference, and that an attempt failed. */
  show(message?: ChannelMessage): Promise<{ readonly againAfterMs?: number }>
}

export async function bench(
  workspace: SlackWorkspace,
  options: Partial<SlackChannelOptions> = {},
  context: { readonly identities?: Record<string, string>; readonly clock?: Clock } = {},
): Promise<Bench> {
  const instance = await slackChannel({
    botToken: workspace.botToken,
    signingSecret: workspace.signingSecret,
    channelId: workspace.channelId,
    slackApiUrl: workspace.apiUrl,
    ...options,
  }).start({
    identities: context.identities ?? { grace: workspace.users.grace, ada: workspace.users.ada },
    names: NAMES,
    clock: context.clock ?? { now: () => new Date() },
    logger: silentLogger,
  })
  // History is searched from when the request was opened, by the workspace's clock.
  const openedAt = new Date(Date.now() - 60_000)
  const expiresAt = new Date(Date.now() + 15 * 60_000)
  const self: Bench = {
    instance,
    answers: [],
    looks: [],
    refused: [],
    editable: EDITABLE,
    receipt: { accepted: true, message: 'Approved.' },
    ref: undefined,
    isUnknown: false,
    sink: {
      async answer(answer) {
        self.answers.push(answer)
        return self.receipt
      },
      async looked(look) {
        self.looks.push(look)
      },
      editable: async () => self.editable,
      async signInLink({ requestId, identity }) {
        return identity === workspace.users.grace ? `${REQUEST_URL}?as=${requestId}` : undefined
      },
      async refused(why) {
        self.refused.push(why)
      },
    },
    async show(shown = message()) {
      const state: DeliveryState = {
        ...(self.ref === undefined ? {} : { ref: self.ref }),
        ...(self.isUnknown ? { attemptedAt: new Date() } : {}),
      }
      self.isUnknown = true
      const recent = { ...shown, request: { ...shown.request, openedAt, expiresAt } }
      const result = await instance.channel.show(recent, state, async (ref) => {
        self.ref = ref
      })
      self.isUnknown = false
      self.ref = result.ref
      return result
    },
  }
  return self
}

/** Blocks as people read them: a line each, with what kind of block it stands in. */
export function blockLines(blocks: readonly KnownBlock[]): readonly string[] {
  return blocks.flatMap((block) => {
    switch (block.type) {
      case 'header':
        return [`header: ${block.text.text}`]
      case 'section':
        return (block.text?.text ?? '').split('\n').map((line) => `section: ${line}`)
      case 'image':
        return [`image: ${block.alt_text}`]
      case 'context':
        return block.elements.map((element) => `context: ${'text' in element ? element.text : ''}`)
      case 'actions':
        return [`actions: ${block.elements.map(elementText).join(' ')}`]
      default:
        return [block.type]
    }
  })
}

function elementText(element: ActionsBlock['elements'][number]): string {
  if (element.type === 'button') return `[${element.text.text}]`
  if (element.type !== 'static_select') return element.type
  const options = element.options?.map(({ text }) => text.text) ?? []
  return `[${element.placeholder?.text}: ${options.join(' | ')}]`
}
