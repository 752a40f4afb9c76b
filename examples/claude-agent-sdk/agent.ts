// A tool loop of the Claude Agent SDK. `canUseTool` says where the agent may go; what it does there waits for a
// person where Holdpoint holds it, and the answer goes to the model as the tool's result.
import { createSdkMcpServer, query, tool } from '@anthropic-ai/claude-agent-sdk'
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
const says = (text: string) => ({ content: [{ type: 'text' as const, text }] })
const stop = new AbortController() // aborting it withdraws the question

const open = tool('open', 'Opens an address', { url: z.string() }, async ({ url }) => {
  await page.goto(url)
  return says(await look())
})
const click = tool('click', 'Clicks a button', { button: z.string() }, async ({ button }) => {
  const outcome = await runAction(guarded, { signal: stop.signal }, () =>
    page.getByRole('button', { name: button }).click(),
  )
  // Empty when nothing was held: then the page is the answer.
  return says(outcome.forModel || (await look()))
})

const messages = query({
  prompt: task,
  options: {
    model: process.env.ANTHROPIC_MODEL ?? 'claude-sonnet-4-5',
    systemPrompt: 'You shop for Ada. What a tool answers in capitals is final: do as it says.',
    tools: [], // no shell: it would be a way round the guarded browser
    settingSources: [],
    mcpServers: { browser: createSdkMcpServer({ name: 'browser', tools: [open, click] }) },
    canUseTool: async (name, input) =>
      name === 'mcp__browser__click' || `${input.url}`.startsWith(`${new URL(shopUrl).origin}/`)
        ? { behavior: 'allow', updatedInput: input }
        : { behavior: 'deny', message: 'Only the shop may be opened.' },
    abortController: stop,
  },
})
for await (const message of messages) {
  if (message.type !== 'result') continue
  console.log(message.subtype === 'success' ? message.result : message.errors)
  break // ends Claude Code, which may wait for another task
}

await browser.close()
await holdpoint.close()
await shop.close()
