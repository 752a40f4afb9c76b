import { type GuardedContext, HoldpointError, runAction } from 'holdpoint'
import type { Page } from 'playwright'
import { ownerOf } from '../../src/compose/holdpoint.ts'
import { expect, openAgent, openDesk, placeOrder, test } from './support/stage.ts'

const caught = (error: unknown): unknown => error

test.describe('what is held is never told as done, although the code that runs', () => {
  const SWALLOWERS: readonly {
    name: string
    run(page: Page, guarded: GuardedContext): Promise<unknown>
  }[] = [
    {
      name: 'swallows the error',
      run: (page) =>
        placeOrder(page)
          .click()
          .catch(() => 'clicked'),
    },
    {
      name: 'wraps the error',
      run: (page) =>
        placeOrder(page)
          .click()
          .catch((cause: unknown) => {
            throw new Error('tool failed, please try again', { cause })
          }),
    },
    {
      name: 'does not await the click',
      run: async (page) => {
        placeOrder(page).click().catch(caught)
        return 'clicked'
      },
    },
    {
      name: 'asks in a runAction of its own and forgets the outcome',
      run: async (page, guarded) => {
        await runAction(guarded, {}, () => placeOrder(page).click())
        return page.title()
      },
    },
  ]
  for (const { name, run } of SWALLOWERS) {
    test(name, async ({ desk, shop, agent: { page, guarded } }) => {
      await page.goto(shop.checkoutUrl)
      const outcome = runAction(guarded, {}, () => run(page, guarded))
      await desk.reject((await desk.nextHeld()).id, 'too expensive')
      expect(await outcome).toMatchObject({
        status: 'rejected',
        reason: 'too expensive',
        forModel: expect.stringMatching(/^REJECTED, not done: "too expensive"\. [^"]*$/),
      })
      expect(shop.orders).toHaveLength(0)
    })
  }

  test('swallows that nobody could be asked: that error is thrown', async ({
    desk,
    shop,
    agent: { page, guarded },
  }) => {
    await page.goto(shop.checkoutUrl)
    const { store } = ownerOf(desk.holdpoint).desk
    const { transaction } = store
    store.transaction = () =>
      Promise.reject(new HoldpointError('HP_ERR_STORE_UNAVAILABLE', 'the store does not answer'))
    try {
      await expect(
        runAction(guarded, {}, () =>
          placeOrder(page)
            .click()
            .catch(() => 'clicked'),
        ),
      ).rejects.toMatchObject({ code: 'HP_ERR_STORE_UNAVAILABLE' })
    } finally {
      store.transaction = transaction
    }
    expect(shop.orders).toHaveLength(0)
  })
})

test('an act that begins once the code has failed is taken back: nobody would hear of it', async ({
  desk,
  shop,
  agent: { page, guarded },
}) => {
  await page.goto(shop.checkoutUrl)
  let late: Promise<unknown> | undefined
  const failed = runAction(guarded, {}, async () => {
    setTimeout(() => {
      late = placeOrder(page).click().catch(caught)
    })
    throw new Error('the wait beside it failed')
  })
  await expect(failed).rejects.toThrow('the wait beside it failed')
  await expect.poll(() => late).toBeDefined()
  expect(await late).toMatchObject({ code: 'HP_ERR_WITHDRAWN' })
  expect(await ownerOf(desk.holdpoint).desk.store.count({ states: ['pending'] })).toBe(0)
  expect(shop.orders).toHaveLength(0)
})

test('what the code itself throws after the act is done is rethrown as it is', async ({
  desk,
  shop,
  agent: { page, guarded },
}) => {
  await page.goto(shop.checkoutUrl)
  const acted = runAction(guarded, {}, async () => {
    await placeOrder(page).click()
    throw new RangeError('no such element')
  }).catch(caught)
  await desk.approve((await desk.nextHeld()).id)
  expect(await acted).toBeInstanceOf(RangeError)
  expect(shop.orders).toHaveLength(1)
})

test.describe('one runAction that orders twice', () => {
  const twice = (page: Page, url: string) => async () => {
    await page.goto(url)
    await placeOrder(page).click()
    await page.goto(url)
    await placeOrder(page).click()
  }

  test('asks twice, and tells the model of both orders', async ({
    desk,
    shop,
    agent: { page, guarded },
  }) => {
    const outcome = runAction(guarded, {}, twice(page, shop.checkoutUrl))
    await desk.approve((await desk.nextHeld()).id)
    const second = await desk.nextHeld()
    await desk.approve(second.id)
    expect(await outcome).toMatchObject({
      status: 'succeeded',
      request: { id: second.id },
      forModel: 'DONE. Approved by a person; order 10042. DONE. Approved by a person; order 10043.',
    })
  })

  test('and whose second order is rejected does not hide the first', async ({
    desk,
    shop,
    agent: { page, guarded },
  }) => {
    const outcome = runAction(guarded, {}, twice(page, shop.checkoutUrl))
    await desk.approve((await desk.nextHeld()).id)
    const second = await desk.nextHeld()
    await desk.reject(second.id, 'one is enough')
    expect(await outcome).toMatchObject({
      status: 'rejected',
      request: { id: second.id },
      forModel: expect.stringMatching(
        /^DONE\. Approved by a person; order 10042\. REJECTED, not done: "one is enough"\./,
      ),
    })
    expect(shop.orders).toHaveLength(1)
  })
})

test('a loop over several items asks for each, and goes on after a rejection', async ({
  desk,
  shop,
  agent: { page, guarded },
}) => {
  const answers = ['approve', 'reject', 'approve'] as const
  const statuses: string[] = []
  for (const answer of answers) {
    await page.goto(shop.checkoutUrl)
    const outcome = runAction(guarded, {}, () => placeOrder(page).click())
    await desk[answer]((await desk.nextHeld()).id)
    statuses.push((await outcome).status)
  }
  expect(statuses).toEqual(['succeeded', 'rejected', 'succeeded'])
  expect(shop.orders).toHaveLength(2)
})

test('a runAction inside another one is taken back by the outer signal', async ({
  desk,
  shop,
  agent: { page, guarded },
}) => {
  await page.goto(shop.checkoutUrl)
  const stop = new AbortController()
  const outcome = runAction(guarded, { signal: stop.signal, says: 'the cheapest' }, async () => {
    const inner = await runAction(guarded, {}, () => placeOrder(page).click())
    return inner.status
  })
  const request = await desk.nextHeld()
  expect(request.says).toBe('the cheapest')
  stop.abort('out of time')
  expect(await outcome).toMatchObject({
    status: 'withdrawn',
    forModel: 'WITHDRAWN, not done: out of time. Start over if it is still needed.',
  })
})

test.describe('two runActions at once on one page', () => {
  test('with the same act ask once, order once, and both are told', async ({
    desk,
    shop,
    agent: { page, guarded },
  }) => {
    await page.goto(shop.checkoutUrl)
    const place = () => runAction(guarded, {}, () => placeOrder(page).click())
    const both = Promise.all([place(), place()])
    await desk.approve((await desk.nextHeld()).id)
    const done = { status: 'succeeded', forModel: 'DONE. Approved by a person; order 10042.' }
    expect(await both).toMatchObject([done, done])
    expect(desk.held).toHaveLength(1)
    expect(shop.orders).toHaveLength(1)
  })

  test('with different acts: the later one takes the earlier one back', async ({
    desk,
    shop,
    agent: { page, guarded },
  }) => {
    await page.goto(shop.checkoutUrl)
    const first = runAction(guarded, {}, () => placeOrder(page).click())
    await desk.nextHeld()
    const second = runAction(guarded, {}, async () => {
      await page.getByLabel(/recipient/i).fill('Office Hamburg')
      await placeOrder(page).click()
    })
    await desk.approve((await desk.nextHeld()).id)
    expect((await Promise.all([first, second])).map(({ status }) => status)).toEqual([
      'withdrawn',
      'succeeded',
    ])
    expect(shop.orders).toHaveLength(1)
  })
})

test('an act that was just rejected is refused with the same reason, and nobody is asked again', async ({
  shop,
  worker,
}) => {
  const desk = await openDesk({ askAgainAfterMs: 60_000 })
  const { page, guarded } = await openAgent(worker.browser, desk.holdpoint)
  await page.goto(shop.checkoutUrl)
  const place = () => runAction(guarded, {}, () => placeOrder(page).click())
  const first = place()
  const request = await desk.nextHeld()
  await desk.reject(request.id, 'too expensive')
  const rejected = { status: 'rejected', reason: 'too expensive', request: { id: request.id } }
  expect(await first).toMatchObject(rejected)
  const again = await place()
  expect(again).toMatchObject({ ...rejected, forModel: (await first).forModel })
  await expect(placeOrder(page).click()).rejects.toMatchObject({
    code: 'HP_ERR_REJECTED',
    message: again.forModel,
  })
  expect(desk.held).toEqual([request.id])
  await guarded.close()
  await desk.close()
})

test('a wrong option is refused by name, and nothing is run', async ({ agent: { guarded } }) => {
  const WRONG: readonly [string, object][] = [
    ['waitMs', { waitMs: 0 }],
    ['waitMs', { waitMs: Number.NaN }],
    ['waitMs', { waitMs: Number.POSITIVE_INFINITY }],
    ['signal', { signal: {} }],
    ['says', { says: 5 }],
    ['confidence', { confidence: 1.01 }],
    ['confidence', { confidence: Number.NaN }],
    ['timeout', { timeout: 5 }],
  ]
  let ran = 0
  for (const [option, given] of WRONG) {
    await expect(
      runAction(guarded, given, async () => {
        ran += 1
      }),
    ).rejects.toMatchObject({ code: 'HP_ERR_OPTION_INVALID', details: { option } })
  }
  expect(ran).toBe(0)
})
