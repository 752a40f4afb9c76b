// A step of a Mastra workflow that an agent has as its tool. `placeOrder` waits until a person has answered; the
// answer is its result, for the steps after it and for the model.
import { Agent } from '@mastra/core/agent'
import { createStep, createWorkflow } from '@mastra/core/workflows'
import { createHoldpoint, guardContext, launchOptions, runAction } from 'holdpoint'
import { startSampleShop } from 'holdpoint/testing'
import { chromium } from 'playwright'
import { z } from 'zod'

const shop = await startSampleShop() // swap for your site
const shopUrl = process.env.SHOP_URL ?? shop.checkoutUrl
const task = `Buy what is in the cart at ${shopUrl}, and report the order number.`

const holdpoint = await createHoldpoint() // prints where a person answers
const browser = await chromium.launch(await launchOptions(holdpoint))
const context = await browser.newContext()
const guarded = await guardContext(holdpoint, context, { agent: 'buyer', onBehalfOf: 'ada', task })
const page = await context.newPage()

const checkout = z.object({ url: z.string() })
const answer = z.object({ answer: z.string() })

const placeOrder = createStep({
  id: 'place-order',
  inputSchema: checkout,
  outputSchema: answer,
  // A person's "no" is a result: an exception would be tried again by a workflow that has `retries`.
  execute: async ({ inputData, abortSignal }) => {
    await page.goto(inputData.url)
    const outcome = await runAction(guarded, { signal: abortSignal }, () =>
      page.getByRole('button', { name: 'Place order' }).click(),
    )
    // Empty when nothing was held: then the page is the answer.
    return { answer: outcome.forModel || (await page.locator('h1').innerText()) }
  },
})

const order = createWorkflow({
  id: 'order',
  description: 'Places the order of a checkout page, once a person agrees',
  inputSchema: checkout,
  outputSchema: answer,
})
  .then(placeOrder)
  .commit()

const agent = new Agent({
  id: 'buyer',
  name: 'Buyer',
  model: `openai/${process.env.OPENAI_MODEL ?? 'gpt-5-mini'}`,
  instructions: 'You shop for Ada. What a tool answers in capitals is final: do as it says.',
  workflows: { order },
})
const { text } = await agent.generate(task)
console.log(text)

await browser.close()
await holdpoint.close()
await shop.close()
