import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { findProduct } from './catalog.ts'

/** What the check-out form autosaves; never card data. */
export interface Draft {
  readonly email?: string
  readonly name?: string
  readonly line1?: string
  readonly city?: string
  readonly zip?: string
}

/** Ways to ship, in US cents. */
export const DELIVERY = { ground: 795, two_day: 1450, pickup: 0 } as const
export type DeliveryKey = keyof typeof DELIVERY

/** One visitor, known by cookie. */
export interface Session {
  readonly id: string
  readonly csrf: string
  checkoutId: string
  /** SKU to quantity. */
  readonly bag: Map<string, number>
  readonly wishlist: Set<string>
  customer?: string
  promo?: string | undefined
  delivery: DeliveryKey
  draft: Draft
  isAddressVerified: boolean
  /** Card tokens this visitor's browser was given. */
  readonly cardTokens: Set<string>
}

/** What the bag comes to; all in US cents. */
export interface Quote {
  readonly subtotalMinor: number
  readonly discountMinor: number
  readonly shippingMinor: number
  readonly taxMinor: number
  readonly totalMinor: number
}

/** Adds up lines; ground is free from $99, SUMMIT10 takes a tenth off, sales tax is 7.75 %. */
export function quoteLines(
  lines: Iterable<readonly [sku: string, quantity: number]>,
  delivery: DeliveryKey,
  promo?: string,
): Quote {
  let subtotalMinor = 0
  for (const [sku, quantity] of lines) {
    subtotalMinor += (findProduct(sku)?.priceMinor ?? 0) * quantity
  }
  const discountMinor = promo === undefined ? 0 : Math.round(subtotalMinor / 10)
  const goodsMinor = subtotalMinor - discountMinor
  const shippingMinor = delivery === 'ground' && goodsMinor >= 9900 ? 0 : DELIVERY[delivery]
  const taxMinor = Math.round((goodsMinor * 775) / 10_000)
  return {
    subtotalMinor,
    discountMinor,
    shippingMinor,
    taxMinor,
    totalMinor: goodsMinor + shippingMinor + taxMinor,
  }
}

/** What this visitor's bag comes to. */
export function quoteBag(session: Session): Quote {
  return quoteLines(session.bag, session.delivery, session.promo)
}

/** The shop's ledger: order numbers to totals in US cents. It never merges two orders into one. */
export interface Orders {
  place(totalMinor: number): string
  totalOf(number: string): number | undefined
  count(): number
}

/** An empty ledger. */
export function createOrders(): Orders {
  const totals = new Map<string, number>()
  return {
    place(totalMinor) {
      const number = `TG-${31000 + totals.size}`
      totals.set(number, totalMinor)
      return number
    },
    totalOf: (number) => totals.get(number),
    count: () => totals.size,
  }
}

/** Finds the visitor of a request, or greets a new one. */
export type Visitors = (request: FastifyRequest, reply: FastifyReply) => Session

/** Keeps visitors by cookie, in memory. */
export function createVisitors(): Visitors {
  const sessions = new Map<string, Session>()
  return (request, reply) => {
    const known = sessions.get(request.cookies['tg.sid'] ?? '')
    if (known !== undefined) return known
    const session: Session = {
      id: randomUUID(),
      csrf: randomUUID(),
      checkoutId: randomUUID(),
      bag: new Map(),
      wishlist: new Set(),
      delivery: 'ground',
      draft: {},
      isAddressVerified: false,
      cardTokens: new Set(),
    }
    sessions.set(session.id, session)
    void reply.setCookie('tg.sid', session.id, { path: '/', httpOnly: true, sameSite: 'lax' })
    return session
  }
}
