import { defineGuard, runAction } from 'holdpoint'
import type { SampleShop } from 'holdpoint/testing'
import type { Page } from 'playwright'
import { guardBehind } from '../../src/adapters/playwright/guard-context.ts'
import { ownerOf } from '../../src/compose/holdpoint.ts'
import { expect, heldAction, heldOrder, openAgent, placeOrder, test } from './support/stage.ts'

async function raiseTotal(page: Page, shop: SampleShop): Promise<void> {
  shop.misbehave({ kind: 'raise-total', totalMinor: 19_900 })
  await page.getByText('199.00').first().waitFor()
}

test('a total that rises after approval is refused, and the new request shows the difference', async ({
  desk,
  shop,
  agent,
}) => {
  const { request, outcome: acted } = await heldAction(agent, shop, desk)
  await raiseTotal(agent.page, shop)
  await desk.approve(request.id)
  const outcome = await acted
  expect(outcome.status).toBe('drifted')
  expect(outcome.forModel).toContain('182.40 → 199.00 EUR')
  expect(shop.orders).toHaveLength(0)
  const next = await desk.nextHeld()
  expect(next.follows?.requestId).toBe(request.id)
  expect(next.follows?.changed).toContainEqual({
    field: 'total',
    approved: '182.40 EUR',
    now: '199.00 EUR',
  })
  expect((await desk.read(request.id)).execution.state).toBe('refused')
})

test('the same act after a drift joins the new request and runs once it is approved', async ({
  desk,
  shop,
  agent,
}) => {
  const { page, guarded } = agent
  const { request, outcome: first } = await heldAction(agent, shop, desk)
  await raiseTotal(page, shop)
  await desk.approve(request.id)
  await first
  const next = await desk.nextHeld()
  const second = runAction(guarded, {}, () => placeOrder(page).click())
  await desk.approve(next.id)
  expect((await second).status).toBe('succeeded')
  expect(shop.orders.map((order) => order.totalMinor)).toEqual([19_900])
  expect(desk.held).toHaveLength(2)
})

test('a row set to approved by SQL runs nothing', async ({ desk, shop, agent }) => {
  const { request, ended } = await heldOrder(agent, shop, desk)
  const { store } = ownerOf(desk.holdpoint).desk
  await store.transaction(async (tx) => {
    await tx.updateRequest(request.id, {
      state: 'approved',
      closedAt: new Date(),
      verdict: 'e30.e30.e30',
    })
    await tx.wake(request.id)
  })
  expect(await ended).toMatchObject({ code: 'HP_ERR_VERDICT_INVALID' })
  expect(shop.orders).toHaveLength(0)
})

test('an old verdict replayed on another request runs nothing', async ({ desk, shop, agent }) => {
  const { request: approved, ended: first } = await heldOrder(agent, shop, desk)
  await desk.approve(approved.id)
  expect(await first).toBeUndefined()
  expect(shop.orders).toHaveLength(1)
  const verdict = (await desk.read(approved.id)).verdict
  expect(verdict).toBeDefined()

  const { request, ended: second } = await heldOrder(agent, shop, desk)
  const { store } = ownerOf(desk.holdpoint).desk
  await store.transaction(async (tx) => {
    await tx.updateRequest(request.id, {
      state: 'approved',
      closedAt: new Date(),
      verdict: verdict ?? '',
    })
    await tx.wake(request.id)
  })
  expect(await second).toMatchObject({ code: 'HP_ERR_VERDICT_INVALID' })
  expect(shop.orders).toHaveLength(1)
})

test('one changed byte of the kept request, and it does not leave', async ({
  desk,
  shop,
  agent,
}) => {
  const { page, guarded } = agent
  await page.goto(shop.checkoutUrl)
  const acted = page
    .evaluate(() =>
      [...document.forms]
        .find((form) => form.querySelector('[autocomplete="cc-number"]'))
        ?.submit(),
    )
    .catch((error: unknown) => error)
  const request = await desk.nextHeld()
  const [kept] = guardBehind(guarded).keptNavigations
  expect(kept?.body?.length).toBeGreaterThan(0)
  if (kept?.body !== undefined) kept.body[3] = (kept.body[3] ?? 0) ^ 1
  await desk.approve(request.id)
  expect(await acted).toMatchObject({ code: 'HP_ERR_DRIFTED' })
  expect(shop.orders).toHaveLength(0)
})

test('a closed page withdraws its request, and a later approval does nothing', async ({
  desk,
  shop,
  agent,
}) => {
  const { page } = agent
  const { request, ended } = await heldOrder(agent, shop, desk)
  await page.close()
  expect(await ended).toMatchObject({
    code: 'HP_ERR_WITHDRAWN',
    details: { reason: 'the page was closed' },
  })
  await expect.poll(async () => (await desk.read(request.id)).state).toBe('withdrawn')
  await expect(desk.approve(request.id)).rejects.toMatchObject({ code: 'HP_ERR_REQUEST_CLOSED' })
  expect(shop.orders).toHaveLength(0)
})

test('a target that vanishes withdraws its request, and a later approval does nothing', async ({
  desk,
  shop,
  agent,
}) => {
  const { page } = agent
  const { request, ended } = await heldOrder(agent, shop, desk)
  await page.evaluate(() => document.querySelector('main')?.replaceChildren())
  expect(await ended).toMatchObject({
    code: 'HP_ERR_WITHDRAWN',
    message: expect.stringContaining('its target is no longer on the page'),
  })
  expect((await desk.read(request.id)).state).toBe('withdrawn')
  await expect(desk.approve(request.id)).rejects.toMatchObject({ code: 'HP_ERR_REQUEST_CLOSED' })
  expect(shop.orders).toHaveLength(0)
})

test('a guard that throws holds', async ({ desk, shop, worker }) => {
  const broken = defineGuard({
    name: 'broken',
    inspect() {
      throw new Error('bug')
    },
  })
  const { page, guarded } = await openAgent(worker.browser, desk.holdpoint, { guards: [broken] })
  const visit = page.goto(shop.url).catch((error: unknown) => error)
  const request = await desk.nextHeld()
  expect(request.findings[0]?.guard).toBe('broken')
  await desk.reject(request.id)
  expect(await visit).toMatchObject({ code: 'HP_ERR_REJECTED' })
  await guarded.close()
})

test('an order that was counted, and whose answer was lost, ends in doubt', async ({
  desk,
  shop,
  agent,
}) => {
  shop.misbehave({ kind: 'drop-after-commit' })
  const { request, ended } = await heldOrder(agent, shop, desk)
  await desk.approve(request.id)
  expect(await ended).toMatchObject({ code: 'HP_ERR_IN_DOUBT' })
  expect((await desk.read(request.id)).execution.state).toBe('in-doubt')
})

test('waitMs leaves the question standing, and the same act joins it', async ({
  desk,
  shop,
  worker,
}) => {
  const { page, guarded } = await openAgent(worker.browser, desk.holdpoint, { waitMs: 3_000 })
  await page.goto(shop.checkoutUrl)
  const place = () => runAction(guarded, {}, () => placeOrder(page).click())
  const first = await place()
  expect(first.status).toBe('held')
  const request = await desk.nextHeld()
  await desk.approve(request.id)
  expect((await place()).status).toBe('succeeded')
  expect(desk.held).toEqual([request.id])
  expect(shop.orders).toHaveLength(1)
  await guarded.close()
})
