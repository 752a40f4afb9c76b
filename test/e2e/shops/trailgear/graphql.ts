import { findProduct } from './catalog.ts'
import {
  DELIVERY,
  type DeliveryKey,
  type Draft,
  type Orders,
  quoteBag,
  quoteLines,
  type Session,
} from './state.ts'

/** What clients post to `/graphql`. */
export interface GraphqlBody {
  readonly operationName?: string
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
}

/** A refusal the shop words for its customer. */
export class ShopRefusal extends Error {}

type Resolver = (session: Session, variables: Readonly<Record<string, unknown>>) => unknown

/**
 * Runs the one root field of an operation. As in a real GraphQL server, the operation's name means
 * nothing: the field alone says what happens.
 */
export function runGraphql(body: GraphqlBody, session: Session, orders: Orders): unknown {
  const root = /^\s*(?:query|mutation)[^{]*\{\s*(?:(?<alias>\w+)\s*:\s*)?(?<field>\w+)/.exec(
    body.query,
  )?.groups
  const resolver = resolversFor(orders)[root?.['field'] ?? '']
  if (root === undefined || resolver === undefined)
    return { errors: [{ message: 'Unknown field' }] }
  try {
    const key = root['alias'] ?? root['field'] ?? ''
    return { data: { [key]: resolver(session, body.variables ?? {}) } }
  } catch (error) {
    if (error instanceof ShopRefusal) return { data: null, errors: [{ message: error.message }] }
    throw error
  }
}

function resolversFor(orders: Orders): Readonly<Record<string, Resolver>> {
  return {
    bag: (session) => bagOf(session),
    bagLinesAdd: (session, { sku, quantity }) => {
      const product = findProduct(String(sku))
      if (product === undefined) throw new ShopRefusal('That item is sold out.')
      session.bag.set(product.sku, (session.bag.get(product.sku) ?? 0) + Number(quantity))
      return bagOf(session)
    },
    bagPromoApply: (session, { code }) => {
      if (String(code).toUpperCase() !== 'SUMMIT10') throw new ShopRefusal('Code not recognized.')
      session.promo = 'SUMMIT10'
      return bagOf(session)
    },
    bagClear: (session) => {
      session.bag.clear()
      session.promo = undefined
      return bagOf(session)
    },
    checkoutDeliverySet: (session, { method }) => {
      if (!Object.hasOwn(DELIVERY, String(method))) throw new ShopRefusal('No such delivery.')
      session.delivery = method as DeliveryKey
      return bagOf(session)
    },
    checkoutDraftUpdate: (session, { input }) => {
      session.draft = input as Draft
      return { id: session.checkoutId, savedAt: new Date().toISOString() }
    },
    checkoutComplete: (session, { input }) => completeCheckout(session, orders, input),
    oneTapQuote: (_session, { sku }) => quoteLines([[String(sku), 1]], 'ground'),
    oneTapCreate: (session, { sku, amount }) => {
      const { totalMinor } = quoteLines([[String(sku), 1]], 'ground')
      if (session.customer === undefined) throw new ShopRefusal('Please sign in.')
      if (amount !== totalMinor) throw new ShopRefusal('The price has changed.')
      return { number: orders.place(totalMinor) }
    },
  }
}

function bagOf(session: Session): unknown {
  const lines = [...session.bag].map(([sku, quantity]) => {
    const product = findProduct(sku)
    return { sku, quantity, name: product?.name, priceMinor: product?.priceMinor }
  })
  return {
    id: session.checkoutId,
    count: lines.reduce((sum, line) => sum + line.quantity, 0),
    lines,
    promo: session.promo ?? null,
    delivery: session.delivery,
    draft: session.draft,
    ...quoteBag(session),
  }
}

/**
 * Places the order; also what TrailPay's widget calls. The bag is left as it is, for the client to
 * clear, so an order asked for twice is counted twice.
 */
export function completeCheckout(session: Session, orders: Orders, input: unknown): unknown {
  const { checkoutId, amount, payment } = input as {
    readonly checkoutId?: string
    readonly amount?: number
    readonly payment?: { readonly kind?: string; readonly token?: string }
  }
  const { totalMinor } = quoteBag(session)
  if (checkoutId !== session.checkoutId || session.bag.size === 0) {
    throw new ShopRefusal('This checkout is no longer open.')
  }
  if (!session.draft.email || !session.draft.line1 || !session.isAddressVerified) {
    throw new ShopRefusal('Please complete your shipping address.')
  }
  if (payment?.kind === 'CARD' && !session.cardTokens.has(payment.token ?? '')) {
    throw new ShopRefusal('Your card was declined.')
  }
  if (amount !== totalMinor) throw new ShopRefusal('Your total has changed. Please review it.')
  return { number: orders.place(totalMinor) }
}
