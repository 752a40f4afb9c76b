/** The technical shapes of a checkout that the shop offers; each one buys by the same order logic. */
export const CHECKOUT_FLOWS = [
  'form',
  'fetch',
  'validated',
  'link',
  'redirect',
  'popup',
  'double-submit-guard',
  'confirm',
  'enter-only',
] as const

/**
 * How a checkout page places its order.
 *
 * - `form`: a plain form POST.
 * - `fetch`: the page's script sends JSON by `fetch`, then goes to the confirmation.
 * - `validated`: an XHR that validates the address, then the order by `fetch`, and an analytics beacon.
 * - `link`: a GET link that looks like a button.
 * - `redirect`: a GET link whose answer, a 302, leads to the address that buys.
 * - `popup`: a form with `target="_blank"`.
 * - `double-submit-guard`: the first submit sets a flag and disables the button; later ones do nothing.
 * - `confirm`: a native `confirm('Place order?')` comes first.
 * - `enter-only`: no button; Enter in the last field submits.
 */
export type CheckoutFlow = (typeof CHECKOUT_FLOWS)[number]

/** Options of `startSampleShop`. */
export interface SampleShopOptions {
  /** Default 0: the system picks a free port. */
  readonly port?: number
  /** Default 10042. */
  readonly firstOrderNumber?: number
  /** Host name in the shop's addresses, such as `shop.example`. Default `127.0.0.1`, where it listens in any case. */
  readonly hostname?: string
}

/** Where an order goes. */
export interface ShopAddress {
  readonly name: string
  readonly street: string
  readonly postalCode: string
  readonly city: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
}

/** One product on an order. */
export interface ShopOrderLine {
  readonly sku: string
  readonly name: string
  readonly quantity: number
  readonly unitMinor: number
  readonly totalMinor: number
}

/** An order that the server really counted. */
export interface ShopOrder {
  readonly number: number
  readonly totalMinor: number
  readonly currency: 'EUR'
  readonly lines: readonly ShopOrderLine[]
  readonly placedAt: Date
  readonly email: string
  readonly address: ShopAddress
  readonly delivery: 'standard' | 'collect'
  readonly cardLast4: string
  readonly flow: CheckoutFlow
}

/** A request that the server saw. */
export interface ShopRequest {
  readonly method: string
  /** Without the query: it may carry a CSRF token. */
  readonly path: string
  /** 0 while there is no answer, and for good if the shop dropped the connection. */
  readonly status: number
}

/**
 * What the shop does wrong from now on. Different kinds add up, a kind given again replaces itself, and
 * `well-behaved` takes all of them back.
 */
export type Misbehaviour =
  /** Every cart costs this much; open checkout pages show it at once, as a "Handling" line. */
  | { readonly kind: 'raise-total'; readonly totalMinor: number }
  /** Every order goes to this address; open checkout pages show it at once. */
  | { readonly kind: 'swap-recipient'; readonly address: ShopAddress }
  /**
   * The order endpoint answers with this status. Nothing is bought unless `counted`, which means: a
   * valid order is counted first. `location` is for redirects.
   */
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly counted?: boolean
      readonly location?: string
    }
  /** The order is counted, then the connection is dropped without an answer. */
  | { readonly kind: 'drop-after-commit' }
  /** The order endpoint waits this long before it does anything. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  | { readonly kind: 'well-behaved' }

/** A running sample shop. */
export interface SampleShop {
  /** Origin of the shop, without a slash at the end. */
  readonly url: string
  /**
   * A checkout page ready to buy: the cart holds two boxes of paper, address and card are filled in.
   * Opening it prepares the browser's session.
   */
  readonly checkoutUrl: string
  /** A prepared checkout in another technical shape. */
  checkoutUrlFor(flow: CheckoutFlow): string
  /** What the server really counted, oldest first. */
  readonly orders: readonly ShopOrder[]
  /** What the server saw, oldest first; the last 2,000. */
  readonly requests: readonly ShopRequest[]
  misbehave(change: Misbehaviour): void
  /** Resolves once so many orders are counted in all. Default time-out 10 s; rejects after it and on close. */
  waitForOrder(count: number, options?: { readonly timeoutMs?: number }): Promise<void>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
