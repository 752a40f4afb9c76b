import { expect, test } from 'vitest'
import { PRODUCTS } from '../../src/testing/sample-shop/catalogue.ts'
import { FLOW_SHAPES } from '../../src/testing/sample-shop/checkout-flows.ts'
import { BOOKS } from '../e2e/shops/buchladen/catalog.ts'
import { PRODUCTS as GEAR } from '../e2e/shops/trailgear/catalog.ts'
import { filesBelow, textOf } from './sources.ts'

/**
 * What only these shops say. A guard that knew one of these would pass the tests and fail in the world;
 * words that any shop may use ("Place order", "zur Kasse", `email`) are not among them.
 */
const DISTINCTIVE: readonly string[] = [
  ...PRODUCTS.flatMap(({ sku, name, tagline }) => [sku.includes('-') ? sku : '', name, tagline]),
  ...FLOW_SHAPES.map(({ orderPath }) => orderPath),
  'checkout-form',
  'order-summary',
  'coupon-form',
  'coupon-status',
  '/prepared-checkout',
  '/checkout/updates',
  '/validate-address',
  ...BOOKS.flatMap(({ slug, title, isbn, blurb }) => [slug, title, isbn, blurb]),
  'buchladen',
  '/kasse/adresse',
  '/kasse/pruefen',
  '/kasse/versand',
  '/kasse/zahlung',
  '/sofort/download',
  '/merkzettel/umschalten',
  'paypal-hinweis',
  'merk-zaehler',
  'fruehling',
  ...GEAR.flatMap(({ sku, name, tagline }) => [sku.includes('-') ? sku : '', name, tagline]),
  'trailgear',
  'trailpay',
  '/vault/v1/tokens',
  '/svc/address/verify',
  '/l/summit',
  'bag-btn',
  'co-form',
  'tp-express',
].filter((text) => text.length > 5)

const files = ['src', 'guards', 'server']
  .flatMap((folder) => filesBelow(folder, ['.ts']))
  .filter((file) => !file.startsWith('src/testing/sample-shop/'))

function shopWordsIn(text: string): readonly string[] {
  const lowerCase = text.toLowerCase()
  return DISTINCTIVE.filter((word) => lowerCase.includes(word.toLowerCase()))
}

test('nothing outside the shops knows them by their selectors, paths or texts', () => {
  const found = files.flatMap((file) => shopWordsIn(textOf(file)).map((word) => `${file}: ${word}`))
  expect(found).toEqual([])
})

test('a guard that knew a shop would be found', () => {
  expect(shopWordsIn("if (form.id === 'checkout-form') return finding")).toEqual(['checkout-form'])
  expect(shopWordsIn("path.startsWith('/Kasse/Zahlung')")).toEqual(['/kasse/zahlung'])
  expect(shopWordsIn("label === 'Place order'")).toEqual([])
})

test('the list is about what the shops really say', () => {
  const shops = ['src/testing/sample-shop', 'test/e2e/shops']
    .flatMap((folder) => filesBelow(folder, ['.ts', '.js', '.css']))
    .map((file) => textOf(file).toLowerCase())
    .join('\n')
  // Order paths are put together from a flow's name.
  const derived = new Set(FLOW_SHAPES.map(({ orderPath }) => orderPath))
  const gone = DISTINCTIVE.filter(
    (word) => !derived.has(word) && !shops.includes(word.toLowerCase()),
  )
  expect(gone).toEqual([])
})
