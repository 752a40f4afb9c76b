import { describe, expect, test } from 'vitest'
import { kindOf } from '../../guards/shared/fields.ts'
import { rememberText } from '../../guards/shared/remember.ts'
import { field } from './attempts.ts'

function counted() {
  const computed: string[] = []
  const upper = rememberText((text) => {
    computed.push(text)
    return text.toUpperCase()
  })
  return { computed, upper }
}

describe('a remembered answer', () => {
  test('is computed once', () => {
    const { computed, upper } = counted()
    expect([upper('pay'), upper('pay'), upper('order')]).toEqual(['PAY', 'PAY', 'ORDER'])
    expect(computed).toEqual(['pay', 'order'])
  })

  test('is forgotten when a page brings more texts than are kept, the oldest first', () => {
    const { computed, upper } = counted()
    for (let i = 0; i < 501; i += 1) upper(`text ${i}`)
    upper('text 1')
    expect(computed).toHaveLength(501)
    expect(upper('text 0')).toBe('TEXT 0')
    expect(computed).toHaveLength(502)
  })

  test('is not kept for a text that is too long', () => {
    const { computed, upper } = counted()
    const long = 'x'.repeat(501)
    expect(upper(long)).toBe(upper(long))
    expect(computed).toHaveLength(2)
  })

  test('is not kept when there was none but an error', () => {
    let failures = 0
    const fails = rememberText(() => {
      failures += 1
      throw new Error('broken')
    })
    expect(() => fails('a')).toThrow('broken')
    expect(() => fails('a')).toThrow('broken')
    expect(failures).toBe(2)
  })
})

test('fields whose words only read the same in a row do not share a kind', () => {
  expect(kindOf(field({ name: 'a', label: 'quantity' }))).toBe('quantity')
  expect(kindOf(field({ name: 'aquantity', label: '' }))).toBe('other')
})
