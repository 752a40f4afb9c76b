import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { decimal, euros } from '../cart.ts'
import { addressLine } from '../pages/confirmation-page.ts'
import { orderSummaryHtml } from '../pages/order-summary.ts'
import type { Session } from '../sessions.ts'
import { currentPrices, type ShopState } from '../shop-state.ts'
import type { ShopAddress } from '../types.ts'
import { sessionOf } from './visit.ts'

// A browser opens six connections to a host. Streams of forgotten tabs must not starve the order itself.
const MAX_STREAMS_PER_SESSION = 3

/** What an open checkout page needs to show the truth. */
export interface CheckoutState {
  readonly total: string
  readonly amount: string
  readonly summaryHtml: string
  readonly address?: ShopAddress
  readonly addressLine?: string
}

export function checkoutState(shop: ShopState, session: Session): CheckoutState {
  const prices = currentPrices(shop, session)
  const address = shop.trouble.current('swap-recipient')?.address
  return {
    total: decimal(prices.totalMinor),
    amount: euros(prices.totalMinor),
    summaryHtml: orderSummaryHtml(prices),
    ...(address === undefined ? {} : { address, addressLine: addressLine(address) }),
  }
}

/** The stream (server-sent events) by which open checkout pages hear that something changed. */
export function checkoutUpdatesRoute(app: FastifyInstance, shop: ShopState): void {
  app.get('/checkout/updates', (request, reply) => {
    const session = sessionOf(shop, request, reply)
    const stream = new Readable({ read: () => {} })
    session.watchers.add(stream)
    stream.once('close', () => session.watchers.delete(stream))
    for (const oldest of session.watchers) {
      if (session.watchers.size <= MAX_STREAMS_PER_SESSION) break
      session.watchers.delete(oldest)
      oldest.push('event: superseded\ndata: {}\n\n')
      oldest.push(null)
    }
    // The first state closes the gap between rendering the page and opening the stream.
    push(stream, checkoutState(shop, session))
    return reply
      .headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      .send(stream)
  })
}

/** Tells every open checkout page what it must show now. */
export function notifyCheckouts(shop: ShopState): void {
  for (const session of shop.sessions.all()) {
    for (const stream of session.watchers) push(stream, checkoutState(shop, session))
  }
}

function push(stream: Readable, state: CheckoutState): void {
  stream.push(`event: state\ndata: ${JSON.stringify(state)}\n\n`)
}
