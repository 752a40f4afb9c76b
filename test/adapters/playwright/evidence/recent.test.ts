import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type {
  PageEvent,
  PageReader,
  ReadHow,
} from '../../../../src/adapters/playwright/evidence/index.ts'
import { type Kit, startKit } from './kit.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

const PAGE = `<form action="javascript:void 0"><input name=amount value=1>
  <button type=button id=b>Pay</button><button type=button id=other>Other</button><button id=send>Send</button></form>
  <p id=note>Nothing to pay</p><div id=host></div>
  <script>document.getElementById('host').attachShadow({ mode: 'open' }).innerHTML = '<h2>Before</h2>'</script>`

/**
 * Reads as the guard does before a click, lets the page do something, clicks, and gives the click's reading.
 * A typed value is no change of the document: by it, a reading of before and one of now are told apart.
 */
async function clickedAfter(
  given: { page: Page; reader: PageReader; at(selector: string): Promise<ReadHow> },
  change: () => void,
  clicked = '#b',
): Promise<PageEvent> {
  const { page, reader, at } = given
  const how = await at(clicked)
  await reader.read(page, await at('#b'))
  await page.evaluate(() => {
    const [input] = document.getElementsByName('amount') as NodeListOf<HTMLInputElement>
    if (input !== undefined) input.value = 'typed later'
  })
  await page.evaluate(change)
  const heard = Promise.withResolvers<PageEvent>()
  const stop = reader.onPageEvent((event) => {
    if (event.type === 'click') heard.resolve(event)
  })
  if (how.target.kind === 'point') await page.mouse.click(how.target.x, how.target.y)
  const event = await heard.promise
  stop()
  return event
}

const amountOf = ({ reading }: PageEvent): string | undefined =>
  reading?.form?.fields.find((field) => field.name === 'amount')?.value

/** From here on no time passes for the reader: on a busy machine a reading would be too old by the click. */
async function stopTime({ page, reader }: { page: Page; reader: PageReader }): Promise<void> {
  const frameId = await reader.mainFrameId(page)
  await reader.evaluateInWorld(page, frameId, 'performance.now = () => 1; undefined')
}

test('a click comes with the reading that the guard has just taken of what is clicked', async () => {
  const visit = await kit.visit(PAGE, { context: {} })
  await stopTime(visit)
  const event = await clickedAfter(visit, () => {})
  expect([event.trusted, event.reading?.target?.id, amountOf(event)]).toEqual([true, 'b', '1'])
})

test.each<readonly [what: string, change: () => void]>([
  [
    'a text',
    () => {
      const note = document.getElementById('note')?.firstChild as Text
      note.data = 'Pay 500 EUR'
    },
  ],
  ['an attribute', () => document.getElementById('note')?.setAttribute('class', 'x')],
  ['an element', () => document.body.append(document.createElement('hr'))],
  [
    'an open shadow root',
    () => {
      const inner = document.getElementById('host')?.shadowRoot
      inner?.append('After')
    },
  ],
  [
    'what it is pressed on, as the button goes down',
    () => {
      addEventListener('mousedown', () => document.body.append('Pay 500 EUR'))
    },
  ],
  [
    'the page, by a listener before ours',
    () => {
      addEventListener('pointerup', () => document.body.append('Pay 500 EUR'), true)
    },
  ],
])('a click after %s has changed is read anew', async (_, change) => {
  const visit = await kit.visit(PAGE, { context: {} })
  // Not by its age, then: by the change.
  await stopTime(visit)
  const event = await clickedAfter(visit, change)
  expect(amountOf(event)).toBe('typed later')
})

test('a click that a script makes right behind its change, in one go, is read anew', async () => {
  const { page, reader, at } = await kit.visit(PAGE, { context: {} })
  await reader.read(page, await at('#b'))
  const heard = Promise.withResolvers<PageEvent>()
  reader.onPageEvent((event) => {
    if (event.type === 'click') heard.resolve(event)
  })
  await page.evaluate(() => {
    const [input] = document.getElementsByName('amount') as NodeListOf<HTMLInputElement>
    if (input !== undefined) input.value = 'typed later'
    document.body.append('Pay 500 EUR')
    document.getElementById('b')?.click()
  })
  expect(amountOf(await heard.promise)).toBe('typed later')
})

test('a click on something else than what was read is read anew', async () => {
  const visit = await kit.visit(PAGE, { context: {} })
  await stopTime(visit)
  const event = await clickedAfter(visit, () => {}, '#other')
  expect([event.reading?.target?.id, amountOf(event)]).toEqual(['other', 'typed later'])
})

test('a page with a readable frame in it is always read anew, as its document may be replaced', async () => {
  const visit = await kit.visit(`${PAGE}<iframe srcdoc="<p>inside</p>"></iframe>`, { context: {} })
  await stopTime(visit)
  const event = await clickedAfter(visit, () => {})
  expect(amountOf(event)).toBe('typed later')
})

test('what is submitted is read anew, however short ago the guard has read it', async () => {
  const { page, reader, at } = await kit.visit(PAGE, { context: {} })
  await page.evaluate(() => {
    document.getElementById('send')?.addEventListener('click', () => {
      const [input] = document.getElementsByName('amount') as NodeListOf<HTMLInputElement>
      if (input !== undefined) input.value = 'by its handler'
    })
  })
  const how = await at('#send')
  await reader.read(page, how)
  const heard = Promise.withResolvers<PageEvent>()
  reader.onPageEvent((event) => {
    if (event.type === 'submit') heard.resolve(event)
  })
  if (how.target.kind === 'point') await page.mouse.click(how.target.x, how.target.y)
  expect(amountOf(await heard.promise)).toBe('by its handler')
})

test('a click long after the reading is read anew', async () => {
  const visit = await kit.visit(PAGE, { context: {} })
  const { page, reader } = visit
  const frameId = await reader.mainFrameId(page)
  // Each look at the clock is two seconds later than the one before.
  await reader.evaluateInWorld(
    page,
    frameId,
    'let now = 0; performance.now = () => (now += 2_000); undefined',
  )
  expect(amountOf(await clickedAfter(visit, () => {}))).toBe('typed later')
})
