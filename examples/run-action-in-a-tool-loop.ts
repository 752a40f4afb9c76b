// An agent's tools: what a person decided comes back as text for the model, never as an exception,
// as several SDKs turn an exception into "please try again".
import { createHoldpoint, guardContext, launchOptions, runAction } from 'holdpoint'
import { startSampleShop } from 'holdpoint/testing'
import { chromium } from 'playwright'

const shop = await startSampleShop()
const holdpoint = await createHoldpoint()
const browser = await chromium.launch(await launchOptions(holdpoint))
const context = await browser.newContext()
const guarded = await guardContext(holdpoint, context, { agent: 'shopper', onBehalfOf: 'ada' })
const page = await context.newPage()

const tools = {
  async open(url: string): Promise<string> {
    await page.goto(url)
    return page.getByRole('heading').first().innerText()
  },
  async click(name: string, signal: AbortSignal): Promise<string> {
    const outcome = await runAction(guarded, { signal, says: 'the cheapest in stock' }, () =>
      page.getByRole('button', { name }).click(),
    )
    // Empty when nothing was held: then the page is the answer.
    return outcome.forModel || page.getByRole('heading').first().innerText()
  },
}

// Your model stands here; this one knows its two calls by heart.
const stop = new AbortController()
const calls = [
  () => tools.open(shop.checkoutUrl),
  () => tools.click('Place order', stop.signal), // aborting the signal withdraws the question
]
for (const call of calls) console.log(await call())

await browser.close()
await holdpoint.close()
await shop.close()
