import { parseArgs } from 'node:util'
import { manifestText } from '../compose/slack-manifest.ts'
import { optionInvalid } from '../core/errors.ts'

const HELP = `holdpoint slack manifest [--socket | --url https://desk.example]

Prints the manifest of a Slack app for Holdpoint, the link that makes the app from it, and what to do then.
--socket  clicks come over a socket (Socket Mode): nothing has to be reachable from outside. The default.
--url     clicks come over HTTP, to where Slack reaches your desk from outside (a tunnel, say).
`

export async function run(given: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: {
      socket: { type: 'boolean' },
      url: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true || positionals.length === 0) {
    process.stdout.write(HELP)
    return values.help === true ? 0 : 2
  }
  const [asked] = positionals
  if (asked !== 'manifest') throw optionInvalid('slack', `knows no "${asked}"; it must be manifest`)
  if (values.socket === true && values.url !== undefined) {
    throw optionInvalid(
      '--socket',
      'is one way and --url another, and an app has one of them; leave one out',
    )
  }
  process.stdout.write(manifestText(values.url))
  return 0
}
