import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { awaitOutcome, type GuardedContext, launchOptions, runAction } from 'holdpoint'
import type { Page } from 'playwright'
import { ownerOf } from '../../src/compose/holdpoint.ts'
import {
  type Desk,
  expect,
  heldAction,
  heldOrder,
  openAgent,
  placeOrder,
  test,
} from './support/stage.ts'

/** Waits until the question has been taken back, and gives the reason that people read. */
async function takenBack(desk: Desk, requestId: string): Promise<string | undefined> {
  await expect.poll(async () => (await desk.read(requestId)).state).toBe('withdrawn')
  await expect(desk.approve(requestId)).rejects.toMatchObject({ code: 'HP_ERR_REQUEST_CLOSED' })
  return (await desk.read(requestId)).closedReason
}

const caught = (error: unknown): unknown => error

test.describe('an agent whose browser goes away while it is held takes the question back:', () => {
  const ENDINGS: readonly {
    name: string
    reason: RegExp
    end(page: Page): Promise<void> | undefined
  }[] = [
    { name: 'its page is closed', reason: /^the page was closed$/, end: (page) => page.close() },
    {
      name: 'its context is closed',
      reason: /^the (page|browser context) was closed$/,
      end: (page) => page.context().close(),
    },
    {
      name: 'its browser is closed',
      reason: /^the (page was closed|browser context was closed|browser is gone)$/,
      end: (page) => page.context().browser()?.close(),
    },
  ]
  for (const { name, reason, end } of ENDINGS) {
    test(`${name}, and its card says so`, async ({ desk, shop, worker }) => {
      const browser = await chromium.launch(await launchOptions(desk.holdpoint))
      const { page, guarded } = await openAgent(browser, desk.holdpoint)
      const { request, outcome } = await heldAction({ page, guarded }, shop, desk)
      await end(page)
      expect(await outcome).toMatchObject({
        status: 'withdrawn',
        forModel: expect.stringMatching(/^WITHDRAWN, not done: the .*\. Start over if/),
      })
      expect(await takenBack(desk, request.id)).toMatch(reason)
      const reviewer = await worker.browser.newPage()
      await reviewer.goto(
        await ownerOf(desk.holdpoint).signInLink('desk', `/requests/${request.id}`),
      )
      await reviewer.getByRole('button', { name: 'Sign in' }).click()
      await expect(reviewer.getByText(/withdrawn: the (page|browser)/i).first()).toBeVisible()
      await reviewer.context().close()
      await browser.close()
      expect(shop.orders).toHaveLength(0)
    })
  }
})

test('a call’s own signal takes its question back', async ({ desk, shop, agent }) => {
  const { page } = agent
  await page.goto(shop.checkoutUrl)
  const stop = new AbortController()
  const clicked = placeOrder(page).click({ signal: stop.signal }).catch(caught)
  const request = await desk.nextHeld()
  stop.abort('the plan has changed')
  expect(await clicked).toMatchObject({ code: 'HP_ERR_WITHDRAWN' })
  expect(await takenBack(desk, request.id)).toBe('the plan has changed')
  expect(shop.orders).toHaveLength(0)
})

test('a signal that is aborted already asks nobody', async ({ desk, shop, agent }) => {
  const { page, guarded } = agent
  await page.goto(shop.checkoutUrl)
  const signal = AbortSignal.abort(new Error('too late'))
  await expect(runAction(guarded, { signal }, () => placeOrder(page).click())).rejects.toThrow(
    'too late',
  )
  expect(desk.held).toEqual([])
})

test.describe('Promise.race with a time-out of one’s own', () => {
  const tooSlow = async (ms: number): Promise<never> => {
    await sleep(ms)
    throw new Error('the agent has no more time')
  }

  test('inside runAction takes the question back: nothing runs after the agent has gone on', async ({
    desk,
    shop,
    agent,
  }) => {
    const { page, guarded } = agent
    await page.goto(shop.checkoutUrl)
    const outcome = await runAction(guarded, {}, () =>
      Promise.race([placeOrder(page).click(), desk.nextHeld().then(() => tooSlow(200))]),
    )
    expect(outcome).toMatchObject({
      status: 'withdrawn',
      forModel: expect.stringContaining('the agent gave up waiting'),
    })
    expect(await takenBack(desk, desk.held[0] ?? '')).toBe('the agent gave up waiting')
    expect(shop.orders).toHaveLength(0)
  })

  test('that resolves is not taken for the act: runAction waits for what is held', async ({
    desk,
    shop,
    agent,
  }) => {
    const { page, guarded } = agent
    await page.goto(shop.checkoutUrl)
    const outcome = runAction(guarded, {}, () =>
      Promise.race([placeOrder(page).click(), desk.nextHeld().then(() => 'later')]),
    )
    await expect.poll(() => desk.held.length).toBe(1)
    await desk.reject(desk.held[0] ?? '', 'not today')
    expect(await outcome).toMatchObject({ status: 'rejected', reason: 'not today' })
  })

  test('around a plain call leaves it held: it runs if it is approved, and going elsewhere takes it back', async ({
    desk,
    shop,
    agent,
  }) => {
    const { page } = agent
    const { request, ended } = await heldOrder(agent, shop, desk)
    await expect(Promise.race([ended, tooSlow(200)])).rejects.toThrow('no more time')
    expect((await desk.read(request.id)).state).toBe('pending')
    await page.goto(shop.url)
    expect(await ended).toMatchObject({ code: 'HP_ERR_WITHDRAWN' })
    expect(await takenBack(desk, request.id)).toBe('the page moved on')

    const again = await heldOrder(agent, shop, desk)
    await expect(Promise.race([again.ended, tooSlow(200)])).rejects.toThrow('no more time')
    await desk.approve(again.request.id)
    await again.ended
    expect(shop.orders).toHaveLength(1)
  })
})

test('a wait beside the click that fails takes the question back', async ({
  desk,
  shop,
  agent,
}) => {
  const { page } = agent
  await page.goto(shop.checkoutUrl)
  const stop = new AbortController()
  const both = Promise.all([
    page.waitForURL('**/thanks', { signal: stop.signal }),
    placeOrder(page).click(),
  ])
  const failed = both.catch(caught)
  const request = await desk.nextHeld()
  stop.abort()
  expect(await failed).toBeInstanceOf(Error)
  expect(await takenBack(desk, request.id)).toBe('the agent’s wait for it failed')
  expect(shop.orders).toHaveLength(0)
})

test.describe('a page that gives up its own held request withdraws it, and nothing is in doubt:', () => {
  const ENDINGS: readonly { name: string; after(desk: Desk, id: string): Promise<unknown> }[] = [
    { name: 'while people think', after: (desk, id) => takenBack(desk, id) },
    { name: 'and is approved at that moment', after: (desk, id) => desk.approve(id) },
  ]
  for (const { name, after } of ENDINGS) {
    test(name, async ({ desk, shop, agent: { page, guarded } }) => {
      await page.goto(shop.checkoutUrl)
      const outcome = runAction(guarded, {}, () =>
        page.evaluate(async () => {
          const form = document.querySelector<HTMLFormElement>('form[id*="checkout"]')
          if (form === null) throw new Error('no order form')
          const stop = Object.assign(window, { stopOrder: new AbortController() }).stopOrder
          const body = new URLSearchParams(new FormData(form) as never)
          const sent = fetch(form.action, { method: 'POST', body, signal: stop.signal })
          await sent.catch(() => undefined)
        }),
      )
      const { id } = await desk.nextHeld()
      await page.evaluate('stopOrder.abort()')
      await after(desk, id)
      expect(await outcome).toMatchObject({
        status: 'withdrawn',
        forModel: expect.stringContaining('the page gave up its own request'),
      })
      expect(shop.orders).toHaveLength(0)
    })
  }
})

test.describe('another act in the tab takes back', () => {
  const left = async (guarded: GuardedContext, page: Page) => {
    const outcome = await runAction(guarded, { waitMs: 50 }, () => placeOrder(page).click())
    if (outcome.status !== 'held') throw new Error(`it ended as ${outcome.status}`)
    return outcome.request.id
  }

  test('a question that was left standing there', async ({ desk, shop, agent }) => {
    const { page, guarded } = agent
    await page.goto(shop.checkoutUrl)
    const first = await left(guarded, page)
    await desk.nextHeld()
    await page.getByLabel(/recipient/i).fill('Office Hamburg')
    const second = runAction(guarded, {}, () => placeOrder(page).click())
    const next = await desk.nextHeld()
    expect(await takenBack(desk, first)).toBe('the agent did something else in this tab')
    expect(await awaitOutcome(guarded, first)).toMatchObject({ status: 'withdrawn' })
    await desk.approve(next.id)
    expect(await second).toMatchObject({ status: 'succeeded' })
    expect(shop.orders).toHaveLength(1)
  })

  test('what the gate holds for an earlier act', async ({ desk, shop, agent }) => {
    const { page } = agent
    await page.goto(shop.checkoutUrl)
    const submitted = page
      .evaluate(() => document.querySelector<HTMLFormElement>('form[id*="checkout"]')?.submit())
      .catch(caught)
    const first = await desk.nextHeld()
    const clicked = placeOrder(page).click()
    const second = await desk.nextHeld()
    expect(await submitted).toMatchObject({ code: 'HP_ERR_WITHDRAWN' })
    expect(await takenBack(desk, first.id)).toBe('the agent did something else in this tab')
    await desk.approve(second.id)
    await clicked
    expect(shop.orders).toHaveLength(1)
  })

  test('nothing in another tab', async ({ desk, shop, agent }) => {
    const { page, guarded, context } = agent
    await page.goto(shop.checkoutUrl)
    const first = await left(guarded, page)
    await desk.nextHeld()
    const other = await context.newPage()
    await other.goto(shop.checkoutUrlFor('fetch'))
    const second = runAction(guarded, {}, () => placeOrder(other).click())
    const next = await desk.nextHeld()
    expect((await desk.read(first)).state).toBe('pending')
    await desk.reject(next.id)
    await second
    await desk.approve(first)
    expect(await awaitOutcome(guarded, first)).toMatchObject({ status: 'succeeded' })
  })
})
