import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Desk } from '../src/deciding/desk.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A provider's signature proves each request; by which name it came says nothing. */
    provenBySignature?: boolean
  }
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Refuses a foreign `Host` (a name that an attacker points at this address would make their page
 * "same origin") and forms sent by other sites. Callbacks come from providers, through whatever tunnel,
 * and prove themselves by signature instead: exactly their routes, not all that begins like one.
 */
export function refuseStrangeOrigins(app: FastifyInstance, desk: Pick<Desk, 'publicUrl'>): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config?.provenBySignature === true) return undefined
    if (!isOurHost(request, desk.publicUrl)) {
      return reply.code(421).type('text/plain').send('This host name is not served here.')
    }
    if (request.method === 'POST' && isForeign(request)) {
      return reply
        .code(403)
        .type('text/plain')
        .send('This form was sent by another site. Nothing changed.')
    }
    return undefined
  })
}

/** For addresses that no page uses: refuses what a browser sends by another site's order, whatever the method. */
export function refuseOtherSites(scope: FastifyInstance): void {
  scope.addHook('onRequest', async (request, reply) => {
    if (!isForeign(request)) return undefined
    return reply.code(403).type('text/plain').send('This was sent by another site.')
  })
}

function isOurHost(request: FastifyRequest, publicUrl: string): boolean {
  const { host } = request.headers
  if (host === undefined) return false
  if (publicUrl !== '' && host === new URL(publicUrl).host) return true
  return LOOPBACK.has(host.replace(/:\d+$/, ''))
}

function isForeign(request: FastifyRequest): boolean {
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  if (origin === undefined) return false
  // Chromium hides our own origin too, as the pages ask for `no-referrer`; then the lines above tell.
  if (origin === 'null') return false
  return URL.parse(origin)?.host !== request.headers.host
}
