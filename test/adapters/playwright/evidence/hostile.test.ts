import { afterAll, beforeAll, expect, test } from 'vitest'
import { summarise } from '../../../../src/core/summary.ts'
import { type Kit, startKit } from './kit.ts'
import { CHECKOUT_PAGE } from './pages/checkout.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

/** Lies about everything that a reader in the page's own world would use. */
const LIES = `<script>
  const lie = (owner, name, value) => Object.defineProperty(owner, name, { configurable: true, ...value })
  const fake = { get: () => 'Total €1.00' }
  lie(CharacterData.prototype, 'data', fake)
  lie(Node.prototype, 'textContent', fake)
  lie(Node.prototype, 'nodeValue', fake)
  lie(HTMLElement.prototype, 'innerText', fake)
  lie(HTMLInputElement.prototype, 'value', { get: () => '1' })
  lie(HTMLInputElement.prototype, 'type', { get: () => 'text' })
  lie(HTMLFormElement.prototype, 'elements', { get: () => [] })
  lie(HTMLFormElement.prototype, 'action', { get: () => 'https://honest.example/' })
  for (const owner of [Element, Document, DocumentFragment])
    lie(owner.prototype, 'querySelectorAll', { value: () => [] })
  lie(Element.prototype, 'getAttribute', { value: () => '' })
  lie(Element.prototype, 'getBoundingClientRect', { value: () => new DOMRect(0, 0, 0, 0) })
  lie(Document.prototype, 'elementFromPoint', { value: () => document.body })
  lie(Document.prototype, 'createTreeWalker', { value: () => ({ nextNode: () => null }) })
  lie(Range.prototype, 'getClientRects', { value: () => [] })
  window.getComputedStyle = () => ({ display: 'none' })
  JSON.stringify = () => '{}'
  JSON.parse = () => ({})
  Array.from = () => []
  Array.prototype.map = Array.prototype.filter = Array.prototype.flatMap = () => []
  RegExp.prototype.exec = () => null
  String.prototype.replace = () => ''
  Reflect.apply = () => undefined
  window.__holdpointReader = { read: () => '{}', rects: () => '{}' }
  window.__holdpointEvent = () => {}
</script>`

test('a page that lies in its own world about every API changes nothing in a reading', async () => {
  const honest = await kit.visit(CHECKOUT_PAGE)
  const expected = await honest.reader.read(honest.page, await honest.at('#buy'))
  const how = await honest.at('#buy')
  const hostile = await kit.visit(CHECKOUT_PAGE.replace('<head>', `<head>${LIES}`))
  const reading = await hostile.reader.read(hostile.page, how)
  const same = ({ url: _, form, ...rest }: typeof reading) => ({ ...rest, form })
  expect(same(reading)).toEqual(same(expected))
  expect(summarise(reading).payable?.total.amountMinor).toBe(18_240)
})

test('the page cannot see or call the reader', async () => {
  const { page } = await kit.visit(CHECKOUT_PAGE)
  const seen = await page.evaluate(() =>
    Object.getOwnPropertyNames(globalThis).filter((name) => /holdpoint/i.test(name)),
  )
  expect(seen).toEqual([])
})

test('reading a page changes nothing that the page can see', async () => {
  const { page, reader, at } = await kit.visit(CHECKOUT_PAGE)
  await page.evaluate(() => {
    const seen: string[] = []
    new MutationObserver((records) => seen.push(...records.map((one) => one.type))).observe(
      document,
      { subtree: true, childList: true, attributes: true, characterData: true },
    )
    for (const name of [
      'formdata',
      'focus',
      'blur',
      'scroll',
      'selectionchange',
      'submit',
      'toggle',
    ]) {
      document.addEventListener(name, () => seen.push(name), true)
    }
    Object.assign(globalThis, { seen })
  })
  await reader.read(page, await at('#buy'))
  await reader.rects(page)
  await reader.formEntries(page, await at('#buy'))
  expect(await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)).toEqual([])
})

test('a page that removes itself while it is read gives an error or a reading, never a hang', async () => {
  const { page, reader } = await kit.visit(CHECKOUT_PAGE)
  const going = page.goto(`${kit.server.origin}/nowhere`)
  const result = await reader
    .read(page, { target: { kind: 'focus' } }, { deadlineMs: 10_000 })
    .catch((error: Error) => error.name)
  expect(typeof result === 'string' ? result : result.v).toBeOneOf(['PageUnreadable', 'Error', 1])
  await going
})
