import type { ShopScenario } from '../test-shop.ts'
import {
  chooseDelivery,
  fillAddress,
  signIn,
  tile,
  toBag,
  toCheckout,
  toFilledSignIn,
  toHome,
} from './arrive.ts'

const STOVE = { items: ['Ember Canister Stove'] }

/** What people do in the outdoor shop all day without buying anything. */
export const HARMLESS_SCENARIOS: readonly ShopScenario[] = [
  {
    name: 'searching as one types',
    commits: false,
    arrive: toHome,
    act: (page) => page.getByRole('searchbox').pressSequentially('filter'),
    check: (page) => page.getByText('1 items').waitFor(),
  },
  {
    name: 'signing in',
    commits: false,
    arrive: toFilledSignIn,
    act: (page) => page.getByRole('button', { name: 'Sign in' }).click(),
    check: (page) => page.locator('#who').getByText('Rowan').waitFor(),
  },
  {
    name: 'adding to the bag',
    commits: false,
    arrive: toHome,
    act: (page) =>
      tile(page, 'Skyline 2P Tent').getByRole('button', { name: 'Add to bag' }).click(),
    check: async (page, shop) => {
      await page.locator('[data-bag-count]').getByText('1', { exact: true }).waitFor()
      await toHome(page, shop)
      await page.locator('[data-bag-count]').getByText('1', { exact: true }).waitFor()
    },
  },
  {
    name: 'opening the check-out from the bag',
    commits: false,
    arrive: (page, shop) => toBag(page, shop, STOVE),
    act: (page) => page.getByRole('button', { name: 'Checkout', exact: true }).click(),
    check: (page) => page.getByRole('button', { name: 'Pay $77.45' }).waitFor(),
  },
  {
    name: 'applying a promo code inside the check-out form',
    commits: false,
    arrive: async (page, shop) => {
      await toCheckout(page, shop, STOVE)
      await page.getByLabel('Promo code').fill('summit10')
    },
    act: (page) => page.getByRole('button', { name: 'Apply' }).click(),
    check: (page) => page.getByText('SUMMIT10 applied').waitFor(),
  },
  {
    name: 'Enter in the promo field of the filled check-out form',
    commits: false,
    arrive: async (page, shop) => {
      await toCheckout(page, shop, STOVE)
      await fillAddress(page)
      await page.getByRole('checkbox', { name: /Terms of Sale/ }).check()
      await page.getByLabel('Promo code').fill('SUMMIT10')
    },
    act: (page) => page.getByLabel('Promo code').press('Enter'),
    check: (page) => page.getByText('SUMMIT10 applied').waitFor(),
  },
  {
    name: 'filling the address, which the form verifies and saves as a draft',
    commits: false,
    arrive: (page, shop) => toCheckout(page, shop, STOVE),
    act: fillAddress,
    check: async (page, shop) => {
      await page.getByText('Your details are saved').waitFor()
      await toHome(page, shop)
      await page.getByRole('button', { name: 'Open bag' }).click()
      await page.getByRole('button', { name: 'Checkout', exact: true }).click()
      await page.locator('input[name=zip][value="80302"]').waitFor()
    },
  },
  {
    name: 'choosing another delivery',
    commits: false,
    arrive: (page, shop) => toCheckout(page, shop, STOVE),
    act: (page) => chooseDelivery(page, 'pickup'),
    check: (page) => page.getByRole('button', { name: 'Pay $69.50' }).waitFor(),
  },
  {
    name: 'saving to the wish list with the heart, a span that is a button',
    commits: false,
    arrive: toHome,
    act: (page) => page.getByRole('button', { name: 'Save Merino Crew Sock' }).click(),
    check: async (page, shop) => {
      const saved = page.locator('[data-heart=merino-crew][aria-pressed=true]')
      await saved.waitFor()
      await toHome(page, shop)
      await saved.waitFor()
    },
  },
  {
    name: 'signing up for the newsletter with the arrow button',
    commits: false,
    arrive: async (page, shop) => {
      await toHome(page, shop)
      await page.getByPlaceholder('you@example.com').fill('rowan@alder.example')
    },
    act: (page) => page.getByRole('button', { name: 'Sign up for the newsletter' }).click(),
    check: (page) => page.getByText("You're in.").waitFor(),
  },
  {
    name: 'opening the 1-tap dialog and not confirming it',
    commits: false,
    arrive: signIn,
    act: (page) => page.getByRole('button', { name: '1-Tap Lumen 350 Headlamp' }).click(),
    check: (page) => page.getByText('Charge $51.00 to Visa').waitFor(),
  },
  {
    name: 'opening the order history',
    commits: false,
    arrive: signIn,
    act: (page) => page.getByRole('button', { name: 'Account' }).click(),
    check: (page) => page.getByRole('heading', { name: 'Order history' }).waitFor(),
  },
]
