import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { takeEvidence } from '../../../../src/adapters/playwright/evidence/index.ts'
import { type Kit, startKit, type Visit } from './kit.ts'
import { CHECKOUT_PAGE } from './pages/checkout.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit({
    '/inner':
      '<p id=t style="font-size:20px">inner text</p><input name=card_number id=c value="4242424242424242">',
    '/frame': '<body style="background:#0f0">frame</body>',
  })
})
afterAll(() => kit.close())

async function evidenceOf({ page, reader, at }: Visit, selector?: string) {
  return takeEvidence({
    page,
    reader,
    how: selector === undefined ? { target: { kind: 'none' } } : await at(selector),
    agent: 'shopper',
    now: new Date('2026-11-21T14:03:22Z'),
    deadlineMs: 15_000,
  })
}

type Taken = Awaited<ReturnType<typeof evidenceOf>>

/** Brightest channel inside a box of the page, in the decoded JPEG below the strip. */
async function brightest(
  taken: Taken,
  box: { x: number; y: number; width: number; height: number },
) {
  const { picture } = taken.evidence
  if (picture === undefined || taken.pictureBytes === undefined) throw new Error('no picture')
  const { data, info } = await sharp(taken.pictureBytes).raw().toBuffer({ resolveWithObject: true })
  const strip =
    info.height - taken.reading.viewport.height * (info.width / taken.reading.viewport.width)
  const scale = info.width / taken.reading.viewport.width
  const [left, right] = [box.x * scale + 2, (box.x + box.width) * scale - 2]
  const [top, bottom] = [box.y * scale + strip + 2, (box.y + box.height) * scale + strip - 2]
  let max = 0
  for (let y = Math.max(strip, Math.ceil(top)); y < Math.min(bottom, info.height); y += 1) {
    for (let x = Math.max(0, Math.ceil(left)); x < Math.min(right, info.width); x += 1) {
      const at = (Math.round(y) * info.width + x) * info.channels
      max = Math.max(max, data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)
    }
  }
  return max
}

// What is not boxed is on a white or bright green ground; a boxed area has no more than the JPEG's own noise.
const BLACK = 70

async function boxOf(visit: Visit, selector: string) {
  const box = await visit.page.locator(selector).first().boundingBox()
  if (box === null) throw new Error(`${selector} is not there`)
  return box
}

/** Box of a text inside an element, measured in the page itself. */
function textBox(visit: Visit, selector: string, text: string) {
  return visit.page.evaluate(
    ({ selector, text }) => {
      const node = document.querySelector(selector)?.firstChild as Text
      const range = document.createRange()
      range.setStart(node, node.data.indexOf(text))
      range.setEnd(node, node.data.indexOf(text) + text.length)
      const { x, y, width, height } = range.getBoundingClientRect()
      return { x, y, width, height }
    },
    { selector, text },
  )
}

describe.each([
  ['a wide screen', {}],
  ['a fine screen', { deviceScaleFactor: 2 }],
  [
    'a phone',
    { viewport: { width: 412, height: 915 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true },
  ],
])('on %s', (_, context) => {
  let visit: Visit
  let taken: Taken
  beforeAll(async () => {
    visit = await kit.visit(CHECKOUT_PAGE, { context })
    taken = await evidenceOf(visit, '#buy')
  })

  test.each(['cardnumber', 'exp', 'cvc', 'pw', 'refund_iban'])(
    'the field %s is black',
    async (name) => {
      const box = await boxOf(visit, `[name=${name}]`)
      expect(await brightest(taken, box)).toBeLessThan(BLACK)
    },
  )

  test.each(['5555 5555 5555 4444', '911', 'GB82 WEST 1234 5698'])(
    'the text %s is black',
    async (text) => {
      const box = await textBox(visit, '#plain', text)
      expect(await brightest(taken, box)).toBeLessThan(BLACK)
    },
  )

  test('what is no secret is seen', async () => {
    expect(taken.evidence.picture).toMatchObject({ blackedOut: false, stale: false })
    expect(await brightest(taken, await boxOf(visit, '[name=email]'))).toBeGreaterThan(200)
  })
})

test('no secret is in the reading or the evidence', async () => {
  const taken = await evidenceOf(await kit.visit(CHECKOUT_PAGE), '#buy')
  // The port and the picture's digest may hold three digits by chance.
  const text = JSON.stringify([taken.reading, taken.evidence])
    .replaceAll(new URL(kit.server.origin).host, '')
    .replace(/[0-9a-f]{64}/g, '')
  for (const secret of [
    '4242424242424242',
    '4242 4242',
    '737',
    '911',
    'hunter2',
    'DE89',
    '5555',
    'WEST',
    '12/34',
    'hiddenCsrf',
    'in-the-query',
    'session=abc',
  ]) {
    expect(text, secret).not.toContain(secret)
  }
})

test('a secret value that the page shows elsewhere is black there too', async () => {
  const visit = await kit.visit(
    '<input type=password value="hunter2-Blue"><p id=echo>You typed hunter2-Blue</p>',
  )
  const taken = await evidenceOf(visit)
  expect(await brightest(taken, await textBox(visit, '#echo', 'hunter2-Blue'))).toBeLessThan(BLACK)
  expect(await brightest(taken, await textBox(visit, '#echo', 'You typed'))).toBeGreaterThan(200)
})

test('a card number spread over elements is black', async () => {
  const visit = await kit.visit(
    '<p id=s style="font-size:20px"><span>4242</span> <b>4242</b> <i>4242</i> <span>4242</span></p>',
  )
  const taken = await evidenceOf(visit)
  for (const part of ['span', 'b', 'i']) {
    expect(await brightest(taken, await boxOf(visit, `#s ${part}`))).toBeLessThan(BLACK)
  }
})

test('a frame of another site is black as a whole', async () => {
  const visit = await kit.visit(
    `<iframe src="${kit.server.otherOrigin}/frame" width=300 height=150></iframe>`,
  )
  await visit.page.frameLocator('iframe').getByText('frame').waitFor()
  const taken = await evidenceOf(visit)
  expect(await brightest(taken, await boxOf(visit, 'iframe'))).toBeLessThan(BLACK)
  expect(taken.evidence.summary.opaque).toContain('cross-origin-frame')
  expect(taken.evidence.summary.frames).toEqual([
    { origin: kit.server.otherOrigin, crossOrigin: true },
  ])
})

test('a sandboxed frame is black as a whole', async () => {
  const visit = await kit.visit(
    '<iframe sandbox srcdoc="<body style=background:lime>4242" width=300 height=150></iframe>',
  )
  const taken = await evidenceOf(visit)
  expect(await brightest(taken, await boxOf(visit, 'iframe'))).toBeLessThan(BLACK)
})

test.each([
  ['plainly', ''],
  ['scaled', 'transform:scale(1.5);transform-origin:0 0'],
  ['turned', 'transform:rotate(9deg)'],
  ['upside down', 'transform:rotate(180deg)'],
  ['mirrored', 'transform:scaleX(-1)'],
  ['mirrored otherwise', 'scale:-1 1'],
  ['in perspective', 'transform:perspective(300px) rotateY(20deg)'],
  ['zoomed', 'zoom:1.4'],
  ['scrolled', ''],
])('a secret in a frame of the same site that stands %s is black', async (how, style) => {
  const visit = await kit.visit(
    `<p style="height:60px">above</p><iframe src="/inner" style="border:9px solid;padding:11px;width:300px;height:150px;${style}"></iframe>`,
  )
  const field = visit.page.frameLocator('iframe').locator('#c')
  await field.waitFor()
  if (how === 'scrolled') await field.evaluate(() => window.scrollBy(0, 5))
  const taken = await evidenceOf(visit)
  // Playwright's own boxes are off inside turned and zoomed frames. A turned one has to be black as a whole.
  const frame = await boxOf(visit, 'iframe')
  const inner = await field.evaluate((one) => {
    const { x, y, width, height } = one.getBoundingClientRect()
    return { x: x + 20, y: y + 20, width, height }
  })
  const zoomed = {
    x: frame.x + inner.x * 1.4,
    y: frame.y + inner.y * 1.4,
    width: inner.width * 1.4,
    height: inner.height * 1.4,
  }
  const turned = /rotate|-1/.test(style)
  const box = turned ? frame : how === 'zoomed' ? zoomed : await field.boundingBox()
  if (box === null) throw new Error('no field')
  expect(await brightest(taken, box)).toBeLessThan(BLACK)
})

const CLOSED = (
  tag: string,
  inside: string,
  light = '',
) => `<${tag} id=h style="display:block;margin:20px">${light}</${tag}><script>
  document.getElementById('h').attachShadow({ mode: 'closed' }).innerHTML = ${JSON.stringify(inside)}</script>`
const SECRET = '<div style="background:#0f0;width:300px;height:60px">4242 4242 4242 4242</div>'

test.each([
  ['of a custom element', CLOSED('x-card', SECRET)],
  ['of a plain element', CLOSED('div', SECRET)],
  ['with light children in a slot', CLOSED('x-card', `<slot></slot>${SECRET}`, '<b>Card</b>')],
  [
    'of a plain element with a height',
    CLOSED('div', SECRET).replace('margin', 'height:70px;margin'),
  ],
])('a closed shadow root %s is black as a whole', async (_, html) => {
  const visit = await kit.visit(html)
  const taken = await evidenceOf(visit)
  const box = await boxOf(visit, '#h')
  expect(await brightest(taken, { ...box, width: 300 })).toBeLessThan(BLACK)
})

test('a closed shadow root is said to be unreadable', async () => {
  const visit = await kit.visit(CLOSED('x-card', SECRET))
  expect((await visit.read()).opaque).toEqual(['closed-shadow-root'])
})

test('an empty coloured box without a shadow root is seen', async () => {
  const visit = await kit.visit('<div id=h style="background:#0f0;width:300px;height:60px"></div>')
  expect(await brightest(await evidenceOf(visit), await boxOf(visit, '#h'))).toBeGreaterThan(200)
})

test('what the owner names is black and unread', async () => {
  const visit = await kit.visit(
    '<div class=private><p id=p>Ward 7, total €99.00</p><input name=x value=diagnosis></div><p>Total €20.00</p>',
    { redactSelectors: ['.private'] },
  )
  const taken = await evidenceOf(visit)
  expect(await brightest(taken, await boxOf(visit, '#p'))).toBeLessThan(BLACK)
  expect(JSON.stringify(taken.evidence)).not.toMatch(/Ward|€99|99\.00|diagnosis/)
  expect(taken.evidence.summary.payable?.total.amountMinor).toBe(2_000)
})

test.each([
  ['a selector is invalid', { redactSelectors: ['::nonsense('] }],
  ['there is more to measure than allowed', { nodeCap: 5 }],
])('the whole picture is black when %s', async (_, options) => {
  const taken = await evidenceOf(await kit.visit(CHECKOUT_PAGE, options), '#buy')
  expect(taken.evidence.picture?.blackedOut).toBe(true)
  // The sentence that says why stands in the middle; everything else is black.
  expect(await brightest(taken, { x: 0, y: 0, width: 1280, height: 300 })).toBeLessThan(BLACK)
  expect(taken.cropBytes).toBeUndefined()
})

test('a secret that moves all the time is never seen', async () => {
  const visit =
    await kit.visit(`<input id=c name=cardnumber value="4242424242424242" style="position:absolute;top:50px;background:#0f0">
    <script>let n = 0; const move = () => { n += 37; c.style.left = (n % 900) + 'px'; requestAnimationFrame(move) }; move()</script>`)
  const taken = await evidenceOf(visit)
  // Shown or withheld, the field's green ground is nowhere.
  const { data, info } = await sharp(taken.pictureBytes).raw().toBuffer({ resolveWithObject: true })
  let green = 0
  for (let at = 0; at < data.length; at += info.channels) {
    if ((data[at + 1] ?? 0) > 150 && (data[at] ?? 255) < 120) green += 1
  }
  expect(green).toBe(0)
})
