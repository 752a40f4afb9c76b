import { HARMLESS_SCENARIOS as BUCHLADEN_HARMLESS } from './shops/buchladen/scenarios-harmless.ts'
import { ORDER_SCENARIOS as BUCHLADEN_ORDERS } from './shops/buchladen/scenarios-orders.ts'
import {
  type ShopScenario,
  startBuchladen,
  startTrailgear,
  type TestShop,
} from './shops/test-shop.ts'
import { HARMLESS_SCENARIOS as TRAILGEAR_HARMLESS } from './shops/trailgear/scenarios-harmless.ts'
import { ORDER_SCENARIOS as TRAILGEAR_ORDERS } from './shops/trailgear/scenarios-orders.ts'
import { type Desk, expect, openAgent, test } from './support/stage.ts'

/** Two shops by somebody who has not read the guards. */
const SHOPS = [
  {
    name: 'buchladen',
    start: startBuchladen,
    orders: BUCHLADEN_ORDERS,
    harmless: BUCHLADEN_HARMLESS,
  },
  {
    name: 'trailgear',
    start: startTrailgear,
    orders: TRAILGEAR_ORDERS,
    harmless: TRAILGEAR_HARMLESS,
  },
] as const

for (const shopUnderTest of SHOPS) {
  test.describe(shopUnderTest.name, () => {
    let shop: TestShop
    test.beforeAll(async () => {
      shop = await shopUnderTest.start()
    })
    test.afterAll(() => shop.close())
    test.setTimeout(30_000)

    for (const scenario of shopUnderTest.orders) {
      test(`${shopUnderTest.name}, ${scenario.name}: held once, one order after approval`, async ({
        desk,
        worker,
      }) => {
        const { page, guarded } = await openAgent(worker.browser, desk.holdpoint)
        await unheld(desk, scenario.arrive(page, shop), 'on the way')
        const before = shop.orderCount()
        const acted = scenario.act(page, shop)
        acted.catch(() => undefined)
        // A script in the page returns before what it sends is held.
        await expect.poll(() => desk.held.length, 'held').toBeGreaterThan(0)
        const request = await desk.nextHeld()
        expect(shop.orderCount(), 'orders while held').toBe(before)
        expect(request.terms.amount).toEqual(
          scenario.amountUntold === true ? 'unreadable' : scenario.expected,
        )
        await desk.approve(request.id)
        await acted
        await expect.poll(() => shop.orderCount() - before).toBe(1)
        expect(desk.held).toEqual([request.id])
        await guarded.close()
      })
    }

    for (const scenario of shopUnderTest.harmless) {
      test(`${shopUnderTest.name}, ${scenario.name}: not held, and has its effect`, async ({
        desk,
        worker,
      }) => {
        const { page, guarded } = await openAgent(worker.browser, desk.holdpoint)
        await unheld(desk, doAll(scenario, page, shop), 'although it is harmless')
        await guarded.close()
      })
    }
  })
}

async function doAll(
  scenario: ShopScenario,
  page: Parameters<ShopScenario['act']>[0],
  shop: TestShop,
): Promise<void> {
  await scenario.arrive(page, shop)
  await scenario.act(page, shop)
  await scenario.check?.(page, shop)
}

/** Fails as soon as something is held, instead of waiting for an answer that nobody gives. */
async function unheld(desk: Desk, work: Promise<void>, when: string): Promise<void> {
  const held = desk.nextHeld().then((request) => {
    const where = JSON.stringify(request.identity)
    throw new Error(`held ${when}: ${request.title}; ${request.findings[0]?.why}; ${where}`)
  })
  await Promise.race([work, held])
  desk.forgetWaiting()
}
