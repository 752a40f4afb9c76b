import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import {
  createHoldpoint,
  defineConfig,
  definePolicy,
  launchOptions,
  type Outcome,
  runAction,
} from 'holdpoint'
import { slackChannel } from 'holdpoint/slack'
import { startSlackWorkspace } from 'holdpoint/testing'
import type { Page } from 'playwright'
import type { ApprovalRequest } from '../../src/core/request.ts'
import { type EditShop, type Manner, startEditShop } from './support/edit-shop.ts'
import {
  type Agent,
  test as base,
  type Desk,
  expect,
  heldBy,
  openAgent,
  placeOrder,
} from './support/stage.ts'

const test = base.extend<{ editShop: EditShop }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for a pattern
  editShop: async ({}, use) => {
    const shop = await startEditShop()
    await use(shop)
    await shop.close()
  },
})

interface Held {
  readonly request: ApprovalRequest
  readonly outcome: Promise<Outcome<void>>
}

async function held(agent: Agent, desk: Desk, url: string, button: string): Promise<Held> {
  await agent.page.goto(url)
  const click = (page: Page) => page.getByRole('button', { name: button }).click()
  const outcome = runAction(agent.guarded, {}, () => click(agent.page))
  return { request: await heldBy(outcome, desk), outcome }
}

const heldOrder = (agent: Agent, desk: Desk, shop: EditShop, manner: Manner): Promise<Held> =>
  held(agent, desk, shop.checkoutUrl(manner), 'Place order')

for (const manner of ['page', 'server'] as const) {
  test(`approved with quantity 2 → 1, counted by the ${manner}: one order of the lower total`, async ({
    desk,
    agent,
    editShop,
  }) => {
    const { request, outcome } = await heldOrder(agent, desk, editShop, manner)
    expect(request.evidence.editable).toEqual([
      {
        name: 'quantity',
        label: 'Quantity',
        value: '2',
        type: 'number',
        min: 1,
        max: 2,
        isQuantity: true,
      },
    ])
    await desk.approve(request.id, { quantity: '1' })
    const ended = await outcome
    expect(ended).toMatchObject({
      status: 'succeeded',
      edited: [{ field: 'quantity', before: '2', after: '1' }],
      forModel:
        'DONE, with changes by the reviewer: quantity 2 → 1, total 91.20 EUR; order 10042. Report these figures.',
    })
    expect(editShop.sent).toEqual([{ quantity: '1', cart: 'c-1' }])
  })
}

test('approved as it is: nothing is typed', async ({ desk, agent, editShop }) => {
  const { request, outcome } = await heldOrder(agent, desk, editShop, 'raise')
  await desk.approve(request.id, { quantity: '2' })
  expect(await outcome).toMatchObject({ status: 'succeeded', edited: [] })
  expect(editShop.sent).toEqual([{ quantity: '2', cart: 'c-1' }])
})

const HOSTILE: readonly (readonly [Manner, string, string])[] = [
  ['raise', 'raises the total', 'total 182.40 → 300.00 EUR'],
  ['dearer', 'raises the price of each', 'price of Printer paper A4 91.20 → 150.00 EUR'],
  ['deaf', 'takes the old value back', 'quantity 1 → 2'],
  ['hidden', 'changes another field', 'form field "cart" as shown → changed'],
  ['orders', 'orders by itself', 'request none before the act → POST'],
]
for (const [manner, what, change] of HOSTILE) {
  test(`a page that ${what} when it is edited sends nothing, and is asked about as it then stands`, async ({
    desk,
    agent,
    editShop,
  }) => {
    const { request, outcome } = await heldOrder(agent, desk, editShop, manner)
    await desk.approve(request.id, { quantity: '1' })
    const ended = await outcome
    expect(ended.status).toBe('drifted')
    expect(ended.forModel).toContain(change)
    expect(editShop.sent).toEqual([])
    const next = await desk.nextHeld()
    expect(next.follows?.requestId).toBe(request.id)
    expect((await desk.read(request.id)).execution.state).toBe('refused')
  })
}

for (const [what, script] of [
  ['has gone', 'field.remove()'],
  // The terms stay as they are.
  ['takes nothing any more', 'field.readOnly = true'],
] as const) {
  test(`an edit whose field ${what} sends nothing`, async ({ desk, agent, editShop }) => {
    const { request, outcome } = await held(agent, desk, editShop.visitUrl, 'Send request')
    await agent.page.evaluate(
      `{ const field = document.querySelector('[name=message]'); ${script} }`,
    )
    await desk.approve(request.id, { message: 'Please knock' })
    const ended = await outcome
    expect(ended.status).toBe('drifted')
    expect(ended.forModel).toContain('Message Please')
    expect(editShop.sent).toEqual([])
  })
}

test('a form goes out with the texts, dates and choices that the reviewer put in', async ({
  desk,
  agent,
  editShop,
}) => {
  const { request, outcome } = await held(agent, desk, editShop.visitUrl, 'Send request')
  expect(request.evidence.editable?.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'day date',
    'slot choice',
    'message text',
  ])
  await desk.approve(request.id, { day: '2026-12-03', slot: 'pm', message: 'Please knock' })
  const ended = await outcome
  expect(ended.forModel).toContain(
    'with changes by the reviewer: Day 2026-12-01 → 2026-12-03, Time of day Morning → Afternoon, Message Please ring twice → Please knock',
  )
  expect(editShop.sent).toEqual([
    {
      full_name: 'Ada Lovelace',
      email: 'ada@example.com',
      day: '2026-12-03',
      slot: 'pm',
      message: 'Please knock',
    },
  ])
})

test('the old card of a refused edit does nothing any more, and the act joins the new question', async ({
  desk,
  agent,
  editShop,
}) => {
  const { request, outcome } = await heldOrder(agent, desk, editShop, 'dearer')
  await desk.approve(request.id, { quantity: '1' })
  await outcome
  const next = await desk.nextHeld()
  await expect(desk.approve(request.id, { quantity: '1' })).rejects.toMatchObject({
    code: 'HP_ERR_REQUEST_CLOSED',
  })
  const again = runAction(agent.guarded, {}, () => placeOrder(agent.page).click())
  await desk.approve(next.id)
  expect(await again).toMatchObject({ status: 'succeeded', edited: [] })
  expect(next.terms).toMatchObject({ amount: { amountMinor: 15_000 }, quantity: 1 })
  expect(editShop.sent).toEqual([{ quantity: '1', cart: 'c-1' }])
})

test('a question that was left standing is changed when the act is repeated', async ({
  worker,
  desk,
  editShop,
}) => {
  const { page, guarded } = await openAgent(worker.browser, desk.holdpoint)
  await page.goto(editShop.checkoutUrl('page'))
  const act = (waitMs?: number) =>
    runAction(guarded, waitMs === undefined ? {} : { waitMs }, () => placeOrder(page).click())
  expect((await act(1)).status).toBe('held')
  const request = await desk.nextHeld()
  await desk.approve(request.id, { quantity: '1' })
  expect(await act()).toMatchObject({
    status: 'succeeded',
    edited: [{ field: 'quantity', before: '2', after: '1' }],
  })
  expect(editShop.sent).toEqual([{ quantity: '1', cart: 'c-1' }])
  await guarded.close()
})

test('a plain guarded call is changed as well', async ({ desk, agent, editShop }) => {
  await agent.page.goto(editShop.checkoutUrl('page'))
  const clicked = placeOrder(agent.page).click()
  const request = await heldBy(clicked, desk)
  await desk.approve(request.id, { quantity: '1' })
  await clicked
  expect(editShop.sent).toEqual([{ quantity: '1', cart: 'c-1' }])
})

test('a request that is held in the network offers nothing', async ({ desk, agent, editShop }) => {
  await agent.page.goto(editShop.checkoutUrl('page'))
  const acted = agent.page.evaluate(() => document.querySelector('form')?.requestSubmit())
  const request = await heldBy(acted, desk)
  expect(request.evidence.editable).toBeUndefined()
  await expect(desk.approve(request.id, { quantity: '1' })).rejects.toMatchObject({
    code: 'HP_ERR_EDIT_INVALID',
  })
  await desk.reject(request.id)
  await expect(acted).rejects.toThrow('REJECTED')
  expect(editShop.sent).toEqual([])
})

test('a field that was not offered is refused, and the question stands', async ({
  desk,
  agent,
  editShop,
}) => {
  const { request, outcome } = await held(agent, desk, editShop.visitUrl, 'Send request')
  for (const values of [{ email: 'eve@example.com' }, { day: '2027-01-01' }, { slot: 'night' }]) {
    await expect(desk.approve(request.id, values)).rejects.toMatchObject({
      code: 'HP_ERR_EDIT_INVALID',
      details: { field: Object.keys(values)[0] },
    })
  }
  expect((await desk.read(request.id)).state).toBe('pending')
  await desk.reject(request.id)
  expect((await outcome).status).toBe('rejected')
  expect(editShop.sent).toEqual([])
})

test('from Slack: Edit… changes the quantity, the order goes out so, and the card says it', async ({
  editShop,
}) => {
  const slack = await startSlackWorkspace({ fileReadyDelayMs: 0 })
  const dataDir = await mkdtemp(join(tmpdir(), 'holdpoint-edits-'))
  const { botToken, signingSecret, channelId, teamId, apiUrl: slackApiUrl, users } = slack
  const holdpoint = await createHoldpoint({
    dataDir,
    config: defineConfig({
      channels: [slackChannel({ botToken, signingSecret, channelId, teamId, slackApiUrl })],
      reviewers: { grace: { name: 'Grace', slack: users.grace }, ada: { name: 'Ada' } },
      policy: definePolicy({ reviewers: ['grace'], allowEdits: true }),
    }),
  })
  const browser = await chromium.launch(await launchOptions(holdpoint))
  try {
    slack.setInteractivityUrl(`${holdpoint.url}/callbacks/slack`)
    const { page, guarded } = await openAgent(browser, holdpoint)
    await page.goto(editShop.checkoutUrl('server'))
    const outcome = runAction(guarded, {}, () => placeOrder(page).click())
    const card = () => slack.messages(channelId)[0]
    const blocks = () => JSON.stringify(card()?.blocks ?? [])
    await expect.poll(blocks, { timeout: 20_000 }).toContain('hp_edit')
    await slack.click('grace', card()?.ts ?? '', 'hp_edit')
    const [form] = slack.views(users.grace)
    await slack.submitView('grace', form?.id ?? '', { 'hp_edit_block.0': '1' })
    expect((await outcome).forModel).toContain('quantity 2 → 1, total 91.20 EUR')
    expect(editShop.sent).toEqual([{ quantity: '1', cart: 'c-1' }])
    await expect.poll(blocks).toContain('Order 10042 placed with changes: quantity 2 → 1')
    await guarded.close()
  } finally {
    await browser.close()
    await holdpoint.close()
    await slack.close()
    await rm(dataDir, { recursive: true, force: true })
  }
})
