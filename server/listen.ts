import fastify from 'fastify'
import { optionInvalid } from '../src/core/errors.ts'
import type { Desk } from '../src/deciding/desk.ts'
import { type HoldpointServerOptions, holdpointServer } from './plugin.ts'
import { Watchers } from './watchers.ts'

const LINK_MS = 24 * 60 * 60_000

export interface RunningServer {
  /** `http://127.0.0.1:4300` */
  readonly url: string
  /** A link that signs a reviewer in once, by default within a day, and then shows `next` (a path of this server). */
  signInLink(reviewer: string, next?: string, validMs?: number): Promise<string>
  /** Waits a few seconds for pages that show an order being placed, so that they show how it ended. */
  close(): Promise<void>
}

/** Starts the server on its own. Loopback only; `publicUrl` of the desk is filled in once it listens. */
export async function startServer(
  options: HoldpointServerOptions & {
    readonly desk: Desk & { publicUrl: string }
    readonly host: '127.0.0.1'
    readonly port: number
  },
): Promise<RunningServer> {
  const app = fastify({
    logger: false,
    routerOptions: { maxParamLength: 200 },
    bodyLimit: 1024 * 1024,
    // An address that cannot be read never reaches a route, nor its headers; Fastify would repeat it.
    frameworkErrors(_error, _request, reply) {
      reply.raw
        .writeHead(400, { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' })
        .end('That address was not understood.')
    },
  })
  const watchers = new Watchers()
  await app.register(holdpointServer, { ...options, watchers })
  try {
    const url = await app.listen({ host: options.host, port: options.port })
    options.desk.publicUrl = url
    return {
      url,
      async close() {
        await watchers.settled()
        await app.close()
      },
      async signInLink(reviewer, next, validMs = LINK_MS) {
        const token = await options.signIn.createLink(reviewer, validMs)
        return `${url}/sign-in/${token}${next === undefined ? '' : `?next=${encodeURIComponent(next)}`}`
      },
    }
  } catch (error) {
    await app.close()
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw optionInvalid(
        'port',
        `${options.port} is in use on 127.0.0.1; choose another, or leave it out`,
      )
    }
    throw error
  }
}
