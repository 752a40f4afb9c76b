import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { checkView } from '../blocks/check.ts'
import { changed, nextId, type WorkspaceState } from '../state.ts'
import type { OpenView } from '../types.ts'
import { accepted, type Method, method, SlackRefusal, unpackJson } from './method.ts'

/** How many modals may lie on each other. */
const MAX_STACKED = 3

/** How long a trigger id can be exchanged for a modal, and only once. */
const TRIGGER_MS = 3000

export const viewMethods: Readonly<Record<string, Method>> = {
  'views.open': method(
    [],
    z.object({ trigger_id: z.string(), view: z.unknown().optional() }),
    (state, args) => {
      const user = exchangeTrigger(state, args.trigger_id)
      return { view: viewObject(state, putView(state, user, unpackJson(args.view))) }
    },
  ),

  'views.update': method(
    [],
    z.object({
      view_id: z.string().optional(),
      external_id: z.string().optional(),
      hash: z.string().optional(),
      view: z.unknown().optional(),
    }),
    (state, args) => {
      const open = [...state.views.values()].find(
        ({ id, externalId }) =>
          id === args.view_id || (externalId !== '' && externalId === args.external_id),
      )
      if (!open) throw new SlackRefusal('not_found')
      if (args.hash !== undefined && args.hash !== open.hash) {
        throw new SlackRefusal('hash_conflict')
      }
      return { view: viewObject(state, putView(state, open.user, unpackJson(args.view), open)) }
    },
  ),
}

/** Makes a trigger id for a user's interaction. */
export function issueTrigger(state: WorkspaceState, user: string): string {
  const id = `${state.counter.next()}.${state.now()}.${randomUUID().replaceAll('-', '')}`
  state.triggers.set(id, { user, bornMs: state.now(), exchanged: false })
  return id
}

function exchangeTrigger(state: WorkspaceState, id: string): string {
  const trigger = state.triggers.get(id)
  if (!trigger) throw new SlackRefusal('invalid_trigger_id')
  if (trigger.exchanged) throw new SlackRefusal('exchanged_trigger_id')
  if (state.now() - trigger.bornMs > TRIGGER_MS) throw new SlackRefusal('expired_trigger_id')
  trigger.exchanged = true
  return trigger.user
}

/** Opens a modal on a person's screen, or replaces one. Refuses what Slack refuses. */
export function putView(
  state: WorkspaceState,
  user: string,
  given: unknown,
  replaces?: OpenView,
  below?: OpenView,
): OpenView {
  if (given === undefined || given === null) {
    throw new SlackRefusal('invalid_arguments', {
      response_metadata: { messages: ['[ERROR] missing required field: view [json-pointer:/]'] },
    })
  }
  const view = accepted(checkView(state, given))
  const externalId = view.external_id ?? ''
  const taken = [...state.views.values()].some(
    (other) => externalId !== '' && other.externalId === externalId && other.id !== replaces?.id,
  )
  if (taken) throw new SlackRefusal('duplicate_external_id')
  const stacked = [...state.views.values()].filter(({ rootId }) => rootId === below?.rootId)
  if (stacked.length >= MAX_STACKED) throw new SlackRefusal('push_limit_reached')
  const id = replaces?.id ?? nextId(state, 'V')
  const previousId = replaces?.previousId ?? below?.id
  const open: OpenView = {
    id,
    user,
    externalId,
    hash: `${Math.floor(state.now() / 1000)}.${createHash('sha256').update(randomUUID()).digest('hex').slice(0, 8)}`,
    rootId: replaces?.rootId ?? below?.rootId ?? id,
    ...(previousId === undefined ? {} : { previousId }),
    view,
  }
  state.views.set(id, open)
  changed(state)
  return open
}

/** A modal in the form of the API. */
export function viewObject(
  state: WorkspaceState,
  open: OpenView,
  values: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const { view } = open
  return {
    id: open.id,
    team_id: state.teamId,
    type: 'modal',
    title: view.title,
    submit: view.submit ?? null,
    close: view.close ?? null,
    blocks: view.blocks,
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    external_id: open.externalId,
    state: { values },
    hash: open.hash,
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
    submit_disabled: view.submit_disabled ?? false,
    root_view_id: open.rootId,
    previous_view_id: open.previousId ?? null,
    app_id: state.appId,
    bot_id: state.botId,
    app_installed_team_id: state.teamId,
  }
}
