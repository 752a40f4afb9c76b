import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import {
  createHoldpoint,
  definePolicy,
  type Guard,
  type GuardedContext,
  guardContext,
  type Holdpoint,
  launchOptions,
  type Outcome,
  type PolicyInput,
  type RunActionOptions,
  runAction,
} from 'holdpoint'
import { type SampleShop, startSampleShop } from 'holdpoint/testing'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { ownerOf } from '../../../src/compose/holdpoint.ts'
import type { EditedValues } from '../../../src/core/edit.ts'
import type { ApprovalRequest } from '../../../src/core/request.ts'
import { decide } from '../../../src/deciding/decide.ts'
import { proofOfSession } from '../../../src/deciding/proof.ts'

/** A holdpoint whose questions a test answers by itself. */
export interface Desk {
  readonly holdpoint: Holdpoint
  /** Requests opened since the test began, oldest first. */
  readonly held: readonly string[]
  /** The next request that is opened after those already taken. */
  nextHeld(): Promise<ApprovalRequest>
  /** Gives up the calls of `nextHeld` that still wait. */
  forgetWaiting(): void
  read(requestId: string): Promise<ApprovalRequest>
  /** `values`: fields changed before. */
  approve(requestId: string, values?: EditedValues): Promise<void>
  reject(requestId: string, reason?: string): Promise<void>
}

export interface Agent {
  readonly context: BrowserContext
  readonly guarded: GuardedContext
  readonly page: Page
}

class HeldLog {
  readonly all: string[] = []
  #read = 0
  #waiting: (() => void)[] = []

  add(requestId: string): void {
    this.all.push(requestId)
    for (const wake of this.#waiting.splice(0)) wake()
  }

  forget(): void {
    this.#waiting = []
  }

  async next(): Promise<string> {
    while (this.#read >= this.all.length)
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    return this.all[this.#read++] as string
  }

  reset(): void {
    this.#waiting = []
    this.all.length = 0
    this.#read = 0
  }
}

/** Opens a holdpoint in a folder of its own. */
export async function openDesk(
  change: Partial<PolicyInput> = {},
): Promise<Desk & { close(): Promise<void>; reset(): void }> {
  const log = new HeldLog()
  const dataDir = await mkdtemp(join(tmpdir(), 'holdpoint-e2e-'))
  const policy = definePolicy({
    reviewers: ['desk'],
    expiresAfterMs: 10 * 60_000,
    maxOpenPerAgent: 50,
    maxNewPerHour: 500,
    askAgainAfterMs: 0,
    allowEdits: true,
    ...change,
  })
  const holdpoint = await createHoldpoint({
    dataDir,
    config: { policy },
    onHeld: (held) => log.add(held.requestId),
  })
  const { desk } = ownerOf(holdpoint)
  const read = async (requestId: string): Promise<ApprovalRequest> => {
    const request = await desk.store.read(requestId)
    if (request === undefined) throw new Error(`there is no ${requestId}`)
    return request
  }
  const answer = async (
    requestId: string,
    given: 'approve' | 'reject',
    said: { readonly reason?: string | undefined; readonly values?: EditedValues | undefined },
  ): Promise<void> => {
    const request = await read(requestId)
    await decide(desk, {
      requestId,
      answer: given,
      ...(said.reason === undefined ? {} : { reason: said.reason }),
      ...(said.values === undefined ? {} : { values: said.values }),
      proof: proofOfSession('desk', randomBytes(8).toString('hex')),
      expectedTermsDigest: request.termsDigest,
      expectedEvidenceDigest: request.evidenceDigest,
    })
  }
  return {
    holdpoint,
    held: log.all,
    nextHeld: async () => read(await log.next()),
    read,
    approve: (requestId, values) => answer(requestId, 'approve', { values }),
    reject: (requestId, reason) => answer(requestId, 'reject', { reason }),
    forgetWaiting: () => log.forget(),
    reset: () => log.reset(),
    close: async () => {
      await holdpoint.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** The request that an act opens; an act that ends without one fails the test with what it came to. */
export async function heldBy(acted: Promise<unknown>, desk: Desk): Promise<ApprovalRequest> {
  const ended = acted.then(
    (value) => ({ value }),
    (error: unknown) => ({ value: error }),
  )
  const first = await Promise.race([desk.nextHeld(), ended])
  if ('value' in first) throw new Error('the act ended without being held', { cause: first.value })
  return first
}

/** The shop's button that orders. */
export const placeOrder = (page: Page) => page.getByRole('button', { name: /^Place order/ })

/** The agent clicks "Place order" and is held. `ended`: nothing, or what the click threw. */
export async function heldOrder(
  { page }: Pick<Agent, 'page'>,
  shop: SampleShop,
  desk: Desk,
): Promise<{ readonly request: ApprovalRequest; readonly ended: Promise<unknown> }> {
  await page.goto(shop.checkoutUrl)
  const ended = placeOrder(page)
    .click()
    .catch((error: unknown) => error)
  return { request: await desk.nextHeld(), ended }
}

/** The same by `runAction`. */
export async function heldAction(
  { page, guarded }: Pick<Agent, 'page' | 'guarded'>,
  shop: SampleShop,
  desk: Desk,
  options: RunActionOptions = {},
): Promise<{ readonly request: ApprovalRequest; readonly outcome: Promise<Outcome<void>> }> {
  await page.goto(shop.checkoutUrl)
  const outcome = runAction(guarded, options, () => placeOrder(page).click())
  return { request: await desk.nextHeld(), outcome }
}

export async function openAgent(
  browser: Browser,
  holdpoint: Holdpoint,
  options: { readonly guards?: readonly Guard[]; readonly waitMs?: number } = {},
): Promise<Agent> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const guarded = await guardContext(holdpoint, context, {
    agent: `agent-${randomBytes(4).toString('hex')}`,
    onBehalfOf: 'ada',
    task: 'Buy printer paper',
    ...options,
  })
  return { context, guarded, page: await context.newPage() }
}

interface WorkerParts {
  readonly worker: {
    readonly desk: Awaited<ReturnType<typeof openDesk>>
    readonly browser: Browser
  }
}

interface TestParts {
  readonly desk: Desk
  readonly shop: SampleShop
  readonly agent: Agent
}

/** A test with a desk, a fresh shop and a guarded page. Store and browser are shared by the worker. */
export const test = base.extend<TestParts, WorkerParts>({
  worker: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for a pattern
    async ({}, use) => {
      const desk = await openDesk()
      const browser = await chromium.launch(await launchOptions(desk.holdpoint))
      await use({ desk, browser })
      await browser.close()
      await desk.close()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  desk: async ({ worker }, use) => {
    worker.desk.reset()
    await use(worker.desk)
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for a pattern
  shop: async ({}, use) => {
    const shop = await startSampleShop()
    await use(shop)
    await shop.close()
  },
  agent: async ({ worker }, use) => {
    const agent = await openAgent(worker.browser, worker.desk.holdpoint)
    await use(agent)
    await agent.guarded.close()
  },
})

export { expect }
