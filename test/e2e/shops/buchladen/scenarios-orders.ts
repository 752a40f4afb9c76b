import type { Page } from 'playwright'
import type { ShopScenario, TestShop } from '../test-shop.ts'
import { type Errand, toAccount, toReview } from './arrive.ts'

const NO_LIMIT = { timeout: 0 }
const LIGHTHOUSE = 'Die Leuchtturmwärterin'
const BREAD = 'Kleine Geschichte des Brotes'
const CRIME = 'Mord am Deich & andere Fälle'

const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })
const reviewing = (errand: Errand) => (page: Page, shop: TestShop) => toReview(page, shop, errand)
const orderButton = (page: Page) =>
  page.getByRole('button', { name: 'Zahlungspflichtig bestellen' })

/** Every way in which the bookshop takes an order. */
export const ORDER_SCENARIOS: readonly ShopScenario[] = [
  {
    name: 'page.click on the order button of the review page, by invoice',
    commits: true,
    expected: euros(2680),
    arrive: reviewing({ titles: [LIGHTHOUSE] }),
    act: (page) => page.click('#abschluss button', NO_LIMIT),
  },
  {
    name: 'locator.click on the order button, by card, with express delivery and a coupon',
    commits: true,
    expected: euros(3990),
    arrive: reviewing({
      titles: ['Atlas der stillen Orte'],
      coupon: 'LESEN5',
      shipping: 'express',
      payment: 'karte',
    }),
    act: (page) => orderButton(page).click(NO_LIMIT),
  },
  {
    name: 'Enter in the reference field of the review page',
    commits: true,
    expected: euros(3790),
    arrive: async (page, shop) => {
      await toReview(page, shop, { titles: [LIGHTHOUSE, BREAD] })
      await page.getByLabel('Ihre Bestellreferenz').fill('Lesekreis Mai')
    },
    act: (page) => page.getByLabel('Ihre Bestellreferenz').press('Enter', NO_LIMIT),
  },
  {
    name: 'mouse click by coordinates on the order button',
    commits: true,
    expected: euros(1400),
    arrive: async (page, shop) => {
      await toReview(page, shop, { titles: [BREAD], shipping: 'filiale' })
      await orderButton(page).scrollIntoViewIfNeeded()
    },
    act: async (page) => {
      const box = await orderButton(page).boundingBox(NO_LIMIT)
      if (box === null) throw new Error('the order button is not on the screen')
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    },
  },
  {
    name: 'space bar on the focused order button',
    commits: true,
    expected: euros(1989),
    arrive: async (page, shop) => {
      await toReview(page, shop, { titles: [CRIME], shipping: 'express' })
      await orderButton(page).focus()
    },
    act: (page) => page.keyboard.press('Space'),
  },
  {
    name: 'form.submit() called in the page',
    commits: true,
    expected: euros(1690),
    arrive: reviewing({ titles: [BREAD] }),
    act: (page) =>
      page.evaluate(() => document.querySelector<HTMLFormElement>('#abschluss')?.submit()),
  },
  {
    name: 'form.requestSubmit() called in the page',
    commits: true,
    expected: euros(1589),
    arrive: reviewing({ titles: [CRIME] }),
    act: (page) =>
      page.evaluate(() => document.querySelector<HTMLFormElement>('#abschluss')?.requestSubmit()),
  },
  {
    name: 'element.click() called in the page on the order button',
    commits: true,
    expected: euros(3689),
    arrive: reviewing({ titles: [LIGHTHOUSE, CRIME] }),
    act: (page) =>
      page.evaluate(() => document.querySelector<HTMLElement>('[data-qa=abschluss]')?.click()),
  },
  {
    name: 'fetch from the page with the fields of the order form',
    commits: true,
    expected: euros(3800),
    arrive: reviewing({ titles: ['Atlas der stillen Orte'] }),
    act: (page) =>
      page.evaluate(async () => {
        const form = document.querySelector<HTMLFormElement>('#abschluss')
        if (form === null) throw new Error('no order form')
        const body = new URLSearchParams()
        for (const [name, value] of new FormData(form)) body.append(name, String(value))
        const response = await fetch(form.action, { method: 'POST', body })
        // An unread body keeps the request open, and the page would never count as idle.
        const text = await response.text()
        if (!response.ok) throw new Error(`the shop answered ${response.status}: ${text}`)
      }),
  },
  {
    name: 'PayPal button whose form posts the order into a new window',
    commits: true,
    expected: euros(2989),
    arrive: reviewing({ titles: [BREAD, CRIME], payment: 'paypal' }),
    act: (page) => page.getByRole('button', { name: 'Kaufen mit PayPal' }).click(NO_LIMIT),
  },
  {
    name: 'link in the account that buys again by GET',
    commits: true,
    expected: euros(1985),
    arrive: toAccount,
    act: (page) =>
      page
        .getByRole('listitem')
        .filter({ hasText: 'Teekalender 2026' })
        .getByRole('link', { name: 'Nochmal kaufen' })
        .click(NO_LIMIT),
  },
  {
    name: "offer link through the newsletter's click tracker, which redirects into an order",
    commits: true,
    expected: euros(4900),
    arrive: async (page, shop) => {
      await toAccount(page, shop)
      await page.goto(`${shop.url}/aktion/lesepaket`)
    },
    act: (page) => page.getByRole('link', { name: 'Angebot sichern' }).click(NO_LIMIT),
  },
  {
    name: 'yes on the page that asks whether to repeat a past order',
    commits: true,
    expected: euros(1440),
    arrive: async (page, shop) => {
      await toAccount(page, shop)
      await page.goto(`${shop.url}/konto/bestellungen/BL-17502/wiederholen`)
    },
    act: (page) => page.getByRole('button', { name: 'Ja, verbindlich bestellen' }).click(NO_LIMIT),
  },
  {
    name: 'Enter on the one-click e-book button, a div with a role',
    commits: true,
    expected: euros(999),
    arrive: async (page, shop) => {
      await toAccount(page, shop)
      await page.goto(shop.url)
      await page.getByRole('link', { name: 'Zwölf Winter' }).click()
    },
    act: (page) => page.getByRole('button', { name: 'Jetzt kaufen' }).press('Enter', NO_LIMIT),
  },
]
