// A tool of the OpenAI Agents SDK. `click` waits until a person has answered, and hands the answer to the model.
import { Agent, run, tool } from '@openai/agents'
import { createHoldpoint, guardContext, launchOptions, runAction } from 'holdpoint'
import { startSampleShop } from 'holdpoint/testing'
import { chromium } from 'playwright'
import { z } from 'zod'

const shop = await startSampleShop() // swap for your site
const shopUrl = process.env.SHOP_URL ?? shop.checkoutUrl
const task = `Buy what is in the cart at ${shopUrl}: open it and click "Place order". Report the order number.`

const holdpoint = await createHoldpoint() // prints where a person answers
const browser = await chromium.launch(await launchOptions(holdpoint))
const context = await browser.newContext()
const guarded = await guardContext(holdpoint, context, { agent: 'buyer', onBehalfOf: 'ada', task })
const page = await context.newPage()
// What a model needs to see; card data in the fields stays here.
const look = async () => (await page.locator('h1, h2, button').allInnerTexts()).join('\n')

const open = tool({
  name: 'open',
  description: 'Opens an address and tells what the page shows',
  parameters: z.object({ url: z.string() }),
  execute: async ({ url }) => {
    await page.goto(url)
    return look()
  },
})

const click = tool({
  name: 'click',
  description: 'Clicks a button by its name',
  parameters: z.object({ button: z.string() }),
  // Never by throwing: this SDK tells the model "Please try again" whatever the error was.
  execute: async ({ button }, _context, details) => {
    const outcome = await runAction(guarded, { signal: details?.signal }, () =>
      page.getByRole('button', { name: button }).click(),
    )
    // Empty when nothing was held: then the page is the answer.
    return outcome.forModel || look()
  },
})

const agent = new Agent({
  name: 'Shopper',
  model: process.env.OPENAI_MODEL ?? 'gpt-5-mini',
  instructions: 'You shop for Ada. What a tool answers in capitals is final: do as it says.',
  tools: [open, click],
})
const { finalOutput } = await run(agent, task)
console.log(finalOutput)

await browser.close()
await holdpoint.close()
await shop.close()
