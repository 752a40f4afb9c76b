import { readFile } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { DROP, PAST_ORDERS, usd } from './catalog.ts'
import { shell } from './shell.ts'
import { type Orders, quoteBag, type Session, type Visitors } from './state.ts'

const ASSET_TYPES = { js: 'text/javascript', css: 'text/css' } as const

function readAsset(name: string): Promise<string> {
  return readFile(new URL(`client/${name}`, import.meta.url), 'utf8')
}

/** The app's shell, its assets, and the few pages that the server renders. */
export function addPageRoutes(app: FastifyInstance, visitors: Visitors, orders: Orders): void {
  const sendHtml = (reply: FastifyReply, body: string) =>
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(body)

  for (const path of ['/', '/p/:sku', '/orders/:number']) {
    app.get(path, async (request, reply) => sendHtml(reply, shell(visitors(request, reply).csrf)))
  }

  app.get<{ Params: { name: string; type: 'js' | 'css' } }>(
    '/assets/:name([a-z-]+).:type(js|css)',
    async ({ params }, reply) =>
      reply
        .type(`${ASSET_TYPES[params.type]}; charset=utf-8`)
        .send(await readAsset(`${params.name}.${params.type}`)),
  )
  app.get('/favicon.ico', (_request, reply) => reply.code(204).send())

  app.get('/account/orders', async (request, reply) =>
    sendHtml(reply, orderHistory(visitors(request, reply))),
  )
  app.get('/drops', async (request, reply) => sendHtml(reply, drops(visitors(request, reply))))

  app.get<{ Params: { number: string }; Querystring: { t?: string } }>(
    '/account/orders/:number/again',
    async (request, reply) => {
      const session = visitors(request, reply)
      const past = PAST_ORDERS.find(({ number }) => number === request.params.number)
      if (past === undefined || !isOwn(session, request.query.t)) return reply.redirect('/')
      return reply.redirect(`/account/thanks/${orders.place(past.totalMinor)}`)
    },
  )
  // A marketing short link: neither it nor its text says that it ends in an order.
  app.get<{ Querystring: { m?: string } }>('/l/summit', async (request, reply) =>
    reply.redirect(`/one-tap?sku=${DROP.sku}&m=${request.query.m ?? ''}`),
  )
  app.get<{ Querystring: { m?: string } }>('/one-tap', async (request, reply) => {
    if (!isOwn(visitors(request, reply), request.query.m)) return reply.redirect('/')
    return reply.redirect(`/account/thanks/${orders.place(DROP.totalMinor)}`)
  })
  app.get<{ Params: { number: string } }>('/account/thanks/:number', async (request, reply) => {
    const { number } = request.params
    const total = usd(orders.totalOf(number) ?? 0)
    return sendHtml(reply, frame('Thanks', `<h1>Thank you!</h1><p>${number} · ${total}</p>`))
  })

  app.get('/trailpay/widget', async (request, reply) =>
    sendHtml(reply, trailpayWidget(visitors(request, reply))),
  )
  app.get('/trailpay/express', async (request, reply) =>
    sendHtml(reply, trailpayExpress(visitors(request, reply))),
  )
}

function isOwn(session: Session, token: string | undefined): boolean {
  return session.customer !== undefined && token === session.csrf
}

function frame(title: string, main: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title} · Trailgear</title>
<link rel="stylesheet" href="/assets/trailgear.css"></head>
<body><header class="bar"><a class="brand" href="/">trail<b>gear</b></a></header><main>${main}</main></body></html>`
}

function orderHistory(session: Session): string {
  if (session.customer === undefined) return frame('Orders', '<h1>Please sign in</h1>')
  const rows = PAST_ORDERS.map(
    ({ number, date, title, totalMinor }) => `<li class="past" data-order="${number}">
  <b>${title}</b><span>${number} · ${date} · Delivered</span>
  <span>${usd(totalMinor)} incl. tax &amp; shipping, Visa •••• 4242</span>
  <a class="btn" href="/account/orders/${number}/again?t=${session.csrf}">Buy again</a>
</li>`,
  ).join('')
  return frame('Orders', `<h1>Order history</h1><ul class="history">${rows}</ul>`)
}

function drops(session: Session): string {
  return frame(
    'Member drops',
    `<h1>Member drops</h1><article class="drop"><h2>${DROP.title}</h2>
<p><s>$44.00</s> <strong>${usd(DROP.totalMinor)}</strong> all in</p>
<p class="fine">Members skip the bag: tapping charges Visa •••• 4242 and ships to 18 Alder Ct.</p>
<a class="btn" href="/l/summit?m=${session.csrf}">Get it</a></article>`,
  )
}

/** The payment service's part of the check-out, in a frame of its own. */
function trailpayWidget(session: Session): string {
  const { totalMinor } = quoteBag(session)
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>TrailPay</title></head><body>
<p>TrailPay · rowan@… · balance $2,410.00</p><p>${usd(totalMinor)} to Trailgear Inc.</p>
<button id="go">Pay now</button><p role="status"></p>
<script>
document.querySelector('#go').addEventListener('click', async ({ currentTarget }) => {
  currentTarget.disabled = true
  const response = await fetch('/trailpay/charges', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': '${session.csrf}' },
    body: JSON.stringify({ session: '${session.checkoutId}', amount: ${totalMinor} }),
  })
  const { number } = response.ok ? await response.json() : {}
  document.querySelector('[role=status]').textContent = number ? 'Paid' : 'Declined'
  if (number) parent.postMessage({ trailpay: 'paid', number }, location.origin)
})
</script></body></html>`
}

/** The express window: it captures as soon as it opens, as wallets with a stored consent do. */
function trailpayExpress(session: Session): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>TrailPay</title></head><body>
<h1>TrailPay</h1><p id="state">One moment, talking to Trailgear…</p>
<script>
fetch('/trailpay/express/capture', { method: 'POST', headers: { 'x-csrf-token': '${session.csrf}' } })
  .then((response) => response.json())
  .then(({ number }) => {
    document.querySelector('#state').textContent = number ? 'Paid. Order ' + number : 'Declined'
    if (number && window.opener) window.opener.postMessage({ trailpay: 'paid', number }, location.origin)
  })
</script></body></html>`
}
