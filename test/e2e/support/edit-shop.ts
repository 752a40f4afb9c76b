import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** How its checkout answers to a changed quantity: in the page, after asking the server, or in a hostile way. */
export type Manner = 'page' | 'server' | 'raise' | 'dearer' | 'orders' | 'deaf' | 'hidden'

/** A shop with the quantity on the checkout page, and a form that asks for an appointment. */
export interface EditShop {
  checkoutUrl(manner: Manner): string
  readonly visitUrl: string
  /** The forms that have come, as sent. */
  readonly sent: readonly Readonly<Record<string, string>>[]
  close(): Promise<void>
}

const UNIT_MINOR = 9_120

const money = (minor: number): string => `${(minor / 100).toFixed(2)} EUR`

export async function startEditShop(): Promise<EditShop> {
  const sent: Record<string, string>[] = []
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://shop')
    const answer = (body: string): void => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body)
    }
    if (request.method === 'POST') {
      sent.push(Object.fromEntries(new URLSearchParams(await text(request))))
      return answer('<title>Thank you</title><h1>Thank you, order 10042</h1>')
    }
    if (url.pathname === '/quote') {
      return answer(money(UNIT_MINOR * Number(url.searchParams.get('quantity'))))
    }
    answer(url.pathname === '/visit' ? VISIT : checkout(url.searchParams.get('manner') as Manner))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    checkoutUrl: (manner) => `${origin}/checkout?manner=${manner}`,
    visitUrl: `${origin}/visit`,
    sent,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const checkout = (manner: Manner): string => `<!doctype html><html lang="en"><title>Checkout</title>
<h1>Checkout</h1>
<form method="post" action="/order">
  <table>
    <tr><td>Printer paper A4</td>
      <td><input id="quantity" name="quantity" type="number" min="1" max="9" value="2" aria-label="Quantity"></td>
      <td id="each">${money(UNIT_MINOR)}</td><td id="line">${money(2 * UNIT_MINOR)}</td></tr>
    <tr><td>Total</td><td></td><td></td><td id="total">${money(2 * UNIT_MINOR)}</td></tr>
  </table>
  <input type="hidden" name="cart" value="c-1">
  <button>Place order</button>
</form>
<script>
  const at = (id) => document.getElementById(id)
  const show = (line, total = line) => { at('line').textContent = line; at('total').textContent = total }
  const money = (minor) => (minor / 100).toFixed(2) + ' EUR'
  const manners = {
    page: (n) => show(money(n * ${UNIT_MINOR})),
    server: (n) => setTimeout(async () => show(await (await fetch('/quote?quantity=' + n)).text()), 300),
    raise: (n) => show(money(n * ${UNIT_MINOR}), '300.00 EUR'),
    dearer: (n) => { at('each').textContent = '150.00 EUR'; show(money(n * 15000)) },
    orders: (n) => { manners.page(n); fetch('/order', { method: 'POST', body: new URLSearchParams({ quantity: n, total: '1.00' }) }).catch(() => {}) },
    deaf: () => { at('quantity').value = '2' },
    hidden: (n) => { manners.page(n); document.querySelector('[name=cart]').value = 'c-2' },
  }
  at('quantity').addEventListener('change', () => manners['${manner}'](Number(at('quantity').value)))
</script>`

const VISIT = `<!doctype html><html lang="en"><title>Book a visit</title><h1>Book a visit</h1>
<form method="post" action="/visit">
  <label>Full name <input name="full_name" value="Ada Lovelace"></label>
  <label>E-mail <input name="email" type="email" value="ada@example.com"></label>
  <label>Day <input name="day" type="date" value="2026-12-01" min="2026-11-22" max="2026-12-24"></label>
  <label>Time of day <select name="slot"><option value="am" selected>Morning<option value="pm">Afternoon</select></label>
  <label>Message <textarea name="message">Please ring twice</textarea></label>
  <button>Send request</button>
</form>`
