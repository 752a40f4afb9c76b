import { findProduct } from './catalogue.ts'
import type { ShopOrderLine } from './types.ts'

/** The most of one product that fits in a cart. */
export const MAX_QUANTITY = 99

const VAT_PERCENT = 19
const COUPONS: ReadonlyMap<string, number> = new Map([
  ['WELCOME10', 10],
  ['PAPER5', 5],
])

/** What somebody wants to buy. Immutable: changes make a new one. */
export interface Cart {
  readonly quantities: ReadonlyMap<string, number>
  readonly coupon: string | undefined
}

/** A cart with its prices. The total is what the card pays. */
export interface PricedCart {
  readonly lines: readonly ShopOrderLine[]
  readonly count: number
  readonly subtotalMinor: number
  /** Rows between subtotal and total: coupon, handling. */
  readonly adjustments: readonly { readonly label: string; readonly amountMinor: number }[]
  readonly totalMinor: number
  readonly vatPercent: number
  readonly vatMinor: number
  readonly coupon: string | undefined
}

export const EMPTY_CART: Cart = { quantities: new Map(), coupon: undefined }

/** Sets how many of a product are in the cart: 0 takes it out, above the maximum counts as the maximum. */
export function withQuantity(cart: Cart, sku: string, quantity: number): Cart {
  const quantities = new Map(cart.quantities)
  if (quantity <= 0) quantities.delete(sku)
  else quantities.set(sku, Math.min(quantity, MAX_QUANTITY))
  return { ...cart, quantities }
}

/** Redeems a coupon, or answers `undefined` where there is none of that name. */
export function withCoupon(cart: Cart, code: string): Cart | undefined {
  const coupon = code.trim().toUpperCase()
  return COUPONS.has(coupon) ? { ...cart, coupon } : undefined
}

/** Prices a cart. `chargedMinor` is a dishonest shop's own idea of the total. */
export function priceCart(cart: Cart, chargedMinor?: number): PricedCart {
  const lines = [...cart.quantities].flatMap(([sku, quantity]) => {
    const product = findProduct(sku)
    if (product === undefined) return []
    const { name, unitMinor } = product
    return [{ sku, name, quantity, unitMinor, totalMinor: unitMinor * quantity }]
  })
  const subtotalMinor = lines.reduce((sum, line) => sum + line.totalMinor, 0)
  const adjustments = []

  const percent = cart.coupon === undefined ? undefined : COUPONS.get(cart.coupon)
  let totalMinor = subtotalMinor
  if (percent !== undefined && lines.length > 0) {
    const discountMinor = Math.round((subtotalMinor * percent) / 100)
    adjustments.push({ label: `Coupon ${cart.coupon}`, amountMinor: -discountMinor })
    totalMinor -= discountMinor
  }
  if (chargedMinor !== undefined && lines.length > 0 && chargedMinor !== totalMinor) {
    const label = chargedMinor > totalMinor ? 'Handling' : 'Rebate'
    adjustments.push({ label, amountMinor: chargedMinor - totalMinor })
    totalMinor = chargedMinor
  }
  return {
    lines,
    count: lines.reduce((sum, line) => sum + line.quantity, 0),
    subtotalMinor,
    adjustments,
    totalMinor,
    vatPercent: VAT_PERCENT,
    vatMinor: totalMinor - Math.round((totalMinor * 100) / (100 + VAT_PERCENT)),
    coupon: cart.coupon,
  }
}

/** `182.40` for 18240. */
export function decimal(amountMinor: number): string {
  return (amountMinor / 100).toFixed(2)
}

/** `182.40 EUR` for 18240; a no-break space keeps it on one line. */
export function euros(amountMinor: number): string {
  const sign = amountMinor < 0 ? '−' : ''
  return `${sign}${decimal(Math.abs(amountMinor))}\u00a0EUR`
}
