import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createHoldpoint,
  definePolicy,
  type GuardedContext,
  guardContext,
  type Holdpoint,
} from 'holdpoint'
import {
  type Brain,
  type Decision,
  openaiBrain,
  runAgent,
  type SampleShop,
  startSampleShop,
} from 'holdpoint/testing'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { ownerOf } from '../../src/compose/holdpoint.ts'
import type { Observation } from '../../src/testing/agent/observation.ts'
import { look } from '../../src/testing/agent/observe.ts'
import { launchBrowser } from '../support/browser.ts'
import { answer } from '../support/desk.ts'
import { startFakeOpenAi } from './openai-server.ts'

const TASK = 'Buy printer paper'
const held = { waiting: [] as ((requestId: string) => void)[] }

let dataDir = ''
let holdpoint: Holdpoint
let browser: Browser
let shop: SampleShop
let guarded: GuardedContext
let page: Page

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'holdpoint-test-'))
  holdpoint = await createHoldpoint({
    dataDir,
    config: {
      policy: definePolicy({
        reviewers: ['desk'],
        expiresAfterMs: 600_000,
        maxOpenPerAgent: 50,
        maxNewPerHour: 500,
        askAgainAfterMs: 0,
      }),
    },
    onHeld: ({ requestId }) => held.waiting.shift()?.(requestId),
  })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await holdpoint?.close()
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
})

let count = 0
beforeEach(async () => {
  shop = await startSampleShop()
  count += 1
  await openPage()
})
afterEach(async () => {
  held.waiting = []
  await guarded.close()
  await shop.close()
})

async function openPage(waitMs?: number): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const waits = waitMs === undefined ? {} : { waitMs }
  guarded = await guardContext(holdpoint, context, {
    agent: `agent-${count}`,
    onBehalfOf: 'ada',
    ...waits,
  })
  page = await context.newPage()
  await page.goto(shop.checkoutUrl)
}

/** A person at the desk who answers the next question. */
async function person(given: 'approve' | 'reject', reason?: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  held.waiting.push(resolve)
  const id = await promise
  const { desk } = ownerOf(holdpoint)
  const request = await desk.store.read(id)
  if (request === undefined) throw new Error(`there is no ${id}`)
  await answer(desk, request, 'desk', given, reason === undefined ? {} : { reason })
  return id
}

/** A brain that does as the test says, and writes down what it is told. */
function brainOf(...steps: readonly ((seen: Observation, told: string) => Decision)[]) {
  const told: string[] = []
  const brain: Brain = {
    name: 'test',
    async next(_task, seen, result) {
      told.push(result)
      return steps[told.length - 1]?.(seen, result) ?? { tool: 'done', report: 'finished' }
    },
  }
  return { brain, told }
}

function run(brain: Brain) {
  return runAgent({ guarded, page, task: TASK, brain })
}

/** The number of an element by its name. */
function named(seen: Observation, name: RegExp): number {
  return seen.elements.find((element) => name.test(element.name))?.index ?? -1
}

const placeOrder = (seen: Observation): Decision => ({
  tool: 'click',
  index: named(seen, /^place order$/i),
  says: 'cheapest in stock',
})

test('an act that nobody holds is done, and the brain is told so', async () => {
  const field = (seen: Observation) => seen.elements.findIndex(({ type }) => type === 'text')
  const { brain, told } = brainOf((seen) => ({ tool: 'type', index: field(seen), text: 'Hamburg' }))
  const { report, steps } = await run(brain)
  expect({ report, told }).toEqual({ report: 'finished', told: ['', 'Done.'] })
  expect(steps).toMatchObject([{ outcome: { status: 'passed' } }])
  expect(await page.locator('input[type=text]').first().inputValue()).toBe('Hamburg')
})

test('after an approval the order is placed, and the brain is told its number', async () => {
  const { brain, told } = brainOf(placeOrder)
  const [{ steps }, id] = await Promise.all([run(brain), person('approve')])
  expect(told[1]).toMatch(/^DONE\. Approved by a person; order \d+\.$/)
  expect(told[1]).toBe(steps[0]?.outcome?.forModel)
  expect(shop.orders).toHaveLength(1)
  const request = await ownerOf(holdpoint).desk.store.read(id)
  expect(request?.says).toBe('cheapest in stock')
})

test('a "no" is a text for the brain with its reason, never an exception, and nothing is bought', async () => {
  const { brain, told } = brainOf(placeOrder)
  const [{ steps }] = await Promise.all([run(brain), person('reject', 'too expensive')])
  expect(told[1]).toMatch(/^REJECTED, not done: "too expensive"\. Do not repeat this order/)
  expect(told[1]).toBe(steps[0]?.outcome?.forModel)
  expect(shop.orders).toEqual([])
})

describe('a wait that is cut short', () => {
  beforeEach(async () => {
    await guarded.close()
    await openPage(1_500)
  })

  const idOf = (told: string): string => /\((HP-\d+),/.exec(told)?.[1] ?? 'none'

  test('is told as held; waiting by its number joins the question, and buys once', async () => {
    let id = ''
    const { brain, told } = brainOf(
      placeOrder,
      (_, result) => {
        id = idOf(result)
        return { tool: 'wait_for_approval', requestId: id }
      },
      () => ({ tool: 'wait_for_approval', requestId: id }),
    )
    const approved = Promise.withResolvers<void>()
    const { desk } = ownerOf(holdpoint)
    const waiting: Brain = {
      ...brain,
      async next(task, seen, result) {
        const decision = await brain.next(task, seen, result)
        if (result.startsWith('HELD')) {
          const request = await desk.store.read(id)
          if (request !== undefined) await answer(desk, request, 'desk', 'approve')
          approved.resolve()
        }
        return decision
      },
    }
    await run(waiting)
    await approved.promise
    expect(told[1]).toMatch(/^HELD, not done\. A person must approve "Pay /)
    expect(told[2]).toMatch(/^DONE\. Approved by a person; order \d+\.$/)
    expect(told[3]).toBe('There is no such question to wait for. Look at the page.')
    expect(shop.orders).toHaveLength(1)
  })

  test('waiting for another number does nothing', async () => {
    const { brain, told } = brainOf(placeOrder, () => ({
      tool: 'wait_for_approval',
      requestId: 'HP-999',
    }))
    const { steps } = await run(brain)
    expect(told[2]).toBe('There is no such question to wait for. Look at the page.')
    expect(steps[1]?.outcome).toBeUndefined()
    expect(shop.orders).toEqual([])
  })
})

describe('garbage from a brain', () => {
  test.each<[string, unknown]>([
    ['a number before the first', { tool: 'click', index: -1 }],
    ['a number behind the last', { tool: 'click', index: 999 }],
    ['no number', { tool: 'click', index: Number.NaN }],
    ['half a number', { tool: 'click', index: 0.5 }],
    ['a number that is a member of lists', { tool: 'click', index: 'length' }],
    ['a tool that there is not', { tool: 'evaluate', index: 0 }],
  ])('%s does nothing, and is told', async (_, decision) => {
    const { brain, told } = brainOf(() => decision as Decision)
    const before = page.url()
    await run(brain)
    expect(told[1]).toBe('There is no such element. Look at the list again.')
    expect([page.url(), shop.orders.length]).toEqual([before, 0])
  })

  test('for ever is stopped', async () => {
    const brain: Brain = { name: 'lost', next: async () => ({ tool: 'click', index: -1 }) }
    const { report, steps } = await run(brain)
    expect({ report, steps: steps.length }).toEqual({
      report: 'I stopped: too many steps.',
      steps: 40,
    })
  })
})

test('an act that fails is told in one line, and the run goes on', async () => {
  const { brain, told } = brainOf((seen) => ({
    tool: 'select',
    index: named(seen, /^place order$/i),
    option: 'EUR',
  }))
  const { report } = await run(brain)
  expect(told[1]).toMatch(/^That failed: [^\n]+$/)
  expect(report).toBe('finished')
})

describe('with a model at OpenAI', () => {
  const says = { says: null, tool: 'done', index: null, text: null, submit: null, requestId: null }

  async function model() {
    const openai = await startFakeOpenAi()
    vi.stubEnv('OPENAI_API_KEY', openai.apiKey)
    vi.stubEnv('OPENAI_BASE_URL', openai.url)
    const close = async () => {
      vi.unstubAllEnvs()
      await openai.close()
    }
    return { openai, brain: await openaiBrain(), close }
  }

  test('what a person said reaches the model word for word', async () => {
    const { openai, brain, close } = await model()
    const { observation } = await look(page)
    const index = named(observation, /^place order$/i)
    openai.next(
      { says: { ...says, tool: 'click', index } },
      { says: { ...says, text: 'I stopped.' } },
    )
    const [{ report, steps }] = await Promise.all([run(brain), person('reject', 'wrong paper')])
    await close()
    const input = openai.requests[1]?.['input'] as { content: string }[]
    expect(input.at(-1)?.content).toContain(`\nLast result: ${steps[0]?.outcome?.forModel}\n`)
    expect(input.at(-1)?.content).toContain('REJECTED, not done: "wrong paper"')
    expect({ report, complaints: openai.complaints }).toEqual({
      report: 'I stopped.',
      complaints: [],
    })
    expect(shop.orders).toEqual([])
  })

  test('an answer that is garbage ends the run without an act', async () => {
    const { openai, brain, close } = await model()
    openai.next({ text: '{"tool":"click"' })
    const { report, steps } = await run(brain)
    await close()
    expect({ report, steps }).toEqual({ report: 'The model gave no usable answer.', steps: [] })
  })

  test('a service that refuses ends the run with its error, without an act', async () => {
    const { openai, brain, close } = await model()
    openai.next({ fails: 401 })
    await expect(run(brain)).rejects.toMatchObject({ status: 401 })
    await close()
    expect(shop.orders).toEqual([])
  })
})
