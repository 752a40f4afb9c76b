import { describe, expect, test } from 'vitest'
import type { Observation } from '../../src/testing/agent/observation.ts'
import { type ScriptStep, scriptedBrain } from '../../src/testing/agent/scripted-brain.ts'

const CLICK_ORDER: ScriptStep = { find: /^place order$/i, tag: 'button', do: { tool: 'click' } }
const FILL_CITY: ScriptStep = { find: /city/i, do: { tool: 'type', text: 'Berlin' } }

function page(...names: readonly string[]): Observation {
  const elements = names.map((given, index) => {
    const [tag = '', name = ''] = given.split(':')
    return { index, tag, type: '', name, value: '' }
  })
  return { url: 'https://shop.example/', title: 'Shop', headings: [], elements }
}

test('a script is followed step by step, each on the element that its words name', async () => {
  const brain = scriptedBrain([FILL_CITY, { ...CLICK_ORDER, says: 'cheapest' }])
  const seen = page('a:Place order', 'input:City', 'button:Place order')
  expect(brain.name).toBe('scripted')
  expect(await brain.next('', seen, '')).toEqual({ tool: 'type', index: 1, text: 'Berlin' })
  expect(await brain.next('', seen, 'Done.')).toEqual({ tool: 'click', index: 2, says: 'cheapest' })
})

test('at its end it reports what the last step came to', async () => {
  const seen = page('button:Place order')
  const brain = scriptedBrain([CLICK_ORDER])
  await brain.next('', seen, '')
  const told = 'DONE. Approved by a person; order 10042.'
  expect(await brain.next('', seen, told)).toEqual({ tool: 'done', report: told })
  expect(await scriptedBrain([]).next('', seen, '')).toEqual({ tool: 'done', report: 'Done.' })
})

test('an element that is not there ends the run, by what was looked for and where', async () => {
  const done = await scriptedBrain([CLICK_ORDER]).next('', page('a:Place order'), '')
  expect(done).toMatchObject({ tool: 'done' })
  expect(done).toHaveProperty('report', expect.stringContaining('"Shop" (https://shop.example/)'))
})

describe('at the first "no" it stops, whatever steps are left', () => {
  test.each([
    'HELD, not done. A person must approve "Pay 182.40 EUR to shop.example" (HP-41, until 16:30).',
    'REJECTED, not done: "too expensive". Do not repeat this order.',
    'EXPIRED, not done: nobody answered. Report it; do not ask again.',
    'REFUSED, not done: total 182.40 → 199.00 EUR after approval.',
    'IN DOUBT: it may have happened. Never repeat it. A person is checking. Stop.',
    'WITHDRAWN, not done: the page was closed.',
    'LAPSED, not done: approved, but too long ago.',
    'FAILED, not done: nothing was sent. You may try once more.',
    'FORBIDDEN by policy: money transfer to a new recipient.',
    'FROZEN: a person has paused this agent. Stop.',
    'That failed: the element is gone',
    'There is no such element. Look at the list again.',
  ])('%s', async (told) => {
    const brain = scriptedBrain([CLICK_ORDER, CLICK_ORDER])
    const seen = page('button:Place order')
    await brain.next('', seen, '')
    expect(await brain.next('', seen, told)).toEqual({ tool: 'done', report: `I stopped. ${told}` })
  })

  test('and "SENT" is no "no": it goes on, and does not repeat the step', async () => {
    const brain = scriptedBrain([CLICK_ORDER, FILL_CITY])
    const seen = page('button:Place order', 'input:City')
    await brain.next('', seen, '')
    const told = "SENT after approval; the site's answer could not be read as a success."
    expect(await brain.next('', seen, told)).toMatchObject({ tool: 'type', index: 1 })
  })
})
