import type { SampleShop } from 'holdpoint/testing'
import { launchBrowser } from '../support/browser.ts'
import { holdsAndResumes } from './contract.ts'
import { openAiResponses } from './models/openai-responses.ts'

holdsAndResumes({
  name: 'openai-computer',
  protocol: openAiResponses,
  env: ({ origin, apiKey }) => ({
    OPENAI_BASE_URL: `${origin}/v1`,
    OPENAI_API_KEY: apiKey,
    OPENAI_AGENTS_DISABLE_TRACING: '1',
  }),
  calls: async (shop) => [
    { tool: 'computer', input: { actions: [{ type: 'screenshot' }] } },
    {
      tool: 'computer',
      input: { actions: [{ type: 'click', button: 'left', ...(await placeOrder(shop)) }] },
    },
  ],
})

/** Where the button stands in a window as large as the example's: no script can see that in a picture. */
async function placeOrder(shop: SampleShop): Promise<{ readonly x: number; readonly y: number }> {
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    await page.goto(shop.checkoutUrl)
    const box = await page.getByRole('button', { name: 'Place order' }).boundingBox()
    if (box === null) throw new Error('the button is not shown')
    return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) }
  } finally {
    await browser.close()
  }
}
