import type { WebClient } from '@slack/web-api'
import type {
  AnswerReceipt,
  AnswerSink,
  CallbackRequest,
  CallbackResponse,
  ChannelContext,
} from '../../ports/channel.ts'
import type { SlackOptions } from './options.ts'
import { type Click, type Interaction, readInteraction } from './payload.ts'
import { checkPerson } from './person.ts'
import { REASON_BLOCK, reasonModal } from './reason-modal.ts'
import { whyNotSlacks } from './signature.ts'
import { cut, escapeText } from './text.ts'
import { within } from './within.ts'

/** Slack waits three seconds and then shows a warning; what takes longer goes on after the answer. */
const ANSWER_WITHIN_MS = 2_500
const MODAL_WITHIN_MS = 2_000
const TEAM_WITHIN_MS = 800
/** From here on a submitted form may be closed: what remains of the time once the team is known. */
const FORM_OPEN_MS = ANSWER_WITHIN_MS - TEAM_WITHIN_MS

const TAKEN: CallbackResponse = { status: 200 }

/** Hears clicks. `pending` are the things that go on after Slack has been answered. */
export interface Callback {
  handle(request: CallbackRequest, sink: AnswerSink): Promise<CallbackResponse>
  /** Waits for what still goes on. */
  settle(): Promise<void>
}

/** Interactivity over HTTP. Throws nothing at Slack: it answers 200, or 400 or 401 for what is not Slack's. */
export function openCallback(
  client: WebClient,
  options: SlackOptions & { readonly signingSecret: string },
  context: ChannelContext,
): Callback {
  const pending = new Set<Promise<unknown>>()
  const goOn = <T>(work: Promise<T>): Promise<T> => {
    pending.add(work)
    const done = (): unknown => pending.delete(work)
    work.then(done, done)
    return work
  }
  const teamOf = rememberedTeam(client, options)
  const known = new Set(Object.values(context.identities))

  /** For this person's eyes only. Losing it loses an explanation, never a decision. */
  const tell = (click: Click, text: string): void => {
    const message = { channel: click.channel ?? options.channelId, user: click.user, text }
    void goOn(
      client.chat.postEphemeral(message).catch((error: unknown) => {
        context.logger.warn('a Slack user could not be told', { error: String(error) })
      }),
    )
  }

  async function answer(
    click: Click & { readonly answer: 'approve' | 'reject'; readonly reason?: string },
    teamId: string,
    sink: AnswerSink,
  ): Promise<{ readonly receipt: AnswerReceipt; readonly refused?: string }> {
    // Somebody whom no policy names needs no look-up: the sink refuses them, and writes it down.
    if (known.has(click.user)) {
      const person = await checkPerson(client, click.user, teamId)
      if (!person.fit) {
        const refused = `${click.user} on ${click.id.requestId}: ${person.why}`
        return { receipt: { accepted: false, message: person.message }, refused }
      }
    }
    const receipt = await sink.answer({
      requestId: click.id.requestId,
      answer: click.answer,
      ...(click.reason === undefined ? {} : { reason: click.reason }),
      identity: click.user,
      expectedTermsDigest: click.id.termsDigest,
      expectedEvidenceDigest: click.id.evidenceDigest,
      dedupeKey: click.dedupeKey,
    })
    return { receipt }
  }

  async function onAnswer(
    click: Extract<Interaction, { type: 'answer' }>,
    teamId: string,
    sink: AnswerSink,
  ): Promise<CallbackResponse> {
    const { receipt, refused } = await answer(click, teamId, sink)
    if (!receipt.accepted) tell(click, escapeText(receipt.message))
    return refused === undefined ? TAKEN : { status: 200, refused }
  }

  /** The modal of a stranger would be a form for nothing: they are refused at once. */
  async function onAskReason(
    click: Extract<Interaction, { type: 'ask-reason' }>,
    teamId: string,
    sink: AnswerSink,
  ): Promise<CallbackResponse> {
    if (!known.has(click.user))
      return onAnswer({ ...click, type: 'answer', answer: 'reject' }, teamId, sink)
    try {
      await within(
        MODAL_WITHIN_MS,
        client.views.open({ trigger_id: click.triggerId, view: reasonModal(click) }),
      )
    } catch (error) {
      context.logger.warn('a form could not be opened', { error: String(error) })
      const page = click.url === undefined ? 'its page, behind Open' : `<${click.url}|its page>`
      tell(click, `The form did not open. ${click.id.requestId} still waits; answer it on ${page}.`)
    }
    return TAKEN
  }

  async function onReason(
    click: Extract<Interaction, { type: 'reason' }>,
    teamId: string,
    sink: AnswerSink,
  ): Promise<CallbackResponse> {
    const startedMs = performance.now()
    const { receipt, refused } = await answer({ ...click, answer: 'reject' }, teamId, sink)
    if (receipt.accepted) return TAKEN
    // Slack has been answered meanwhile, and the form is closed.
    if (performance.now() - startedMs > FORM_OPEN_MS) tell(click, escapeText(receipt.message))
    // Shown in the form, which stays open.
    const body = JSON.stringify({
      response_action: 'errors',
      errors: { [REASON_BLOCK]: cut(receipt.message, 200) },
    })
    const taken = { status: 200, body, contentType: 'application/json' }
    return refused === undefined ? taken : { ...taken, refused }
  }

  async function act(interaction: Interaction, sink: AnswerSink): Promise<CallbackResponse> {
    if (options.appId !== undefined && interaction.appId !== options.appId) {
      return { status: 401, refused: 'another app' }
    }
    if (interaction.type === 'none') return TAKEN
    const teamId = await teamOf()
    if (teamId === undefined) {
      tell(interaction, 'Slack could not be asked just now. Nothing changed; please try again.')
      return { status: 200, refused: 'the workspace could not be looked up' }
    }
    if (interaction.teamId !== teamId) return { status: 401, refused: 'another workspace' }
    switch (interaction.type) {
      case 'answer':
        return onAnswer(interaction, teamId, sink)
      case 'ask-reason':
        return onAskReason(interaction, teamId, sink)
      case 'reason':
        return onReason(interaction, teamId, sink)
    }
  }

  return {
    async handle(request, sink) {
      const why = whyNotSlacks(request, options.signingSecret, context.clock.now())
      if (why !== undefined) return { status: 401, refused: why }
      const interaction = readInteraction(request.rawBody)
      if (interaction === undefined) return { status: 400, refused: 'not a click on our messages' }
      const work = goOn(
        act(interaction, sink).catch((error: unknown) => {
          context.logger.error('a click failed', { error: String(error) })
          if (interaction.type !== 'none') {
            tell(interaction, 'That could not be recorded. Nothing changed; please try again.')
          }
          return TAKEN
        }),
      )
      return within(ANSWER_WITHIN_MS, work).catch(() => TAKEN)
    },
    async settle() {
      while (pending.size > 0) await Promise.allSettled(pending)
    },
  }
}

/** The workspace of the token, asked once; undefined while Slack does not say. */
function rememberedTeam(
  client: WebClient,
  options: SlackOptions,
): () => Promise<string | undefined> {
  let teamId = options.teamId
  return async () => {
    if (teamId !== undefined) return teamId
    try {
      teamId = (await within(TEAM_WITHIN_MS, client.auth.test())).team_id
    } catch {
      return undefined
    }
    return teamId
  }
}
