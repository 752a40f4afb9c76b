import { randomInt } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { channelIdOf, SetupRefused, slackSetup } from '../../adapters/slack/setup/index.ts'
import { optionInvalid } from '../../core/errors.ts'
import { checkNode } from '../check-node.ts'
import { consoleLogger } from '../console-logger.ts'
import { findConfig, loadConfig } from '../load-config.ts'
import { sendTestCard } from '../setup/test-card.ts'
import { manifestLink } from '../slack-manifest.ts'
import { openQuestions, type Questions, type Terminal } from './ask.ts'
import { type ChosenReviewer, configText, reviewerId, setEnv, writeNew } from './files.ts'

const NEEDED = ['holdpoint', 'playwright', '@slack/web-api', '@slack/socket-mode']
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
    const reviewers = await findReviewers(slack, questions, say, signal)
    const file = join(folder, 'holdpoint.config.ts')
    await writeNew(file, configText(reviewers, apiUrl !== undefined))
    await setEnv(folder, {
      SLACK_BOT_TOKEN: botToken,
      SLACK_APP_TOKEN: appToken,
      SLACK_CHANNEL_ID: channelId,
      ...(apiUrl === undefined ? {} : { SLACK_API_URL: apiUrl }),
    })
    say('   ✓ wrote holdpoint.config.ts and .env (readable by you only)\n')
    return await testCard(file, say, signal)
  } finally {
    questions.close()
  }
}

/** Everything that would only be found out at the end. */
function checkFolder({ folder, terminal }: InitOptions): void {
  if (terminal.input.isTTY !== true) {
    throw optionInvalid(
      'init',
      'asks questions, and needs a terminal; docs/slack.md has the way by hand',
    )
  }
  const existing = findConfig(folder)
  if (existing !== undefined) {
    throw optionInvalid(
      'init',
      `finds ${existing} already; edit that (holdpoint doctor checks it), or move it away first`,
    )
  }
  const missing = NEEDED.filter((name) => !isInstalled(folder, name))
  if (missing.length > 0) {
    throw optionInvalid('init', `needs packages in this folder: npm install ${missing.join(' ')}`)
  }
}

function isInstalled(folder: string, name: string): boolean {
  const { resolve } = createRequire(join(folder, 'package.json'))
  for (const file of [`${name}/package.json`, name]) {
    try {
      resolve(file)
      return true
    } catch {
      // Not under this name.
    }
  }
  return false
}

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
      say(`   ✗ ${error.message}\n   → ${error.remedy}\n`)
    }
  }
}

async function findReviewers(
  slack: Setup,
  questions: Questions,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<readonly ChosenReviewer[]> {
  const digits = String(randomInt(0, 1_000_000)).padStart(6, '0')
  say(
    `5. Press "Become first reviewer" in the channel, and type  ${digits.slice(0, 3)} ${digits.slice(3)}\n`,
  )
  const limit = AbortSignal.timeout(REVIEWER_MS)
  const first = await slack.firstReviewer(digits, AbortSignal.any([signal, limit]))
  const reviewers: ChosenReviewer[] = []
  const add = ({ name, userId }: typeof first): void => {
    const id = reviewerId(
      name,
      reviewers.map((reviewer) => reviewer.id),
    )
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
