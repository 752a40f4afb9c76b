import type { FastifyInstance } from 'fastify'
import type { ShopRequest } from './types.ts'

const MAX_REQUESTS = 2_000

/** Writes down every request that the server sees, from the moment it arrives. */
export function keepRequestLog(app: FastifyInstance): readonly ShopRequest[] {
  const log: { method: string; path: string; status: number }[] = []
  const entries = new WeakMap<object, { status: number }>()

  app.addHook('onRequest', async (request) => {
    const path = request.url.split('?', 1)[0] ?? ''
    const entry = { method: request.method, path, status: 0 }
    entries.set(request, entry)
    log.push(entry)
    if (log.length > MAX_REQUESTS) log.shift()
  })
  app.addHook('onSend', async (request, reply) => {
    const entry = entries.get(request)
    if (entry !== undefined) entry.status = reply.statusCode
  })
  return log
}
