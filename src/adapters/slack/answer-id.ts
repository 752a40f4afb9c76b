import type { ActionKind } from '../../core/action.ts'

/** What an answer's block says of the screen: which request, which terms, which evidence. No secret in it. */
export interface AnswerId {
  readonly requestId: string
  readonly termsDigest: string
  readonly evidenceDigest: string
}

const PATTERN = /^hp1\.(HP-\d{1,12})\.([0-9a-f]{64})\.([0-9a-f]{64})\.\d{1,6}$/

/** Block ids hold 255 characters, option values only 150: the digests travel in the block's id. */
export function answerBlockId(id: AnswerId, revision: number): string {
  return `hp1.${id.requestId}.${id.termsDigest}.${id.evidenceDigest}.${revision}`
}

export function readAnswerBlockId(blockId: string): AnswerId | undefined {
  const match = PATTERN.exec(blockId)
  if (match?.[1] === undefined || match[2] === undefined || match[3] === undefined) return undefined
  return { requestId: match[1], termsDigest: match[2], evidenceDigest: match[3] }
}

export const ACTIONS = {
  approve: 'hp_approve',
  edit: 'hp_edit',
  reject: 'hp_reject',
  open: 'hp_open',
} as const
export const REASON_MODAL = 'hp_reason'
export const EDIT_MODAL = 'hp_edit_form'

const REASONS = {
  expensive: 'Too expensive',
  item: 'Wrong item',
  address: 'Wrong address',
  recipient: 'Wrong recipient',
  content: 'Wrong content',
  unneeded: 'Not needed',
} as const
type Reason = keyof typeof REASONS

/** The option that opens a form for a reason in the person's own words. */
export const OTHER_REASON = 'other'

const SPENDING: readonly ActionKind[] = ['purchase', 'subscription']

/** Ready-made reasons that fit a kind of action: option value and what the agent is told. */
export function reasonsFor(kind: ActionKind): readonly (readonly [value: string, text: string])[] {
  const fitting: readonly Reason[] = SPENDING.includes(kind)
    ? ['expensive', 'item', 'address', 'unneeded']
    : ['content', 'recipient', 'unneeded']
  return fitting.map((value) => [value, REASONS[value]])
}

/** The reason behind an option's value; undefined for one that we do not offer. */
export function reasonText(value: string): string | undefined {
  return Object.hasOwn(REASONS, value) ? REASONS[value as Reason] : undefined
}
