#!/usr/bin/env node
import { packageVersion } from '../compose/version.ts'
import { isHoldpointError } from '../core/errors.ts'

const COMMANDS: Readonly<
  Record<string, () => Promise<{ run(given: readonly string[]): Promise<number> }>>
> = {
  demo: () => import('./demo.ts'),
  doctor: () => import('./doctor.ts'),
  init: () => import('./init.ts'),
  mcp: () => import('./mcp.ts'),
  replay: () => import('./replay.ts'),
  slack: () => import('./slack.ts'),
}

const HELP = `holdpoint <command>

  demo     an agent shops in a sample shop; you approve or reject its order
  init     set up asking in your Slack, step by step
  doctor   look at the set-up, and send a harmless card through it
  mcp      serve the tools with which an agent waits for approval: holdpoint mcp --data-dir DIR
  replay   print a recorded session: holdpoint replay FILE | last
  slack    print the manifest of a Slack app: holdpoint slack manifest --url https://…

holdpoint <command> --help says more; holdpoint --version which version this is.
`

// `npx holdpoint demo -- --headed`: the "--" that `npm run` needs is no argument of ours.
const [name, ...given] = process.argv
  .slice(2)
  .filter((argument, at) => argument !== '--' || at !== 1)
const load = name === undefined ? undefined : COMMANDS[name]
if (name === '--version') {
  process.stdout.write(`${packageVersion()}\n`)
} else if (load === undefined) {
  const asked = name === undefined || name === '--help' || name === 'help'
  if (!asked) process.stderr.write(`holdpoint: there is no command "${name}".\n\n`)
  process.stdout.write(HELP)
  process.exitCode = asked ? 0 : 2
} else {
  try {
    process.exitCode = await (await load()).run(given)
  } catch (error) {
    // A person reads this: what is wrong and what to do, not where in our code.
    if (isHoldpointError(error)) {
      // The message of a wrong option says itself what it must be.
      const hint = error.code === 'HP_ERR_OPTION_INVALID' ? '' : `  ${error.hint}\n`
      process.stderr.write(`holdpoint: ${error.message}\n${hint}`)
    } else
      process.stderr.write(
        `holdpoint: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      )
    process.exitCode = 1
  }
}
