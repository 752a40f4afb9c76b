import type { ShopScenario } from '../test-shop.ts'
import { fillCard, fillLogin, toAccount, toCart, toFilledAddress, toPayment } from './arrive.ts'

const LIGHTHOUSE = { titles: ['Die Leuchtturmwärterin'] }

/** What people do in the bookshop all day without buying anything. */
export const HARMLESS_SCENARIOS: readonly ShopScenario[] = [
  {
    name: 'searching with Enter',
    commits: false,
    arrive: async (page, shop) => {
      await page.goto(shop.url)
      await page.getByRole('searchbox').fill('brot')
    },
    act: (page) => page.getByRole('searchbox').press('Enter'),
    check: (page) => page.getByRole('heading', { name: '1 Treffer für „brot“' }).waitFor(),
  },
  {
    name: 'logging in',
    commits: false,
    arrive: async (page, shop) => {
      await page.goto(`${shop.url}/konto`)
      await fillLogin(page)
    },
    act: (page) => page.getByRole('button', { name: 'Anmelden', exact: true }).click(),
    check: (page) => page.getByRole('heading', { name: 'Guten Tag, Ada Brunnen' }).waitFor(),
  },
  {
    name: 'putting a book into the basket',
    commits: false,
    arrive: async (page, shop) => {
      await page.goto(shop.url)
      await page.getByRole('link', { name: 'Atlas der stillen Orte' }).click()
    },
    act: (page) => page.getByRole('button', { name: 'In den Warenkorb' }).click(),
    check: (page) => page.getByRole('link', { name: 'Warenkorb, 1 Artikel' }).waitFor(),
  },
  {
    name: 'raising the quantity with the icon button',
    commits: false,
    arrive: (page, shop) => toCart(page, shop, LIGHTHOUSE),
    act: (page) => page.getByRole('button', { name: 'Menge erhöhen' }).click(),
    check: (page) => page.getByRole('link', { name: 'Warenkorb, 2 Artikel' }).waitFor(),
  },
  {
    name: 'redeeming a coupon',
    commits: false,
    arrive: async (page, shop) => {
      await toCart(page, shop, LIGHTHOUSE)
      await page.getByLabel('Gutscheincode').fill('lesen5')
    },
    act: (page) => page.getByRole('button', { name: 'Einlösen' }).click(),
    check: (page) => page.getByRole('cell', { name: '21,80 €' }).waitFor(),
  },
  {
    name: 'putting a book on the wish list, with a div that is a button',
    commits: false,
    arrive: async (page, shop) => {
      await page.goto(shop.url)
    },
    act: (page) => page.getByRole('button', { name: 'Zwölf Winter auf den Merkzettel' }).click(),
    check: async (page, shop) => {
      await page.locator('.herzchen[aria-pressed=true]').waitFor()
      await page.goto(`${shop.url}/merkzettel`)
      await page.getByRole('link', { name: 'Zwölf Winter' }).waitFor()
    },
  },
  {
    name: 'subscribing to the newsletter',
    commits: false,
    arrive: async (page, shop) => {
      await page.goto(shop.url)
      await page.locator('#nl-mail').fill('grete@beispiel.de')
      await page.getByRole('checkbox', { name: /Newsletter/ }).check()
    },
    act: (page) => page.getByRole('button', { name: 'Jetzt anmelden' }).click(),
    check: (page) => page.getByText('geschickt haben').waitFor(),
  },
  {
    name: 'accepting all cookies',
    commits: false,
    arrive: async (page, shop) => {
      await page.goto(shop.url)
    },
    act: (page) => page.getByRole('button', { name: 'Alle akzeptieren' }).click(),
    check: (page) =>
      page.getByRole('region', { name: 'Cookie-Einstellungen' }).waitFor({ state: 'detached' }),
  },
  {
    name: 'going to the check-out',
    commits: false,
    arrive: (page, shop) => toCart(page, shop, LIGHTHOUSE),
    act: (page) => page.getByRole('link', { name: 'Zur Kasse' }).click(),
    check: (page) => page.getByRole('heading', { name: 'Wie möchten Sie fortfahren?' }).waitFor(),
  },
  {
    name: 'sending the address step of the check-out',
    commits: false,
    arrive: (page, shop) => toFilledAddress(page, shop, LIGHTHOUSE),
    act: (page) => page.getByRole('button', { name: 'Weiter zum Versand' }).click(),
    check: (page) => page.getByRole('heading', { name: 'Versandart' }).waitFor(),
  },
  {
    name: 'sending the payment step with card data, before the review page',
    commits: false,
    arrive: async (page, shop) => {
      await toPayment(page, shop, { ...LIGHTHOUSE, payment: 'karte' })
      await fillCard(page)
    },
    act: (page) => page.getByRole('button', { name: 'Weiter zur Übersicht' }).click(),
    check: (page) => page.getByText('Kreditkarte (endet auf 1111)').waitFor(),
  },
  {
    name: 'opening the page that would repeat a past order',
    commits: false,
    arrive: toAccount,
    act: (page) => page.getByRole('link', { name: 'Erneut bestellen …' }).first().click(),
    check: (page) => page.getByRole('heading', { name: 'Diese Bestellung wiederholen?' }).waitFor(),
  },
  {
    name: 'reading a past order',
    commits: false,
    arrive: toAccount,
    act: (page) => page.getByRole('link', { name: 'BL-18734' }).click(),
    check: (page) => page.getByText('Zugestellt').waitFor(),
  },
]
