import type { Readable, Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio'
import type { Logger } from '../../ports/log.ts'
import type { AgentDesk } from './agent-desk.ts'
import { createMcpServer } from './tools.ts'

export interface ServeMcpOptions {
  readonly desk: AgentDesk
  readonly version: string
  readonly input: Readable
  /** Nothing but the protocol may be written to it. */
  readonly output: Writable
  readonly logger: Logger
}

/** Serves the tools over a pair of pipes until the client closes one of them. */
export async function serveMcp(options: ServeMcpOptions): Promise<void> {
  const { desk, version, input, output, logger } = options
  const handle = serveStdio(() => createMcpServer(desk, version), {
    transport: new StdioServerTransport(input, output),
    onerror: (error) => logger.warn('MCP', { error }),
  })
  // A pipe that broke is a client that has gone, like one that was closed.
  const ended = (pipe: Readable | Writable) => finished(pipe).catch(() => {})
  await Promise.race([ended(input), ended(output)])
  await handle.close()
}
