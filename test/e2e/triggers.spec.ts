import type { CheckoutFlow } from 'holdpoint/testing'
import type { Page } from 'playwright'
import { expect, heldBy, test } from './support/stage.ts'

/** One way to place an order. `act` does it; it may block until a person answers, or return at once. */
interface Trigger {
  readonly name: string
  readonly flow: CheckoutFlow
  act(page: Page): Promise<unknown>
  /** The page shows nothing of the order, so its outcome cannot be read. */
  readonly unread?: boolean
}

const PLACE = { name: /^Place order/ } as const

async function middleOf(page: Page): Promise<{ x: number; y: number }> {
  const button = page.getByRole('button', PLACE)
  await button.scrollIntoViewIfNeeded()
  const box = await button.boundingBox()
  if (box === null) throw new Error('the button has no box')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** In the page: sends the order form's fields by fetch, as a script of the page could. */
async function fetchOrder(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const form = [...document.forms].find((candidate) =>
      candidate.querySelector('[autocomplete="cc-number"]'),
    )
    if (form === undefined) throw new Error('no order form')
    const body = new URLSearchParams(new FormData(form) as never)
    await fetch(form.action, { method: 'POST', body }).catch(() => undefined)
  })
}

const TRIGGERS: readonly Trigger[] = [
  { name: 'page.click', flow: 'form', act: (page) => page.click('button:has-text("Place order")') },
  { name: 'locator.click', flow: 'form', act: (page) => page.getByRole('button', PLACE).click() },
  {
    name: 'elementHandle.click',
    flow: 'form',
    act: async (page) => (await page.getByRole('button', PLACE).elementHandle())?.click(),
  },
  {
    name: 'locator.press Enter',
    flow: 'form',
    act: (page) => page.getByLabel(/security code/i).press('Enter'),
  },
  {
    name: 'keyboard.press Enter',
    flow: 'enter-only',
    act: async (page) => {
      await page.getByLabel(/security code/i).focus()
      await page.keyboard.press('Enter')
    },
  },
  {
    name: 'mouse.click at coordinates',
    flow: 'form',
    act: async (page) => {
      const { x, y } = await middleOf(page)
      await page.mouse.click(x, y)
    },
  },
  {
    name: 'evaluate form.submit()',
    flow: 'form',
    act: (page) =>
      page.evaluate(() => {
        const form = [...document.forms].find((candidate) =>
          candidate.querySelector('[autocomplete="cc-number"]'),
        )
        form?.submit()
      }),
  },
  {
    name: 'evaluate button.click()',
    flow: 'form',
    act: (page) =>
      page.getByRole('button', PLACE).evaluate((button: HTMLElement) => button.click()),
  },
  { name: 'page-side fetch POST', flow: 'form', act: fetchOrder, unread: true },
  {
    name: 'click that fetches',
    flow: 'fetch',
    act: (page) => page.getByRole('button', PLACE).click(),
  },
  {
    name: 'link that buys by GET',
    flow: 'link',
    act: (page) => page.getByRole('link', PLACE).click(),
  },
  {
    name: 'evaluate link.click() that buys by GET',
    flow: 'link',
    act: (page) => page.getByRole('link', PLACE).evaluate((link: HTMLElement) => link.click()),
  },
  {
    name: '302 to the order endpoint',
    flow: 'redirect',
    act: (page) => page.getByRole('link', PLACE).click(),
  },
  {
    name: 'form.submit() into a new window',
    flow: 'form',
    act: (page) =>
      page.evaluate(() => {
        const form = [...document.forms].find((candidate) =>
          candidate.querySelector('[autocomplete="cc-number"]'),
        )
        if (form !== undefined) form.target = '_blank'
        form?.submit()
      }),
  },
  { name: 'popup', flow: 'popup', act: (page) => page.getByRole('button', PLACE).click() },
  {
    name: 'double-submit guard',
    flow: 'double-submit-guard',
    act: (page) => page.getByRole('button', PLACE).click(),
  },
  {
    name: 'evaluate requestSubmit() with a double-submit guard',
    flow: 'double-submit-guard',
    act: (page) =>
      page.evaluate(() => {
        const form = [...document.forms].find((candidate) =>
          candidate.querySelector('[autocomplete="cc-number"]'),
        )
        form?.requestSubmit()
      }),
  },
  {
    name: 'native confirm',
    flow: 'confirm',
    act: (page) => page.getByRole('button', PLACE).click(),
  },
  {
    name: 'validation XHR, order POST and beacon',
    flow: 'validated',
    act: (page) => page.getByRole('button', PLACE).click(),
  },
]

for (const trigger of TRIGGERS) {
  test(`${trigger.name}: held with one request, one effect after approval`, async ({
    desk,
    shop,
    agent,
  }) => {
    const { page } = agent
    await page.goto(shop.checkoutUrlFor(trigger.flow))
    const acted = trigger.act(page)
    const request = await heldBy(acted, desk)
    expect(request.title).toBe(`Pay 182.40 EUR to ${new URL(shop.url).host}`)
    expect(shop.orders).toHaveLength(0)
    await desk.approve(request.id)
    await acted
    expect(shop.orders).toHaveLength(1)
    expect(desk.held).toEqual([request.id])
    const { execution } = await desk.read(request.id)
    expect(execution.state).toBe(trigger.unread ? 'unverified' : 'succeeded')
    if (!trigger.unread) expect(execution.label).toBe('order 10042')
  })

  test(`${trigger.name}: no effect after a rejection`, async ({ desk, shop, agent }) => {
    const { page } = agent
    await page.goto(shop.checkoutUrlFor(trigger.flow))
    const acted = trigger.act(page).then(
      () => undefined,
      (error: unknown) => error,
    )
    const request = await heldBy(acted, desk)
    await desk.reject(request.id, 'too expensive')
    expect(await acted).toMatchObject({ code: 'HP_ERR_REJECTED' })
    expect(shop.orders).toHaveLength(0)
    expect(desk.held).toEqual([request.id])
  })
}
