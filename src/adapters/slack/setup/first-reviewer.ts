import { timingSafeEqual } from 'node:crypto'
import type { KnownBlock, ModalView } from '@slack/types'
import type { WebClient } from '@slack/web-api'
import { z } from 'zod'
import { checkPerson } from '../person.ts'
import { markdown, plain } from '../text.ts'
import { refused, SetupRefused } from './look.ts'
import { personName } from './person-name.ts'

const BECOME = 'hp_become_reviewer'
const MODAL = 'hp_first_reviewer'
const DIGITS_BLOCK = 'hp_digits_block'
const DIGITS = 'hp_digits'
/** Six digits can be guessed by somebody who may try often. */
const MAX_WRONG = 5

/** Who proved to sit at the terminal. */
export interface FirstReviewer {
  readonly userId: string
  /** As Slack shows it. */
  readonly name: string
}

export interface Invitation {
  /** What Slack sent over the socket; gives what to acknowledge it with. */
  hear(payload: unknown): Promise<object | undefined>
  /** Resolves once somebody typed the digits; rejects after too many wrong ones. */
  readonly reviewer: Promise<FirstReviewer>
  /** Takes the message back. */
  withdraw(): Promise<void>
}

const clickSchema = z.object({
  type: z.literal('block_actions'),
  trigger_id: z.string(),
  user: z.object({ id: z.string() }),
  actions: z.tuple([z.object({ action_id: z.literal(BECOME) })]),
})

const submissionSchema = z.object({
  type: z.literal('view_submission'),
  user: z.object({ id: z.string() }),
  view: z.object({
    callback_id: z.literal(MODAL),
    state: z.object({
      values: z.object({
        [DIGITS_BLOCK]: z.object({ [DIGITS]: z.object({ value: z.string().nullish() }) }),
      }),
    }),
  }),
})

/**
 * Posts `Become first reviewer`; throws `SetupRefused` when Slack does not take it. Everybody in the channel can press it; only whoever reads the terminal
 * knows the digits, so nobody has to hunt for user ids, and nobody else becomes it.
 */
export async function inviteFirstReviewer(options: {
  readonly client: WebClient
  readonly channelId: string
  readonly teamId: string
  /** Shown in the terminal. */
  readonly digits: string
}): Promise<Invitation> {
  const { client, channelId, digits } = options
  const posted = await client.chat
    .postMessage({
      channel: channelId,
      text: 'Holdpoint: become first reviewer',
      blocks: question(),
    })
    .catch((error: unknown) => {
      throw refused(
        error,
        'let the bot post there, or take another channel (an archived one, and one for announcements, takes nothing); then start holdpoint init again',
      )
    })
  const ts = String(posted.ts)
  const ended = Promise.withResolvers<FirstReviewer>()
  // Whoever waits for it hears of it; until then a rejection is nobody's fault.
  ended.promise.catch(() => undefined)
  let wrong = 0

  async function submitted(user: string, typed: string): Promise<object | undefined> {
    if (wrong >= MAX_WRONG) return wrongDigits('Too many wrong digits. Start holdpoint init again.')
    if (!isEqual(typed.replaceAll(/\s/g, ''), digits)) {
      wrong += 1
      if (wrong >= MAX_WRONG) ended.reject(tooManyWrong())
      return wrongDigits('These are not the six digits that the terminal shows.')
    }
    const person = await checkPerson(client, user, options.teamId)
    if (!person.fit) return wrongDigits(person.message)
    const name = await nameOf(client, user)
    // The terminal goes on whether or not the message can be changed.
    await show(`<@${user}> is the first reviewer.`).catch(() => undefined)
    ended.resolve({ userId: user, name })
    return undefined
  }

  const show = (text: string) =>
    client.chat.update({
      channel: channelId,
      ts,
      text: 'Holdpoint: first reviewer',
      blocks: [{ type: 'section', text: markdown(text) }],
    })

  return {
    reviewer: ended.promise,
    async hear(payload) {
      const click = clickSchema.safeParse(payload)
      if (click.success) {
        await client.views.open({ trigger_id: click.data.trigger_id, view: digitsModal() })
        return undefined
      }
      const submission = submissionSchema.safeParse(payload)
      if (!submission.success) return undefined
      const { user, view } = submission.data
      return submitted(user.id, view.state.values[DIGITS_BLOCK][DIGITS].value ?? '')
    },
    async withdraw() {
      await show('The set-up was stopped. Nothing was changed.').catch(() => undefined)
    },
  }
}

function question(): KnownBlock[] {
  return [
    {
      type: 'section',
      text: markdown('*Holdpoint* asks here before a browser agent does something risky.'),
    },
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          style: 'primary',
          action_id: BECOME,
          text: plain('Become first reviewer', 75),
        },
      ],
    },
  ]
}

function digitsModal(): ModalView {
  return {
    type: 'modal',
    callback_id: MODAL,
    title: plain('First reviewer', 24),
    submit: plain('That is me', 24),
    close: plain('Back', 24),
    blocks: [
      {
        type: 'input',
        block_id: DIGITS_BLOCK,
        label: plain('The six digits that the terminal shows', 75),
        element: {
          type: 'plain_text_input',
          action_id: DIGITS,
          min_length: 6,
          max_length: 10,
          focus_on_load: true,
        },
      },
    ],
  }
}

const tooManyWrong = (): SetupRefused =>
  new SetupRefused(
    'too many wrong digits were typed in Slack',
    'start holdpoint init again; it shows other digits',
  )

const wrongDigits = (message: string): object => ({
  response_action: 'errors',
  errors: { [DIGITS_BLOCK]: message },
})

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

async function nameOf(client: WebClient, user: string): Promise<string> {
  const { user: facts } = await client.users.info({ user })
  return personName({ ...facts, id: user })
}
