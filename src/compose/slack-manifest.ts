import { type ManifestOptions, slackManifest } from '../adapters/slack/manifest.ts'
import { optionInvalid } from '../core/errors.ts'

const CALLBACK_PATH = '/callbacks/slack'

/**
 * The app's manifest as text, and what to do with it. `url`: where Slack reaches the desk from outside;
 * without it clicks come over a socket.
 */
export function manifestText(url: string | undefined): string {
  const options = url === undefined ? {} : { requestUrl: requestUrlOf(url) }
  const [step, last] =
    options.requestUrl === undefined ? SOCKET_STEPS : httpSteps(options.requestUrl)
  return `${JSON.stringify(slackManifest(options), null, 2)}

1. Make the app from this manifest: ${manifestLink(options)}
2. Install it to your workspace (OAuth & Permissions). Its Bot User OAuth Token (xoxb-…) is SLACK_BOT_TOKEN.
3. ${step}
4. Type /invite @Holdpoint in the channel that is to be asked. The id at the end of its link (C…) is SLACK_CHANNEL_ID.
5. ${last}
`
}

/** Opens Slack's page that makes the app. */
export function manifestLink(options: ManifestOptions = {}): string {
  const manifest = encodeURIComponent(JSON.stringify(slackManifest(options)))
  return `https://api.slack.com/apps?new_app=1&manifest_json=${manifest}`
}

const SOCKET_STEPS = [
  // Slack makes such tokens by hand only: a manifest cannot ask for one.
  'Make an app-level token by hand (Basic Information → App-Level Tokens) with the scope connections:write. It (xapp-…) is SLACK_APP_TOKEN.',
  'Use slackChannel({ botToken, appToken, channelId }).',
] as const

const httpSteps = (requestUrl: string) =>
  [
    'The Signing Secret (Basic Information → App Credentials) is SLACK_SIGNING_SECRET.',
    `Use slackChannel({ botToken, signingSecret, channelId }). Clicks come to ${requestUrl}; the desk must listen behind it.`,
  ] as const

function requestUrlOf(given: string): string {
  const url = URL.parse(given)
  if (url?.protocol !== 'https:') {
    throw optionInvalid(
      '--url',
      `is "${given}"; it must be an address that Slack reaches, https://…`,
    )
  }
  return url.pathname === '/' ? `${url.origin}${CALLBACK_PATH}` : url.href
}
