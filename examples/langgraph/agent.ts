// A node of a LangGraph graph. `act` waits until a person has answered, and hands the answer to the model.
import { type AIMessage, type BaseMessage, ToolMessage } from '@langchain/core/messages'
import { END, MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { ChatOpenAI } from '@langchain/openai'
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

const model = new ChatOpenAI({ model: process.env.OPENAI_MODEL ?? 'gpt-5-mini' }).bindTools([
  { name: 'open', description: 'Opens an address', schema: z.object({ url: z.string() }) },
  { name: 'click', description: 'Clicks a button', schema: z.object({ button: z.string() }) },
])
const callsOf = (messages: BaseMessage[]) => (messages.at(-1) as AIMessage).tool_calls ?? []

const graph = new StateGraph(MessagesAnnotation)
  .addNode('think', async ({ messages }) => ({ messages: [await model.invoke(messages)] }))
  .addNode('act', async ({ messages }, { signal }) => {
    const results: ToolMessage[] = []
    for (const { id = '', name, args } of callsOf(messages)) {
      const outcome = await runAction(guarded, { signal }, async () => {
        if (name === 'open') await page.goto(args.url)
        else await page.getByRole('button', { name: args.button }).click()
      })
      // Empty when nothing was held: then the page is the answer.
      const content = outcome.forModel || (await look())
      results.push(new ToolMessage({ tool_call_id: id, content }))
    }
    return { messages: results }
  })
  .addEdge(START, 'think')
  .addConditionalEdges('think', ({ messages }) => (callsOf(messages).length > 0 ? 'act' : END))
  .addEdge('act', 'think')
  .compile()

const rules = 'You shop for Ada. What a tool answers in capitals is final: do as it says.'
const { messages } = await graph.invoke({
  messages: [
    ['system', rules],
    ['user', task],
  ],
})
console.log(messages.at(-1)?.text)

await browser.close()
await holdpoint.close()
await shop.close()
