import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import {
  CHECKOUT_FLOWS,
  type CheckoutFlow,
  type SampleShop,
  startSampleShop,
} from '../../src/testing/sample-shop/index.ts'
import { launchBrowser } from '../support/browser.ts'
import { HARBOUR, OFFICE, PAPER } from './sample-shop-kit.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let shop: SampleShop
let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await launchBrowser()
})
beforeEach(async () => {
  shop = await startSampleShop()
  page = await browser.newPage()
})
afterEach(async () => {
  await page.close()
  await shop.close()
})
afterAll(() => browser.close())

const trigger = (flow: CheckoutFlow) => {
  if (flow === 'enter-only') return page.getByLabel('Security code').press('Enter')
  const role = flow === 'link' || flow === 'redirect' ? 'link' : 'button'
  return page.getByRole(role, { name: 'Place order' }).click()
}
const orderRequests = () => shop.requests.filter(({ path }) => path.endsWith('/order'))

test.each(CHECKOUT_FLOWS)('the flow %s buys exactly once, at the total it shows', async (flow) => {
  page.on('dialog', (dialog) => dialog.accept())
  await page.goto(shop.checkoutUrlFor(flow))
  await page.getByRole('row', { name: 'Total 182.40 EUR', exact: true }).waitFor()
  shop.misbehave({ kind: 'raise-total', totalMinor: 19900 })
  await page.getByRole('row', { name: 'Total 199.00 EUR', exact: true }).waitFor()
  const tab = flow === 'popup' ? page.waitForEvent('popup') : page
  await trigger(flow)
  await (await tab).getByRole('heading', { name: 'Thank you, order 10042' }).waitFor()
  await (await tab).waitForLoadState('networkidle')
  expect(shop.orders).toMatchObject([{ flow, totalMinor: 19900, address: OFFICE }])
  expect(orderRequests()).toHaveLength(1)
})

test('an open checkout shows a swapped recipient', async () => {
  await page.goto(shop.checkoutUrl)
  shop.misbehave({ kind: 'swap-recipient', address: HARBOUR })
  const street = page.getByLabel('Street and number')
  await vi.waitFor(async () => expect(await street.inputValue()).toBe('Hafenweg 9'))
})

test('a dismissed dialog buys nothing', async () => {
  page.on('dialog', (dialog) => dialog.dismiss())
  await page.goto(shop.checkoutUrlFor('confirm'))
  await trigger('confirm')
  expect(orderRequests()).toEqual([])
})

test('the double-submit guard lets one submit through', async () => {
  await page.goto(shop.checkoutUrlFor('double-submit-guard'))
  const sent = await page.evaluate(() => {
    const form = document.querySelector('form#checkout-form')
    const submit = () => form?.dispatchEvent(new Event('submit', { cancelable: true }))
    return [submit(), submit()]
  })
  expect(sent).toEqual([true, false])
})

test('a newcomer shops by labels and button names, and no request leaves the shop', async () => {
  const faults: string[] = []
  page.on('console', (message) => faults.push(message.text()))
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(`${shop.url}/`)) faults.push(request.url())
  })
  await page.goto(shop.url)
  await page.getByRole('link', { name: 'Log in' }).click()
  await page.getByLabel('E-mail').fill('ada@example.com')
  await page.getByLabel('Password').fill('quire')
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByLabel('Search products').fill('printer paper')
  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByRole('link', { name: PAPER.name }).click()
  await page.getByLabel('Quantity').fill('2')
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.getByRole('link', { name: 'Go to checkout' }).click()
  await page.getByLabel('Coupon code').fill('PAPER5')
  await page.getByRole('button', { name: 'Apply coupon' }).click()
  await page.getByText('173.28').waitFor()
  await page.getByLabel('Name on card').fill('Ada Lovelace')
  await page.getByLabel('Card number').fill('4242 4242 4242 4242')
  await page.getByLabel('Expiry date').fill('12/34')
  await page.getByLabel('Security code').fill('123')
  await page.getByRole('button', { name: 'Place order' }).click()
  await page.getByRole('heading', { name: 'Thank you, order 10042' }).waitFor()
  expect(shop.orders).toMatchObject([{ totalMinor: 17328, address: OFFICE }])
  expect(shop.requests).toContainEqual({ method: 'POST', path: '/collect', status: 204 })
  expect(faults).toEqual([])
})
