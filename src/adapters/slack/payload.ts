import { z } from 'zod'
import {
  ACTIONS,
  type AnswerId,
  OTHER_REASON,
  REASON_MODAL,
  readAnswerBlockId,
  reasonText,
} from './answer-id.ts'

/** What a person did in Slack, read out of a signed payload. Ids are Slack's; nothing else is believed. */
export interface Click {
  readonly user: string
  readonly teamId: string | undefined
  readonly appId: string
  /** Which request, terms and evidence the person's screen showed. */
  readonly id: AnswerId
  /** Where an answer for this person's eyes can be put. */
  readonly channel: string | undefined
  /** Slack's ids of this very click. */
  readonly dedupeKey: string
}

export type Interaction =
  | ({
      readonly type: 'answer'
      readonly answer: 'approve' | 'reject'
      readonly reason?: string
    } & Click)
  | ({
      readonly type: 'ask-reason'
      readonly triggerId: string
      readonly url: string | undefined
    } & Click)
  | ({ readonly type: 'reason'; readonly reason: string } & Click)
  /** Nothing to do: a link was opened, a modal closed. */
  | { readonly type: 'none'; readonly teamId: string | undefined; readonly appId: string }

const sender = {
  user: z.object({ id: z.string().regex(/^[UW][A-Z0-9]{4,30}$/) }),
  team: z.object({ id: z.string() }).nullish(),
  enterprise: z.object({ id: z.string() }).nullish(),
  api_app_id: z.string(),
}

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

const viewSubmissionSchema = z.object({
  ...sender,
  type: z.literal('view_submission'),
  view: z.object({
    id: z.string().max(100),
    callback_id: z.literal(REASON_MODAL),
    private_metadata: z.string().max(3_000),
    state: z.object({
      values: z.record(z.string(), z.record(z.string(), z.object({ value: z.string().nullish() }))),
    }),
  }),
})

const viewClosedSchema = z.object({ ...sender, type: z.literal('view_closed') })

const payloadSchema = z.discriminatedUnion('type', [
  blockActionsSchema,
  viewSubmissionSchema,
  viewClosedSchema,
])

const modalMetadataSchema = z.object({ blockId: z.string(), channel: z.string().optional() })

/** Reads a callback's body; undefined when it is nothing that our messages can cause. */
export function readInteraction(rawBody: Uint8Array): Interaction | undefined {
  const fields = new URLSearchParams(Buffer.from(rawBody).toString('utf8')).getAll('payload')
  if (fields.length !== 1 || fields[0] === undefined) return undefined
  const parsed = payloadSchema.safeParse(parseJson(fields[0]))
  if (!parsed.success) return undefined
  const payload = parsed.data
  switch (payload.type) {
    case 'block_actions':
      return readAction(payload)
    case 'view_submission':
      return readSubmission(payload)
    case 'view_closed':
      return { type: 'none', ...installOf(payload) }
  }
}

/** What the modal carries so that its answer is about what the person's screen showed. */
export function modalMetadata(blockId: string, channel: string | undefined): string {
  return JSON.stringify({ blockId, channel })
}

function readAction(payload: z.infer<typeof blockActionsSchema>): Interaction | undefined {
  const [action] = payload.actions
  if (action.action_id === ACTIONS.open) return { type: 'none', ...installOf(payload) }
  const id = readAnswerBlockId(action.block_id)
  if (id === undefined) return undefined
  const install = installOf(payload)
  const click: Click = {
    ...install,
    user: payload.user.id,
    id,
    channel: payload.container?.channel_id,
    dedupeKey: [install.teamId, payload.user.id, payload.trigger_id, action.action_ts].join(':'),
  }
  if (action.action_id === ACTIONS.approve) {
    return action.value === id.requestId
      ? { type: 'answer', answer: 'approve', ...click }
      : undefined
  }
  if (action.action_id !== ACTIONS.reject) return undefined
  const chosen = action.selected_option?.value ?? ''
  if (chosen === OTHER_REASON) {
    return {
      type: 'ask-reason',
      triggerId: payload.trigger_id,
      url: openUrlOf(payload.message?.blocks ?? []),
      ...click,
    }
  }
  const reason = reasonText(chosen)
  return reason === undefined ? undefined : { type: 'answer', answer: 'reject', reason, ...click }
}

function readSubmission(payload: z.infer<typeof viewSubmissionSchema>): Interaction | undefined {
  const { view } = payload
  const metadata = modalMetadataSchema.safeParse(parseJson(view.private_metadata))
  const id = metadata.success ? readAnswerBlockId(metadata.data.blockId) : undefined
  const entered = Object.values(view.state.values).flatMap((block) => Object.values(block))[0]
  const reason = entered?.value?.trim() ?? ''
  if (id === undefined || reason === '') return undefined
  const install = installOf(payload)
  return {
    type: 'reason',
    ...install,
    user: payload.user.id,
    id,
    channel: metadata.data?.channel,
    reason,
    // A modal is submitted once; a second delivery of it is the same answer.
    dedupeKey: [install.teamId, payload.user.id, view.id].join(':'),
  }
}

function installOf(payload: {
  readonly team?: { readonly id: string } | null | undefined
  readonly enterprise?: { readonly id: string } | null | undefined
  readonly api_app_id: string
}): { readonly teamId: string | undefined; readonly appId: string } {
  return { teamId: payload.team?.id ?? payload.enterprise?.id, appId: payload.api_app_id }
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
