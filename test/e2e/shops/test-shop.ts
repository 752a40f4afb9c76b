import type { Page } from 'playwright'

export { startBuchladen } from './buchladen/server.ts'
export { startTrailgear } from './trailgear/server.ts'

/** One thing an agent may do in a shop, with the way there and what it would mean. */
export interface ShopScenario {
  /** For a test's name, such as 'button click on the review page'. */
  readonly name: string
  /** True: this act places an order. False: it is harmless (search, log-in, coupon, wish list …). */
  readonly commits: boolean
  /** Terms a person would expect to be asked about: the payable total the page shows. Only for commits. */
  readonly expected?: { readonly amountMinor: number; readonly currency: string }
  /** The act starts from no control, so no sum of the page is tied to it: the person is told that. */
  readonly amountUntold?: true
  /** Brings a fresh page to the point right before the act, with ordinary harmless actions. */
  arrive(page: Page, shop: TestShop): Promise<void>
  /**
   * The act itself; for commits exactly the one that places the order. It has no time limit and
   * waits for nothing but its own call, so it may be held for as long as a decision takes.
   */
  act(page: Page, shop: TestShop): Promise<void>
  /** Harmless only: proves on the page or server that the act had its effect. */
  check?(page: Page, shop: TestShop): Promise<void>
}

/** A running shop on 127.0.0.1. It places an order for every request that asks for one, twice if asked twice. */
export interface TestShop {
  readonly name: string
  readonly url: string
  orderCount(): number
  readonly scenarios: readonly ShopScenario[]
  close(): Promise<void>
}
