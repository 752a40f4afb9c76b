import { z } from 'zod'
import { optionInvalid } from '../../core/errors.ts'
import { optionRefused } from '../../core/option-issue.ts'

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

const optionsSchema = z.strictObject({
  /** The bot's token. Scopes: chat:write, files:write, channels:history, groups:history, users:read. */
  botToken: z.string().regex(/^xoxb-[\w-]{6,}$/),
  /** Channel id, not a name. The bot must be a member. */
  channelId: z.string().regex(/^[CGD][A-Z0-9]{6,}$/),
  /** The app-level token, scope connections:write: clicks come over a socket (Socket Mode), and nothing has to be reachable from outside. */
  appToken: z
    .string()
    .regex(/^xapp-[\w-]{6,}$/)
    .optional(),
  /** The app's signing secret: clicks come over HTTP, to `POST /callbacks/slack`. */
  signingSecret: z.string().min(16).optional(),
  /** The workspace (T…), or on Enterprise Grid the organisation (E…). Clicks from another are refused. Default: that of the token. */
  teamId: z
    .string()
    .regex(/^[TE][A-Z0-9]{6,}$/)
    .optional(),
  /** Clicks for another app are refused. */
  appId: z
    .string()
    .regex(/^A[A-Z0-9]{6,}$/)
    .optional(),
  /** `no-amount` keeps amounts off lock screens. Default `full`. */
  lockScreen: z.enum(['full', 'no-amount']).default('full'),
  /** Another address of the Web API; for tests against a local workspace. */
  slackApiUrl: z.url().optional(),
})

/** In words for people; the empty name is the options themselves. */
const EXPECTED: Readonly<Record<string, string>> = {
  '': 'an object such as { botToken, appToken, channelId }',
  botToken: 'a bot token (xoxb-…), such as process.env.SLACK_BOT_TOKEN',
  channelId: 'a channel id such as C0123456789, not a name',
  appToken: 'an app-level token (xapp-…), such as process.env.SLACK_APP_TOKEN',
  signingSecret: 'the signing secret of the app, such as process.env.SLACK_SIGNING_SECRET',
  teamId: 'a workspace id such as T0123456789, or an organisation id such as E0123456789',
  appId: 'an app id such as A0123456789',
  slackApiUrl: 'an address such as https://slack.com/api/',
}

/**
 * How the channel reaches a workspace. Everything is checked before anything is sent.
 * @interface
 */
export type SlackChannelOptions = z.input<typeof optionsSchema>
export type SlackOptions = z.infer<typeof optionsSchema>

/** Throws `HP_ERR_OPTION_INVALID` naming the option. Never shows a token. */
export function checkOptions(options: SlackChannelOptions): SlackOptions {
  const parsed = optionsSchema.safeParse(options)
  if (!parsed.success) {
    throw optionRefused(parsed.error, {
      where: 'slackChannel',
      given: options,
      known: Object.keys(optionsSchema.shape),
      expected: ([member]) => EXPECTED[String(member ?? '')],
      hideValues: true,
    })
  }
  const { slackApiUrl, appToken, signingSecret } = parsed.data
  // Slack sends clicks one way, which the app's settings choose; which is meant cannot be told from here.
  if (appToken !== undefined && signingSecret !== undefined) {
    throw optionInvalid(
      'slackChannel.appToken',
      'is for Socket Mode and signingSecret for HTTP; an app has one of them, so leave the other out',
    )
  }
  if (slackApiUrl !== undefined) {
    const url = new URL(slackApiUrl)
    // A plain-text address elsewhere would hand out the token.
    const isLocal = url.protocol === 'http:' && LOOPBACK.has(url.hostname)
    if (url.protocol !== 'https:' && !isLocal) {
      throw optionInvalid('slackChannel.slackApiUrl', 'must be https, or http on this machine')
    }
  }
  return parsed.data
}

/** Throws when a reviewer's Slack id is none. */
export function checkIdentities(identities: Readonly<Record<string, string>>): void {
  for (const [reviewer, id] of Object.entries(identities)) {
    if (!/^[UW][A-Z0-9]{4,}$/.test(id)) {
      throw optionInvalid(
        `reviewers.${reviewer}.slack`,
        'must be a member id such as U0123456789, not a name',
      )
    }
  }
}
