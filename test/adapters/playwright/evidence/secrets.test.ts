import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type FieldTraits,
  makeSecrets,
} from '../../../../src/adapters/playwright/evidence/in-page/secrets.ts'

const secrets = makeSecrets()
const field: FieldTraits = {
  tag: 'input',
  type: 'text',
  autocomplete: '',
  numeric: false,
  maxLength: 0,
  words: '',
  value: '',
}

describe('text is scrubbed of', () => {
  test.each([
    ['a card number', 'Card 4242 4242 4242 4242.', 'Card ••••4242.'],
    ['a card number without spaces', 'Card 5555555555554444', 'Card ••••4444'],
    ['a card number with dashes', '4000-0566-5566-5556', '••••5556'],
    ['an American Express number', 'x 3782 822463 10005 y', 'x ••••0005 y'],
    ['a card number beside a quantity', '2 4242 4242 4242 4242 12', '2 ••••4242 12'],
    ['a card number split by elements', '4242\u20284242 \u2028 4242\u20284242', '••••4242'],
    [
      'a card number with invisible characters in it',
      '4242\u200b4242\u200b4242\u200b4242',
      '••••4242',
    ],
    ['an IBAN', 'to DE89 3704 0044 0532 0130 00 today', 'to ••••3000 today'],
    ['an IBAN without spaces', 'GB82WEST12345698765432', '••••5432'],
    ['a JSON web token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', '••••'],
    ['a secret key', 'key sk_live_4eC39HqLyjWDarjtT1zdp7dc ok', 'key •••• ok'],
    ['a GitHub token', 'ghp_abcdefghijklmnopqrstuvwxyz012345', '••••'],
    ['a social security number', 'SSN 078-05-1120', 'SSN ••••'],
    ['a CVC behind its word', 'CVC: 737', 'CVC: ••••'],
    ['a CVC in the next cell', 'CVC\u2028737', 'CVC\u2028••••'],
    ['a password behind its word', 'Password: hunter2', 'Password: ••••'],
    ['a one-time code', 'Your verification code is 493817', 'Your verification code is ••••'],
  ])('%s', (_, text, expected) => {
    expect(secrets.scrub(text)).toBe(expected)
  })
})

describe('text is left alone that only looks alike:', () => {
  test.each([
    'Order 1234567890123456',
    'ISBN 9783161484100',
    'Total €1,234.56',
    'Forgot password? Reset it here',
    'Call +49 30 1234567',
    'Tracking 00340434161094042557',
    'CVC is on the back',
    '2021 2022 2023 2024',
    'DE12 is a road',
    'https://shop.example/some/long-path-of-words-and-more-words-here',
  ])('%s', (text) => {
    expect(secrets.scrub(text)).toBe(text)
  })
})

describe('a field is secret', () => {
  test.each<[string, Partial<FieldTraits>, string]>([
    ['by type', { type: 'password' }, 'other'],
    ['by autocomplete', { autocomplete: 'billing cc-number' }, 'card'],
    ['by autocomplete for codes', { autocomplete: 'one-time-code' }, 'other'],
    ['by a new password', { autocomplete: 'new-password', type: 'text' }, 'other'],
    ['by a card in its value', { words: 'note', value: '4242 4242 4242 4242' }, 'card'],
    ['by a card in a sentence', { tag: 'textarea', value: 'use 4242424242424242 please' }, 'other'],
    ['by an IBAN in its value', { value: 'DE89370400440532013000' }, 'account'],
    ['by its English name', { words: 'cardNumber' }, 'card'],
    ['by its German label', { words: 'Kartennummer' }, 'card'],
    ['by its French label', { words: 'Numéro de carte' }, 'card'],
    ['by its Japanese label', { words: 'カード番号' }, 'card'],
    ['as a CVC', { words: 'card_cvc' }, 'other'],
    ['as a German check number', { words: 'Prüfziffer' }, 'other'],
    ['as an expiry date', { words: 'exp-date' }, 'other'],
    [
      'as an expiry in a list',
      { tag: 'select', type: 'select-one', words: 'expiry month' },
      'other',
    ],
    ['as a shown password', { type: 'text', words: 'userPassword' }, 'other'],
    ['as a Russian password', { words: 'Пароль' }, 'other'],
    ['as a tax number', { words: 'Steuer-ID' }, 'other'],
    ['as a social security number', { words: 'ssn' }, 'other'],
    ['as one digit of a code', { numeric: true, maxLength: 1 }, 'other'],
    ['when hidden and a token', { type: 'hidden', words: 'csrf_token', value: 'abc' }, 'other'],
    [
      'when hidden and random',
      { type: 'hidden', words: 'x', value: 'a8f3Kq02mZ81bd77Qw55ty90' },
      'other',
    ],
  ])('%s', (_, traits, kind) => {
    expect(secrets.classify({ ...field, ...traits })).toBe(kind)
  })
})

describe('a field is not secret', () => {
  test.each<[string, Partial<FieldTraits>]>([
    ['when it is a name', { words: 'full name', value: 'Ada Lovelace' }],
    ['when it is the name on the card', { words: 'card holder', autocomplete: 'cc-name' }],
    [
      'when it is a postal code',
      { words: 'pin code', autocomplete: 'postal-code', value: '10115' },
    ],
    ['when it is a box to tick', { type: 'checkbox', words: 'save card number' }],
    ['when it is a coupon', { words: 'coupon code', value: 'SPRING' }],
    ['when it is a hidden price', { type: 'hidden', words: 'order_total_cents', value: '18240' }],
    [
      'when it chooses a country',
      { tag: 'select', type: 'select-one', words: 'country', value: 'Germany' },
    ],
    ['when it is about experience', { words: 'experience in years', value: '7' }],
    ['when it is a search', { words: 'q search', value: 'printer paper' }],
  ])('%s', (_, traits) => {
    expect(secrets.classify({ ...field, ...traits })).toBeUndefined()
  })
})

test('a known value is scrubbed wherever it stands, unless it is too short to tell', () => {
  const own = makeSecrets()
  own.setKnown(['hunter2-Blue', '737'])
  expect(own.scrub('echo: hunter2-Blue! costs 737.00')).toBe('echo: ••••! costs 737.00')
})

test('any card number is found between any words', () => {
  const digits = (length: number) =>
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
  fc.assert(
    fc.property(digits(14), fc.constantFrom(' ', '-', '', '\u2028'), (body, gap) => {
      const start = `4${body.join('')}`
      const check = [...Array(10).keys()].find((one) => luhnSum(`${start}${one}`) % 10 === 0)
      const number = `${start}${check}`
      const shown = (number.match(/.{4}/g) ?? []).join(gap)
      expect(secrets.scrub(`pay with ${shown} now`)).toBe(`pay with ••••${number.slice(-4)} now`)
    }),
  )
})

function luhnSum(digits: string): number {
  return [...digits].reverse().reduce((sum, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return sum + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
}

test('scrubbing a hostile text of a hundred thousand characters takes no time', () => {
  for (const unit of ['1 ', '4242 ', 'DE89 ', 'aA1-', 'password: ', 'ssn 1 ', '.-', 'eyJ']) {
    const started = performance.now()
    secrets.scrub(unit.repeat(100_000 / unit.length))
    expect(performance.now() - started, unit).toBeLessThan(1_500)
  }
})
