import { parseArgs } from 'node:util'
import { runDoctor } from '../compose/doctor/run-doctor.ts'
import { optionInvalid } from '../core/errors.ts'

const HELP = `holdpoint doctor [options]

Looks at everything that holding rests on: Node, data folder, store and keys, browser, configuration, and each
channel (tokens, scopes, membership). Then it sends a harmless card and waits for its answer, so that the whole
way is seen to work. Each line that fails says how to mend it. Exits 0 only if none did.

  --config FILE      default: holdpoint.config.ts (mts, js, mjs) here
  --data-dir DIR     default: .holdpoint
  --card, --no-card  send the card, or do not (default: if you sit at a terminal)
  --port PORT        where your agent's desk listens, if Slack's clicks come in over HTTP
`

export async function run(given: readonly string[]): Promise<number> {
  const { values } = parse(given)
  if (values.help === true) {
    process.stdout.write(HELP)
    return 0
  }
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.once(signal, () => stop.abort('interrupted'))
  const { config, port } = values
  const dataDir = values['data-dir']
  return runDoctor({
    folder: process.cwd(),
    ...(config === undefined ? {} : { config }),
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(port === undefined ? {} : { port: portOf(port) }),
    card: values.card ?? process.stdin.isTTY === true,
    out: (text) => process.stdout.write(text),
    signal: stop.signal,
  })
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      allowNegative: true,
      options: {
        config: { type: 'string' },
        'data-dir': { type: 'string' },
        card: { type: 'boolean' },
        port: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw optionInvalid(
      'doctor',
      `${error instanceof Error ? error.message : 'unknown option'}. See holdpoint doctor --help`,
    )
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port <= 65_535) return port
  throw optionInvalid('--port', `is "${text}"; it must be a whole number from 1 to 65535`)
}
