import { randomUUID } from 'node:crypto'
import { messageObject } from '../api/message-object.ts'
import { issueTrigger, viewObject } from '../api/views.ts'
import type { Person } from '../people.ts'
import { type MessageRecord, nextTs, type WorkspaceState } from '../state.ts'
import type { MessageVersion, OpenView, StoredEphemeral } from '../types.ts'
import { actionOf, type FoundElement } from './elements.ts'
import { stateValues } from './inputs.ts'

type Payload = Record<string, unknown>

/** Where somebody clicked. */
export type Surface =
  | { readonly kind: 'message'; readonly message: MessageRecord; readonly shown: MessageVersion }
  | { readonly kind: 'ephemeral'; readonly ephemeral: StoredEphemeral }
  | { readonly kind: 'view'; readonly open: OpenView }

/** `block_actions`, with the fields that docs.slack.dev lists for a click in a message or modal. */
export function blockActions(
  state: WorkspaceState,
  person: Person,
  surface: Surface,
  found: FoundElement,
  selected: string | undefined,
): Payload {
  const action = actionOf(found, selected, nextTs(state))
  const entered = { [String(action.action_id)]: selected }
  return {
    type: 'block_actions',
    ...sender(state, person),
    trigger_id: issueTrigger(state, person.id),
    ...place(state, person, surface, entered),
    actions: [action],
  }
}

/** `view_submission`. `values` as in `state.values`. */
export function viewSubmission(
  state: WorkspaceState,
  person: Person,
  open: OpenView,
  values: Readonly<Record<string, unknown>>,
): Payload {
  return {
    type: 'view_submission',
    ...sender(state, person),
    trigger_id: issueTrigger(state, person.id),
    view: viewObject(state, open, values),
    response_urls: [],
  }
}

/** `view_closed`, for modals that asked for it. It is only told, so it has no trigger id. */
export function viewClosed(state: WorkspaceState, person: Person, open: OpenView): Payload {
  return {
    type: 'view_closed',
    ...sender(state, person),
    view: viewObject(state, open),
    is_cleared: false,
  }
}

function sender(state: WorkspaceState, person: Person): Payload {
  const { enterprise } = state
  return {
    user: {
      id: person.id,
      username: person.handle,
      name: person.handle,
      team_id: person.teamId,
    },
    api_app_id: state.appId,
    // The old verification token. It proves nothing, and an app must not look at it.
    token: randomUUID().replaceAll('-', '').slice(0, 24),
    team: {
      id: state.teamId,
      domain: state.teamDomain,
      ...(enterprise ? { enterprise_id: enterprise.id, enterprise_name: enterprise.name } : {}),
    },
    enterprise: enterprise ?? null,
    is_enterprise_install: false,
  }
}

function place(
  state: WorkspaceState,
  person: Person,
  surface: Surface,
  entered: Readonly<Record<string, string | undefined>>,
): Payload {
  if (surface.kind === 'view') {
    const { open } = surface
    return {
      container: { type: 'view', view_id: open.id },
      view: viewObject(state, open, stateValues(open.view.blocks, entered)),
    }
  }
  const shown = surface.kind === 'message' ? surface.shown : surface.ephemeral
  const target = surface.kind === 'message' ? surface.message : surface.ephemeral
  const channel = state.channels.find(({ id }) => id === target.channel)
  const names = { public: channel?.name, private: 'privategroup', im: 'directmessage' }
  return {
    container: {
      type: 'message',
      message_ts: target.ts,
      channel_id: target.channel,
      is_ephemeral: surface.kind === 'ephemeral',
      ...(target.threadTs ? { thread_ts: target.threadTs } : {}),
    },
    // Private channels do not tell an app their name here.
    channel: { id: target.channel, name: names[channel?.kind ?? 'private'] },
    // The payload of an ephemeral message does not carry the message.
    ...(surface.kind === 'message'
      ? { message: messageObject(state, { ...surface.message, ...surface.shown }, false) }
      : {}),
    state: { values: stateValues(shown.blocks, entered) },
    response_url: issueResponseUrl(state, person, surface),
  }
}

function issueResponseUrl(
  state: WorkspaceState,
  person: Person,
  surface: Exclude<Surface, { kind: 'view' }>,
): string {
  const target = surface.kind === 'message' ? surface.message : surface.ephemeral
  const path = `/actions/${state.teamId}/${state.counter.next()}/${randomUUID().replaceAll('-', '')}`
  state.responseUrls.set(path, {
    channel: target.channel,
    user: person.id,
    messageTs: target.ts,
    ...(target.threadTs ? { threadTs: target.threadTs } : {}),
    bornMs: state.now(),
    uses: 0,
  })
  return `${state.url}${path}`
}
