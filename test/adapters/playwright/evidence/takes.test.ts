import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Kit, startKit, type Visit } from './kit.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

const FORM = `<form method="post">
  <label>Guests <input name="guests" type="number" min="1" max="12" step="1" value="4"></label>
  <label>Day <input name="day" type="date" max="2026-12-24" value="2026-12-01"></label>
  <label>Note <textarea name="note" maxlength="80">Ring twice</textarea></label>
  <label>Slot <select name="slot"><option value="am">Morning<option value="pm" selected>Afternoon
    <option value="no" disabled>Night</select></label>
  <label>Two lines <textarea name="lines">a\nb</textarea></label>
  <label>Off <input name="off" disabled value="x"></label>
  <label>Fixed <input name="fixed" readonly value="x"></label>
  <label>Password <input name="password" type="password" value="hunter22"></label>
  <label>Card number <input name="cardnumber" value="4242 4242 4242 4242"></label>
  <label>Key <select name="key"><option>sk_live_4eC39HqLyjWDarjtT1zdp7dc</select></label>
  <label>Many <select name="many">${'<option>x'.repeat(51)}</select></label>
  <label>Several <select name="several" multiple><option>x</select></label>
  <fieldset disabled><label>Inside <input name="inside" value="x"></label></fieldset>
  <label>Twin <input name="twin" value="1"></label><label>Twin <input name="twin" value="2"></label>
  <button id="send">Send</button></form>`

async function fieldsOf(visit: Visit) {
  const reading = await visit.read('#send')
  return Object.fromEntries(reading.form?.fields.map((field) => [field.name, field.takes]) ?? [])
}

const NONE = { min: '', max: '', step: '', maxLength: '' }

test('a field says what it takes, unless nobody can change it, it is secret, or it is not told as it stands', async () => {
  const takes = await fieldsOf(await kit.visit(FORM))
  expect(takes).toEqual({
    guests: { ...NONE, min: '1', max: '12', step: '1' },
    day: { ...NONE, max: '2026-12-24' },
    note: { ...NONE, maxLength: '80' },
    slot: {
      ...NONE,
      menu: {
        chosen: 'pm',
        options: [
          { value: 'am', label: 'Morning' },
          { value: 'pm', label: 'Afternoon' },
        ],
      },
    },
    lines: undefined,
    off: undefined,
    fixed: undefined,
    password: undefined,
    cardnumber: undefined,
    key: undefined,
    many: undefined,
    several: undefined,
    inside: undefined,
    twin: NONE,
  })
})

test('a field is found by its name, if there is one of it and it stands in the page itself', async () => {
  const visit = await kit.visit(`<p>${FORM}`)
  const how = await visit.at('#send')
  const pathOf = (name: string) => visit.reader.fieldPath(visit.page, how, name)
  const path = await pathOf('note')
  expect(await visit.page.locator(`css=${path}`).inputValue()).toBe('Ring twice')
  expect(await pathOf('twin')).toBeUndefined()
  expect(await pathOf('gone')).toBeUndefined()
  await visit.page.evaluate(() => {
    const form = document.querySelector('form') as HTMLFormElement
    const host = document.createElement('div')
    form.replaceWith(host)
    host.attachShadow({ mode: 'open' }).append(form)
  })
  expect(await visit.reader.fieldPath(visit.page, await visit.at('#send'), 'note')).toBeUndefined()
})

test('a form whose fields are called like the DOM is read by the browser’s own', async () => {
  const visit =
    await kit.visit(`<form><input name="elements" value="1"><input name="children" value="2">
    <input name="parentNode" value="3"><button id="send">Send</button></form>`)
  const path = await visit.reader.fieldPath(visit.page, await visit.at('#send'), 'parentNode')
  expect(await visit.page.locator(`css=${path}`).inputValue()).toBe('3')
})
