import { type Frame, type Locator, type Page, selectors } from 'playwright'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { howOfTarget, locatorOf } from '../../../src/adapters/playwright/locate.ts'
import { isReadApart, offerSpots } from '../../../src/adapters/playwright/point-engine.ts'
import { type Kit, startKit } from './evidence/kit.ts'

let kit: Kit
let olderPage: Page
beforeAll(async () => {
  kit = await startKit()
  // This document has met Playwright before the engine was known.
  olderPage = (await kit.visit('<button id=b>Old</button>', { context: {} })).page
  await olderPage.locator('#b').isVisible()
  await selectors.register('tagged', '{ queryAll: (root, body) => root.querySelectorAll(body) }')
  await offerSpots()
})
afterAll(() => kit.close())

/** Aims as the guard does; says whether one question was enough. */
async function aim(
  page: Page,
  selector: string,
  options: { strict?: boolean; at?: Spot; frame?: Frame } = {},
) {
  const frame = options.frame ?? page.mainFrame()
  const target = locatorOf(frame, selector, options.strict ?? true)
  const longWay = vi.spyOn(target as Locator, 'boundingBox')
  const how = await howOfTarget(page, target, options.at)
  return {
    point: how?.target.kind === 'point' ? { x: how.target.x, y: how.target.y } : undefined,
    byOneQuestion: longWay.mock.calls.length === 0,
  }
}
type Spot = { readonly x: number; readonly y: number }

/** Where Playwright's own click lands. */
async function landing(page: Page, selector: string, position?: Spot): Promise<Spot> {
  await page.evaluate(() => {
    addEventListener(
      'mousedown',
      ({ clientX: x, clientY: y }) => Object.assign(window, { hit: { x, y } }),
      { capture: true, once: true },
    )
  })
  await page.click(selector, position === undefined ? {} : { position })
  return page.evaluate(() => (window as unknown as { hit: Spot }).hit)
}

describe('the point that is looked at', () => {
  test.each<readonly [name: string, html: string, position?: Spot]>([
    ['a button', '<button id=t>Go</button>'],
    [
      'a link that wraps to a second line',
      '<p style="width:16ch;font:20px/40px monospace">xxxxxxxxxxxxx <a id=t href="#x">aa bb</a></p>',
    ],
    [
      'an element that stands half outside the window',
      '<div id=t style="position:absolute;left:-60px;width:100px;height:40px">x</div>',
    ],
    [
      'a position, from inside the border',
      '<div id=t style="border:9px solid;margin:20px;width:200px;height:60px">x</div>',
      { x: 15, y: 12 },
    ],
    [
      'a form whose fields shadow its properties',
      '<form id=t style="margin:30px"><input name=getClientRects><input name=ownerDocument></form>',
      { x: 3, y: 3 },
    ],
  ])('is where the click lands, by one question: %s', async (...given) => {
    const [, html, at] = given as unknown as readonly [string, string, Spot?]
    const { page } = await kit.visit(html)
    const { point, byOneQuestion } = await aim(page, '#t', at === undefined ? {} : { at })
    const hit = await landing(page, '#t', at)
    expect(Math.abs((point?.x ?? Number.NaN) - hit.x)).toBeLessThan(1.01)
    expect(Math.abs((point?.y ?? Number.NaN) - hit.y)).toBeLessThan(1.01)
    expect(byOneQuestion).toBe(true)
  })

  test.each([
    ['below the window', '<div style="height:4000px"></div><button id=t>Go</button>', '#t'],
    [
      'in a frame',
      `<div style="height:70px"></div><iframe srcdoc="<button id=t>Go</button>"></iframe>`,
      'iframe >> internal:control=enter-frame >> #t',
    ],
    [
      'found by an engine of the page’s own world',
      '<p>x</p><button id=t>Go</button>',
      'tagged=button',
    ],
  ])('is found the long way for an element %s', async (_, html, selector) => {
    const { page } = await kit.visit(html)
    const { point, byOneQuestion } = await aim(page, selector)
    const box = await page.locator(selector).boundingBox()
    if (box === null) throw new Error('no box')
    expect(point).toEqual({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
    expect(byOneQuestion).toBe(false)
  })

  test('is found the long way for an element of a frame, where it stands in the tab', async () => {
    const { page } = await kit.visit(
      '<div style="height:70px"></div><iframe srcdoc="<button id=t>Go</button>"></iframe>',
    )
    await page.frameLocator('iframe').locator('#t').waitFor()
    const frame = page.frames()[1] as Frame
    const { point, byOneQuestion } = await aim(page, '#t', { frame })
    expect(point?.y).toBeGreaterThan(70)
    expect(byOneQuestion).toBe(false)
  })

  test('is found the long way in a document that is older than the engine', async () => {
    const { point, byOneQuestion } = await aim(olderPage, '#b')
    expect(point).toBeDefined()
    expect(byOneQuestion).toBe(false)
  })

  test.each(['#t', 'tagged=#t'])('is not for the page to choose (%s)', async (selector) => {
    const { page } =
      await kit.visit(`<button id=t style="position:absolute;left:300px;top:200px">Pay</button><script>
      const lie = () => new DOMRect(1, 1, 10, 10)
      Element.prototype.getBoundingClientRect = lie
      Element.prototype.getClientRects = () => [lie()]
      window.Text = class { constructor() { return document.createTextNode('{"middle":{"x":5,"y":5},"corner":{"x":5,"y":5}}') } }
    </script>`)
    const { point } = await aim(page, selector)
    expect(point?.x).toBeGreaterThan(300)
    expect(point?.y).toBeGreaterThan(200)
  })

  test('does not show in the page', async () => {
    const { page } = await kit.visit(`<button id=t>Go</button><script>
      window.changes = 0
      new MutationObserver((records) => { window.changes += records.length }).observe(document, {
        subtree: true, childList: true, attributes: true, characterData: true,
      })
    </script>`)
    await aim(page, '#t')
    expect(await page.evaluate(() => (window as unknown as { changes: number }).changes)).toBe(0)
  })

  test('is none where the call itself will say why not', async () => {
    const { page } = await kit.visit('<button class=t>A</button><button class=t>B</button>')
    expect((await aim(page, '.t')).point).toBeUndefined()
    expect((await aim(page, '#missing')).point).toBeUndefined()
    expect((await aim(page, '.t', { strict: false })).point).toBeDefined()
  })
})

describe('a selector is looked for outside the page’s own world', () => {
  test.each([
    '#more',
    'a[href="/x"] > span',
    'text=Place order',
    '"Place order"',
    '//button[@id="b"]',
    'internal:role=button[name="Place order"i]',
    'internal:text="Pay"i >> nth=0',
    'css=form >> *css=button >> visible=true',
    'div >> internal:has-text="A >> B"i',
    'aria-ref=e12',
  ])('if all its parts are known to be: %s', (selector) => {
    expect(isReadApart(selector)).toBe(true)
  })

  test.each([
    '_react=Button',
    '_vue=button',
    'tagged=button',
    '#form >> tagged=button',
    '#form>>  tagged = button',
    'text="a >> tagged=b"',
    'div >> internal:has="tagged=button"',
    'div >> internal:and="tagged=button"',
    'div >> internal:or="tagged=button"',
    'div >> internal:chain="tagged=button"',
    'div >> internal:has-not="tagged=button"',
    'iframe >> internal:control=enter-frame >> #b',
  ])('and not if one may be of the page’s: %s', (selector) => {
    expect(isReadApart(selector)).toBe(false)
  })
})
