import type { AnswerId } from './answer-id.ts'
import type { Origin } from './home.ts'
import type { FormValues } from './reason-modal.ts'

/** What a person did with one of our messages. Ids are Slack's; nothing else in a payload is believed. */
export interface Click extends Origin {
  /** Slack user id. */
  readonly user: string
  readonly appId: string
  /** Which request, terms and evidence the person's screen showed. */
  readonly id: AnswerId
  /** Where an answer for this person's eyes can be put. */
  readonly channel: string | undefined
  /** Slack's ids of this very click: a second delivery of it has the same. */
  readonly dedupeKey: string
}

export type Interaction =
  | ({
      readonly type: 'answer'
      readonly answer: 'approve' | 'reject'
      readonly reason?: string
    } & Click)
  /** `Other…` was chosen: a form is to be opened. */
  | ({
      readonly type: 'ask-reason'
      readonly triggerId: string
      readonly url: string | undefined
    } & Click)
  /** That form was submitted. */
  | ({ readonly type: 'reason'; readonly reason: string } & Click)
  /** `Edit…` was pressed: a form with the fields is to be opened. */
  | ({
      readonly type: 'ask-edits'
      readonly triggerId: string
      readonly url: string | undefined
    } & Click)
  /** That form was submitted. */
  | ({ readonly type: 'edits'; readonly entered: FormValues } & Click)
  /** The page of a request that waits was opened. */
  | ({ readonly type: 'look' } & Click)
  /** Nothing to do: a modal was closed, the page of a request that has ended was opened. */
  | { readonly type: 'none'; readonly appId: string }
