import { versionOf } from '../api/chat.ts'
import { SlackRefusal } from '../api/method.ts'
import { putView } from '../api/views.ts'
import type { ClickVariation, Delivery, DeliveryVariation, InteractionType } from '../deliveries.ts'
import { findPerson, type Person } from '../people.ts'
import { changed, type WorkspaceState } from '../state.ts'
import type { OpenView } from '../types.ts'
import { findElement } from './elements.ts'
import type { DeliveryGate } from './hold.ts'
import { inputErrors, stateValues } from './inputs.ts'
import { blockActions, type Surface, viewClosed, viewSubmission } from './payload.ts'
import type { Parcel, Transport } from './transport.ts'

/** What a form shows under its fields after a submission that did not go through. */
export interface Submission {
  readonly delivery?: Delivery
  readonly errors?: Readonly<Record<string, string>>
}

/** What people do with messages and modals, and how the app is told. */
export interface InteractionDesk {
  click(
    as: string,
    target: string,
    actionId: string,
    selected?: string,
    variation?: ClickVariation,
  ): Promise<Delivery>
  submit(
    as: string,
    viewId: string,
    values: Readonly<Record<string, string>>,
    variation?: DeliveryVariation,
  ): Promise<Submission>
  close(as: string, viewId: string): Promise<Delivery | undefined>
  redeliver(delivery: Delivery | number, variation?: DeliveryVariation): Promise<Delivery>
}

export function createInteractionDesk(
  state: WorkspaceState,
  transport: Transport,
  gate: DeliveryGate,
): InteractionDesk {
  const send = async (
    type: InteractionType,
    user: string,
    payload: Readonly<Record<string, unknown>>,
    parcel: Parcel,
  ): Promise<Delivery> => {
    const started = performance.now()
    const answer = await transport.send(parcel)
    const delivery: Delivery = {
      id: state.counter.next(),
      type,
      user,
      payload,
      ...parcel,
      ...answer,
      // Slack takes nothing but 200: a 202 leaves the person with a warning sign.
      acked: answer.status === 200,
      durationMs: Math.round(performance.now() - started),
    }
    state.deliveries.push(delivery)
    return delivery
  }

  const deliver = async (
    type: InteractionType,
    user: string,
    payload: Readonly<Record<string, unknown>>,
    variation: DeliveryVariation = {},
  ) => {
    // Before it waits: what is late on its way was signed when it left.
    const parcel = transport.pack(payload, signing(variation))
    return gate.pass(() => send(type, user, payload, parcel))
  }

  return {
    async click(as, target, actionId, selected, variation = {}) {
      const person = personCalled(state, as)
      const surface = surfaceOf(state, person, target, variation.version)
      const blocks =
        surface.kind === 'view'
          ? surface.open.view.blocks
          : (surface.kind === 'message' ? surface.shown : surface.ephemeral).blocks
      const found = findElement(blocks, actionId, variation.blockId)
      if (!found) throw new TypeError(`no element with action_id "${actionId}" in ${target}`)
      const payload = blockActions(state, person, surface, found, selected)
      setUnanswered(state, person, target, false)
      const delivery = await deliver('block_actions', person.id, payload, variation)
      if (!delivery.acked) setUnanswered(state, person, target, true)
      changed(state)
      return delivery
    },

    async submit(as, viewId, entered, variation) {
      const person = personCalled(state, as)
      const open = viewOf(state, person, viewId)
      const values = stateValues(open.view.blocks, entered)
      const errors = inputErrors(open.view.blocks, values)
      if (Object.keys(errors).length > 0) return { errors }
      const payload = viewSubmission(state, person, open, values)
      const delivery = await deliver('view_submission', person.id, payload, variation)
      return { delivery, ...obey(state, open, delivery) }
    },

    async close(as, viewId) {
      const person = personCalled(state, as)
      const open = viewOf(state, person, viewId)
      closeView(state, open, open.view.clear_on_close === true)
      if (open.view.notify_on_close !== true) return undefined
      return deliver('view_closed', person.id, viewClosed(state, person, open))
    },

    async redeliver(given, variation = {}) {
      const id = typeof given === 'number' ? given : given.id
      const delivery = state.deliveries.find((candidate) => candidate.id === id)
      if (!delivery) throw new TypeError(`no delivery ${id}`)
      const { type, user, payload } = delivery
      const parcel = variation.exactReplay
        ? { transport: delivery.transport, headers: delivery.headers, body: delivery.body }
        : transport.pack(payload, signing(variation))
      return send(type, user, payload, parcel)
    },
  }
}

const signing = (variation: DeliveryVariation) => ({
  timestampOffsetMs: variation.timestampOffsetMs ?? 0,
  badSignature: variation.badSignature ?? false,
})

function personCalled(state: WorkspaceState, as: string): Person {
  const person = findPerson(state.people, as)
  if (!person) throw new TypeError(`nobody is called "${as}" in this workspace`)
  return person
}

function viewOf(state: WorkspaceState, person: Person, id: string): OpenView {
  const open = state.views.get(id)
  if (open?.user !== person.id) throw new TypeError(`${person.name} has no open modal ${id}`)
  return open
}

function surfaceOf(
  state: WorkspaceState,
  person: Person,
  target: string,
  version: number | undefined,
): Surface {
  if (state.views.has(target)) return { kind: 'view', open: viewOf(state, person, target) }
  const ephemeral = state.ephemerals.find(({ ts, user }) => ts === target && user === person.id)
  if (ephemeral) return { kind: 'ephemeral', ephemeral }
  const message = state.messages.find(({ ts, deleted }) => ts === target && !deleted)
  if (!message) throw new TypeError(`no message ${target} that ${person.name} can see`)
  const shown = version === undefined ? versionOf(message) : message.versions[version]
  if (!shown) throw new TypeError(`message ${target} has no version ${version}`)
  return { kind: 'message', message, shown }
}

function setUnanswered(
  state: WorkspaceState,
  person: Person,
  messageTs: string,
  unanswered: boolean,
): void {
  const index = state.unanswered.findIndex(
    (entry) => entry.user === person.id && entry.messageTs === messageTs,
  )
  if (index >= 0) state.unanswered.splice(index, 1)
  if (unanswered) state.unanswered.push({ user: person.id, messageTs })
}

function closeView(state: WorkspaceState, open: OpenView, everything: boolean): void {
  for (const { id, rootId } of [...state.views.values()]) {
    if (id === open.id || (everything && rootId === open.rootId)) state.views.delete(id)
  }
  changed(state)
}

/** Does what the app's acknowledgement of a submission asks for. */
function obey(
  state: WorkspaceState,
  open: OpenView,
  delivery: Delivery,
): Pick<Submission, 'errors'> {
  const trouble = { errors: { '': 'We had some trouble connecting. Try again?' } }
  if (!delivery.acked) return trouble
  const text = delivery.answer.trim()
  const answer: unknown = text === '' ? {} : readJson(text)
  if (typeof answer !== 'object' || answer === null) return trouble
  const { response_action: action, errors, view } = answer as Record<string, unknown>
  if (action === undefined) {
    closeView(state, open, false)
    return {}
  }
  if (action === 'clear') {
    closeView(state, open, true)
    return {}
  }
  if (action === 'errors' && typeof errors === 'object' && errors !== null) {
    const known = Object.entries(errors).filter(([blockId]) =>
      open.view.blocks.some((block) => block.block_id === blockId && block.type === 'input'),
    )
    // Slack shows a general failure when the errors name no input block of the modal.
    return known.length > 0 ? { errors: Object.fromEntries(known) } : trouble
  }
  if (action === 'update' || action === 'push') {
    try {
      if (action === 'update') putView(state, open.user, view, open)
      else putView(state, open.user, view, undefined, open)
      return {}
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error
    }
  }
  return trouble
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
