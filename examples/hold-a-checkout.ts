import { createHoldpoint, guardContext, launchOptions } from 'holdpoint'
import { startSampleShop } from 'holdpoint/testing' // swap for your site
import { chromium } from 'playwright'

const shop = await startSampleShop()
const holdpoint = await createHoldpoint() // data in .holdpoint/; prints where to answer
const browser = await chromium.launch(await launchOptions(holdpoint))
const context = await browser.newContext()
await guardContext(holdpoint, context, {
  agent: 'shopper',
  onBehalfOf: 'ada',
  task: 'Buy printer paper',
})

const page = await context.newPage()
await page.goto(shop.checkoutUrl)
await page.getByRole('button', { name: 'Place order' }).click() // held until a person approves
console.log(await page.getByRole('heading').innerText()) // Thank you, order 10042

await browser.close()
await holdpoint.close()
await shop.close()
