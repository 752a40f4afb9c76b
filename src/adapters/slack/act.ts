import type { WebClient } from '@slack/web-api'
import type { AnswerReceipt, AnswerSink } from '../../ports/channel.ts'
import type { Logger } from '../../ports/log.ts'
import { isOneOf } from './home.ts'
import type { Click, Interaction } from './interaction.ts'
import { checkPerson, type PersonCheck, unfit } from './person.ts'
import { REASON_BLOCK, reasonModal } from './reason-modal.ts'
import { cut, escapeText } from './text.ts'
import { within } from './within.ts'

const MODAL_WITHIN_MS = 2_000
/** Slack's patience, less what came before: from here on a submitted form may be closed. */
const FORM_OPEN_MS = 1_700

/** What Slack is told about an interaction, whichever way it came. */
export interface Reply {
  /** What a submitted form shall show, which stays open for it. Without it the form closes. */
  readonly form?: FormErrors
  /** Why it was turned away, for the audit. */
  readonly refused?: string
  /** Not from this app and workspace: not even acknowledged where that can be said. */
  readonly isForeign?: true
}

/** Texts by the block that they are shown at. */
export interface FormErrors {
  readonly response_action: 'errors'
  readonly errors: Readonly<Record<string, string>>
}

export const TAKEN: Reply = {}

/** What it takes to act on a click. */
export interface Acting {
  readonly client: WebClient
  readonly logger: Logger
  readonly sink: AnswerSink
  /** Workspace or organisation that the token is of. */
  readonly home: string
  /** Slack user ids of the reviewers. */
  readonly known: ReadonlySet<string>
  /** For this person's eyes only, as `mrkdwn`. Losing it loses an explanation, never a decision. */
  tell(click: Click, text: string): void
  /** Goes on after Slack was answered; whoever closes waits for it. */
  goOn(work: Promise<unknown>): void
}

/** Does what a click means. May throw; nothing is decided then. */
export async function act(acting: Acting, interaction: Interaction): Promise<Reply> {
  switch (interaction.type) {
    case 'answer':
      return onAnswer(acting, interaction)
    case 'ask-reason':
      return onAskReason(acting, interaction)
    case 'reason':
      return onReason(acting, interaction)
    case 'look':
      acting.goOn(look(acting, interaction))
      return TAKEN
    case 'none':
      return TAKEN
  }
}

type Answered = Click & { readonly answer: 'approve' | 'reject'; readonly reason?: string }

async function onAnswer(acting: Acting, click: Answered): Promise<Reply> {
  const { receipt, refused } = await answer(acting, click)
  if (!receipt.accepted) acting.tell(click, escapeText(receipt.message))
  return refused === undefined ? TAKEN : { refused }
}

async function onAskReason(
  acting: Acting,
  click: Extract<Interaction, { type: 'ask-reason' }>,
): Promise<Reply> {
  // The modal of a stranger would be a form for nothing: they are refused at once.
  if (!acting.known.has(click.user)) return onAnswer(acting, { ...click, answer: 'reject' })
  acting.goOn(look(acting, click))
  try {
    const opening = acting.client.views.open({
      trigger_id: click.triggerId,
      view: reasonModal(click),
    })
    await within(MODAL_WITHIN_MS, opening)
  } catch (error) {
    acting.logger.warn('a form could not be opened', { error: String(error) })
    const page = click.url === undefined ? 'its page, behind Open' : `<${click.url}|its page>`
    acting.tell(
      click,
      `The form did not open. ${click.id.requestId} still waits; answer it on ${page}.`,
    )
  }
  return TAKEN
}

async function onReason(
  acting: Acting,
  click: Extract<Interaction, { type: 'reason' }>,
): Promise<Reply> {
  const startedMs = performance.now()
  const { receipt, refused } = await answer(acting, { ...click, answer: 'reject' })
  if (receipt.accepted) return TAKEN
  // Slack has been answered meanwhile, and the form is closed.
  if (performance.now() - startedMs > FORM_OPEN_MS) acting.tell(click, escapeText(receipt.message))
  const form: FormErrors = {
    response_action: 'errors',
    errors: { [REASON_BLOCK]: cut(receipt.message, 200) },
  }
  return refused === undefined ? { form } : { form, refused }
}

async function answer(
  acting: Acting,
  click: Answered,
): Promise<{ readonly receipt: AnswerReceipt; readonly refused?: string }> {
  // Somebody whom no policy names needs no look-up: the sink refuses them, and writes it down.
  if (acting.known.has(click.user)) {
    const person = await checked(acting, click)
    if (!person.fit) {
      const refused = `${click.user} on ${click.id.requestId}: ${person.why}`
      return { receipt: { accepted: false, message: person.message }, refused }
    }
  }
  const receipt = await acting.sink.answer({
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

/** Shown to the others only for one who could answer as well. */
async function look(acting: Acting, click: Click): Promise<void> {
  if (!acting.known.has(click.user) || !(await checked(acting, click)).fit) return
  await acting.sink.looked({ requestId: click.id.requestId, identity: click.user })
}

async function checked({ client, home }: Acting, click: Click): Promise<PersonCheck> {
  // Looked up by its id alone, another company's account could pass for the reviewer's.
  if (!isOneOf(home, click)) return unfit('it belongs to another workspace')
  return checkPerson(client, click.user, home)
}
