import { awaitOutcome, type GuardedContext, runAction } from 'holdpoint'
import type { Page } from 'playwright'
import { type Desk, expect, openAgent, openDesk, test } from './support/stage.ts'

/** Sends the order form by a script: a navigation, which is stopped and kept. */
async function submit(page: Page): Promise<void> {
  await page.evaluate(() =>
    document.querySelector<HTMLFormElement>('form[id*="checkout"]')?.submit(),
  )
}

/** Sends the same by `fetch`, which is held in place and does not come back until it is answered. */
async function send(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const form = document.querySelector<HTMLFormElement>('form[id*="checkout"]')
    if (form === null) throw new Error('no order form')
    const body = new URLSearchParams(new FormData(form) as never)
    await fetch(form.action, { method: 'POST', body }).catch(() => undefined)
  })
}

async function left(guarded: GuardedContext, desk: Desk, act: () => Promise<void>) {
  const outcome = await runAction(guarded, { waitMs: 300 }, act)
  expect(outcome.status).toBe('held')
  const request = await desk.nextHeld()
  expect(outcome.forModel).toContain(`Call wait_for_approval("${request.id}")`)
  return request.id
}

for (const [name, act] of [
  ['a form that a script sends', submit],
  ['a fetch of the page', send],
] as const) {
  test.describe(`waitMs leaves the question about ${name} standing:`, () => {
    test('it is waited for again, and done once it is approved', async ({
      desk,
      shop,
      agent: { page, guarded },
    }) => {
      await page.goto(shop.checkoutUrl)
      const id = await left(guarded, desk, () => act(page))
      expect(await awaitOutcome(guarded, id, { waitMs: 50 })).toMatchObject({ status: 'held' })
      const ended = awaitOutcome(guarded, id)
      await desk.approve(id)
      expect((await ended).status).toMatch(/succeeded|unverified/)
      expect(shop.orders).toHaveLength(1)
      expect(desk.held).toEqual([id])
    })

    test('approved while nobody waits it is done, and whoever asks later hears so', async ({
      desk,
      shop,
      agent: { page, guarded },
    }) => {
      await page.goto(shop.checkoutUrl)
      const id = await left(guarded, desk, () => act(page))
      await desk.approve(id)
      await shop.waitForOrder(1)
      await expect
        .poll(async () => (await desk.read(id)).execution.state)
        .toMatch(/succeeded|unverified/)
      expect((await awaitOutcome(guarded, id)).forModel).toMatch(/^(DONE|SENT after approval)/)
      expect(shop.orders).toHaveLength(1)
    })

    test('the clocks of the tab run again', async ({ desk, shop, agent: { page, guarded } }) => {
      await page.goto(shop.checkoutUrl)
      const id = await left(guarded, desk, () => act(page))
      await expect(page.waitForSelector('#never', { timeout: 500 })).rejects.toThrow(
        'Timeout 500ms exceeded',
      )
      expect((await desk.read(id)).state).toBe('pending')
    })

    test('it is taken back by the signal of who waits again, and by the closing of its page', async ({
      desk,
      shop,
      agent: { page, guarded },
    }) => {
      await page.goto(shop.checkoutUrl)
      const first = await left(guarded, desk, () => act(page))
      const stop = new AbortController()
      const ended = awaitOutcome(guarded, first, { signal: stop.signal })
      stop.abort('no longer needed')
      expect(await ended).toMatchObject({
        status: 'withdrawn',
        forModel: expect.stringContaining('no longer needed'),
      })
      const second = await left(guarded, desk, () => act(page))
      await page.close()
      await expect.poll(async () => (await desk.read(second)).state).toBe('withdrawn')
      expect(await awaitOutcome(guarded, second)).toMatchObject({
        status: 'withdrawn',
        forModel: expect.stringContaining('the page was closed'),
      })
      expect(shop.orders).toHaveLength(0)
    })
  })
}

test('a fetch is held in place for as long as the policy says, and then withdrawn', async ({
  shop,
  worker,
}) => {
  const desk = await openDesk({ holdInPlaceMs: 1_000 })
  const { page, guarded } = await openAgent(worker.browser, desk.holdpoint)
  await page.goto(shop.checkoutUrl)
  expect(await runAction(guarded, {}, () => send(page))).toMatchObject({
    status: 'withdrawn',
    forModel: expect.stringContaining('its page could not be kept waiting any longer'),
  })
  expect(shop.orders).toHaveLength(0)
  await guarded.close()
  await desk.close()
})
