import { nameOf } from '../../core/names.ts'
import { type ApprovalRequest, reviewersLeft } from '../../core/request.ts'
import type { ChannelMessage } from '../../ports/channel.ts'
import type { SlackOptions } from './options.ts'

/** How a picture stands in a message. `coming`: uploaded, or about to be. `failed`: Slack did not take it. */
export type PictureState =
  | { readonly state: 'shown'; readonly fileId: string }
  | { readonly state: 'coming' | 'failed' | 'none' }

/** Everything that a message is built from. The same view always gives the same blocks. */
export interface MessageView {
  readonly request: ApprovalRequest
  readonly names: Readonly<Record<string, string>>
  /** Slack user ids by reviewer id. */
  readonly identities: Readonly<Record<string, string>>
  /** Page of the request. */
  readonly url: string
  /** Slack user id of the one reviewer on duty: phones that ring only for mentions would never ring. */
  readonly mention: string | undefined
  /** Whether clicks can come back here; else the request is answered on its page. */
  readonly interactive: boolean
  readonly lockScreen: 'full' | 'no-amount'
  readonly followedBy: string | undefined
  /** Name of a reviewer who has the question open. */
  readonly looking: string | undefined
  readonly picture: PictureState
  /** Grows with every update, so that block ids are new each time. */
  readonly revision: number
}

/** A message as the desk gives it, seen by this channel. */
export function viewOf(
  message: ChannelMessage,
  options: Pick<SlackOptions, 'appToken' | 'signingSecret' | 'lockScreen'>,
  identities: Readonly<Record<string, string>>,
): MessageView {
  return {
    request: message.request,
    names: message.names,
    identities,
    url: message.url,
    mention: onDuty(message.request, identities),
    interactive: options.appToken !== undefined || options.signingSecret !== undefined,
    lockScreen: options.lockScreen,
    followedBy: message.followedBy,
    looking: message.looking && nameOf(message.names, message.looking.reviewer),
    picture: { state: 'none' },
    revision: 0,
  }
}

/** The first reviewer who is here, may still answer, and is not left for the escalation. */
function onDuty(
  request: ApprovalRequest,
  identities: Readonly<Record<string, string>>,
): string | undefined {
  const { escalateTo = [] } = request.policy
  const asked = reviewersLeft(request).filter((id) => !escalateTo.includes(id))
  return asked.map((id) => slackIdOf(identities, id)).find((identity) => identity !== undefined)
}

/** A reviewer's Slack user id; an id such as `valueOf`, which every object answers to, has none. */
export function slackIdOf(
  identities: Readonly<Record<string, string>>,
  reviewer: string,
): string | undefined {
  return Object.hasOwn(identities, reviewer) ? identities[reviewer] : undefined
}

/** Where a request stands, as a message shows it. */
export type Stage =
  | 'asking'
  | 'placing'
  | 'done'
  | 'unverified'
  | 'refused'
  | 'failed'
  | 'in-doubt'
  | 'settled'
  | 'rejected'
  | 'expired'
  | 'withdrawn'
  | 'lapsed'

export function stageOf(request: ApprovalRequest): Stage {
  if (request.state === 'pending') return 'asking'
  if (request.state !== 'approved') return request.state
  switch (request.execution.state) {
    case 'succeeded':
      return 'done'
    case 'unverified':
    case 'refused':
    case 'failed':
    case 'in-doubt':
    case 'settled':
      return request.execution.state
    default:
      return 'placing'
  }
}

/** Names the people who decided it, for people: all who approved, or the one who rejected. */
export function deciders(view: Pick<MessageView, 'request' | 'names'>): string {
  const { decisions } = view.request
  const rejected = decisions.filter((decision) => decision.answer === 'reject')
  const counted = rejected.length > 0 ? rejected : decisions
  const who = counted.map(({ reviewer }) => nameOf(view.names, reviewer))
  return who.length === 0 ? 'nobody' : who.join(' and ')
}
