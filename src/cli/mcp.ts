import { parseArgs } from 'node:util'
import { runMcp } from '../compose/mcp.ts'
import { optionInvalid } from '../core/errors.ts'

const HELP = `holdpoint mcp [--data-dir DIR] [--agent NAME]

Serves MCP over standard input and output, for agents in any framework: wait_for_approval, list_my_requests,
withdraw. No tool decides. Your client starts this command; your agent's own process holds and runs the actions.

  --data-dir DIR   the folder of your agent's Holdpoint (default .holdpoint in the working directory)
  --agent NAME     only the requests of this agent (default HOLDPOINT_AGENT, else of all agents of the folder)
`

export async function run(given: readonly string[]): Promise<number> {
  const { values } = parse(given)
  if (values.help === true) {
    process.stdout.write(HELP)
    return 0
  }
  await runMcp({
    dataDir: values['data-dir'],
    agent: values.agent ?? process.env['HOLDPOINT_AGENT'],
    input: process.stdin,
    output: process.stdout,
  })
  return 0
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      options: {
        'data-dir': { type: 'string' },
        agent: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw optionInvalid(
      'mcp',
      `${error instanceof Error ? error.message : 'unknown option'}. See holdpoint mcp --help`,
    )
  }
}
