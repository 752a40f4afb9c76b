import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright'
import { expect, heldBy, test } from './support/stage.ts'

const CHECKOUT = `<!doctype html><meta charset="utf-8"><title>Checkout</title><h1>Checkout</h1>
<table><tr><td>Printer paper</td><td>1</td><td>12.00 EUR</td></tr></table><p>Total to pay: 12.00 EUR</p>
<form method="post" action="/orders/place"><input type="hidden" name="sku" value="paper">
<label>Card number <input name="cardnumber" autocomplete="cc-number" value="4242424242424242"></label>
<button>Place order</button></form>`
const AROUND = `<!doctype html><title>Shop</title><h1>Shop</h1>
<iframe name="checkout" src="/checkout" width="900" height="600"></iframe>`

let server: Server
let url = ''
let orders = 0
test.beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    request.resume().on('end', () => {
      if (request.method === 'POST') orders += 1
      if (request.method === 'POST') response.end('<h1>Thank you, order 7</h1>')
      else response.end(request.url === '/checkout' ? CHECKOUT : AROUND)
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
test.afterAll(() => void server.close())
test.beforeEach(() => {
  orders = 0
})

test.describe('a button in a frame of the same site is held, however the frame was found:', () => {
  const BUTTON = 'button:has-text("Place order")'
  const FINDERS: readonly { name: string; click(page: Page): Promise<unknown> }[] = [
    {
      name: 'frameLocator',
      click: (page) =>
        page.frameLocator('iframe').getByRole('button', { name: 'Place order' }).click(),
    },
    {
      name: 'contentFrame of a locator',
      click: (page) => page.locator('iframe').contentFrame().locator(BUTTON).click(),
    },
    {
      name: 'page.frame',
      click: async (page) => page.frame('checkout')?.click(BUTTON),
    },
    {
      name: 'contentFrame of a handle',
      click: async (page) => {
        const frame = await (await page.$('iframe'))?.contentFrame()
        await (await frame?.$(BUTTON))?.click()
      },
    },
  ]
  for (const { name, click } of FINDERS) {
    test(name, async ({ desk, agent: { page } }) => {
      await page.goto(url)
      await page.frameLocator('iframe').getByText('Total to pay').waitFor()
      const clicked = click(page)
      const request = await heldBy(clicked, desk)
      expect(request.terms.amount).toEqual({ amountMinor: 1_200, currency: 'EUR' })
      expect(orders).toBe(0)
      await desk.approve(request.id)
      await clicked
      expect(orders).toBe(1)
    })
  }
})
