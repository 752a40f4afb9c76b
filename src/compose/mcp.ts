import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { agentDesk } from '../adapters/mcp/agent-desk.ts'
import { serveMcp } from '../adapters/mcp/serve.ts'
import { readOwner } from '../adapters/postgres/folder-lock.ts'
import { agentNameSchema } from '../core/agent-api.ts'
import { optionInvalid } from '../core/errors.ts'
import { consoleLogger } from './console-logger.ts'
import { packageVersion } from './version.ts'

export interface RunMcpOptions {
  /** The data folder of the agent's Holdpoint. Default `.holdpoint` below the working directory. */
  readonly dataDir?: string | undefined
  /** Only this agent's requests; default those of all agents of the folder. */
  readonly agent?: string | undefined
  readonly input: Readable
  readonly output: Writable
}

/** Serves MCP for the desk that owns the folder, whenever one does; until the client goes. */
export async function runMcp(options: RunMcpOptions): Promise<void> {
  const { agent, input, output } = options
  if (agent !== undefined && !agentNameSchema.safeParse(agent).success) {
    throw optionInvalid(
      '--agent',
      `is "${agent}"; it must be the short name that guardContext was given, such as "shopper"`,
    )
  }
  const folder = resolve(options.dataDir ?? '.holdpoint')
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw optionInvalid('--data-dir', `is ${folder}, which is no folder`)
  }
  await serveMcp({
    desk: agentDesk({
      find: () => readOwner(folder),
      folder,
      ...(agent === undefined ? {} : { agent }),
    }),
    version: packageVersion(),
    input,
    output,
    logger: consoleLogger,
  })
}
