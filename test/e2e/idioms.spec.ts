import { type EventEmitter, on } from 'node:events'
import { chromium } from '@playwright/test'
import { launchOptions, runAction } from 'holdpoint'
import type { Page } from 'playwright'
import { expect, heldAction, heldBy, openAgent, placeOrder, test } from './support/stage.ts'

test.describe('the button is held however it was found:', () => {
  const FINDERS: readonly { name: string; click(page: Page): Promise<void> | undefined }[] = [
    {
      name: 'nested and filtered locators',
      click: (page) =>
        page
          .locator('main')
          .filter({ hasText: 'Total' })
          .getByRole('button')
          .filter({ hasText: /^Place order/ })
          .last()
          .click(),
    },
    {
      name: 'locators joined by and, or and has',
      click: (page) =>
        page
          .locator('form', { has: page.getByLabel(/security code/i) })
          .or(page.locator('main'))
          .locator('button')
          .and(page.getByText(/^Place order/))
          .first()
          .click(),
    },
    {
      name: 'page.$',
      click: async (page) => (await page.$('button:has-text("Place order")'))?.click(),
    },
    {
      name: 'page.$$ and a handle of a handle',
      click: async (page) => {
        for (const part of await page.$$('main')) {
          const button = await part.$('button:has-text("Place order")')
          if (button !== null) return button.click()
        }
      },
    },
    {
      name: 'evaluateHandle',
      click: async (page) => {
        const found = await page.evaluateHandle(() =>
          [...document.querySelectorAll('button')].find(({ textContent }) =>
            textContent?.startsWith('Place order'),
          ),
        )
        await found.asElement()?.click()
      },
    },
    {
      name: 'the loop over locator.all()',
      click: async (page) => {
        for (const button of await page.getByRole('button').all()) {
          if ((await button.innerText()).startsWith('Place order')) return button.click()
        }
      },
    },
  ]
  for (const { name, click } of FINDERS) {
    test(name, async ({ desk, shop, agent: { page } }) => {
      await page.goto(shop.checkoutUrl)
      const clicked = Promise.resolve(click(page))
      const request = await heldBy(clicked, desk)
      expect(request.terms.amount).toEqual({ amountMinor: 18_240, currency: 'EUR' })
      expect(shop.orders).toHaveLength(0)
      await desk.approve(request.id)
      await clicked
      expect(shop.orders).toHaveLength(1)
    })
  }
})

test.describe('a window that the agent’s act opens', () => {
  const WAITS: readonly { name: string; popup(page: Page): Promise<Page> }[] = [
    { name: 'page.waitForEvent', popup: (page) => page.waitForEvent('popup', { timeout: 4_000 }) },
    {
      name: 'context.waitForEvent with a predicate',
      popup: (page) =>
        page.context().waitForEvent('page', {
          predicate: (opened) => opened !== page,
          timeout: 4_000,
        }),
    },
  ]
  for (const { name, popup } of WAITS) {
    test(`comes after a late approval, and is waited for by ${name}`, async ({
      desk,
      shop,
      agent: { page },
    }) => {
      await page.goto(shop.checkoutUrlFor('popup'))
      const both = Promise.all([popup(page), placeOrder(page).click()])
      both.catch(() => undefined)
      const request = await desk.nextHeld()
      await expect(page.waitForTimeout(5_000)).resolves.toBeUndefined()
      expect(shop.orders).toHaveLength(0)
      await desk.approve(request.id)
      const [opened] = await both
      await expect(opened.getByText(/Thank you/).first()).toBeVisible()
      expect(shop.orders).toHaveLength(1)
    })
  }

  test('is guarded before its first handler hears of it: for await, and context.on', async ({
    desk,
    shop,
    agent: { page, context },
  }) => {
    const seen: Page[] = []
    context.on('page', (opened) => seen.push(opened))
    await page.goto(shop.checkoutUrl)
    const popups = on(page as unknown as EventEmitter, 'popup')
    await page.evaluate((url) => {
      window.open(url)
      window.open(url)
    }, page.url())
    const clicks: Promise<unknown>[] = []
    for await (const [opened] of popups) {
      clicks.push(
        placeOrder(opened)
          .click()
          .catch((error: unknown) => error),
      )
      if (clicks.length === 2) break
    }
    const [first, second] = [await desk.nextHeld(), await desk.nextHeld()]
    expect(seen).toHaveLength(2)
    await desk.reject(first.id)
    await desk.approve(second.id)
    const ended = await Promise.all(clicks)
    expect(ended).toContainEqual(expect.objectContaining({ code: 'HP_ERR_REJECTED' }))
    expect(ended).toContainEqual(undefined)
    expect(shop.orders).toHaveLength(1)
  })
})

test('two agents in two browsers of one process: what ends one hold leaves the other', async ({
  desk,
  shop,
  agent,
}) => {
  const { request: first, outcome: stays } = await heldAction(agent, shop, desk)
  const browser = await chromium.launch(await launchOptions(desk.holdpoint))
  const other = await openAgent(browser, desk.holdpoint)
  const { request: second, outcome: goes } = await heldAction(other, shop, desk)
  expect(first.agent).not.toBe(second.agent)
  await browser.close()
  expect(await goes).toMatchObject({ status: 'withdrawn', request: { id: second.id } })
  expect((await desk.read(first.id)).state).toBe('pending')
  await desk.approve(first.id)
  expect(await stays).toMatchObject({ status: 'succeeded', request: { id: first.id } })
  expect(shop.orders).toHaveLength(1)
})

test('an agent has two tabs: each waits for its own answer', async ({ desk, shop, agent }) => {
  const { page, guarded, context } = agent
  const other = await context.newPage()
  const pages = [page, other]
  for (const one of pages) await one.goto(shop.checkoutUrl)
  const outcomes = pages.map((one) => runAction(guarded, {}, () => placeOrder(one).click()))
  const held = [await desk.nextHeld(), await desk.nextHeld()]
  await desk.reject(held[1]?.id ?? '')
  await desk.approve(held[0]?.id ?? '')
  const statuses = (await Promise.all(outcomes)).map(({ status }) => status)
  expect(statuses.toSorted()).toEqual(['rejected', 'succeeded'])
  expect(shop.orders).toHaveLength(1)
})
