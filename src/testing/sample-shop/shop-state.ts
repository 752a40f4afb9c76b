import { type PricedCart, priceCart } from './cart.ts'
import type { OrderBook } from './order-book.ts'
import type { Session, Sessions } from './sessions.ts'
import type { Trouble } from './trouble.ts'

/** What all routes of one shop share. */
export interface ShopState {
  readonly sessions: Sessions
  readonly book: OrderBook
  readonly trouble: Trouble
  /** Aborted when the shop closes: nothing may wait beyond that. */
  readonly closing: AbortSignal
}

/** The session's cart at the prices that the shop charges at this moment. */
export function currentPrices(shop: ShopState, session: Session): PricedCart {
  return priceCart(session.cart, shop.trouble.current('raise-total')?.totalMinor)
}
