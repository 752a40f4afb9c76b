import type { Browser, BrowserContextOptions, Page } from 'playwright'

/** An inbox page that is live. What goes wrong in it is added to `troubles`. */
export async function openInbox(
  browser: Browser,
  address: string,
  troubles: string[],
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text())
  })
  await page.goto(address)
  await page.locator('body[data-live]').waitFor()
  return page
}
