import { ownerOf } from '../../src/compose/holdpoint.ts'
import { expect, test } from './support/stage.ts'

test('the link signs in once, and the page shows evidence and decides without JavaScript', async ({
  desk,
  shop,
  agent,
  worker,
}) => {
  const { page } = agent
  await page.goto(shop.checkoutUrl)
  const acted = page.getByRole('button', { name: 'Place order' }).click()
  const request = await desk.nextHeld()
  const link = await ownerOf(desk.holdpoint).signInLink('desk', `/requests/${request.id}`)
  const context = await worker.browser.newContext({ javaScriptEnabled: false })
  const reviewer = await context.newPage()

  const stranger = await reviewer.goto(`${desk.holdpoint.url}/requests/${request.id}`)
  expect(stranger?.status()).toBe(401)
  await expect(reviewer.getByRole('button', { name: /Approve/ })).toHaveCount(0)
  await expect(reviewer.getByRole('img')).toHaveCount(0)

  await reviewer.goto(link)
  await reviewer.getByRole('button', { name: 'Sign in' }).click()
  await expect(reviewer.getByRole('heading', { level: 1 })).toHaveText(
    `Pay 182.40 EUR to ${new URL(shop.url).host}?`,
  )
  await expect(reviewer.getByRole('row', { name: /^Amount 182\.40 EUR/ })).toBeVisible()
  const picture = reviewer.getByRole('img').first()
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0)
  await reviewer.getByRole('button', { name: 'Approve 182.40 EUR' }).click()
  await acted
  expect(shop.orders).toHaveLength(1)
  await reviewer.reload()
  await expect(reviewer.getByText(/done: order 10042/).first()).toBeVisible()

  const again = await reviewer.goto(link)
  expect(again?.status()).toBe(200)
  await reviewer.getByRole('button', { name: 'Sign in' }).click()
  await expect(reviewer.getByRole('heading', { name: /has been used/ })).toBeVisible()
  await context.close()
})
