import type { EditableField, EditedValues } from '../core/edit.ts'
import type { Looking } from '../core/looking.ts'
import type { Notice } from '../core/notices.ts'
import type { ApprovalRequest } from '../core/request.ts'
import type { Clock } from './clock.ts'
import type { Logger } from './log.ts'
import type { SetupCheck } from './setup-check.ts'

export type { Looking } from '../core/looking.ts'
export type { Notice } from '../core/notices.ts'

/** Where a message stands at a provider, as the channel needs it to find and update it. */
export type MessageRef = Readonly<Record<string, string | number | boolean>>

export interface ChannelImages {
  /** The crop around the target, else the full picture; undefined when there is none. */
  readonly crop?: Uint8Array
  readonly full?: Uint8Array
  readonly after?: Uint8Array
}

/** What a channel is given to show; everything is read anew from the store for every delivery. */
export interface ChannelMessage {
  readonly request: ApprovalRequest
  readonly images: ChannelImages
  /** Page of the request, for people. */
  readonly url: string
  /** Display names of reviewers by id. */
  readonly names: Readonly<Record<string, string>>
  /** The request that followed it after a drift, if any. */
  readonly followedBy?: string
  /** Who looks at it right now, while it waits. */
  readonly looking?: Looking
  /** Those due by now, oldest first; a channel says each once. Empty once the request has ended. */
  readonly notices: readonly Notice[]
  /** Where the session's first message stands in this channel: holds of one session share its thread. */
  readonly sessionRef?: MessageRef
}

/** What one delivery did; stored, and given back on the next one. */
export interface DeliveryState {
  readonly ref?: MessageRef
  /** An attempt was begun and its answer is not known: look before posting again. */
  readonly attemptedAt?: Date
}

/**
 * Carries the question to people and their answer back; never the authority. `show` makes the provider's
 * message agree with the store, posting it the first time. It is called again after every change and
 * after every failure, and must then find its own post instead of posting twice.
 */
export interface Channel {
  readonly name: string
  /** Who of the policy's reviewers it reaches: reviewer id → identity at the provider. */
  readonly identities: Readonly<Record<string, string>>
  show(
    message: ChannelMessage,
    state: DeliveryState,
    /** Called as soon as a part stands (file uploaded, message posted), so that a crash after it finds it. */
    checkpoint: (ref: MessageRef) => Promise<void>,
  ): Promise<{
    readonly ref: MessageRef
    /** Ask to be called again after this time: the picture was not ready. */
    readonly againAfterMs?: number
  }>
}

/** An answer that a channel heard from a person whom it has authenticated by its own means. */
export interface ChannelAnswer {
  readonly requestId: string
  readonly answer: 'approve' | 'reject'
  readonly reason?: string
  /** Fields that the person changed before approving, by name. */
  readonly values?: EditedValues
  /** The person's identity at the provider, as in `Channel.identities`; never taken from a message's text. */
  readonly identity: string
  /** What the person's screen showed. */
  readonly expectedTermsDigest: string
  readonly expectedEvidenceDigest: string
  /** The provider's ids of this very click, so that a repeated delivery is the same decision. */
  readonly dedupeKey: string
}

/** What became of an answer; `message` is for the person who gave it. */
export type AnswerReceipt =
  | { readonly accepted: true; readonly message: string }
  | {
      readonly accepted: false
      readonly message: string
      /** Name of the changed field at fault, if it is one. */
      readonly field?: string
    }

/** A person opened the question at the provider: the others are shown that somebody looks. */
export interface ChannelLook {
  readonly requestId: string
  /** As in `ChannelAnswer`. */
  readonly identity: string
}

/** Where a channel hands in what it heard. */
export interface AnswerSink {
  /** Authorises and decides; refusals are audited there. Never rejects for a refusal. */
  answer(answer: ChannelAnswer): Promise<AnswerReceipt>
  /** Nothing comes of it for a stranger or a request that has ended. Never rejects. */
  looked(look: ChannelLook): Promise<void>
  /**
   * A link that signs this person in at the request's page, once, within ten minutes. For nobody else's
   * eyes. Undefined for whoever may not answer the request. Never rejects.
   */
  signInLink(look: ChannelLook): Promise<string | undefined>
  /** What a reviewer of the request may change before approving; `answer` rules on what they did. */
  editable(requestId: string): Promise<readonly EditableField[]>
  /** What the channel itself turned away, for the audit: who, on what, and why. Never rejects. */
  refused(why: string): Promise<void>
}

/** A provider's HTTP callback, raw. */
export interface CallbackRequest {
  readonly rawBody: Uint8Array
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

export interface CallbackResponse {
  readonly status: number
  readonly body?: string
  readonly contentType?: string
  /** Why it was refused, for the audit; undefined when it was taken. */
  readonly refused?: string
}

/** A channel at work: the message side, and how answers come in. */
export interface ChannelInstance {
  readonly channel: Channel
  /** Answers by HTTP; served at `POST /callbacks/<channel name>`. Checks the signature before anything else. */
  callback?(request: CallbackRequest, sink: AnswerSink): Promise<CallbackResponse>
  /** Answers by other ways (a terminal, a socket): starts listening, until closed. */
  listen?(sink: AnswerSink): Promise<{ close(): Promise<void> }>
  close?(): Promise<void>
}

/** What a channel is given when the desk starts. */
export interface ChannelContext {
  /** Reviewer id → identity at this provider. */
  readonly identities: Readonly<Record<string, string>>
  /** Display names by reviewer id. */
  readonly names: Readonly<Record<string, string>>
  readonly clock: Clock
  readonly logger: Logger
}

/** What `slackChannel(…)` and `defineChannel(…)` give: a channel that the desk's owner has configured. */
export interface ChannelDefinition {
  /** Also the member of `reviewers` that holds a person's identity there: `slack`, `email`… */
  readonly name: string
  start(context: ChannelContext): Promise<ChannelInstance>
  /** What `holdpoint doctor` may ask about this channel's set-up, in the order to ask it. Default: nothing. */
  checks?(): readonly SetupCheck[]
}

/** A failure that will not get better by trying again (bad token, message too long). */
export class ChannelBug extends Error {
  override readonly name = 'ChannelBug'
}

/** A provider said when to come back. */
export class ChannelBusy extends Error {
  override readonly name = 'ChannelBusy'
  readonly retryAfterMs: number
  constructor(message: string, retryAfterMs: number) {
    super(message)
    this.retryAfterMs = retryAfterMs
  }
}
