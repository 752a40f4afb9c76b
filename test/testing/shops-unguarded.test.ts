import type { Browser, Page, Request } from 'playwright'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  type ShopScenario,
  startBuchladen,
  startTrailgear,
  type TestShop,
} from '../e2e/shops/test-shop.ts'
import { launchBrowser } from '../support/browser.ts'

/** With nothing in the way, each scenario does what it claims. Whoever guards the shops relies on it. */

const LOCALES: Readonly<Record<string, string>> = { EUR: 'de-DE', USD: 'en-US' }

// A check-out is some thirty steps in a real browser; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 })

const shops: readonly TestShop[] = [await startBuchladen(), await startTrailgear()]
let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await Promise.all(shops.map((shop) => shop.close()))
})

for (const shop of shops) {
  describe(shop.name, () => {
    for (const scenario of shop.scenarios.filter(({ commits }) => commits)) {
      test(`${scenario.name} places exactly one order`, () => expectOneOrder(shop, scenario))
    }
    for (const scenario of shop.scenarios.filter(({ commits }) => !commits)) {
      test(`${scenario.name} has its effect and orders nothing`, () => expectNone(shop, scenario))
    }
  })
}

async function expectOneOrder(shop: TestShop, scenario: ShopScenario): Promise<void> {
  const visitor = await newVisitor()
  const { page } = visitor
  const before = shop.orderCount()
  await scenario.arrive(page, shop)
  expect(await page.locator('body').innerText()).toContain(moneyText(scenario))
  expect(shop.orderCount()).toBe(before)

  await scenario.act(page, shop)
  await expect.poll(() => shop.orderCount(), { timeout: 10_000 }).toBe(before + 1)
  await visitor.settled()
  expect(shop.orderCount()).toBe(before + 1)
}

async function expectNone(shop: TestShop, scenario: ShopScenario): Promise<void> {
  if (scenario.check === undefined) throw new Error('a harmless scenario proves its effect')
  const visitor = await newVisitor()
  const { page } = visitor
  const before = shop.orderCount()
  await scenario.arrive(page, shop)
  await scenario.act(page, shop)
  await scenario.check(page, shop)
  await visitor.settled()
  expect(shop.orderCount()).toBe(before)
}

interface Visitor {
  readonly page: Page
  /** Resolves when no window has a request under way and none starts one in its next turn. */
  settled(): Promise<void>
}

async function newVisitor(): Promise<Visitor> {
  const context = await browser.newContext()
  onTestFinished(() => context.close())
  // Not `networkidle`: that looks at a document's loading, so it is blind to what a script sends later.
  const underWay = new Set<Request>()
  context.on('request', (request) => underWay.add(request))
  context.on('requestfinished', (request) => underWay.delete(request))
  context.on('requestfailed', (request) => underWay.delete(request))

  async function requestsOverOneTurn(): Promise<readonly string[]> {
    const before = [...underWay]
    await Promise.all(
      context.pages().map((page) => page.evaluate(() => new Promise((done) => setTimeout(done)))),
    )
    return [...before, ...underWay].map((request) => `${request.method()} ${request.url()}`)
  }

  return {
    page: await context.newPage(),
    settled: () => expect.poll(requestsOverOneTurn, { timeout: 20_000 }).toEqual([]),
  }
}

function moneyText({ expected }: ShopScenario): string {
  if (expected === undefined) throw new Error('a commit names its expected terms')
  const { amountMinor, currency } = expected
  return (amountMinor / 100).toLocaleString(LOCALES[currency], { style: 'currency', currency })
}
