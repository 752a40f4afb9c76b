// A `Computer` of the OpenAI Agents SDK: the model sees pictures and answers with coordinates. What a person
// answered cannot stand in a picture, so it is put beside it.
import { Agent, type Computer, computerTool, run, system } from '@openai/agents'
import { createHoldpoint, guardContext, launchOptions, runAction } from 'holdpoint'
import { startSampleShop } from 'holdpoint/testing'
import { chromium } from 'playwright'

const shop = await startSampleShop() // swap for your site
const shopUrl = process.env.SHOP_URL ?? shop.checkoutUrl
const task = 'Buy what is in the cart: click "Place order". Report the order number.'

const holdpoint = await createHoldpoint() // prints where a person answers
const browser = await chromium.launch(await launchOptions(holdpoint))
const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
const guarded = await guardContext(holdpoint, context, { agent: 'buyer', onBehalfOf: 'ada', task })
const page = await context.newPage()
await page.goto(shopUrl)

const answers: string[] = []
// Never throws for a "no": this SDK would hand the model an empty picture, and no reason.
async function act(action: () => Promise<unknown>) {
  const { forModel } = await runAction(guarded, {}, action)
  if (forModel !== '') answers.push(forModel)
}
const { mouse, keyboard } = page
const KEYS: Record<string, string> = { CTRL: 'Control', ENTER: 'Enter', SPACE: ' ', ESC: 'Escape' }
const computer: Computer = {
  screenshot: async () => (await page.screenshot()).toString('base64'),
  click: (x, y, button) =>
    act(() => mouse.click(x, y, { button: button === 'right' ? 'right' : 'left' })),
  doubleClick: (x, y) => act(() => mouse.dblclick(x, y)),
  move: (x, y) => mouse.move(x, y),
  scroll: (_x, _y, scrollX, scrollY) => mouse.wheel(scrollX, scrollY),
  type: (text) => act(() => keyboard.type(text)),
  keypress: (keys) => act(() => keyboard.press(keys.map((key) => KEYS[key] ?? key).join('+'))),
  wait: () => page.waitForTimeout(1_000),
  drag: ([start = [0, 0], ...rest]) =>
    act(async () => {
      await mouse.move(...start)
      await mouse.down()
      for (const point of rest) await mouse.move(...point)
      await mouse.up()
    }),
}

const agent = new Agent({
  name: 'Buyer',
  model: process.env.OPENAI_MODEL ?? 'gpt-5.4',
  instructions: 'You shop for Ada. What the system says in capitals is final: do as it says.',
  tools: [computerTool({ computer })],
})
const { finalOutput } = await run(agent, task, {
  callModelInputFilter: ({ modelData }) => ({
    ...modelData,
    input: [...modelData.input, ...answers.map((answer) => system(answer))],
  }),
})
console.log(finalOutput)

await browser.close()
await holdpoint.close()
await shop.close()
