import type { Page } from 'playwright'
import type { TestShop } from '../test-shop.ts'
import { CUSTOMER } from './rest-routes.ts'
import type { DeliveryKey } from './state.ts'

/** What a visitor puts into the bag and chooses in the check-out. */
export interface Errand {
  /** Product names; one piece for each mention. */
  readonly items: readonly string[]
  readonly delivery?: DeliveryKey
  readonly promo?: string
  readonly payment?: 'card' | 'pay-in-4' | 'trailpay'
}

const PAYMENT_LABELS = {
  card: 'Credit or debit card',
  'pay-in-4': 'Pay in 4',
  trailpay: 'TrailPay',
} as const

/** Opens the shop and waits until its script has drawn the catalog. */
export async function toHome(page: Page, shop: TestShop, path = '/'): Promise<void> {
  await page.goto(`${shop.url}${path}`)
  await page.getByText('6 items').waitFor()
}

/** The tile of one product. */
export function tile(page: Page, name: string) {
  return page.getByRole('article').filter({ has: page.getByRole('heading', { name }) })
}

/** Fills the bag and opens its drawer. */
export async function toBag(page: Page, shop: TestShop, errand: Errand): Promise<void> {
  await toHome(page, shop)
  for (const [index, name] of errand.items.entries()) {
    await tile(page, name).getByRole('button', { name: 'Add to bag' }).click()
    await page
      .locator('[data-bag-count]')
      .getByText(`${index + 1}`, { exact: true })
      .waitFor()
  }
  await page.getByRole('button', { name: 'Open bag' }).click()
  await page.locator('#bag [data-total]').waitFor()
}

/** Opens the check-out and leaves the form empty. */
export async function toCheckout(page: Page, shop: TestShop, errand: Errand): Promise<void> {
  await toBag(page, shop, errand)
  await page.getByRole('button', { name: 'Checkout', exact: true }).click()
  await page.locator('#checkout [data-total]').waitFor()
}

/** Fills the shipping address, which the form saves and verifies as it goes. */
export async function fillAddress(page: Page): Promise<void> {
  const form = page.locator('#co-form')
  await form.getByLabel('Email').fill('rowan@alder.example')
  await form.getByLabel('Full name').fill('Rowan Alder')
  await form.getByLabel('Address').fill('18 Alder Ct')
  await form.getByLabel('City').fill('Boulder')
  await form.getByLabel('ZIP code').fill('80302')
  await form.getByLabel('ZIP code').blur()
  await form.getByText('Address verified').waitFor()
}

/** Everything in the check-out but the last act. */
export async function toPay(page: Page, shop: TestShop, errand: Errand): Promise<void> {
  await toCheckout(page, shop, errand)
  await fillAddress(page)
  if (errand.delivery !== undefined) await chooseDelivery(page, errand.delivery)
  if (errand.promo !== undefined) {
    await page.getByLabel('Promo code').fill(errand.promo)
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByText(`${errand.promo} applied`).waitFor()
  }
  const payment = errand.payment ?? 'card'
  await page.getByRole('radio', { name: PAYMENT_LABELS[payment] }).check()
  if (payment === 'card') {
    await page.getByLabel('Card number').fill('4242 4242 4242 4242')
    await page.getByLabel('Expiry').fill('11 / 29')
    await page.getByLabel('CVC').fill('314')
  }
  await page.getByRole('checkbox', { name: /Terms of Sale/ }).check()
}

/** Chooses a delivery and waits until the total has followed. */
export async function chooseDelivery(page: Page, delivery: DeliveryKey): Promise<void> {
  const answered = page.waitForResponse(
    (response) => response.request().postData()?.includes('checkoutDeliverySet') ?? false,
  )
  await page.locator(`#co-form [name=delivery][value=${delivery}]`).check()
  await (await answered).finished()
}

/** Opens the shop and fills the sign-in form. */
export async function toFilledSignIn(page: Page, shop: TestShop): Promise<void> {
  await toHome(page, shop)
  await page.getByRole('button', { name: 'Account' }).click()
  await page.locator('#signin [name=email]').fill(CUSTOMER.email)
  await page.locator('#signin [name=password]').fill(CUSTOMER.password)
}

/** Signs the one known customer in. */
export async function signIn(page: Page, shop: TestShop): Promise<void> {
  await toFilledSignIn(page, shop)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: '1-Tap Lumen 350 Headlamp' }).waitFor()
}
