import type { ModalView } from '@slack/types'
import type { WebClient } from '@slack/web-api'
import type { EditedValues } from '../../core/edit.ts'
import type { AnswerReceipt, AnswerSink } from '../../ports/channel.ts'
import type { Logger } from '../../ports/log.ts'
import { blockOfField, editModal, readEdits } from './edit-modal.ts'
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
    case 'ask-edits':
      return onAskEdits(acting, interaction)
    case 'edits':
      return onEdits(acting, interaction)
    case 'look':
      acting.goOn(look(acting, interaction).then(() => offerSignIn(acting, interaction)))
      return TAKEN
    case 'none':
      return TAKEN
  }
}

type Answered = Click & {
  readonly answer: 'approve' | 'reject'
  readonly reason?: string
  readonly values?: EditedValues
}

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
  return openForm(acting, click, async () => reasonModal(click))
}

async function onAskEdits(
  acting: Acting,
  click: Extract<Interaction, { type: 'ask-edits' }>,
): Promise<Reply> {
  if (!acting.known.has(click.user)) return onAnswer(acting, { ...click, answer: 'approve' })
  return openForm(acting, click, async () => {
    const editable = await acting.sink.editable(click.id.requestId)
    return editable.length === 0 ? undefined : editModal(click, editable)
  })
}

type Asking = Extract<Interaction, { type: 'ask-reason' | 'ask-edits' }>

/** Opening it counts as looking. `make`: undefined when there is nothing to fill in any more. */
async function openForm(
  acting: Acting,
  click: Asking,
  make: () => Promise<ModalView | undefined>,
): Promise<Reply> {
  acting.goOn(look(acting, click))
  const { requestId } = click.id
  const open = async (): Promise<void> => {
    const view = await make()
    if (view === undefined) {
      acting.tell(click, `${requestId} cannot be changed now. Nothing changed.`)
      return
    }
    await acting.client.views.open({ trigger_id: click.triggerId, view })
  }
  try {
    await within(MODAL_WITHIN_MS, open())
  } catch (error) {
    acting.logger.warn('a form could not be opened', { error: String(error) })
    const page = click.url === undefined ? 'its page, behind Open' : `<${click.url}|its page>`
    acting.tell(click, `The form did not open. ${requestId} still waits; answer it on ${page}.`)
  }
  return TAKEN
}

function onReason(acting: Acting, click: Extract<Interaction, { type: 'reason' }>): Promise<Reply> {
  return onForm(acting, click, async () => [{ ...click, answer: 'reject' }, () => REASON_BLOCK])
}

function onEdits(acting: Acting, click: Extract<Interaction, { type: 'edits' }>): Promise<Reply> {
  return onForm(acting, click, async () => {
    const editable = await acting.sink.editable(click.id.requestId)
    // Without them the values would be lost, and it would be approved as it is.
    if (editable.length === 0) throw new Error('there is nothing to change any more')
    const values = readEdits(click.entered, editable)
    return [{ ...click, answer: 'approve', values }, (field) => blockOfField(editable, field)]
  })
}

/** A submitted form. What is refused is shown in it, at the block of the field at fault. */
async function onForm(
  acting: Acting,
  click: Click,
  read: () => Promise<readonly [Answered, blockOf: (field: string | undefined) => string]>,
): Promise<Reply> {
  const startedMs = performance.now()
  const [answered, blockOf] = await read()
  const { receipt, refused } = await answer(acting, answered)
  if (receipt.accepted) return TAKEN
  // Slack has been answered meanwhile, and the form is closed.
  if (performance.now() - startedMs > FORM_OPEN_MS) acting.tell(click, escapeText(receipt.message))
  const form: FormErrors = {
    response_action: 'errors',
    errors: { [blockOf(receipt.field)]: cut(receipt.message, 200) },
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
    ...(click.values === undefined ? {} : { values: click.values }),
    identity: click.user,
    expectedTermsDigest: click.id.termsDigest,
    expectedEvidenceDigest: click.id.evidenceDigest,
    dedupeKey: click.dedupeKey,
  })
  return { receipt }
}

/** The page that Open leads to knows nobody: who has answered here only could not look at it there. */
async function offerSignIn(acting: Acting, click: Click): Promise<void> {
  const { requestId } = click.id
  if (!acting.known.has(click.user) || !(await checked(acting, click)).fit) return
  const link = await acting.sink.signInLink({ requestId, identity: click.user })
  if (link === undefined) return
  acting.tell(click, `<${link}|Sign in to the page of ${requestId}>: once, within ten minutes.`)
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
