import { expect, test } from './support/stage.ts'

test('search, log-in, add to cart, a coupon and analytics are not held', async ({
  desk,
  shop,
  agent,
}) => {
  const { page } = agent
  await page.goto(shop.url)
  await page.getByRole('searchbox').fill('paper')
  await page.getByRole('searchbox').press('Enter')
  await expect(page.getByRole('heading', { name: /results/i })).toBeVisible()

  await page
    .getByRole('button', { name: /add to cart/i })
    .first()
    .click()
  await page.getByRole('link', { name: /cart/i }).first().click()
  await expect(page.getByText(/total/i).first()).toBeVisible()

  await page.goto(`${shop.url}/login`)
  await page
    .getByLabel(/e-?mail/i)
    .first()
    .fill('ada@example.com')
  await page.getByLabel(/password/i).fill('quire')
  await page.getByRole('button', { name: /log in/i }).click()
  await expect(page.getByText(/log out/i).first()).toBeVisible()

  await page.goto(shop.checkoutUrl)
  await page.getByLabel(/coupon/i).fill('WELCOME10')
  await page.getByRole('button', { name: /apply/i }).click()
  await expect(page.getByText(/welcome10/i).first()).toBeVisible()

  await expect
    .poll(() => shop.requests.filter((request) => request.path === '/collect').length)
    .toBeGreaterThan(0)
  expect(desk.held).toEqual([])
  expect(shop.orders).toHaveLength(0)
})

test('a context that nobody guards passes in the same browser', async ({ desk, shop, worker }) => {
  const context = await worker.browser.newContext()
  const page = await context.newPage()
  await page.goto(shop.checkoutUrl)
  await page.getByRole('button', { name: 'Place order' }).click()
  await shop.waitForOrder(1)
  expect(desk.held).toEqual([])
  await context.close()
})
