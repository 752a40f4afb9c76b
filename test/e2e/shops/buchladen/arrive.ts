import type { Page } from 'playwright'
import type { TestShop } from '../test-shop.ts'
import { CUSTOMER } from './account-routes.ts'
import type { PaymentKey, ShippingKey } from './session.ts'

/** What a visitor puts into the basket and chooses on the way to the review page. */
export interface Errand {
  readonly titles: readonly string[]
  readonly coupon?: string
  readonly shipping?: ShippingKey
  readonly payment?: PaymentKey
}

/** Puts titles into the basket as a visitor would, and ends on the basket page. */
export async function toCart(page: Page, shop: TestShop, errand: Errand): Promise<void> {
  for (const title of errand.titles) {
    await page.goto(shop.url)
    await page.getByRole('link', { name: title }).click()
    await page.getByRole('button', { name: 'In den Warenkorb' }).click()
    await page.getByRole('status').waitFor()
  }
  await page.getByRole('link', { name: /^Warenkorb/ }).click()
  if (errand.coupon === undefined) return
  await page.getByLabel('Gutscheincode').fill(errand.coupon)
  await page.getByRole('button', { name: 'Einlösen' }).click()
  await page.getByText('Ihr Gutschein wurde eingelöst.').waitFor()
}

/** Guest check-out up to the address step, with the form filled in but not sent. */
export async function toFilledAddress(page: Page, shop: TestShop, errand: Errand): Promise<void> {
  await toCart(page, shop, errand)
  await page.getByRole('link', { name: 'Zur Kasse' }).click()
  await page.getByRole('link', { name: 'Als Gast fortfahren' }).click()
  await page.getByLabel('Anrede').selectOption('Frau')
  await page.getByLabel('Vor- und Nachname').fill('Grete Hopfen')
  await page.getByLabel('Straße und Hausnummer').fill('Deichweg 12')
  await page.getByLabel('PLZ').fill('26721')
  await page.getByLabel('Ort*').fill('Emden')
  await page.getByLabel('E-Mail*').fill('grete@beispiel.de')
}

/** Guest check-out up to the payment step. */
export async function toPayment(page: Page, shop: TestShop, errand: Errand): Promise<void> {
  await toFilledAddress(page, shop, errand)
  await page.getByRole('button', { name: 'Weiter zum Versand' }).click()
  await page.locator(`input[name=versandart][value=${errand.shipping ?? 'standard'}]`).check()
  await page.getByRole('button', { name: 'Weiter zur Zahlung' }).click()
  await page.locator(`input[name=zahlart][value=${errand.payment ?? 'rechnung'}]`).check()
}

/** Guest check-out up to the review page, with the terms of business accepted. */
export async function toReview(page: Page, shop: TestShop, errand: Errand): Promise<void> {
  await toPayment(page, shop, errand)
  if (errand.payment === 'karte') await fillCard(page)
  await page.getByRole('button', { name: 'Weiter zur Übersicht' }).click()
  await page.getByRole('checkbox', { name: /AGB/ }).check()
}

/** Fills the card fields of the payment step. */
export async function fillCard(page: Page): Promise<void> {
  await page.getByLabel('Kartennummer').fill('4111111111111111')
  await page.getByLabel('Gültig bis').fill('09/29')
  await page.getByLabel('Prüfziffer').fill('737')
}

/** Logs the one known customer in and ends on the account page. */
export async function toAccount(page: Page, shop: TestShop): Promise<void> {
  await page.goto(`${shop.url}/konto`)
  await fillLogin(page)
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click()
  await page.getByRole('heading', { name: 'Meine Bestellungen' }).waitFor()
}

/** Fills the log-in form without sending it. */
export async function fillLogin(page: Page): Promise<void> {
  await page.locator('input[name=benutzer]').fill(CUSTOMER.email)
  await page.locator('input[name=kennwort]').fill(CUSTOMER.password)
}
