import { parseArgs } from 'node:util'
import { replayTable } from '../compose/replay.ts'
import { optionInvalid } from '../core/errors.ts'

const HELP = `holdpoint replay FILE | last [--data-dir DIR]

Prints a recorded session as a table: what the agent did, where, what was held, how it ended.
"last" is the newest session below DIR (default: .holdpoint, then .holdpoint/demo).
`

export async function run(given: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: { 'data-dir': { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help === true) {
    process.stdout.write(HELP)
    return 0
  }
  const [file] = positionals
  if (file === undefined || positionals.length > 1) {
    throw optionInvalid(
      'replay',
      'needs one session file, or the word "last". See holdpoint replay --help',
    )
  }
  process.stdout.write(await replayTable(file, values['data-dir']))
  return 0
}
