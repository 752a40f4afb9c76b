import { parseArgs } from 'node:util'
import { manifestText } from '../compose/slack-manifest.ts'
import { optionInvalid } from '../core/errors.ts'

const HELP = `holdpoint slack manifest [--url https://desk.example]

Prints the manifest of a Slack app for Holdpoint, and the link that makes the app from it.
--url is where Slack reaches your desk from outside (a tunnel, say); without it the messages have no buttons.
`

export async function run(given: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: { url: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help === true || positionals.length === 0) {
    process.stdout.write(HELP)
    return values.help === true ? 0 : 2
  }
  const [asked] = positionals
  if (asked !== 'manifest') throw optionInvalid('slack', `knows no "${asked}"; it must be manifest`)
  process.stdout.write(manifestText(values.url))
  return 0
}
