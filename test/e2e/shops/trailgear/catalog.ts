/** A thing on sale. */
export interface Product {
  readonly sku: string
  readonly name: string
  readonly tagline: string
  /** In US cents, before tax. */
  readonly priceMinor: number
}

/** All products. */
export const PRODUCTS: readonly Product[] = [
  {
    sku: 'ridgeline-40',
    name: 'Ridgeline 40 Pack',
    tagline: '40 litres, 980 grams, zero squeaks.',
    priceMinor: 12900,
  },
  {
    sku: 'ember-stove',
    name: 'Ember Canister Stove',
    tagline: 'Boils half a litre before you find the mugs.',
    priceMinor: 6450,
  },
  {
    sku: 'merino-crew',
    name: 'Merino Crew Sock',
    tagline: 'Three days. We checked.',
    priceMinor: 1800,
  },
  {
    sku: 'skyline-2p',
    name: 'Skyline 2P Tent',
    tagline: 'Freestanding, double wall, 1.6 kg.',
    priceMinor: 34900,
  },
  {
    sku: 'clearflow',
    name: 'ClearFlow Filter Bottle',
    tagline: 'Drink from the creek.',
    priceMinor: 4495,
  },
  {
    sku: 'lumen-350',
    name: 'Lumen 350 Headlamp',
    tagline: '350 lumens, USB-C, locks in your bag.',
    priceMinor: 3995,
  },
]

/** An earlier order of the one known customer; the total is what it cost with tax and shipping. */
export interface PastOrder {
  readonly number: string
  readonly date: string
  readonly title: string
  readonly totalMinor: number
}

/** What the one known customer bought before. */
export const PAST_ORDERS: readonly PastOrder[] = [
  { number: 'TG-20931', date: 'Mar 14', title: 'Basecamp Coffee Kit', totalMinor: 5825 },
  { number: 'TG-20417', date: 'Jan 29', title: 'Trail Runner Gaiters', totalMinor: 3140 },
]

/** Sold only on the member drops page, all in. */
export const DROP = { sku: 'summit-mug-2', title: 'Summit Mug, set of 2', totalMinor: 3620 }

/** Undefined for a SKU that is not on sale. */
export function findProduct(sku: string): Product | undefined {
  return PRODUCTS.find((product) => product.sku === sku)
}

const usdFormat = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })

/** '$1,128.14'. */
export function usd(amountMinor: number): string {
  return usdFormat.format(amountMinor / 100)
}
