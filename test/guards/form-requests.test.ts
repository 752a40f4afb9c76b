import { formSubmissionGuard } from 'holdpoint/guards'
import { describe, expect, test } from 'vitest'
import { body, button, call, field, form, lastPage, page, request, sent } from './attempts.ts'

const guard = formSubmissionGuard()
const holds = (attempt: Parameters<typeof guard.inspect>[0]): boolean =>
  guard.inspect(attempt) !== undefined

const CONTACT = page({
  path: '/p',
  title: 'Contact us',
  target: button('Send message'),
  form: form('/p', [
    field({ name: 'name', label: 'Name', value: 'Ada Lovelace' }),
    field({ name: 'email', label: 'E-mail', type: 'email', value: 'ada@example.com' }),
    field({ name: 'message', label: 'Message', type: 'textarea', value: 'Hello' }),
  ]),
})

describe('at the gate', () => {
  const values = body({ name: 'Ada Lovelace', email: 'ada@example.com', message: 'Hello' })

  test('the request that carries the form is held, with the terms of the call', () => {
    const asked = guard.inspect(call(CONTACT))
    const native = request('POST /p', { ...values, body: 'urlencoded', resourceType: 'document' })
    const script = request('POST /api/forms/7', values)
    expect(guard.inspect(sent(native, CONTACT))?.terms).toEqual(asked?.terms)
    expect(guard.inspect(sent(script, CONTACT))?.terms).toEqual(asked?.terms)
  })

  test.each([
    ['validation of one field', request('POST /validate', body({ email: 'ada@example.com' }))],
    ['another request of the page', request('POST /api/x', body({ a: 'b' }))],
    ['analytics', request('POST /g/collect', values)],
    ['autosave', request('POST /autosave', values)],
    ['a beacon', request('POST /p', { ...values, resourceType: 'beacon' })],
    ['a request without a body', request('POST /api/x')],
    ['reading', request('GET /p')],
  ])('%s passes', (_, facts) => {
    expect(holds(sent(facts, CONTACT))).toBe(false)
  })

  test('without a page the body decides', () => {
    expect(holds(sent(request('POST /contact', values)))).toBe(true)
    expect(holds(sent(request('POST /x7', body({ a: 'b' }))))).toBe(false)
    expect(guard.inspect(sent(request('POST /contact', values)))?.terms).toEqual({
      v: 1,
      recipient: 'shop.example',
      fields: [
        { label: 'name', value: 'Ada Lovelace' },
        { label: 'email', value: 'ada@example.com' },
        { label: 'message', value: 'Hello' },
      ],
    })
  })

  test('an order is not held a second time', () => {
    const facts = request(
      'POST /order/place',
      body({ email: 'ada@example.com', message: 'Ring twice' }),
    )
    expect(holds(sent(facts, lastPage('Place order')))).toBe(false)
    expect(holds(sent(facts))).toBe(false)
  })
})
