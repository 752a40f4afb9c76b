import type { Page } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  captureEvidence,
  finishEvidence,
  type PageEvent,
  PageUnreadable,
  takeEvidence,
} from '../../../../src/adapters/playwright/evidence/index.ts'
import { sha256Hex } from '../../../../src/core/canonical.ts'
import { evidenceSchema } from '../../../../src/core/evidence.ts'
import { type Kit, startKit } from './kit.ts'
import { CHECKOUT_PAGE } from './pages/checkout.ts'

const now = new Date('2026-11-21T14:03:22Z')
let kit: Kit
beforeAll(async () => {
  kit = await startKit({ '/after': '<h1>Thank you</h1>' })
})
afterAll(() => kit.close())

/** Keeps the page's thread busy; resolves once it is, with a promise of its end. */
async function hang(page: Page, forMs: number): Promise<{ readonly over: Promise<void> }> {
  const busy = page.waitForEvent('console')
  const over = page.evaluate((ms) => {
    console.log('busy')
    const end = Date.now() + ms
    while (Date.now() < end);
  }, forMs)
  await busy
  return { over }
}

test('evidence has a picture under its digest, a crop with target and total, and words for both', async () => {
  const { page, reader, at } = await kit.visit(CHECKOUT_PAGE)
  const how = await at('#buy')
  const taken = await takeEvidence({ page, reader, how, agent: 'shopper', now, deadlineMs: 15_000 })
  expect(evidenceSchema.parse(taken.evidence)).toEqual(taken.evidence)
  expect(taken.evidence).toMatchObject({ capturedBy: 'in-process', capturedAt: now.toISOString() })
  expect(taken.evidence.picture?.sha256).toBe(sha256Hex(taken.pictureBytes ?? new Uint8Array()))
  expect(taken.evidence.picture?.altText).toBe(
    `Screenshot of ${new URL(kit.server.origin).host}, "Checkout · Paper Shop". The marked element is "Place order · €182.40". Total 182.40 EUR. 2 items on the order. 9 parts are blacked out.`,
  )
  const full = await sharp(taken.pictureBytes).metadata()
  const crop = await sharp(taken.cropBytes).metadata()
  expect(full).toMatchObject({ format: 'jpeg', width: 1_280, height: 766 })
  expect(crop.width).toBeLessThan(700)
  expect(taken.pictureBytes?.length).toBeLessThan(1_000_000)
})

test('nothing is drawn into the page', async () => {
  const { page, reader, at } = await kit.visit(CHECKOUT_PAGE)
  await page.evaluate(() => {
    const seen: string[] = []
    new MutationObserver((records) => seen.push(...records.map((one) => one.type))).observe(
      document,
      {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      },
    )
    const sheets = document.styleSheets.length + document.adoptedStyleSheets.length
    Object.assign(globalThis, {
      seenNow: () => [
        ...seen,
        document.styleSheets.length + document.adoptedStyleSheets.length - sheets,
      ],
    })
  })
  await takeEvidence({ page, reader, how: await at('#buy'), agent: 'a', now, deadlineMs: 15_000 })
  const seen = await page.evaluate(() =>
    (globalThis as unknown as { seenNow: () => unknown[] }).seenNow(),
  )
  expect(seen).toEqual([0])
})

test('a page that hangs gives evidence without a picture within the deadline', async () => {
  const { page, reader } = await kit.visit('<p>soon busy</p>', { deadlineMs: 15_000 })
  const hanging = await hang(page, 4_000)
  const started = performance.now()
  const taken = await takeEvidence({
    page,
    reader,
    how: { target: { kind: 'none' } },
    agent: 'shopper',
    now,
    deadlineMs: 700,
  })
  expect(performance.now() - started).toBeLessThan(3_500)
  expect(taken.evidence.picture).toBeUndefined()
  expect(taken.evidence.pictureMissing).toMatch(/no answer within/)
  expect(taken.unreadable).toBeDefined()
  expect(taken.evidence.summary).toMatchObject({ truncated: true, opaque: ['unreadable'] })
  expect(evidenceSchema.parse(taken.evidence)).toEqual(taken.evidence)
  await hanging.over
})

test('a page that hangs later is shown as it was before, marked stale', async () => {
  const { page, reader } = await kit.visit('<p>soon busy</p>', { deadlineMs: 15_000 })
  const request = {
    page,
    reader,
    how: { target: { kind: 'none' } },
    agent: 'shopper',
    now,
  } as const
  await takeEvidence({ ...request, deadlineMs: 15_000 })
  const hanging = await hang(page, 3_000)
  const taken = await takeEvidence({ ...request, deadlineMs: 500 })
  expect(taken.evidence.picture).toMatchObject({ stale: true, blackedOut: false })
  expect(taken.evidence.picture?.altText).toMatch(/earlier frame/)
  await hanging.over
  await page.goto(`${kit.server.origin}/after`)
  const dialog = page.waitForEvent('dialog')
  const alert = page.evaluate(() => window.alert('still here'))
  const open = await dialog
  const blocked = await takeEvidence({ ...request, deadlineMs: 500 })
  // The earlier frame is of another page now, and would mislead.
  expect(blocked.evidence.picture).toBeUndefined()
  await open.accept()
  await alert
})

test('a blank page has no picture, and says why', async () => {
  const context = await kit.browser.newContext()
  const page = await context.newPage()
  const { reader } = await kit.visit('<p>x</p>', { context: {} })
  const taken = await takeEvidence({
    page,
    reader,
    how: { target: { kind: 'none' } },
    agent: 'a',
    now,
  })
  expect(taken.evidence.picture).toBeUndefined()
  expect(taken.evidence.pictureMissing).toBeDefined()
  await context.close()
})

test('painting needs no page: it may be closed by then', async () => {
  const { page, reader, at } = await kit.visit(CHECKOUT_PAGE, { context: {} })
  const captured = await captureEvidence({
    page,
    reader,
    how: await at('#buy'),
    agent: 'a',
    now,
    deadlineMs: 15_000,
  })
  await page.close()
  const taken = await finishEvidence(captured)
  expect(taken.evidence.picture?.widthPx).toBe(1_280)
})

test('a reading that was taken before stays the summary, with a picture of now', async () => {
  const { page, reader, at } = await kit.visit(CHECKOUT_PAGE)
  const how = await at('#buy')
  const reading = await reader.read(page, how)
  await page.evaluate(() => {
    for (const cell of document.querySelectorAll('.grand span:last-child'))
      cell.textContent = '€1.00'
  })
  const taken = await takeEvidence({
    page,
    reader,
    how,
    reading,
    agent: 'a',
    now,
    deadlineMs: 15_000,
  })
  expect(taken.evidence.summary.payable?.total.amountMinor).toBe(18_240)
  expect(taken.evidence.picture).toBeDefined()
})

test('reading a closed page says so at once', async () => {
  const { page, reader } = await kit.visit('<p>x</p>', { context: {} })
  await page.close()
  const error: unknown = await reader
    .read(page, { target: { kind: 'none' } }, { deadlineMs: 5_000 })
    .catch((e: unknown) => e)
  expect(error).toBeInstanceOf(Error)
})

test('page events come with the page as it was when they happened', async () => {
  const { page, reader, at } = await kit.visit(CHECKOUT_PAGE, { context: {} })
  const events: PageEvent[] = []
  const arrived = Promise.withResolvers<void>()
  const stop = reader.onPageEvent((event) => {
    events.push(event)
    if (event.type === 'formdata') arrived.resolve()
  })
  await page.evaluate(() => {
    const form = document.querySelector('form') as HTMLFormElement
    form.addEventListener('formdata', (event) => event.formData.append('added', 'by the page'))
  })
  await page.route('**/orders**', (route) => route.fulfill({ body: 'done' }))
  const how = await at('#buy')
  if (how.target.kind === 'point') await page.mouse.click(how.target.x, how.target.y)
  await arrived.promise
  stop()
  expect(events.map((one) => one.type)).toEqual(
    expect.arrayContaining(['click', 'submit', 'formdata']),
  )
  const click = events.find((one) => one.type === 'click')
  // Not in one comparison with the rest: it would walk all of Playwright.
  expect(click?.page === page).toBe(true)
  expect([click?.trusted, click?.reading?.target?.id]).toEqual([true, 'buy'])
  expect(click?.frameId).toBe(await reader.mainFrameId(page))
  const sent = events.find((one) => one.type === 'formdata')
  expect(sent?.entries).toContainEqual({ name: 'added', value: 'by the page' })
  expect(sent?.entries).toContainEqual({ name: 'cvc', value: '737' })
  const readings = JSON.stringify(events.map((one) => one.reading))
  // The port may hold these digits by chance.
  expect(readings.replaceAll(kit.server.origin, '')).not.toContain('737')
})

test('a script’s own click and submit are reported as not trusted', async () => {
  const { page, reader } = await kit.visit(
    '<form action="javascript:void 0"><input name=a><button id=b>Go</button></form>',
    { context: {} },
  )
  const heard = Promise.withResolvers<PageEvent>()
  reader.onPageEvent((event) => {
    if (event.type === 'click') heard.resolve(event)
  })
  await page.evaluate(() => document.getElementById('b')?.click())
  const { trusted, reading } = await heard.promise
  expect([trusted, reading?.target?.name]).toEqual([false, 'Go'])
})

test('a navigation by script is reported before it leaves', async () => {
  const { page, reader } = await kit.visit('<p>x</p>', { context: {} })
  const heard = Promise.withResolvers<PageEvent>()
  reader.onPageEvent((event) => {
    if (event.type === 'navigate') heard.resolve(event)
  })
  await page.evaluate(() => {
    location.href = '/after?secret=1'
  })
  expect((await heard.promise).destination).toBe(`${kit.server.origin}/after`)
})

test('form entries are what the form would submit, without the page noticing', async () => {
  const { page, reader, at } =
    await kit.visit(`<form onformdata="window.noticed = true"><input name=a value=1><input name=off value=1 disabled>
    <input type=checkbox name=c checked><input type=checkbox name=d><select name=s multiple><option selected>x<option selected value=2>y</select>
    <textarea name=t>one
two</textarea><input type=file name=f><fieldset disabled><input name=g></fieldset><button name=go value=first>1</button><button name=go value=second id=two>2</button></form>`)
  const how = await at('#two')
  const entries = await reader.formEntries(page, how)
  const own = await page.evaluate(() => {
    const data = new FormData(
      document.querySelector('form') as HTMLFormElement,
      document.getElementById('two'),
    )
    return [...data].map(([name, value]) =>
      typeof value === 'string'
        ? { name, value: value.replace(/\n/g, '\r\n') }
        : { name, value: '', fileName: value.name },
    )
  })
  expect(entries).toEqual(own)
  await page.evaluate(() => Object.assign(window, { noticed: false }))
  await reader.formEntries(page, how)
  expect(await page.evaluate(() => (window as unknown as { noticed: boolean }).noticed)).toBe(false)
  await reader.formEntries(page, how, { live: true })
  expect(await page.evaluate(() => (window as unknown as { noticed: boolean }).noticed)).toBe(true)
  expect(await reader.formEntries(page, { target: { kind: 'none' } })).toBeUndefined()
})

test('an element has one number while it lives, and can be chosen by it', async () => {
  const { page, reader, at } = await kit.visit('<button id=a>A</button><button id=b>B</button>')
  const first = await reader.backendNodeId(page, await at('#a'))
  expect(await reader.backendNodeId(page, await at('#a'))).toBe(first)
  expect(await reader.backendNodeId(page, await at('#b'))).not.toBe(first)
  await reader.select(page, first as number)
  const reading = await reader.read(page, { target: { kind: 'element' } })
  expect(reading.target?.name).toBe('A')
})

test('an expression in the isolated world that throws is an error, not a value', async () => {
  const { page, reader } = await kit.visit('<p>x</p>')
  const frameId = await reader.mainFrameId(page)
  expect(await reader.evaluateInWorld(page, frameId, '1 + 1')).toBe(2)
  await expect(reader.evaluateInWorld(page, frameId, 'nonsense()')).rejects.toBeInstanceOf(
    PageUnreadable,
  )
})
