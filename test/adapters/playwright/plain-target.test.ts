import type { Frame, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PageReader, TargetUnclear } from '../../../src/adapters/playwright/evidence/index.ts'
import { plainTarget } from '../../../src/adapters/playwright/locate.ts'
import { type Kit, startKit } from './evidence/kit.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

type Spot = { readonly x: number; readonly y: number }

/** The id of what is read for a plain selector. */
async function readId(
  { page, reader }: { page: Page; reader: PageReader },
  selector: string,
  position?: Spot,
): Promise<string | undefined> {
  const how = plainTarget(page, page.mainFrame(), selector, position)
  if (how === undefined) throw new Error(`${selector} is not plain`)
  return (await reader.read(page, { ...how, budgetMs: 5_000 })).target?.id
}

/** The id of what Playwright's own click hits. */
async function clickedId(page: Page, selector: string, position?: Spot): Promise<string> {
  await page.evaluate(() => {
    addEventListener(
      'click',
      (event) => {
        event.preventDefault()
        const [hit] = event.composedPath() as Element[]
        Object.assign(window, { hit: hit?.closest('[id]')?.id })
      },
      { capture: true, once: true },
    )
  })
  await page.click(selector, position === undefined ? {} : { position })
  return page.evaluate(() => (window as unknown as { hit: string }).hit)
}

describe('what a plain selector means', () => {
  test.each<readonly [name: string, html: string, selector: string, position?: Spot]>([
    ['a button', '<button id=t class="big pay">Go</button>', 'button.pay'],
    [
      'a link on two lines, whose middle is not on it',
      '<div id=around style="width:16ch;font:20px/40px monospace">xxxxxxxxxxxxx <a id=t href="#x">aa bb</a></div>',
      'a[href="#x"]',
    ],
    [
      'an element that stands half outside the window',
      '<div id=t onclick="1" style="position:absolute;left:-60px;width:100px;height:40px">x</div>',
      '#t',
    ],
    [
      'one corner of a map, from inside its border',
      '<div id=t class=map style="border:20px solid;width:100px;height:100px;position:relative"><button id=corner style="position:absolute;left:0;top:0;width:9px;height:9px;padding:0"></button></div>',
      '.map',
      { x: 4, y: 4 },
    ],
    [
      'a button in an open shadow root',
      `<div id=host></div><script>document.getElementById('host').attachShadow({ mode: 'open' }).innerHTML = '<button id=t class=pay>Go</button>'</script>`,
      '.pay',
    ],
    [
      'what bears a test id',
      '<button id=t data-testid="go on">x</button>',
      'internal:testid=[data-testid="go on"s]',
    ],
  ])('is read as what the click hits: %s', async (...given) => {
    const [, html, selector, position] = given as unknown as readonly [
      string,
      string,
      string,
      Spot?,
    ]
    const visit = await kit.visit(html)
    const id = await readId(visit, selector, position)
    expect(id).toBe(await clickedId(visit.page, selector, position))
    expect(id).toBeTruthy()
  })

  test('is what lies over it, if something does', async () => {
    const visit = await kit.visit(
      '<button id=t>Next</button><button id=over style="position:fixed;inset:0">Pay</button>',
    )
    expect(await readId(visit, '#t')).toBe('over')
  })

  test.each([
    ['none', '<p>x</p>'],
    ['several', '<button class=t>A</button><button class=t>B</button>'],
    [
      'one in the document and one in a shadow root',
      `<button class=t>A</button><div id=host></div><script>document.getElementById('host').attachShadow({ mode: 'open' }).innerHTML = '<button class=t>B</button>'</script>`,
    ],
    ['one below the window', '<div style="height:4000px"></div><button class=t>A</button>'],
    ['one that is not shown', '<button class=t style="display:none">A</button>'],
    ['one inside a frame', '<iframe srcdoc="<button class=t>A</button>"></iframe>'],
  ])('is not said where Playwright has to be asked: %s', async (_, html) => {
    const visit = await kit.visit(html)
    await expect(readId(visit, '.t')).rejects.toBeInstanceOf(TargetUnclear)
  })

  test('is not said where not all of the page could be looked through', async () => {
    const visit = await kit.visit(`<button class=t>A</button>${'<p>x</p>'.repeat(500)}`, {
      nodeCap: 1,
    })
    await expect(readId(visit, '.t')).rejects.toBeInstanceOf(TargetUnclear)
  })
})

describe('a selector', () => {
  const page = { mainFrame: () => main } as unknown as Page
  const main = {} as Frame
  const cssOf = (selector: string): string | undefined => {
    const target = plainTarget(page, main, selector)?.target
    return target?.kind === 'css' ? target.selector : undefined
  }

  test.each([
    ['#more', '#more'],
    ['button', 'button'],
    ['css=button.big.pay', 'button.big.pay'],
    ['[name="pay"]', '[name="pay"]'],
    ['input#a.b[type="submit"][disabled]', 'input#a.b[type="submit"][disabled]'],
    ['my-button', 'my-button'],
    ['internal:testid=[data-testid="a b"s]', '[data-testid="a b"]'],
  ])('is plain if it names one element’s own marks: %s', (selector, css) => {
    expect(cssOf(selector)).toBe(css)
  })

  test.each([
    '',
    'css=',
    '*',
    'div button',
    'div > button',
    'button, a',
    'button:visible',
    'button:has-text("Pay")',
    ':nth-match(button, 2)',
    'button >> nth=0',
    'text=Pay',
    '"Pay"',
    '//button',
    '..',
    '_react=Pay',
    'tagged=button',
    '[name=pay]',
    '[name="a\\"b"]',
    '[name^="pay"]',
    '[name="pay" i]',
    '#1',
    'internal:testid=[data-testid="a"i]',
    'internal:role=button[name="Pay"i]',
  ])('is not plain if it may mean more: %s', (selector) => {
    expect(cssOf(selector)).toBeUndefined()
  })

  test('of a frame is none of the tab’s', () => {
    expect(plainTarget(page, {} as Frame, '#more')).toBeUndefined()
  })
})
