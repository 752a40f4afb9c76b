import { randomUUID } from 'node:crypto'
import { findBook } from './catalog.ts'

/** What the address step collects. */
export interface Address {
  readonly salutation: string
  readonly name: string
  readonly street: string
  readonly postcode: string
  readonly city: string
  readonly email: string
}

/** Ways to ship, with the words the pages show. */
export const SHIPPING = {
  standard: { label: 'DHL Standard (1–3 Werktage)', priceMinor: 290 },
  express: { label: 'DHL Express (nächster Werktag)', priceMinor: 690 },
  filiale: { label: 'Abholung in der Filiale Am Markt 7', priceMinor: 0 },
} as const

/** Ways to pay, with the words the pages show. */
export const PAYMENT = {
  rechnung: 'Kauf auf Rechnung',
  paypal: 'PayPal',
  karte: 'Kreditkarte',
} as const

export type ShippingKey = keyof typeof SHIPPING
export type PaymentKey = keyof typeof PAYMENT

/** One visitor, known by cookie. */
export interface Session {
  readonly id: string
  readonly csrf: string
  /** The running check-out; a new one begins after each order. */
  checkoutId: string
  /** ISBN to quantity. */
  readonly cart: Map<string, number>
  readonly wishlist: Set<string>
  customer?: string | undefined
  coupon?: string | undefined
  address?: Address | undefined
  shipping: ShippingKey
  payment?: PaymentKey | undefined
  cardEnding?: string | undefined
  cookieChoice?: string | undefined
  /** Shown once on the next page. */
  notice?: string | undefined
}

/** A visitor nobody has seen before. */
export function createSession(): Session {
  return {
    id: randomUUID(),
    csrf: randomUUID().replaceAll('-', ''),
    checkoutId: randomUUID(),
    cart: new Map(),
    wishlist: new Set(),
    shipping: 'standard',
  }
}

/** What the basket comes to; all in euro cents. */
export interface Quote {
  readonly goodsMinor: number
  readonly discountMinor: number
  readonly shippingMinor: number
  readonly totalMinor: number
  /** The 7 % that the total includes. */
  readonly vatMinor: number
}

/** Adds up the basket; standard shipping is free from 29 €. */
export function quote(session: Session): Quote {
  let goodsMinor = 0
  for (const [isbn, quantity] of session.cart) {
    goodsMinor += (findBook(isbn)?.priceMinor ?? 0) * quantity
  }
  const discountMinor = session.coupon === undefined ? 0 : Math.min(500, goodsMinor)
  const isFree = session.shipping === 'standard' && goodsMinor >= 2900
  const shippingMinor = isFree ? 0 : SHIPPING[session.shipping].priceMinor
  const totalMinor = goodsMinor - discountMinor + shippingMinor
  return {
    goodsMinor,
    discountMinor,
    shippingMinor,
    totalMinor,
    vatMinor: Math.round(totalMinor - totalMinor / 1.07),
  }
}

/** Empties the basket and begins a new check-out. */
export function finishCheckout(session: Session): void {
  session.cart.clear()
  session.coupon = undefined
  session.payment = undefined
  session.checkoutId = randomUUID()
}

/** An order as the shop's back office would see it. */
export interface Order {
  readonly number: string
  readonly totalMinor: number
}

/** The shop's ledger; nothing in it is ever merged or dropped, so a double order shows. */
export interface Orders {
  place(totalMinor: number): Order
  find(number: string): Order | undefined
  count(): number
}

/** An empty ledger. */
export function createOrders(): Orders {
  const placed: Order[] = []
  return {
    place(totalMinor) {
      const order = { number: `BL-${20260 + placed.length}`, totalMinor }
      placed.push(order)
      return order
    },
    find: (number) => placed.find((order) => order.number === number),
    count: () => placed.length,
  }
}
