import type { WebClient } from '@slack/web-api'
import type { Browser, BrowserContextOptions, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type SlackWorkspace,
  startSlackWorkspace,
} from '../../src/testing/slack-workspace/index.ts'
import { launchBrowser } from '../support/browser.ts'
import { openInbox } from './slack-workspace-browser.ts'
import {
  clientFor,
  type InteractionReceiver,
  postPurchase,
  receiveInteractions,
  uploadPicture,
} from './slack-workspace-kit.ts'

let browser: Browser
let workspace: SlackWorkspace
let receiver: InteractionReceiver
let client: WebClient
let channel: string
let troubles: string[]

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

beforeEach(async () => {
  workspace = await startSlackWorkspace({ fileReadyDelayMs: 0 })
  receiver = await receiveInteractions(workspace.signingSecret)
  workspace.setInteractivityUrl(receiver.url)
  client = clientFor(workspace)
  channel = workspace.channelId
  troubles = []
})
afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
  await workspace.close()
  await receiver.close()
  // A broken Content-Security-Policy or a thrown error fails whichever test caused it.
  expect(troubles).toEqual([])
})

const inbox = (address: string, options?: BrowserContextOptions): Promise<Page> =>
  openInbox(browser, `${workspace.url}${address}`, troubles, options)

const post = (number?: string, picture?: string) => postPurchase(client, workspace, number, picture)

const approve = (page: Page) => page.getByRole('button', { name: 'Approve 182.40 EUR' })

describe('answering', () => {
  test('a click in the inbox arrives at the app with a signature that it can verify', async () => {
    const ts = await post()
    const page = await inbox('/?as=grace')
    await approve(page).click()
    await receiver.count(1)
    expect(receiver.received).toMatchObject([
      {
        genuine: true,
        fresh: true,
        payload: {
          type: 'block_actions',
          user: { id: workspace.users.grace },
          container: { message_ts: ts, channel_id: channel },
          actions: [{ action_id: 'approve', value: 'HP-41' }],
        },
      },
    ])
  })

  test('a menu is used with the keyboard, and moving along it chooses nothing', async () => {
    await post()
    const page = await inbox('/?as=ada')
    await page.getByRole('button', { name: 'Reject…' }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Escape')
    expect(receiver.received).toHaveLength(0)
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: 'Wrong item' }).focus()
    await page.keyboard.press('Enter')
    await receiver.count(1)
    expect(receiver.received[0]?.payload).toMatchObject({
      user: { id: workspace.users.ada },
      actions: [{ action_id: 'reject', selected_option: { value: 'wrong-item' } }],
    })
  })

  test('a confirm dialog must be confirmed first', async () => {
    const plain = (text: string) => ({ type: 'plain_text' as const, text })
    const button = {
      type: 'button' as const,
      style: 'danger' as const,
      text: plain('Approve deletion'),
      action_id: 'approve',
      confirm: {
        title: plain('Delete 37 invoices?'),
        text: plain('Holdpoint cannot undo it.'),
        confirm: plain('Delete'),
        deny: plain('Keep'),
      },
    }
    await client.chat.postMessage({
      channel,
      text: 'x',
      blocks: [{ type: 'actions', elements: [button] }],
    })
    const page = await inbox('/')
    await page.getByRole('button', { name: 'Approve deletion' }).click()
    await page.getByRole('dialog', { name: 'Delete 37 invoices?' }).waitFor()
    await page.getByRole('button', { name: 'Keep' }).click()
    await page.getByRole('button', { name: 'Approve deletion' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await receiver.count(1)
    expect(receiver.received).toHaveLength(1)
  })

  test('an app that does not answer within three seconds is shown at the message', async () => {
    await post()
    receiver.hang()
    const page = await inbox('/?as=grace')
    await approve(page).click()
    await page.getByRole('alert').filter({ hasText: 'Holdpoint didn’t respond' }).waitFor()
  })

  test('a modal opens, shows the errors of the app, and closes when it is accepted', async () => {
    await post()
    const page = await inbox('/?as=grace')
    await page.getByRole('button', { name: 'Open' }).click()
    await receiver.count(1)
    await client.views.open({
      trigger_id: String(receiver.received[0]?.payload.trigger_id),
      view: {
        type: 'modal',
        title: { type: 'plain_text', text: 'Reject HP-41' },
        submit: { type: 'plain_text', text: 'Reject' },
        blocks: [
          {
            type: 'input',
            block_id: 'reason',
            label: { type: 'plain_text', text: 'Why?' },
            element: { type: 'plain_text_input', action_id: 'text', focus_on_load: true },
          },
        ],
      },
    })
    const dialog = page.getByRole('dialog', { name: 'Reject HP-41' })
    const submit = dialog.getByRole('button', { name: 'Reject' })
    await submit.click()
    await dialog.getByText('Please complete this field').waitFor()
    receiver.answerWith(200, '{"response_action":"errors","errors":{"reason":"Say more"}}')
    await dialog.getByRole('textbox', { name: 'Why?' }).fill('dear')
    await submit.click()
    await dialog.getByText('Say more').waitFor()
    receiver.answerWith(200)
    await submit.click()
    await dialog.waitFor({ state: 'detached' })
    expect(receiver.received.at(-1)?.payload).toMatchObject({
      view: { state: { values: { reason: { text: { value: 'dear' } } } } },
    })
  })

  test('another page may neither click here nor frame the inbox', async () => {
    const ts = await post()
    const response = await fetch(`${workspace.url}/inbox/click`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://shop.example' },
      body: JSON.stringify({ as: 'grace', target: ts, action: 'approve' }),
    })
    expect(response.status).toBe(403)
    expect(workspace.deliveries()).toHaveLength(0)
    const policy = (await fetch(workspace.url)).headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
  })
})

describe('showing', () => {
  test('the address of a request brings its message into view, highlighted', async () => {
    await post('HP-1', await uploadPicture(client))
    for (let filler = 0; filler < 30; filler += 1) workspace.say('ada', `line ${filler}`)
    const page = await inbox('/HP-1')
    expect(new URL(page.url()).search).toBe('?find=HP-1')
    expect(await page.locator('.highlighted').count()).toBe(1)
    const inView = await page.locator('.highlighted').evaluate((item) => {
      const { top, bottom } = item.getBoundingClientRect()
      return top >= 0 && bottom <= innerHeight
    })
    expect(inView).toBe(true)
    expect(await page.locator('.highlighted').evaluate((item) => item.ariaCurrent)).toBe('true')
    await page.getByRole('img', { name: 'The order at shop.example' }).first().waitFor()
  })

  test('a request that is not there yet is shown as soon as it comes', async () => {
    const page = await inbox('/HP-7')
    await page.getByText('No message about HP-7 yet').waitFor()
    await post('HP-7')
    await page.locator('.highlighted').waitFor()
    expect(await page.getByText('No message about HP-7 yet').count()).toBe(0)
  })

  test('edits, replies and new messages appear by themselves, and the focus stays', async () => {
    const ts = await post()
    const page = await inbox('/?as=grace')
    await page.getByRole('button', { name: 'Open' }).focus()
    await client.chat.postMessage({ channel, text: 'the full picture', thread_ts: ts })
    await page.getByRole('link', { name: /1 reply/ }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Open')
    await client.chat.update({ channel, ts, text: '✅ Order 10042 placed' })
    await page.getByText('Order 10042 placed').waitFor()
    expect(await approve(page).count()).toBe(0)
  })

  test('an ephemeral message is shown to its reader alone', async () => {
    await post()
    const [mallory, ada] = [await inbox('/?as=mallory'), await inbox('/?as=ada')]
    await client.chat.postEphemeral({
      channel,
      user: workspace.users.mallory,
      text: 'Only Grace or Finance may answer HP-41. Nothing changed.',
    })
    await mallory.getByText('Only visible to you').waitFor()
    await client.chat.postMessage({ channel, text: 'later' })
    await ada.locator('.messages').getByText('later').waitFor()
    expect(await ada.getByText('Only visible to you').count()).toBe(0)
  })

  test('one can look at it as somebody else', async () => {
    const page = await inbox('/?as=grace')
    await page.getByLabel('Viewing as').selectOption('Mallory')
    await page.waitForURL(/as=mallory/)
    expect(await page.getByLabel('Viewing as').inputValue()).toBe('mallory')
  })

  test('a thread opens beside the channel, with a reply from the keyboard', async () => {
    const ts = await post()
    await client.chat.postMessage({ channel, text: 'the full picture', thread_ts: ts })
    const page = await inbox('/?as=grace')
    await page.getByRole('link', { name: /1 reply/ }).click()
    const thread = page.getByRole('complementary', { name: 'Thread' })
    await thread.getByText('the full picture').waitFor()
    // The buttons are there once, in the channel, so that a name finds one button.
    expect(await approve(page).count()).toBe(1)
    await thread.getByRole('textbox', { name: 'Reply…' }).fill('looks <!channel> right')
    await page.keyboard.press('Enter')
    await thread.getByText('looks <!channel> right').waitFor()
    await page.keyboard.press('Escape')
    await thread.waitFor({ state: 'detached' })
  })

  test('text of a page never becomes an element, and no image is loaded from elsewhere', async () => {
    const nasty = '"><img src=x onerror=alert(1)><script>alert(1)</script> <!channel> *x*'
    await client.chat.postMessage({
      channel,
      text: nasty,
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: nasty } },
        { type: 'section', text: { type: 'plain_text', text: nasty } },
        { type: 'image', image_url: 'https://evil.example/x.png', alt_text: nasty },
      ],
    })
    const page = await inbox('/')
    expect(await page.locator('.messages img, .messages script, .messages .mention').count()).toBe(
      0,
    )
    expect(await page.getByRole('heading', { level: 3 }).textContent()).toBe(nasty)
  })

  test('dates are shown in the time zone of the reader', async () => {
    await post()
    const page = await inbox('/', { timezoneId: 'America/New_York' })
    await page.getByText('answer by 11:30').waitFor()
    const other = await inbox('/', { timezoneId: 'Asia/Tokyo' })
    await other.getByText('answer by 01:30').waitFor()
  })

  test('on a phone the thread covers the channel and the buttons are large', async () => {
    const ts = await post('HP-41', await uploadPicture(client))
    await client.chat.postMessage({ channel, text: 'the full picture', thread_ts: ts })
    const page = await inbox('/HP-41', {
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
      colorScheme: 'dark',
    })
    const box = await approve(page).boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(44)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await page.getByRole('link', { name: /1 reply/ }).tap()
    await page.getByRole('complementary', { name: 'Thread' }).waitFor()
    expect(await approve(page).count()).toBe(0)
    await page.getByRole('link', { name: 'Close thread' }).tap()
    await approve(page).tap()
    await receiver.count(1)
  })
})
