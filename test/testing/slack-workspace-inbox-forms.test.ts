import type { ModalView } from '@slack/types'
import type { WebClient } from '@slack/web-api'
import type { Browser, BrowserContextOptions, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SlackWorkspace } from '../../src/testing/slack-workspace/index.ts'
import { launchBrowser } from '../support/browser.ts'
import { openInbox } from './slack-workspace-browser.ts'
import { type InteractionReceiver, startAsked } from './slack-workspace-kit.ts'

let browser: Browser
let workspace: SlackWorkspace
let receiver: InteractionReceiver
let client: WebClient
let channel: string
let ts: string
let troubles: string[]

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

beforeEach(async () => {
  ;({ workspace, receiver, client, channel, ts } = await startAsked(Date.now))
  troubles = []
})
afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
  await workspace.close()
  await receiver.close()
  expect(troubles).toEqual([])
})

const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  colorScheme: 'dark',
}

const inbox = (address: string, options?: BrowserContextOptions): Promise<Page> =>
  openInbox(browser, `${workspace.url}${address}`, troubles, options)

const plain = (text: string) => ({ type: 'plain_text' as const, text })

const editModal: ModalView = {
  type: 'modal',
  title: plain('Edit HP-41'),
  submit: plain('Approve edited'),
  blocks: [
    {
      type: 'input',
      block_id: 'quantity',
      label: plain('Quantity'),
      element: {
        type: 'number_input',
        action_id: 'quantity',
        is_decimal_allowed: false,
        min_value: '1',
        max_value: '10',
        initial_value: '2',
        focus_on_load: true,
      },
    },
    {
      type: 'input',
      block_id: 'day',
      label: plain('Deliver on'),
      element: { type: 'datepicker', action_id: 'day', initial_date: '2026-11-27' },
    },
    {
      type: 'input',
      block_id: 'shipping',
      label: plain('Shipping'),
      element: {
        type: 'static_select',
        action_id: 'shipping',
        options: [
          { text: plain('Standard'), value: 'standard' },
          { text: plain('Express'), value: 'express' },
        ],
      },
    },
    {
      type: 'input',
      block_id: 'code',
      label: plain('Six digits'),
      element: { type: 'plain_text_input', action_id: 'code', min_length: 6, max_length: 6 },
    },
  ],
}

const openModal = async () => {
  const { payload } = await workspace.click('grace', ts, 'open')
  await client.views.open({ trigger_id: String(payload.trigger_id), view: editModal })
}

describe('a form with fields of several kinds', () => {
  test('it is filled and sent with the keyboard alone', async () => {
    await openModal()
    const page = await inbox('/?as=grace')
    const form = page.getByRole('dialog', { name: 'Edit HP-41' })
    await form.waitFor()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('quantity')
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('3')
    await page.keyboard.press('Tab')
    await page.keyboard.type('12012026')
    await form.getByRole('combobox', { name: 'Shipping' }).focus()
    await page.keyboard.type('Exp')
    await page.keyboard.press('Tab')
    await page.keyboard.type('012345')
    await page.keyboard.press('Enter')
    await form.waitFor({ state: 'detached' })
    expect(receiver.received.at(-1)?.payload).toMatchObject({
      type: 'view_submission',
      view: {
        state: {
          values: {
            quantity: { quantity: { type: 'number_input', value: '3' } },
            day: { day: { type: 'datepicker', selected_date: '2026-12-01' } },
            shipping: { shipping: { selected_option: { value: 'express' } } },
            code: { code: { type: 'plain_text_input', value: '012345' } },
          },
        },
      },
    })
  })

  test('what a field does not take is said below it, and nothing is sent', async () => {
    await openModal()
    const page = await inbox('/?as=grace')
    const form = page.getByRole('dialog', { name: 'Edit HP-41' })
    await form.getByRole('textbox', { name: 'Quantity' }).fill('11')
    await form.getByRole('button', { name: 'Approve edited' }).click()
    await form.getByText('Enter a number that is 10 or less').waitFor()
    expect(await form.getByText('Please complete this field').count()).toBe(2)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('quantity')
    expect(receiver.received.map(({ payload }) => payload.type)).toEqual(['block_actions'])
  })

  test('on a phone it fits, and fields and buttons are large enough for a thumb', async () => {
    await openModal()
    const page = await inbox('/?as=grace', PHONE)
    const form = page.getByRole('dialog', { name: 'Edit HP-41' })
    await form.waitFor()
    const boxes = await form
      .locator('input, select, .button')
      .evaluateAll((fields) => fields.map((field) => field.getBoundingClientRect().toJSON()))
    expect(boxes).toHaveLength(6)
    for (const { height, left, right } of boxes) {
      expect(height).toBeGreaterThanOrEqual(44)
      expect(left).toBeGreaterThanOrEqual(0)
      expect(right).toBeLessThanOrEqual(390)
    }
    const numeric = form.getByRole('textbox', { name: 'Quantity' })
    expect(await numeric.getAttribute('inputmode')).toBe('numeric')
  })

  test('what somebody has entered stays when something else happens', async () => {
    await openModal()
    const page = await inbox('/?as=grace')
    const code = page.getByRole('textbox', { name: 'Six digits' })
    await code.fill('0123')
    await client.chat.postMessage({ channel, text: 'meanwhile' })
    await page.locator('.messages').getByText('meanwhile').waitFor()
    expect(await code.inputValue()).toBe('0123')
  })
})

describe('a reply that was also sent to the channel', () => {
  const remind = () =>
    client.chat.postMessage({
      channel,
      thread_ts: ts,
      reply_broadcast: true,
      text: `<@${workspace.users.grace}> <@${workspace.users.ada}> 10 minutes left`,
    })

  test('it stands in both places, says so, and leads to its thread', async () => {
    await remind()
    const page = await inbox('/?as=ada', PHONE)
    const inChannel = page.locator('#messages').getByText('10 minutes left')
    await inChannel.waitFor()
    await page.getByText('replied to a thread:').getByRole('link').tap()
    const thread = page.getByRole('complementary', { name: 'Thread' })
    await thread.getByText('10 minutes left').waitFor()
    await thread.getByText('Also sent to the channel').waitFor()
    await thread.getByRole('heading', { name: 'Pay 182.40 EUR to shop.example?' }).waitFor()
  })

  test('of several people it mentions, the reader stands out', async () => {
    await remind()
    const page = await inbox('/?as=ada')
    const mentions = page.locator('#messages article').last().locator('.mention')
    await mentions.first().waitFor()
    expect(await mentions.allTextContents()).toEqual(['@Grace', '@Ada'])
    expect(
      await page.locator('#messages article').last().locator('.mention-you').allTextContents(),
    ).toEqual(['@Ada'])
  })
})
