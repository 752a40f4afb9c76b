// The same checkout, asked about in Slack. The configuration is the owner's file beside this one.
import { createHoldpoint, guardContext, launchOptions } from 'holdpoint'
import { startSampleShop } from 'holdpoint/testing'
import { chromium } from 'playwright'
import config from './holdpoint.config.ts'

const shop = await startSampleShop()
// A fixed port, so that the tunnel that Slack calls back through can be set up once.
const holdpoint = await createHoldpoint({ config, port: 4310 })
const browser = await chromium.launch(await launchOptions(holdpoint))
const context = await browser.newContext()
await guardContext(holdpoint, context, { agent: 'shopper', onBehalfOf: 'ada' })

const page = await context.newPage()
await page.goto(shop.checkoutUrl)
await page.getByRole('button', { name: 'Place order' }).click() // held until Grace clicks in Slack

await browser.close()
await holdpoint.close()
await shop.close()
