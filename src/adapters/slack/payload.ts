import { z } from 'zod'
import {
  ACTIONS,
  EDIT_MODAL,
  OTHER_REASON,
  REASON_MODAL,
  readAnswerBlockId,
  reasonText,
} from './answer-id.ts'
import { homeOf, type Origin } from './home.ts'
import type { Click, Interaction } from './interaction.ts'
import { readModalMetadata } from './modal-metadata.ts'
import { readReason } from './reason-modal.ts'

const sender = {
  user: z.object({ id: z.string().regex(/^[UW][A-Z0-9]{4,30}$/), team_id: z.string().optional() }),
  team: z.object({ id: z.string(), enterprise_id: z.string().optional() }).nullish(),
  enterprise: z.object({ id: z.string() }).nullish(),
  api_app_id: z.string(),
}
const senderSchema = z.object(sender)

const actionSchema = z.object({
  action_id: z.string(),
  block_id: z.string(),
  action_ts: z.string().max(40),
  value: z.string().optional(),
  selected_option: z.object({ value: z.string() }).nullish(),
})

const blockActionsSchema = z.object({
  ...sender,
  type: z.literal('block_actions'),
  trigger_id: z.string().max(200),
  container: z.object({ channel_id: z.string().optional() }).optional(),
  message: z.object({ blocks: z.array(z.unknown()).optional() }).optional(),
  // One click is one action; several in one payload are none that Slack sends.
  actions: z.tuple([actionSchema]),
})

const entrySchema = z.object({
  value: z.string().nullish(),
  selected_date: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
})

const viewSubmissionSchema = z.object({
  ...sender,
  type: z.literal('view_submission'),
  view: z.object({
    id: z.string().max(100),
    callback_id: z.enum([REASON_MODAL, EDIT_MODAL]),
    private_metadata: z.string().max(3_000),
    state: z.object({
      values: z.record(z.string(), z.record(z.string(), entrySchema)),
    }),
  }),
})

const viewClosedSchema = z.object({ ...sender, type: z.literal('view_closed') })

const payloadSchema = z.discriminatedUnion('type', [
  blockActionsSchema,
  viewSubmissionSchema,
  viewClosedSchema,
])

/** Reads an interaction that Slack sent; undefined when it is nothing that our messages can cause. */
export function readInteraction(given: unknown): Interaction | undefined {
  const parsed = payloadSchema.safeParse(given)
  if (!parsed.success) return undefined
  const payload = parsed.data
  switch (payload.type) {
    case 'block_actions':
      return readAction(payload)
    case 'view_submission':
      return readSubmission(payload)
    case 'view_closed':
      return { type: 'none', appId: payload.api_app_id }
  }
}

function readAction(payload: z.infer<typeof blockActionsSchema>): Interaction | undefined {
  const [action] = payload.actions
  const id = readAnswerBlockId(action.block_id)
  if (action.action_id === ACTIONS.open && id === undefined) {
    return { type: 'none', appId: payload.api_app_id }
  }
  if (id === undefined) return undefined
  const click: Click = {
    ...senderOf(payload, [payload.trigger_id, action.action_ts]),
    id,
    channel: payload.container?.channel_id,
  }
  switch (action.action_id) {
    case ACTIONS.open:
      return { type: 'look', ...click }
    case ACTIONS.approve:
      // The button's own value must name the same request as its block.
      if (action.value !== id.requestId) return undefined
      return { type: 'answer', answer: 'approve', ...click }
    case ACTIONS.edit: {
      if (action.value !== id.requestId) return undefined
      const url = openUrlOf(payload.message?.blocks ?? [])
      return { type: 'ask-edits', triggerId: payload.trigger_id, url, ...click }
    }
    case ACTIONS.reject:
      return readRejection(payload, click)
    default:
      return undefined
  }
}

function readRejection(
  payload: z.infer<typeof blockActionsSchema>,
  click: Click,
): Interaction | undefined {
  const chosen = payload.actions[0].selected_option?.value ?? ''
  if (chosen === OTHER_REASON) {
    const url = openUrlOf(payload.message?.blocks ?? [])
    return { type: 'ask-reason', triggerId: payload.trigger_id, url, ...click }
  }
  const reason = reasonText(chosen)
  return reason === undefined ? undefined : { type: 'answer', answer: 'reject', reason, ...click }
}

function readSubmission(payload: z.infer<typeof viewSubmissionSchema>): Interaction | undefined {
  const { view } = payload
  const about = readModalMetadata(view.private_metadata)
  if (about === undefined) return undefined
  // A modal is submitted once.
  const click = { ...senderOf(payload, [view.id]), ...about }
  if (view.callback_id === EDIT_MODAL)
    return { type: 'edits', entered: view.state.values, ...click }
  const reason = readReason(view.state.values)
  return reason === undefined ? undefined : { type: 'reason', reason, ...click }
}

/** `ids`: Slack's of this very click. */
function senderOf(
  payload: z.infer<typeof senderSchema>,
  ids: readonly string[],
): Omit<Click, 'id' | 'channel'> {
  const { user, team, enterprise } = payload
  const origin: Origin = {
    teamId: team?.id,
    enterpriseId: enterprise?.id ?? team?.enterprise_id,
    userTeamId: user.team_id,
  }
  return {
    ...origin,
    user: user.id,
    appId: payload.api_app_id,
    dedupeKey: [homeOf(origin), user.id, ...ids].join(':'),
  }
}

const openButtonSchema = z.object({ action_id: z.literal(ACTIONS.open), url: z.url() })
const actionsBlockSchema = z.object({ type: z.literal('actions'), elements: z.array(z.unknown()) })

/** The address behind `Open` in the message that was clicked. */
function openUrlOf(blocks: readonly unknown[]): string | undefined {
  for (const block of blocks) {
    for (const element of actionsBlockSchema.safeParse(block).data?.elements ?? []) {
      const button = openButtonSchema.safeParse(element)
      if (button.success) return button.data.url
    }
  }
  return undefined
}
