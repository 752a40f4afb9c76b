import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { summarise } from '../../../../src/core/summary.ts'
import { type Kit, startKit } from './kit.ts'
import { CHECKOUT_PAGE } from './pages/checkout.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit({
    '/inner': `<h2>Inner</h2><form action="/pay-inside" method="post"><label>Note <input name="note" value="hello"></label>
      <p>Total <b>€77.00</b></p><button>Pay inside</button></form>`,
  })
})
afterAll(() => kit.close())

test('a checkout reads as who is paid, how much, for what, with which fields', async () => {
  const { read } = await kit.visit(CHECKOUT_PAGE)
  const reading = await read('#buy')
  const summary = summarise(reading)
  expect(reading.url).toMatch(/\/page-\d+$/)
  expect(summary.target).toMatchObject({ tag: 'button', name: 'Place order · €182.40', id: 'buy' })
  expect(summary.target?.heading).toBe('Your order')
  expect(summary.form).toMatchObject({ method: 'post', submitter: 'Place order · €182.40' })
  expect(summary.form?.action).toBe(`${kit.server.origin}/orders`)
  expect(summary.payable).toEqual({
    total: { amountMinor: 18_240, currency: 'EUR' },
    places: 2,
    disagreeing: [],
    ambiguous: false,
  })
  expect(summary.items).toEqual([
    { name: 'Printer paper A4', quantity: 2, totalMinor: 15_000 },
    { name: 'Ball pens, blue', quantity: 1, totalMinor: 1_250 },
  ])
  expect(summary.headings).toEqual(['Checkout', 'Delivery', 'Payment', 'Your order'])
  expect(summary.notes).toContain('I agree to the terms and conditions')
  expect(reading.truncated).toBe(false)
  const fields = Object.fromEntries(reading.form?.fields.map((one) => [one.name, one]) ?? [])
  expect(fields.country).toMatchObject({ label: 'Country', value: 'Germany', secret: false })
  expect(fields.cardnumber).toMatchObject({ secret: true, value: '', last4: '4242' })
  expect(fields.cvc).toMatchObject({ secret: true, value: '', filled: true })
  expect(fields.cvc).not.toHaveProperty('last4')
  expect(fields.csrf_token).toMatchObject({ secret: true, visible: false })
  expect(fields.order_total_cents).toMatchObject({ value: '18240', visible: false })
  expect(fields.terms).toMatchObject({ checked: true })
})

describe('the target', () => {
  test.each([
    [
      'an icon inside a button',
      '<button id=b><svg width=20 height=20><title>Buy</title><path d="M0 0h20v20H0z"/></svg></button>',
      'svg',
      { tag: 'button', name: 'Buy' },
    ],
    [
      'a link, without its query',
      '<a href="/del/7?sid=secret#x">Delete</a>',
      'a',
      { tag: 'a', name: 'Delete' },
    ],
    [
      'the control of a label',
      '<input type=checkbox id=c><label for=c>I agree</label>',
      'label',
      { tag: 'input', type: 'checkbox', name: 'I agree' },
    ],
    [
      'a div with a role',
      '<div role=button><span>Send money</span></div>',
      'span',
      { tag: 'div', role: 'button', name: 'Send money' },
    ],
    [
      'a div that looks clickable',
      '<div style="cursor:pointer;width:90px"><span>Order</span></div>',
      'span',
      { tag: 'div', name: 'Order' },
    ],
    [
      'an input by its value',
      '<form><input type=submit value="Buy now"></form>',
      'input',
      { tag: 'input', name: 'Buy now' },
    ],
    [
      'what is seen, not what is only announced',
      '<button aria-label="Cancel">Pay</button>',
      'button',
      { name: 'Pay', hint: 'Cancel' },
    ],
    [
      'by class words when nothing is written on it',
      '<button class="btn icon-trash" style="width:30px;height:30px"></button>',
      'button',
      { name: '', hint: 'btn icon-trash' },
    ],
    [
      'in its dialog',
      '<div role=dialog aria-labelledby=t><h2 id=t>Delete account?</h2><button>Yes</button></div>',
      'button',
      { name: 'Yes', dialog: 'Delete account?' },
    ],
  ])('is %s', async (_, html, selector, expected) => {
    const { read } = await kit.visit(html)
    expect((await read(selector)).target).toMatchObject(expected)
  })

  test('loses query and fragment of its address', async () => {
    const { read } = await kit.visit('<a href="/del/7?sid=secret#x">Delete</a>')
    expect((await read('a')).target?.href).toBe(`${kit.server.origin}/del/7`)
  })

  test('is found inside open shadow roots, with the form around them', async () => {
    const { read } =
      await kit.visit(`<form action="/go" method=post><x-host></x-host></form><script>
      customElements.define('x-host', class extends HTMLElement { constructor() { super()
        this.attachShadow({ mode: 'open' }).innerHTML = '<button type=button><b>Order</b></button>' } })</script>`)
    const reading = await read('b')
    expect(reading.target).toMatchObject({ tag: 'button', name: 'Order' })
    expect(reading.form?.action).toBe(`${kit.server.origin}/go`)
  })

  test('is found inside frames of the same origin, in the tab’s coordinates', async () => {
    const { page, read, reader } = await kit.visit(
      '<p style="height:70px">above</p><iframe src="/inner" style="border:5px solid;padding:7px;margin-left:40px;width:500px;height:300px"></iframe>',
    )
    const inner = page.frameLocator('iframe').locator('button')
    const box = await inner.boundingBox()
    if (box === null) throw new Error('no button')
    const reading = await reader.read(page, {
      target: { kind: 'point', x: box.x + 5, y: box.y + 5 },
      budgetMs: 5_000,
    })
    expect(reading.target?.name).toBe('Pay inside')
    expect(reading.target?.rect?.x).toBeCloseTo(box.x, 0)
    expect(reading.target?.rect?.y).toBeCloseTo(box.y, 0)
    expect(reading.form).toMatchObject({ action: `${kit.server.origin}/pay-inside` })
    expect(summarise(reading).payable?.total.amountMinor).toBe(7_700)
    expect((await read()).frames).toMatchObject([{ crossOrigin: false }])
  })

  test('is the focused field, and its form’s first submit button even when hidden', async () => {
    const { page, reader } =
      await kit.visit(`<form action="/save"><button formaction="/wipe" formmethod="post" style="display:none">Wipe</button>
      <input name=q autofocus><button>Save</button></form>`)
    await page.focus('input')
    const reading = await reader.read(page, { target: { kind: 'focus' }, budgetMs: 5_000 })
    expect(reading.target?.tag).toBe('input')
    expect(reading.form).toMatchObject({ method: 'post', action: `${kit.server.origin}/wipe` })
  })

  test('is nothing when nothing is asked about', async () => {
    const { read } = await kit.visit('<button>Buy</button>')
    expect((await read()).target).toBeUndefined()
  })
})

describe('the form', () => {
  test('belongs to a button outside it by its form attribute', async () => {
    const { read } = await kit.visit(
      '<form id=f action="/x" method=post><input name=a value=1></form><button form=f>Go</button>',
    )
    expect((await read('button')).form).toMatchObject({ id: 'f', fields: [{ name: 'a' }] })
  })

  test('has the address and method that the button overrides', async () => {
    const { read } = await kit.visit(
      '<form action="/a" method=get><button formaction="https://evil.example/b?q=1" formmethod=post formtarget=_blank>Go</button></form>',
    )
    expect((await read('button')).form).toMatchObject({
      action: 'https://evil.example/b',
      method: 'post',
      target: '_blank',
    })
  })

  test('is not shadowed by fields that are named like its properties', async () => {
    const { page, reader, read, at } =
      await kit.visit(`<form action="/real" method=post><input name=action value=/fake><input name=method value=get>
      <input name=elements><input name=querySelectorAll><input name=getAttribute><input name=parentNode>
      <p>Total €30.00</p><button>Pay</button></form><img name=body><img name=querySelectorAll><form name=activeElement></form>`)
    const reading = await read('button')
    expect(reading.form).toMatchObject({ action: `${kit.server.origin}/real`, method: 'post' })
    expect(reading.form?.fields).toHaveLength(6)
    expect(await reader.formEntries(page, await at('button'))).toHaveLength(6)
    expect(summarise(reading).payable?.total.amountMinor).toBe(3_000)
  })

  test('leaves visible fields elsewhere to otherFields', async () => {
    const { read } = await kit.visit(
      '<label>E-mail <input name=mail value=a@b.example></label><input name=gone style="display:none"><form><input name=a></form><button>Pay</button>',
    )
    const reading = await read('button')
    expect(reading.form).toBeUndefined()
    expect(reading.otherFields.map((one) => one.name)).toEqual(['mail', 'a'])
  })

  test.each([
    ['a label around it', '<label>City <input name=x></label>', 'City'],
    ['a label for it', '<label for=i>City</label><input id=i name=x>', 'City'],
    ['aria-labelledby', '<b id=l>City</b> <input aria-labelledby=l name=x>', 'City'],
    ['aria-label', '<input aria-label=City name=x>', 'City'],
    ['placeholder', '<input placeholder=City name=x>', 'City'],
    ['the cell before it', '<table><tr><td>City</td><td><input name=x></td></tr></table>', 'City'],
  ])('names a field by %s', async (_, html, label) => {
    const { read } = await kit.visit(html)
    expect((await read()).otherFields[0]?.label).toBe(label)
  })

  test('has files by name, and hidden check boxes whose label is seen', async () => {
    const { page, read } = await kit.visit(
      '<form><input type=file name=cv><input type=checkbox id=c name=c checked style="opacity:0;position:absolute"><label for=c>Yes</label><button>Send</button></form>',
    )
    await page.setInputFiles('input[type=file]', {
      name: 'cv.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('x'),
    })
    expect((await read('button')).form?.fields).toMatchObject([
      { name: 'cv', files: ['cv.pdf'], value: '' },
      { name: 'c', visible: true, checked: true },
    ])
  })
})

describe('amounts', () => {
  const totalOf = async (html: string) => summarise(await (await kit.visit(html)).read())

  test.each([
    ['a table row', '<table><tr><td>Paper<td>€10<tr><td>Total<td>€20.00</table>'],
    ['a definition list', '<dl><dt>Paper<dd>€10<dt>Total<dd>€20.00</dl>'],
    ['flex rows', '<div style="display:flex"><span>Total</span><span>€20.00</span></div>'],
    [
      'a flat grid',
      '<div style="display:grid;grid-template-columns:1fr 1fr"><span>Shipping</span><span>€5.00</span><span>Total</span><span>€20.00</span></div>',
    ],
    ['nested blocks', '<div><div><div>Total</div></div><div><div><b>€20.00</b></div></div></div>'],
    ['one line of text', '<p>Total: €20.00</p>'],
    ['mark and number in two spans', '<p>Total <span><span>€</span><span>20.00</span></span></p>'],
    ['cents set high', '<p><b>Total</b> <span>€20<sup>00</sup></span></p>'],
    ['words behind it', '<p><span>€20.00</span> <span>total</span></p>'],
    ['VAT named behind it', '<div><span>Total</span> <span>€20.00 incl. VAT</span></div>'],
    [
      'a label that is aria-hidden but seen',
      '<p><span aria-hidden=true>Total</span> <span aria-hidden=true>€20.00</span></p>',
    ],
    [
      'a struck-out price beside it',
      '<p><span>Total</span> <del>€30.00</del> <span>€20.00</span></p>',
    ],
    [
      'an open shadow root',
      '<x-sum></x-sum><script>customElements.define("x-sum",class extends HTMLElement{constructor(){super();this.attachShadow({mode:"open"}).innerHTML="<p>Total <b>€20.00</b></p>"}})</script>',
    ],
  ])('find the total in %s', async (_, html) => {
    expect((await totalOf(html)).payable?.total).toEqual({ amountMinor: 2_000, currency: 'EUR' })
  })

  test.each([
    ['display none', 'display:none'],
    ['visibility', 'visibility:hidden'],
    ['opacity', 'opacity:0'],
    ['a clip', 'position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0 0 0 0)'],
    ['a place left of the page', 'position:absolute;left:-9999px'],
    ['no font size', 'font-size:0'],
    ['a box without height', 'height:0;overflow:hidden'],
  ])('do not count when hidden by %s', async (_, style) => {
    const summary = await totalOf(`<p style="${style}">Total €1.00</p><p>Total €20.00</p>`)
    expect(summary.payable).toMatchObject({ total: { amountMinor: 2_000 }, disagreeing: [] })
  })

  test.each([
    [
      'an outer box lies off the page',
      '<div style="position:absolute;left:-5000px;width:10px"><p style="position:absolute;left:5100px;width:200px">Total €500.00</p></div>',
    ],
    [
      'an outer box has no room and the text stands outside it',
      '<div style="overflow:hidden;height:0"><p style="position:absolute">Total €500.00</p></div>',
    ],
    [
      'the text runs out of a box that lies off the page',
      '<p style="position:absolute;left:-30px;width:20px;white-space:nowrap">Total to be paid now €500.00</p>',
    ],
    ['a clip cuts off a half only', '<p style="clip-path:inset(50% 0 0 0)">Total €500.00</p>'],
    ['a clip has no effect', '<p style="clip:rect(0,0,0,0)">Total €500.00</p>'],
    ['it stands four hundred boxes deep', `${'<div>'.repeat(400)}<p>Total €500.00</p>`],
  ])('count when %s', async (_, html) => {
    expect((await totalOf(`${html}<p>Total €20.00</p>`)).payable?.total.amountMinor).toBe(50_000)
  })

  test('name each amount once, with its own label', async () => {
    const { read } = await kit.visit(
      '<ul><li><div><span>Paper</span> <span>2 ×</span> <div><b>€10.00</b></div></div></li><li><span>Pens</span> <b>€3.00</b></li></ul>',
    )
    const reading = await read()
    expect(reading.amounts.map((one) => [one.label, one.text])).toEqual([
      ['Paper 2 ×', '€10.00'],
      ['Pens', '€3.00'],
    ])
    expect(summarise(reading).items).toMatchObject([
      { name: 'Paper', quantity: 2, totalMinor: 1_000 },
      { name: 'Pens', quantity: 1, totalMinor: 300 },
    ])
  })

  test('leave out the words on buttons and take quantities from inputs', async () => {
    const { read } =
      await kit.visit(`<div class=item style="display:flex;gap:9px"><img alt="" width=9><div>Printer paper A4</div>
      <input type=number value=3 aria-label=Quantity><span>€9.00</span><span>€27.00</span><button>Remove</button></div>`)
    const reading = await read()
    expect(reading.rows).toEqual([{ cells: ['Printer paper A4', '3', '€9.00', '€27.00'] }])
    expect(summarise(reading).items).toEqual([
      { name: 'Printer paper A4', quantity: 3, unitMinor: 900, totalMinor: 2_700 },
    ])
  })

  test('on a button are the control’s', async () => {
    const { read } = await kit.visit('<button>Pay <b>€20.00</b></button>')
    expect((await read('button')).amounts).toMatchObject([{ label: 'Pay', place: 'control' }])
  })

  test('in hidden fields are reported as such', async () => {
    const { read } = await kit.visit(
      '<form><input type=hidden name=amount value=340286><input type=hidden name=page value=2><button>Go</button></form>',
    )
    expect((await read('button')).amounts).toEqual([
      { label: 'amount', text: '340286', place: 'hidden-field', emphasised: false },
    ])
  })

  test('of a price per month make it recurring', async () => {
    expect((await totalOf('<p>Pro plan <b>€20</b> / month</p>')).recurring).toBe(true)
  })
})

test('a canvas in view is said to be unreadable', async () => {
  const { read } = await kit.visit('<canvas width=400 height=300></canvas>')
  expect((await read()).opaque).toContain('canvas')
})

test('a page of 5,000 rows is cut short by the budget, says so, and still shows the total', async () => {
  const rows = Array.from({ length: 5_000 }, (_, i) => `<tr><td>Thing ${i}<td>${i}<td>€${i}.00`)
  const { reader, page, at } = await kit.visit(
    `<form><button id=b>Pay</button><table>${rows.join('')}</table><p>Total <b>€99999.00</b></p></form>`,
  )
  const reading = await reader.read(page, { ...(await at('#b')), budgetMs: 20 })
  expect(reading.truncated).toBe(true)
  expect(reading.redactionIncomplete).toBe(false)
  expect(reading.target?.name).toBe('Pay')
})

test('control characters and half characters never leave the page', async () => {
  const { page, read } = await kit.visit('<button>x</button><form></form>')
  await page.evaluate(() => {
    const button = document.querySelector('button') as HTMLButtonElement
    button.textContent = 'Pay\u0000\u202e now \ud83d'
    button.id = 'a\u0001b'
  })
  expect((await read('button')).target).toMatchObject({ name: 'Pay now \ufffd', id: 'a b' })
})
