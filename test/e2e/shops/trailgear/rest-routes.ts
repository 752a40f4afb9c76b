import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { PRODUCTS } from './catalog.ts'
import { completeCheckout, type GraphqlBody, runGraphql } from './graphql.ts'
import { type Orders, quoteBag, type Visitors } from './state.ts'

/** The one customer who has an account. */
export const CUSTOMER = { email: 'rowan@alder.example', password: 'switchback-42', name: 'Rowan' }

/** Everything the shop's scripts call. */
export function addRestRoutes(app: FastifyInstance, visitors: Visitors, orders: Orders): void {
  // Beacons are text/plain and cannot carry a CSRF header; everything else from a script must.
  app.addHook('preHandler', async (request, reply) => {
    if (request.method === 'GET' || request.url === '/t/collect') return
    if (request.headers['x-csrf-token'] === visitors(request, reply).csrf) return
    await reply.code(403).send({ message: 'Your session has expired.' })
  })

  app.post('/t/collect', (_request, reply) => reply.code(204).send())

  app.post<{ Body: GraphqlBody }>('/graphql', async (request, reply) =>
    runGraphql(request.body, visitors(request, reply), orders),
  )

  app.get<{ Querystring: { q?: string } }>('/api/catalog', async (request, reply) => {
    const session = visitors(request, reply)
    const term = (request.query.q ?? '').toLowerCase()
    return PRODUCTS.filter(({ name, tagline }) =>
      `${name} ${tagline}`.toLowerCase().includes(term),
    ).map((product) => ({
      ...product,
      isWished: session.wishlist.has(product.sku),
      canOneTap: session.customer !== undefined,
    }))
  })

  app.get('/api/session', async (request, reply) => {
    return { name: visitors(request, reply).customer ?? null }
  })

  app.post<{ Body: { email?: string; password?: string } }>(
    '/api/session',
    async (request, reply) => {
      const isKnown =
        request.body.email === CUSTOMER.email && request.body.password === CUSTOMER.password
      if (!isKnown) return reply.code(401).send({ message: 'Wrong email or password.' })
      visitors(request, reply).customer = CUSTOMER.name
      return { name: CUSTOMER.name }
    },
  )

  app.put<{ Params: { sku: string } }>('/api/wishlist/:sku', async (request, reply) => {
    const { wishlist } = visitors(request, reply)
    wishlist.add(request.params.sku)
    return { count: wishlist.size }
  })

  app.delete<{ Params: { sku: string } }>('/api/wishlist/:sku', async (request, reply) => {
    const { wishlist } = visitors(request, reply)
    wishlist.delete(request.params.sku)
    return { count: wishlist.size }
  })

  app.post<{ Body: { email?: string } }>('/api/newsletter', async (request) => {
    return { message: `You're in. Check ${request.body.email} for 10% off.` }
  })

  app.post<{ Body: { line1?: string; zip?: string } }>(
    '/svc/address/verify',
    async (request, reply) => {
      const isGood = Boolean(request.body.line1) && /^\d{5}$/.test(request.body.zip ?? '')
      visitors(request, reply).isAddressVerified = isGood
      return { verdict: isGood ? 'DELIVERABLE' : 'UNKNOWN' }
    },
  )

  app.post<{ Body: { number?: string } }>('/vault/v1/tokens', async (request, reply) => {
    const digits = (request.body.number ?? '').replaceAll(' ', '')
    if (!/^\d{16}$/.test(digits)) return reply.code(422).send({ message: 'Check the card number.' })
    const token = `tok_${randomUUID().slice(0, 8)}`
    visitors(request, reply).cardTokens.add(token)
    return { token, last4: digits.slice(-4) }
  })

  app.post<{ Body: { session?: string; amount?: number } }>(
    '/trailpay/charges',
    async (request, reply) => {
      const { session: checkoutId, amount } = request.body
      const input = { checkoutId, amount, payment: { kind: 'TRAILPAY' } }
      return completeCheckout(visitors(request, reply), orders, input)
    },
  )

  app.post('/trailpay/express/capture', async (request, reply) => {
    const session = visitors(request, reply)
    if (session.bag.size === 0) return reply.code(409).send({ message: 'The bag is empty.' })
    return { number: orders.place(quoteBag(session).totalMinor) }
  })
}
