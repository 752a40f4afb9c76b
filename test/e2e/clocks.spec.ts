import type { Page } from 'playwright'
import { guardBehind } from '../../src/adapters/playwright/guard-context.ts'
import { expect, placeOrder, test } from './support/stage.ts'

const SHORT_MS = 4_000

/** Until a wait of the same length has timed out in a context that nobody guards. */
async function untilLonger(page: Page, timesOver = 1): Promise<void> {
  const browser = page.context().browser()
  const other = await browser?.newPage()
  for (let i = 0; i < timesOver; i += 1) {
    await expect(other?.waitForURL('**/never', { timeout: SHORT_MS })).rejects.toThrow('Timeout')
  }
  await other?.context().close()
}

test.describe('while a person thinks, the clocks of the tab stand still:', () => {
  const IDIOMS: readonly { name: string; wait: (page: Page) => Promise<unknown> }[] = [
    {
      name: 'waitForURL',
      wait: (page) => page.waitForURL(/order|thank/i, { timeout: SHORT_MS }),
    },
    {
      name: 'waitForURL by the default time-out of the page',
      wait: (page) => {
        page.setDefaultTimeout(SHORT_MS)
        page.setDefaultNavigationTimeout(SHORT_MS)
        return page.waitForURL(/order|thank/i)
      },
    },
    {
      name: 'waitForURL by the default time-outs of the context',
      wait: (page) => {
        page.context().setDefaultTimeout(SHORT_MS)
        page.context().setDefaultNavigationTimeout(SHORT_MS)
        return page.waitForURL(/order|thank/i)
      },
    },
    {
      name: 'expect(page).toHaveURL',
      wait: (page) => expect(page).toHaveURL(/order|thank/i, { timeout: SHORT_MS }),
    },
    {
      name: 'expect(locator).toBeVisible',
      wait: (page) =>
        expect(page.getByText(/Thank you/).first()).toBeVisible({ timeout: SHORT_MS }),
    },
    {
      name: 'waitForSelector',
      wait: (page) => page.waitForSelector('text=Thank you', { timeout: SHORT_MS }),
    },
    {
      name: 'waitForResponse',
      wait: (page) =>
        page.waitForResponse((answer) => answer.url().includes('/checkout/order'), {
          timeout: SHORT_MS,
        }),
    },
    {
      name: 'locator.waitFor',
      wait: (page) =>
        page
          .getByText(/Thank you/)
          .first()
          .waitFor({ timeout: SHORT_MS }),
    },
  ]
  for (const { name, wait } of IDIOMS) {
    test(`Promise.all of ${name} and the click arrives after a late approval`, async ({
      desk,
      shop,
      agent,
    }) => {
      const { page } = agent
      await page.goto(shop.checkoutUrl)
      const both = Promise.all([wait(page), placeOrder(page).click()])
      both.catch(() => undefined)
      const request = await desk.nextHeld()
      await untilLonger(page)
      expect((await desk.read(request.id)).state).toBe('pending')
      await desk.approve(request.id)
      await both
      expect(shop.orders).toHaveLength(1)
    })
  }
})

test('after the hold a wait goes on for the rest of its time, and then fails by its own error', async ({
  desk,
  shop,
  agent,
}) => {
  const { page } = agent
  await page.goto(shop.checkoutUrl)
  const never = page.waitForURL('**/never', { timeout: SHORT_MS })
  never.catch(() => undefined)
  const clicked = placeOrder(page).click()
  const request = await desk.nextHeld()
  await untilLonger(page)
  await desk.approve(request.id)
  await clicked
  await expect(never).rejects.toThrow(`Timeout ${SHORT_MS}ms exceeded`)
})

test('after the hold an expectation goes on for the rest of its time, and then fails as ever', async ({
  desk,
  shop,
  agent,
}) => {
  const { page } = agent
  await page.goto(shop.checkoutUrl)
  const expects = async () => expect(page.getByText('never')).toBeVisible({ timeout: SHORT_MS })
  const never = expects()
  never.catch(() => undefined)
  const clicked = placeOrder(page).click()
  const request = await desk.nextHeld()
  await untilLonger(page)
  await desk.approve(request.id)
  await clicked
  await expect(never).rejects.toThrow('element(s) not found')
})

test('a hold that fails before anybody is asked does not stop the clocks', async ({
  desk,
  shop,
  agent: { page, guarded },
}) => {
  await page.goto(shop.checkoutUrl)
  const { pages } = guardBehind(guarded)
  pages.formEntries = () => Promise.reject(new Error('the page hangs'))
  await expect(placeOrder(page).click()).rejects.toThrow('the page hangs')
  await expect(page.waitForURL('**/never', { timeout: 500 })).rejects.toThrow(
    'Timeout 500ms exceeded',
  )
  expect(desk.held).toEqual([])
})

test('a wait without any hold times out as ever', async ({ shop, agent }) => {
  await agent.page.goto(shop.checkoutUrl)
  await expect(agent.page.waitForURL('**/never', { timeout: SHORT_MS })).rejects.toThrow(
    `Timeout ${SHORT_MS}ms exceeded`,
  )
})

test('the held click’s own time-out does not run while it is held', async ({
  desk,
  shop,
  agent,
}) => {
  const { page } = agent
  await page.goto(shop.checkoutUrl)
  const clicked = placeOrder(page).click({ timeout: SHORT_MS })
  const request = await desk.nextHeld()
  await untilLonger(page)
  await desk.approve(request.id)
  await clicked
  expect(shop.orders).toHaveLength(1)
})
