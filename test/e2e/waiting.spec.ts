import { awaitOutcome, type GuardedContext, runAction } from 'holdpoint'
import type { Page } from 'playwright'
import { expect, heldAction, openAgent, placeOrder, test } from './support/stage.ts'

test('an agent that clicks again at once asks once, and buys once', async ({
  desk,
  shop,
  agent,
}) => {
  const { page } = agent
  await page.goto(shop.checkoutUrl)
  const twice = Promise.all([placeOrder(page).click(), placeOrder(page).click()])
  const request = await desk.nextHeld()
  await desk.approve(request.id)
  await twice
  expect(shop.orders).toHaveLength(1)
  expect(desk.held).toEqual([request.id])
})

test('an agent that tries another button gives the first act up', async ({ desk, shop, agent }) => {
  const { page } = agent
  await page.goto(shop.checkoutUrl)
  const first = placeOrder(page)
    .click()
    .catch((error: unknown) => error)
  const held = await desk.nextHeld()
  await page.evaluate(() => {
    const other = document.createElement('button')
    other.textContent = 'Buy now for 250.00 EUR'
    other.type = 'button'
    document.querySelector('main')?.append(other)
  })
  const second = page
    .getByRole('button', { name: 'Buy now for' })
    .click()
    .catch((error: unknown) => error)
  expect(await first).toMatchObject({
    code: 'HP_ERR_WITHDRAWN',
    message: expect.stringContaining('something else in this tab'),
  })
  expect((await desk.read(held.id)).state).toBe('withdrawn')
  const next = await desk.nextHeld()
  await desk.reject(next.id)
  expect(await second).toMatchObject({ code: 'HP_ERR_REJECTED' })
  expect(shop.orders).toHaveLength(0)
})

test('an agent that gives up by its signal takes the question back, and nothing happens later', async ({
  desk,
  shop,
  agent,
}) => {
  const stop = new AbortController()
  const { request, outcome: acted } = await heldAction(agent, shop, desk, { signal: stop.signal })
  stop.abort('the model ran out of time')
  expect(await acted).toMatchObject({
    status: 'withdrawn',
    forModel: expect.stringContaining('the model ran out of time'),
  })
  await expect(desk.approve(request.id)).rejects.toMatchObject({ code: 'HP_ERR_REQUEST_CLOSED' })
  expect(shop.orders).toHaveLength(0)
})

test('two agents in one process wait each for their own answer', async ({ desk, shop, worker }) => {
  const agents = await Promise.all([0, 1].map(() => openAgent(worker.browser, desk.holdpoint)))
  const acts = await Promise.all(
    agents.map(async ({ page, guarded }) => {
      await page.goto(shop.checkoutUrl)
      return { ended: runAction(guarded, {}, () => placeOrder(page).click()), guarded }
    }),
  )
  const held = [await desk.nextHeld(), await desk.nextHeld()]
  await desk.reject(held[0]?.id ?? '', 'one is enough')
  await desk.approve(held[1]?.id ?? '')
  const endings = await Promise.all(acts.map(({ ended }) => ended))
  expect(endings.map(({ status }) => status).sort()).toEqual(['rejected', 'succeeded'])
  expect(shop.orders).toHaveLength(1)
  await Promise.all(acts.map(({ guarded }) => guarded.close()))
})

test.describe('a question that was left standing', () => {
  const left = async (guarded: GuardedContext, page: Page) => {
    const outcome = await runAction(guarded, { waitMs: 50 }, () => placeOrder(page).click())
    if (outcome.status !== 'held') throw new Error(`it ended as ${outcome.status}`)
    return outcome.request
  }

  test('is waited for again, and done once it is approved', async ({ desk, shop, agent }) => {
    const { page, guarded } = agent
    await page.goto(shop.checkoutUrl)
    const request = await left(guarded, page)
    expect(await awaitOutcome(guarded, request.id, { waitMs: 50 })).toMatchObject({
      status: 'held',
      forModel: expect.stringContaining(`wait_for_approval("${request.id}")`),
    })
    await desk.approve(request.id)
    expect(await awaitOutcome(guarded, request.id)).toMatchObject({
      status: 'succeeded',
      forModel: 'DONE. Approved by a person; order 10042.',
    })
    expect(shop.orders).toHaveLength(1)
    expect(desk.held).toEqual([request.id])
    expect(await awaitOutcome(guarded, request.id)).toMatchObject({ status: 'succeeded' })
    expect(shop.orders).toHaveLength(1)
    await expect(awaitOutcome(guarded, 'HP-999999')).rejects.toMatchObject({
      code: 'HP_ERR_REQUEST_NOT_FOUND',
    })
  })

  test('is done once, however many wait for it', async ({ desk, shop, agent }) => {
    const { page, guarded } = agent
    await page.goto(shop.checkoutUrl)
    const request = await left(guarded, page)
    const all = [1, 2, 3].map(() => awaitOutcome(guarded, request.id))
    await desk.approve(request.id)
    for (const outcome of await Promise.all(all)) {
      expect(outcome).toMatchObject({ status: 'succeeded' })
    }
    expect(shop.orders).toHaveLength(1)
  })

  test('is rejected later, and the model reads the reason', async ({ desk, shop, agent }) => {
    const { page, guarded } = agent
    await page.goto(shop.checkoutUrl)
    const request = await left(guarded, page)
    const waiting = awaitOutcome(guarded, request.id)
    await desk.reject(request.id, 'too expensive')
    expect(await waiting).toMatchObject({ status: 'rejected', reason: 'too expensive' })
    expect(shop.orders).toHaveLength(0)
  })

  test('does nothing on a page that shows something else by now', async ({ desk, shop, agent }) => {
    const { page, guarded } = agent
    await page.goto(shop.checkoutUrl)
    const request = await left(guarded, page)
    await desk.approve(request.id)
    await page.evaluate(() => {
      for (const button of document.querySelectorAll('button')) {
        if (button.textContent === 'Place order') button.type = 'button'
      }
      document.querySelector('main')?.replaceChildren(document.createElement('hr'))
      const save = document.createElement('button')
      save.textContent = 'Place order'
      save.onclick = () => fetch('/checkout/order', { method: 'POST' })
      document.querySelector('main')?.append(save)
    })
    expect(await awaitOutcome(guarded, request.id)).toMatchObject({
      status: expect.stringMatching(/withdrawn|drifted/),
    })
    expect(shop.orders).toHaveLength(0)
  })

  test('that follows a drift is approved as it is now, and done', async ({ desk, shop, agent }) => {
    const { page, guarded } = agent
    const { request: first, outcome: acted } = await heldAction(agent, shop, desk)
    shop.misbehave({ kind: 'raise-total', totalMinor: 199_00 })
    await page.getByText('199.00').first().waitFor()
    await desk.approve(first.id)
    const drifted = await acted
    if (drifted.status !== 'drifted') throw new Error(`it ended as ${drifted.status}`)
    const next = drifted.newRequest?.id ?? ''
    await desk.approve(next)
    expect(await awaitOutcome(guarded, next)).toMatchObject({ status: 'succeeded' })
    expect(shop.orders).toHaveLength(1)
  })
})
