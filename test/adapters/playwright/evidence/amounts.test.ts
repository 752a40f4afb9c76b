import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { summarise } from '../../../../src/core/summary.ts'
import { type Kit, startKit } from './kit.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

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
