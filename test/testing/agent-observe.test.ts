import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { IndexedElement } from '../../src/testing/agent/observation.ts'
import { type Look, look } from '../../src/testing/agent/observe.ts'
import { launchBrowser } from '../support/browser.ts'

let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await launchBrowser()
  page = await browser.newPage()
})
afterAll(() => browser?.close())

async function lookAt(body: string): Promise<Look> {
  await page.setContent(`<!doctype html><title>Checkout</title>${body}`)
  return look(page)
}

/** Elements as `[0] button Place order`. */
async function listOf(body: string): Promise<readonly string[]> {
  const { observation } = await lookAt(body)
  return observation.elements.map(({ index, tag, name }) => `[${index}] ${tag} ${name}`.trimEnd())
}

test('where the page is, and its first headings', async () => {
  const { observation } = await lookAt(
    `<h1>Your order</h1><h3>Small</h3>${'<h2>Part</h2>'.repeat(20)}`,
  )
  expect(observation).toMatchObject({ url: 'about:blank', title: 'Checkout', elements: [] })
  expect(observation.headings).toEqual(['Your order', ...Array(9).fill('Part')])
})

test('everything that can be acted on has a number, in the order of the page', async () => {
  expect(
    await listOf(`
      <a href="/cart">Cart</a> <a>no link</a>
      <label>Quantity <input name=n value=2></label>
      <select aria-label=Currency><option>EUR</select>
      <textarea placeholder="A note"></textarea>
      <div role=button>Apply</div> <p>text</p>
      <input type=checkbox aria-label="Accept terms">
      <button>Place   <b>order</b></button>`),
  ).toEqual([
    '[0] a Cart',
    '[1] input Quantity',
    '[2] select Currency',
    '[3] textarea A note',
    '[4] div Apply',
    '[5] input Accept terms',
    '[6] button Place order',
  ])
})

test('what nobody can see or use has no number', async () => {
  expect(
    await listOf(`
      <input type=hidden name=token value=t>
      <button style="display:none">gone</button>
      <div hidden><button>gone too</button></div>
      <button style="visibility:hidden">unseen</button>
      <button style="width:0;height:0;padding:0;border:0;overflow:hidden"></button>
      <button>there</button>`),
  ).toEqual(['[0] button there'])
})

test('what lies in an open shadow root has a number too', async () => {
  expect(
    await listOf(`
      <shop-cart><template shadowrootmode=open><button>Add to cart</button></template></shop-cart>
      <script>/* parsed by setContent without declarative roots */
        const host = document.querySelector('shop-cart')
        if (!host.shadowRoot) host.attachShadow({ mode: 'open' }).innerHTML = '<button>Add to cart</button>'
      </script>`),
  ).toEqual(['[0] button Add to cart'])
})

test('each number means its own element', async () => {
  const { observation, handles } = await lookAt(
    '<button hidden>a</button><button id=b>Same</button><button id=c>Same</button>',
  )
  expect(handles).toHaveLength(observation.elements.length)
  const ids = await Promise.all(handles.map((handle) => handle.getAttribute('id')))
  expect(ids).toEqual(['b', 'c'])
})

test('a value is told, a secret one is not', async () => {
  const { observation } = await lookAt(`
    <input aria-label=City value=Berlin>
    <input aria-label=Password type=password value=hunter2>
    <input aria-label=Card autocomplete="section-a billing cc-number" value=4242424242424242>
    <input aria-label=Code autocomplete=cc-csc value=123>`)
  const values = observation.elements.map(({ name, value }) => `${name}: ${value}`)
  expect(values).toEqual(['City: Berlin', 'Password: ', 'Card: ', 'Code: '])
  expect(JSON.stringify(observation)).not.toMatch(/hunter2|4242|123/)
})

test('long texts are shortened, and white space is folded', async () => {
  const { observation } = await lookAt(
    `<button>${'long '.repeat(100)}</button><input aria-label=Note value="${'v'.repeat(500)}">`,
  )
  const [button, input] = observation.elements as [IndexedElement, IndexedElement]
  expect([button.name.length, input.value.length]).toEqual([120, 120])
})

test('a page in the middle of loading is looked at once its document is there', async () => {
  const looking = page.goto('data:text/html,<title>Late</title><button>Go</button>')
  await looking
  const { observation } = await look(page)
  expect(observation).toMatchObject({ title: 'Late', elements: [{ index: 0, name: 'Go' }] })
})
