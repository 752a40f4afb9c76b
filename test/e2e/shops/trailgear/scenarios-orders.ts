import type { Page } from 'playwright'
import type { ShopScenario, TestShop } from '../test-shop.ts'
import { type Errand, signIn, toBag, toHome, toPay } from './arrive.ts'

const NO_LIMIT = { timeout: 0 }

const dollars = (amountMinor: number) => ({ amountMinor, currency: 'USD' })
const paying = (errand: Errand) => (page: Page, shop: TestShop) => toPay(page, shop, errand)
const payButton = (page: Page) => page.getByRole('button', { name: /^Pay \$/ })

async function toOrderHistory(page: Page, shop: TestShop): Promise<void> {
  await signIn(page, shop)
  await page.goto(`${shop.url}/account/orders`)
}

/** Every way in which the outdoor shop takes an order. */
export const ORDER_SCENARIOS: readonly ShopScenario[] = [
  {
    name: 'locator.click on the pay button of the card form',
    commits: true,
    expected: dollars(13900),
    arrive: paying({ items: ['Ridgeline 40 Pack'] }),
    act: (page) => payButton(page).click(NO_LIMIT),
  },
  {
    name: 'page.click on the pay button, with 2-day delivery and a promo code',
    commits: true,
    expected: dollars(35294),
    arrive: paying({ items: ['Skyline 2P Tent'], delivery: 'two_day', promo: 'SUMMIT10' }),
    act: (page) => page.click('#co-form .pay-btn', NO_LIMIT),
  },
  {
    name: 'Enter in the CVC field',
    commits: true,
    expected: dollars(7745),
    arrive: paying({ items: ['Ember Canister Stove'] }),
    act: (page) => page.getByLabel('CVC').press('Enter', NO_LIMIT),
  },
  {
    name: 'mouse click by coordinates on the pay button',
    commits: true,
    expected: dollars(9943),
    arrive: async (page, shop) => {
      await toPay(page, shop, { items: ['ClearFlow Filter Bottle', 'Lumen 350 Headlamp'] })
      await payButton(page).scrollIntoViewIfNeeded()
    },
    act: async (page) => {
      const box = await payButton(page).boundingBox(NO_LIMIT)
      if (box === null) throw new Error('the pay button is not on the screen')
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    },
  },
  {
    name: 'form.requestSubmit() called in the page',
    commits: true,
    expected: dollars(4305),
    arrive: paying({ items: ['Lumen 350 Headlamp'], delivery: 'pickup' }),
    act: (page) =>
      page.evaluate(() => document.querySelector<HTMLFormElement>('#co-form')?.requestSubmit()),
  },
  {
    name: 'element.click() called in the page on the pay button',
    commits: true,
    expected: dollars(6293),
    arrive: paying({ items: ['ClearFlow Filter Bottle'], delivery: 'two_day' }),
    act: (page) => page.evaluate(() => document.querySelector<HTMLElement>('.pay-btn')?.click()),
  },
  {
    name: 'click event dispatched on the pay button',
    commits: true,
    expected: dollars(2735),
    arrive: paying({ items: ['Merino Crew Sock'] }),
    act: (page) => payButton(page).dispatchEvent('click', undefined, NO_LIMIT),
  },
  {
    name: 'button that only says Continue, for payment in instalments',
    commits: true,
    expected: dollars(112814),
    arrive: paying({
      items: ['Skyline 2P Tent', 'Skyline 2P Tent', 'Skyline 2P Tent'],
      payment: 'pay-in-4',
    }),
    act: (page) => page.getByRole('button', { name: 'Continue' }).click(NO_LIMIT),
  },
  {
    name: 'fetch from the page of the order mutation, unnamed and aliased',
    commits: true,
    expected: dollars(20850),
    arrive: paying({ items: ['Ridgeline 40 Pack', 'Ember Canister Stove'], payment: 'pay-in-4' }),
    act: (page) =>
      page.evaluate(async () => {
        const attribute = (selector: string, name: string) =>
          document.querySelector(selector)?.getAttribute(name) ?? ''
        const response = await fetch('/graphql', {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'x-csrf-token': attribute('meta[name="csrf-token"]', 'content'),
          },
          body: JSON.stringify({
            query:
              'mutation ($i: CheckoutCompleteInput!) { r: checkoutComplete(input: $i) { number } }',
            variables: {
              input: {
                checkoutId: attribute('[name=checkoutId]', 'value'),
                amount: 20850,
                payment: { kind: 'PAY_IN_4' },
              },
            },
          }),
        })
        const answer = await response.json()
        if (answer.errors !== undefined) throw new Error(answer.errors[0].message)
      }),
  },
  {
    name: "pay button inside the payment service's frame",
    commits: true,
    expected: dollars(9684),
    arrive: async (page, shop) => {
      const items = ['Ember Canister Stove', 'Merino Crew Sock']
      await toPay(page, shop, { items, payment: 'trailpay' })
      await page.frameLocator('iframe').getByRole('button', { name: 'Pay now' }).waitFor()
    },
    act: (page) =>
      page.frameLocator('iframe').getByRole('button', { name: 'Pay now' }).click(NO_LIMIT),
  },
  {
    name: 'wallet button that opens a window which pays by itself',
    commits: true,
    expected: dollars(37605),
    arrive: (page, shop) => toBag(page, shop, { items: ['Skyline 2P Tent'] }),
    act: (page) => page.getByRole('button', { name: 'TrailPay Express' }).click(NO_LIMIT),
  },
  {
    name: 'Confirm in the dialog that asks before the stored card is charged',
    commits: true,
    expected: dollars(5100),
    arrive: async (page, shop) => {
      await signIn(page, shop)
      await toHome(page, shop, '/?quick=lumen-350')
      await page.getByText('to Visa •••• 4242').waitFor()
    },
    act: (page) => page.getByRole('button', { name: 'Confirm' }).click(NO_LIMIT),
  },
  {
    name: 'link in the order history that buys again by GET',
    commits: true,
    expected: dollars(5825),
    arrive: toOrderHistory,
    act: (page) =>
      page
        .locator('[data-order="TG-20931"]')
        .getByRole('link', { name: 'Buy again' })
        .click(NO_LIMIT),
  },
  {
    name: 'page.goto to the address that buys again',
    commits: true,
    expected: dollars(3140),
    amountUntold: true,
    arrive: toOrderHistory,
    act: async (page, shop) => {
      const path = await page.locator('[data-order="TG-20417"] a').getAttribute('href', NO_LIMIT)
      await page.goto(`${shop.url}${path}`, NO_LIMIT)
    },
  },
  {
    name: 'short link that redirects twice into an order',
    commits: true,
    expected: dollars(3620),
    arrive: async (page, shop) => {
      await signIn(page, shop)
      await page.goto(`${shop.url}/drops`)
    },
    act: (page) => page.getByRole('link', { name: 'Get it' }).click(NO_LIMIT),
  },
]
