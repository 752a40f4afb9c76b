import { slackManifest } from '../adapters/slack/manifest.ts'
import { optionInvalid } from '../core/errors.ts'

const CALLBACK_PATH = '/callbacks/slack'

/** The app's manifest as text, and what to do with it. `url`: where Slack reaches the desk from outside. */
export function manifestText(url: string | undefined): string {
  const requestUrl = url === undefined ? undefined : requestUrlOf(url)
  const manifest = slackManifest(requestUrl === undefined ? {} : { requestUrl })
  const link = `https://api.slack.com/apps?new_app=1&manifest_json=${encodeURIComponent(JSON.stringify(manifest))}`
  const buttons =
    requestUrl === undefined
      ? 'Without --url there are no buttons: the messages link to the page of the request.'
      : `Clicks come to ${requestUrl}; the desk must listen behind it.`
  return `${JSON.stringify(manifest, null, 2)}

Make the app: ${link}
${buttons}
Then install it, invite it to the channel (/invite @Holdpoint), and set SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET and SLACK_CHANNEL_ID.
`
}

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
