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
