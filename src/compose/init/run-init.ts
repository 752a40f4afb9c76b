import { randomInt } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { channelIdOf, SetupRefused, slackSetup } from '../../adapters/slack/setup/index.ts'
import { optionInvalid } from '../../core/errors.ts'
import { DESK_REVIEWER } from '../../core/policy.ts'
import { checkNode } from '../check-node.ts'
import { consoleLogger } from '../console-logger.ts'
import { findConfig, loadConfig } from '../load-config.ts'
import { sendTestCard } from '../setup/test-card.ts'
import { manifestLink } from '../slack-manifest.ts'
import { openQuestions, type Questions, type Terminal } from './ask.ts'
import { type ChosenReviewer, configText, reviewerId, setEnv, writeNew } from './files.ts'

const VARIABLES = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_CHANNEL_ID']
const REVIEWER_MS = 10 * 60_000
const ANSWER_MS = 10 * 60_000

export interface InitOptions {
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly terminal: Terminal
  /** Shows an address in the person's browser, if it can. */
  readonly openLink: (url: string) => void
  readonly signal: AbortSignal
}

type Setup = ReturnType<typeof slackSetup>

/**
 * From nothing to a card in the person's own Slack: makes the app, asks for both tokens and the channel,
 * finds the reviewers, writes `.env` and `holdpoint.config.ts`, and sends a card to answer. Nothing is
 * written before everything has been checked. 0 when the card was answered, 1 when it was not.
 */
export async function runInit(options: InitOptions): Promise<number> {
  checkNode(process.versions.node)
  checkFolder(options)
  const { folder, env, terminal, signal } = options
  const say = (text: string): void => void terminal.output.write(text)
  const apiUrl = env['SLACK_API_URL']
  const slack = slackSetup(apiUrl)
  const questions = openQuestions(terminal, signal)
  try {
    const link = manifestLink()
    say(
      `1. Make the Slack app (the page has everything filled in; press Create, then Install):\n   ${link}\n`,
    )
    options.openLink(link)
    const botToken = await untilTaken(questions, say, {
      question: '2. Bot User OAuth Token, under OAuth & Permissions (xoxb-…, does not show): ',
      hidden: true,
      take: async (token) => {
        const install = await slack.botToken(token)
        if (install.missingScopes.length === 0)
          return { value: token, told: `${install.botName} in ${install.team}` }
        throw new SetupRefused(
          `the app lacks ${install.missingScopes.join(', ')}`,
          'add them under OAuth & Permissions, install the app again, and paste the token again',
        )
      },
    })
    const appToken = await untilTaken(questions, say, {
      question:
        '3. App-Level Token, under Basic Information, made with connections:write (xapp-…, does not show): ',
      hidden: true,
      take: async (token) => {
        await slack.appToken(token)
        return { value: token, told: 'Socket Mode answers' }
      },
    })
    const channelId = await untilTaken(questions, say, {
      question: '4. Type /invite @Holdpoint in the channel; then its link or id: ',
      take: async (given) => {
        const id = channelIdOf(given)
        if (id === undefined) {
          throw new SetupRefused(
            'that is no channel',
            'right-click the channel → Copy link; it ends in an id such as C0123456789',
          )
        }
        await slack.channel(id)
        return { value: id, told: `${id}, the bot is a member` }
      },
    })
    const reviewers = await findReviewers(slack, questions, say)
    // The configuration last: a second try finds none in its way if the first ends here.
    await setEnv(folder, {
      SLACK_BOT_TOKEN: botToken,
      SLACK_APP_TOKEN: appToken,
      SLACK_CHANNEL_ID: channelId,
      ...(apiUrl === undefined ? {} : { SLACK_API_URL: apiUrl }),
    })
    const file = join(folder, 'holdpoint.config.ts')
    await writeNew(file, configText(reviewers, apiUrl !== undefined))
    say('   ✓ wrote holdpoint.config.ts and .env (readable by you only)\n')
    return await testCard(file, say, questions.stopped)
  } catch (error) {
    if (!(error instanceof SetupRefused)) throw error
    say(refusal(error))
    return 1
  } finally {
    questions.close()
  }
}

/** Everything that would only be found out at the end. */
function checkFolder({ folder, env, terminal }: InitOptions): void {
  if (terminal.input.isTTY !== true) {
    throw optionInvalid(
      'init',
      'asks questions, and needs a terminal; npx holdpoint slack manifest says how to do it by hand',
    )
  }
  const existing = findConfig(folder)
  if (existing !== undefined) {
    throw optionInvalid(
      'init',
      `finds ${existing} already; edit that (holdpoint doctor checks it), or move it away first`,
    )
  }
  const set = VARIABLES.filter((name) => env[name] !== undefined)
  if (set.length > 0) {
    throw optionInvalid(
      'init',
      `finds ${set.join(', ')} in the environment, which wins over the .env that it writes; unset ${set.length === 1 ? 'it' : 'them'} first`,
    )
  }
  // The configuration that is written imports it, and so will the agent.
  if (!isInstalled(folder, 'holdpoint')) {
    throw optionInvalid(
      'init',
      'needs the package in this folder: npm install holdpoint playwright',
    )
  }
}

function isInstalled(folder: string, name: string): boolean {
  const { resolve } = createRequire(join(folder, 'package.json'))
  try {
    resolve(`${name}/package.json`)
    return true
  } catch {
    return false
  }
}

const refusal = ({ message, remedy }: SetupRefused): string => `   ✗ ${message}\n   → ${remedy}\n`

/** Asks until what was typed is taken; a refusal says why, and what to do. */
async function untilTaken(
  questions: Questions,
  say: (text: string) => void,
  step: {
    readonly question: string
    readonly hidden?: boolean
    readonly take: (given: string) => Promise<{ readonly value: string; readonly told: string }>
  },
): Promise<string> {
  for (;;) {
    const given = step.hidden
      ? await questions.askHidden(step.question)
      : await questions.ask(step.question)
    if (given === '') continue
    try {
      const { value, told } = await step.take(given)
      say(`   ✓ ${told}\n`)
      return value
    } catch (error) {
      if (!(error instanceof SetupRefused)) throw error
      say(refusal(error))
    }
  }
}

async function findReviewers(
  slack: Setup,
  questions: Questions,
  say: (text: string) => void,
): Promise<readonly ChosenReviewer[]> {
  const digits = String(randomInt(0, 1_000_000)).padStart(6, '0')
  say(
    `5. Press "Become first reviewer" in the channel, and type  ${digits.slice(0, 3)} ${digits.slice(3)}\n`,
  )
  const limit = AbortSignal.timeout(REVIEWER_MS)
  const ends = AbortSignal.any([questions.stopped, limit])
  const first = await slack.firstReviewer(digits, ends).catch((error: unknown) => {
    if (!limit.aborted) throw error
    throw new SetupRefused(
      `nobody typed the digits within ${REVIEWER_MS / 60_000} min`,
      'start holdpoint init again; if a click on the button showed a warning sign, the app-level token is that of another app, or another program listens with it',
    )
  })
  const reviewers: ChosenReviewer[] = []
  const add = ({ name, userId }: typeof first): void => {
    // Whoever holds the printed link would be a reviewer of that id.
    const id = reviewerId(name, [DESK_REVIEWER, ...reviewers.map((reviewer) => reviewer.id)])
    reviewers.push({ id, name, slack: userId })
    say(`   ✓ ${name} reviews, as "${id}"\n`)
  }
  add(first)
  for (;;) {
    const email = await questions.ask('6. E-mail address of another reviewer (Enter: none): ')
    if (email === '') return reviewers
    const found = await slack.byEmail(email)
    if (typeof found === 'string') say(`   ✗ ${found}\n`)
    else if (reviewers.some(({ slack: userId }) => userId === found.userId))
      say(`   ✓ ${found.name} is one already\n`)
    else add(found)
  }
}

async function testCard(
  file: string,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<number> {
  say('7. A test card is on its way: approve or reject it in the channel. Nothing is bought.\n')
  const limit = AbortSignal.timeout(ANSWER_MS)
  const ending = await sendTestCard({
    config: await loadConfig(file),
    logger: consoleLogger,
    signal: AbortSignal.any([signal, limit]),
    onHeld: () => {},
  })
  if (ending.status === 'other') {
    say(`   ✗ ${ending.forModel}\n   → npx holdpoint doctor looks for the reason\n`)
    return 1
  }
  say(
    ending.status === 'approved'
      ? '   ✓ approved, and it went through once\n'
      : '   ✓ rejected, and nothing went through\n',
  )
  say(`Your agent asks there from now on:
   import config from './holdpoint.config.ts'
   const holdpoint = await createHoldpoint({ config })
`)
  return 0
}
