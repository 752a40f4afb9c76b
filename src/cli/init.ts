import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { runInit } from '../compose/init/run-init.ts'
import { optionInvalid } from '../core/errors.ts'

const HELP = `holdpoint init

Sets up asking in your Slack, in this folder: makes the app, asks for its two tokens and the channel, finds the
reviewers, writes .env and holdpoint.config.ts, and sends a card that you answer right there. Takes about five
minutes. Nothing is written before everything has been checked.

(SLACK_API_URL for another Slack than slack.com, such as GovSlack.)
`

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export async function run(given: readonly string[]): Promise<number> {
  if (parse(given).values.help === true) {
    process.stdout.write(HELP)
    return 0
  }
  const stop = new AbortController()
  const onSignal = (): void => stop.abort()
  for (const signal of SIGNALS) process.on(signal, onSignal)
  try {
    return await runInit({
      folder: process.cwd(),
      env: process.env,
      terminal: { input: process.stdin, output: process.stdout },
      openLink,
      signal: stop.signal,
    })
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error
    process.stdout.write('\nStopped.\n')
    return 130
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal)
  }
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({ args: [...given], options: { help: { type: 'boolean', short: 'h' } } })
  } catch (error) {
    throw optionInvalid(
      'init',
      `${error instanceof Error ? error.message : 'unknown option'}. See holdpoint init --help`,
    )
  }
}

/** The link is printed too: nothing depends on a browser opening here. */
function openLink(url: string): void {
  const program = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open'
  const child = spawn(program, [url], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}
