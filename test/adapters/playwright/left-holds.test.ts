import { expect, test } from 'vitest'
import { joinKey } from '../../../src/adapters/playwright/join-key.ts'
import { type LeftHold, LeftHolds } from '../../../src/adapters/playwright/left-holds.ts'
import type { Tab } from '../../../src/adapters/playwright/tab.ts'
import type { LiveHold } from '../../../src/holding/hold.ts'
import type { Holding } from '../../../src/holding/holding.ts'
import { silentLogger } from '../../../src/ports/log.ts'
import { draft } from '../../support/desk.ts'

const [tab, otherTab] = [{}, {}] as [Tab, Tab]

/** Questions that are left, and what is taken back of them. */
function leftHolds() {
  const takenBack: string[] = []
  const withdraw = async (id: string, reason: string) => {
    takenBack.push(`${id} ${reason}`)
    return true
  }
  const holding = { approvals: { withdraw }, logger: silentLogger }
  return { left: new LeftHolds(holding as never as Holding), takenBack }
}

function question(id: string, quantity: number, of = tab): LeftHold {
  const { kind, risk, identity, terms } = draft()
  const attempt = {
    session: { agent: identity.agent, session: identity.session },
    page: undefined,
  }
  const finding = { kind, risk, confidence: 1, why: '', terms: { ...terms, quantity } }
  const hold = { request: { id }, action: { attempt, finding } } as never as LiveHold
  return { hold, tab: of, node: 1, entries: [], again: async () => undefined }
}

const gone = () => new AbortController()

test('a question is found by its number, and taken by the same act once', () => {
  const { left, takenBack } = leftHolds()
  const question1 = question('HP-1', 1)
  const key = joinKey(question1.hold.action)
  left.leave(question1, gone().signal)
  expect(left.find('HP-1')).toBe(question1)
  expect(left.has(key, 'HP-1')).toBe(true)
  expect(left.take(key)).toBe(question1)
  expect(left.take(key)).toBeUndefined()
  expect(left.find('HP-1')).toBeUndefined()
  expect(takenBack).toEqual([])
})

test('a page that goes away takes its question back, also one that was gone before', () => {
  const { left, takenBack } = leftHolds()
  const [later, before] = [gone(), gone()]
  before.abort('the page was closed')
  left.leave(question('HP-1', 1), later.signal)
  left.leave(question('HP-2', 2), before.signal)
  expect(takenBack).toEqual(['HP-2 the page was closed'])
  later.abort('the browser is gone')
  expect(takenBack).toEqual(['HP-2 the page was closed', 'HP-1 the browser is gone'])
  expect(left.find('HP-1')).toBeUndefined()
})

test('a question that was taken is not taken back: whoever took it waits for it', () => {
  const { left, takenBack } = leftHolds()
  const page = gone()
  const question1 = question('HP-1', 1)
  left.leave(question1, page.signal)
  left.take(joinKey(question1.hold.action))
  page.abort('the page was closed')
  expect(takenBack).toEqual([])
})

test('another act in the tab takes back what was left there, but for its own question and other tabs', () => {
  const { left, takenBack } = leftHolds()
  const [first, own, elsewhere] = [
    question('HP-1', 1),
    question('HP-2', 2),
    question('HP-3', 3, otherTab),
  ]
  for (const one of [first, own, elsewhere]) left.leave(one, gone().signal)
  left.supersede(tab, joinKey(own.hold.action))
  expect(takenBack).toEqual(['HP-1 the agent did something else in this tab'])
  left.supersede(tab)
  expect(takenBack).toHaveLength(2)
  expect(left.find('HP-3')).toBe(elsewhere)
})

test('a question that was taken, or taken back elsewhere, leaves nothing behind in the page’s signal', () => {
  const { left, takenBack } = leftHolds()
  const page = gone()
  const listeners = new Set<unknown>()
  const { addEventListener, removeEventListener } = page.signal
  page.signal.addEventListener = (...given: Parameters<typeof addEventListener>) => {
    listeners.add(given[1])
    addEventListener.apply(page.signal, given)
  }
  page.signal.removeEventListener = (...given: Parameters<typeof removeEventListener>) => {
    listeners.delete(given[1])
    removeEventListener.apply(page.signal, given)
  }
  const first = question('HP-1', 1)
  left.leave(first, page.signal)
  left.leave(question('HP-2', 2), page.signal)
  expect(listeners.size).toBe(2)
  left.take(joinKey(first.hold.action))
  left.forget('HP-2')
  expect(listeners.size).toBe(0)
  expect(left.find('HP-2')).toBeUndefined()
  page.abort('the page was closed')
  expect(takenBack).toEqual([])
})
