import { describe, expect, test } from 'vitest'
import { draft } from '../support/desk.ts'
import { useStore } from '../support/store.ts'
import { openServer } from './kit.ts'

const context = useStore()

async function shown(change: Parameters<typeof draft>[0]) {
  const server = await openServer(context)
  const request = await server.ask(change)
  const ada = await server.signedIn('ada')
  const { body } = await server.get(`/requests/${request.id}`, ada)
  return { body, list: (await server.get('/requests', ada)).body }
}

test('the person acted for is called by name, and an odd id by itself', async () => {
  const { body, list } = await shown({ onBehalfOf: 'grace' })
  for (const page of [body, list]) expect(textOf(page)).toContain('shopper for Grace')
  const odd = await shown({ onBehalfOf: 'constructor' })
  for (const page of Object.values(odd)) expect(textOf(page)).toContain('shopper for constructor')
})

/** What stands in the page for a reader. */
const textOf = (body: string): string =>
  body
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ')

describe('text that a page or a model wrote', () => {
  const hostile = `"><img src=x onerror=alert(1)></textarea><script>alert(2)</script>'\u202E\u0000`

  test('is never markup, wherever it stands', async () => {
    const base = draft()
    const { body, list } = await shown({
      title: hostile,
      agent: hostile.replaceAll('\u0000', ''),
      onBehalfOf: hostile.replaceAll('\u0000', ''),
      task: hostile,
      says: hostile,
      warnings: [hostile],
      terms: {
        v: 1,
        amount: { amountMinor: 1, currency: 'EUR' },
        recipient: hostile,
        items: [{ name: hostile, quantity: 1 }],
        fields: [{ label: hostile, value: hostile }],
      },
      findings: [
        { guard: 'checkout', kind: 'purchase', risk: 'high', confidence: 1, why: hostile },
      ],
      evidence: {
        ...base.evidence,
        ...(base.evidence.picture && {
          picture: { ...base.evidence.picture, altText: hostile },
        }),
        summary: {
          ...base.evidence.summary,
          title: hostile,
          path: `/${hostile}`,
          notes: [hostile],
          opaque: [hostile],
        },
      },
    })
    for (const page of [body, list]) {
      expect(page).toContain('&lt;img src=x onerror=alert(1)>')
      expect(page).not.toMatch(/<script|<img src=x|<\/textarea/)
    }
  })

  test('cannot turn round what a person reads', async () => {
    const { body, list } = await shown({
      title: `Pay 1.00\u202E 00.281 EUR`,
      agent: `shop\u202Eper`,
      onBehalfOf: `gr\u200Bace`,
      evidence: {
        ...draft().evidence,
        summary: { ...draft().evidence.summary, path: '/check\u202Eout' },
      },
    })
    for (const page of [body, list]) expect(page).not.toMatch(/[\u200B\u202E]/)
  })
})

describe('the price of an item', () => {
  const items = [
    { name: 'Paper', quantity: 2, unitMinor: 9_120 },
    { name: 'Pens', quantity: 3, totalMinor: 700 },
  ]

  test('stands beside it in the currency of the total, and says what is for each', async () => {
    const amount = { amountMinor: 18_940, currency: 'USD' }
    const text = textOf((await shown({ terms: { v: 1, amount, items } })).body)
    expect(text).toContain('2 × Paper 91.20 USD each')
    expect(text).toMatch(/3 × Pens 7\.00 USD (?!each)/)
  })

  test('is left out when the total could not be read, as nobody knows its currency', async () => {
    const text = textOf((await shown({ terms: { v: 1, amount: 'unreadable', items } })).body)
    expect(text).toContain('could not be read')
    expect(text).toContain('2 × Paper')
    expect(text).not.toMatch(/91[.,]20|EUR each/)
  })
})

test('what the evidence lacks is said above the answer', async () => {
  const base = draft().evidence
  const { body } = await shown({
    evidence: {
      ...base,
      ...(base.picture && { picture: { ...base.picture, blackedOut: true, stale: true } }),
      summary: { ...base.summary, truncated: true, opaque: ['a canvas'] },
    },
  })
  const text = textOf(body)
  const asked = text.indexOf('Reject')
  for (const said of [
    'The picture is black',
    'The picture is an earlier one',
    'too large to be read in full',
    'could not be read: a canvas',
    'There is no picture to approve on',
  ]) {
    expect(text.indexOf(said), said).toBeGreaterThan(-1)
    expect(text.indexOf(said), said).toBeLessThan(asked)
  }
  expect(body).not.toContain('value="approve"')
})
