import type { FieldReading, PageSummary } from 'holdpoint/guard'
import { checkoutGuard, formSubmissionGuard } from 'holdpoint/guards'
import { describe, expect, test } from 'vitest'
import { button, call, cartPage, field, form, lastPage, link, page, payable } from './attempts.ts'

const guard = formSubmissionGuard()
const holds = (attempt: Parameters<typeof guard.inspect>[0]): boolean => {
  const finding = guard.inspect(attempt)
  if (finding !== undefined)
    expect(finding).toMatchObject({ kind: 'form-submission', risk: 'high' })
  return finding !== undefined
}

const NAME = field({ name: 'name', label: 'Name', value: 'Ada Lovelace' })
const EMAIL = field({ name: 'email', label: 'E-mail', type: 'email', value: 'ada@example.com' })
const PHONE = field({ name: 'phone', label: 'Phone', type: 'tel', value: '+4930123456' })
const MESSAGE = field({ name: 'message', label: 'Message', type: 'textarea', value: 'Hello' })
const PASSWORD = field({ name: 'password', type: 'password', secret: true, filled: true })
const CV = field({ name: 'cv', label: 'CV', type: 'file', filled: true, files: ['ada.pdf'] })
const TERMS = field({
  name: 'terms',
  label: 'I accept the terms',
  type: 'checkbox',
  value: 'on',
  checked: true,
})

function formPage(
  title: string,
  label: string,
  fields: readonly FieldReading[],
  over: Partial<PageSummary> = {},
): PageSummary {
  return page({
    path: '/p',
    title,
    headings: [title],
    target: button(label),
    form: form('/p', fields),
    ...over,
  })
}

const CONTACT = formPage('Contact us', 'Send message', [NAME, EMAIL, MESSAGE])

describe('a form that reaches other people or binds is held', () => {
  test.each([
    ['contact', CONTACT],
    [
      'contact, sent by a script',
      formPage('Contact', 'Send', [NAME, EMAIL, MESSAGE], {
        form: form('/p', [NAME, EMAIL, MESSAGE], { method: 'get' }),
      }),
    ],
    [
      'contact, without a form element',
      page({
        title: 'Contact',
        target: button('Send', { type: 'button' }),
        otherFields: [NAME, EMAIL, MESSAGE],
      }),
    ],
    [
      'contact, in German',
      formPage('Kontakt', 'Absenden', [
        field({ name: 'f1', label: 'Ihr Name', value: 'x' }),
        field({ name: 'f2', label: 'Ihre Nachricht', type: 'textarea', value: 'x' }),
      ]),
    ],
    [
      'contact, in Japanese',
      formPage('お問い合わせ', '送信', [
        field({ name: 'f1', label: 'お名前', value: 'x' }),
        field({ name: 'f2', label: '本文', type: 'textarea', value: 'x' }),
      ]),
    ],
    ['application', formPage('Apply for this job', 'Submit application', [NAME, EMAIL, CV])],
    ['application, in French', formPage('Candidature', 'Envoyer', [NAME, EMAIL, CV])],
    ['registration', formPage('Create your account', 'Sign up', [NAME, EMAIL, PASSWORD, TERMS])],
    [
      'registration that is called saving',
      formPage('Create your account', 'Save', [NAME, EMAIL, PASSWORD]),
    ],
    [
      'registration for an event',
      formPage('Conference registration', 'Register', [NAME, EMAIL, PHONE]),
    ],
    [
      'support',
      formPage('Submit a ticket', 'Submit', [
        EMAIL,
        field({ name: 'subject', value: 'x' }),
        MESSAGE,
      ]),
    ],
    [
      'booking request',
      formPage('Request appointment', 'Request', [
        NAME,
        PHONE,
        field({ name: 'date', type: 'date', value: '2026-12-01' }),
      ]),
    ],
    ['terms with personal data', formPage('Membership', 'Submit', [NAME, EMAIL, TERMS])],
    [
      'an e-mail',
      formPage('Compose', 'Send', [
        field({ name: '_to', type: 'textarea', value: 'b@example.com' }),
        field({ name: '_subject', value: 'x' }),
        MESSAGE,
      ]),
    ],
  ])('%s', (_, summary) => {
    expect(holds(call(summary))).toBe(true)
  })

  test('by Enter in one of its fields', () => {
    const target = button('E-mail', { tag: 'input', type: 'email', role: 'textbox' })
    const pressed = {
      ...CONTACT,
      target,
      form: form('/p', [NAME, EMAIL, MESSAGE], { submitter: 'Send' }),
    }
    expect(holds(call(pressed, 'press'))).toBe(true)
  })

  test('also beside a mini cart that shows a total', () => {
    expect(holds(call({ ...CONTACT, payable: payable(2_000) }))).toBe(true)
  })
})

describe('everyday forms pass', () => {
  const SEARCH = field({ name: 'q', type: 'search', value: 'paper' })
  test.each([
    ['search', formPage('Home', 'Search', [SEARCH])],
    ['search by POST', formPage('Home', 'Submit', [SEARCH])],
    [
      'search by GET',
      formPage('Results', 'Go', [SEARCH], { form: form('/s', [SEARCH], { method: 'get' }) }),
    ],
    [
      'filter',
      formPage('Products', 'Apply filters', [field({ name: 'brand', type: 'select', value: 'a' })]),
    ],
    ['log-in', formPage('Sign in', 'Sign in', [EMAIL, PASSWORD])],
    ['log-in with a generic button', formPage('Welcome', 'Continue', [EMAIL, PASSWORD])],
    ['newsletter', formPage('Newsletter', 'Subscribe', [EMAIL])],
    ['newsletter that says sign up', formPage('Stay in touch', 'Sign up', [NAME, EMAIL])],
    [
      'settings',
      formPage('Settings', 'Save', [field({ name: 'theme', type: 'select', value: 'dark' })]),
    ],
    ['profile', formPage('Profile', 'Save changes', [NAME, EMAIL, PHONE])],
    ['a profile with a password', formPage('Your details', 'Save', [NAME, EMAIL, PASSWORD])],
    [
      'a draft',
      formPage('Compose', 'Save draft', [field({ name: '_to', value: 'b@example.com' }), MESSAGE]),
    ],
    [
      'a cookie banner',
      formPage('Home', 'Accept all', [
        field({ name: 'analytics', type: 'checkbox', value: '1', checked: true }),
      ]),
    ],
    ['a comment', formPage('Leave feedback', 'Post comment', [NAME, EMAIL, MESSAGE])],
    ['a preview', formPage('Contact us', 'Preview', [NAME, EMAIL, MESSAGE])],
    ['a record of a contact', formPage('New contact', 'Save', [NAME, EMAIL, PHONE])],
    ['a review', formPage('Product', 'Write a review', [NAME, MESSAGE])],
    ['cancel', formPage('Contact us', 'Cancel', [NAME, EMAIL, MESSAGE])],
    [
      'a form of hidden fields',
      formPage('Item', 'Submit', [field({ name: 'id', type: 'hidden', value: '1' })]),
    ],
    ['a link to the form', { ...CONTACT, target: link('Contact', '/contact') }],
    [
      'a click into a field',
      { ...CONTACT, target: button('Name', { tag: 'input', type: 'text', role: 'textbox' }) },
    ],
  ])('%s', (_, summary) => {
    expect(holds(call(summary))).toBe(false)
  })
})

describe('orders are left to the checkout guard: no act is held by both', () => {
  const address = [
    NAME,
    field({ name: 'address1', label: 'Address', value: '1 Main St' }),
    field({ name: 'zip', value: '10115' }),
    EMAIL,
  ]
  test.each([
    ['placing the order', lastPage('Place order')],
    ['a generic button on the last page', lastPage('Submit')],
    [
      'a cart',
      cartPage(button('Submit'), {
        form: form('/cart', [field({ name: 'note', type: 'textarea', value: 'x' })]),
      }),
    ],
    [
      'the address step',
      formPage('Checkout', 'Continue', address, { path: '/checkout/information' }),
    ],
    [
      'an address beside a sum',
      formPage('Your details', 'Submit', address, { payable: payable(100) }),
    ],
    [
      'a booking with a price',
      formPage('Book appointment', 'Confirm booking', [NAME, EMAIL, PHONE]),
    ],
  ])('%s', (_, summary) => {
    expect(holds(call(summary))).toBe(false)
  })

  test('and the other way round', () => {
    expect(checkoutGuard().inspect(call(CONTACT))).toBeUndefined()
  })
})

test('the terms show what is sent and to whom, files by name, no password', () => {
  const fields = [PASSWORD, CV, EMAIL, NAME, TERMS]
  const summary = formPage('Apply now', 'Apply', fields, {
    form: form('https://jobs.example/apply', fields),
  })
  expect(guard.inspect(call(summary))?.terms).toEqual({
    v: 1,
    recipient: 'jobs.example',
    fields: [
      { label: 'Name', value: 'Ada Lovelace' },
      { label: 'E-mail', value: 'ada@example.com' },
      { label: 'CV', value: 'ada.pdf' },
      { label: 'I accept the terms', value: 'yes' },
    ],
  })
})

test('the owner can name pages whose forms are always held', () => {
  const own = formSubmissionGuard({ formPaths: ['/p'] })
  const summary = formPage('x', 'Weiter', [field({ name: 'a', value: '1' })])
  expect(own.inspect(call(summary))?.kind).toBe('form-submission')
  expect(holds(call(summary))).toBe(false)
})

test('a page that could not be read is left to the checkout guard', () => {
  expect(holds(call(undefined))).toBe(false)
})
