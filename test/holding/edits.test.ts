import { beforeEach, describe, expect, test } from 'vitest'
import { createChecker, createSigner } from '../../src/adapters/signing/index.ts'
import { identityDigest } from '../../src/core/action.ts'
import type { EditableField, EditedValues } from '../../src/core/edit.ts'
import { evidenceDigest } from '../../src/core/evidence.ts'
import type { Finding } from '../../src/core/guard.ts'
import { definePolicy, policyDigest } from '../../src/core/policy.ts'
import type { ApprovalRequest, RequestDraft } from '../../src/core/request.ts'
import { type Terms, termsDigest } from '../../src/core/terms.ts'
import { verdictClaims } from '../../src/core/verdict.ts'
import { clearHold } from '../../src/holding/clear-hold.ts'
import { type HeldAction, openHold } from '../../src/holding/hold.ts'
import type { Holding } from '../../src/holding/holding.ts'
import type { Approvals } from '../../src/ports/approvals.ts'
import { silentLogger } from '../../src/ports/log.ts'
import { draft, stillClock } from '../support/desk.ts'

const quantity: EditableField = {
  type: 'number',
  name: 'qty',
  label: 'Quantity',
  value: '2',
  min: 1,
  max: 2,
  isQuantity: true,
}
const before: Terms = { ...draft().terms, quantity: 2 }
const after: Terms = { ...before, quantity: 1, amount: { amountMinor: 9_120, currency: 'EUR' } }

const findingOf = (terms: Terms): Finding => ({
  kind: 'purchase',
  risk: 'high',
  confidence: 1,
  terms,
  editable: [quantity],
  why: 'It pays.',
})
const attempt = {
  via: 'call',
  method: 'click',
  cause: 'agent',
  session: { agent: 'shopper', session: 'session-1' },
} as const

const clock = stillClock()
let did: string[]

/** Opens a hold, signs a verdict with these values, and clears it. */
async function clear(
  signed: EditedValues | undefined,
  how: {
    readonly edit?: HeldAction['edit'] | undefined
    readonly allowEdits?: boolean
    readonly asked?: Partial<RequestDraft>
  } = {},
) {
  const signer = await createSigner({ generate: true })
  const policy = definePolicy({ reviewers: ['grace'], allowEdits: how.allowEdits ?? true })
  let request: ApprovalRequest | undefined
  const note = (what: string) => async () => void did.push(what)
  const approvals = {
    async open(asked: RequestDraft) {
      request = {
        ...asked,
        ...how.asked,
        id: 'HP-1',
        state: 'approved',
        termsDigest: termsDigest(asked.terms),
        evidenceDigest: evidenceDigest(asked.evidence),
        identityDigest: identityDigest(asked.identity),
        policy,
        policyDigest: policyDigest(policy),
        openedAt: clock.now(),
        expiresAt: clock.now(),
        decisions: [],
        execution: { state: 'none', token: 0 },
      }
      return request
    },
    async ended() {
      if (request === undefined) throw new Error('nothing was asked')
      const decided = { reviewer: 'grace', at: clock.now(), jti: crypto.randomUUID() }
      const values = signed === undefined ? {} : { values: signed }
      const verdict = await signer.sign(
        verdictClaims(request, 'approved', { ...decided, ...values }),
      )
      return { requestId: 'HP-1', state: 'approved', verdict } as const
    },
    claim: async () => ({ requestId: 'HP-1', token: 1 }),
    start: note('started'),
    finish: async (_: unknown, ending: string) => void did.push(ending),
    audit: async ({ event }: { event: string }) => void did.push(event),
  } as unknown as Approvals
  const holding: Holding = {
    approvals,
    checker: await createChecker([signer.publicJwk]),
    guards: [],
    policy,
    clock,
    logger: silentLogger,
    owner: 'test',
    usedVerdicts: new Set(),
  }
  const action: HeldAction = {
    attempt,
    guard: 'checkout',
    finding: findingOf(before),
    signal: new AbortController().signal,
    takeEvidence: async () => ({ evidence: draft().evidence, images: [] }),
    readAgain: async () => ({ attempt, finding: findingOf(before) }),
    ...('edit' in how ? {} : { edit: typed(after) }),
    ...(how.edit === undefined ? {} : { edit: how.edit }),
  }
  return clearHold(holding, await openHold(holding, action))
}

const typed =
  (terms: Terms): NonNullable<HeldAction['edit']> =>
  async (_, values) => {
    did.push(`typed ${JSON.stringify(values)}`)
    return { attempt, finding: findingOf(terms) }
  }

beforeEach(() => {
  did = []
})

test('values are typed once the start is written, and what the page made of them may leave', async () => {
  expect(await clear({ qty: '1' })).toMatchObject({
    status: 'cleared',
    terms: after,
    edited: [{ field: 'quantity', before: '2', after: '1' }],
  })
  expect(did).toEqual(['started', 'typed {"qty":"1"}'])
})

test('without values nothing is typed', async () => {
  expect(await clear(undefined)).toMatchObject({ status: 'cleared', terms: before, edited: [] })
  expect(did).toEqual(['started'])
})

describe('a signed verdict whose values this guard did not offer touches nothing', () => {
  test.each<readonly [string, EditedValues, Parameters<typeof clear>[1]]>([
    ['another field', { address: 'x' }, {}],
    ['a value out of bounds', { qty: '9' }, {}],
    ['by a policy without edits', { qty: '1' }, { allowEdits: false }],
    ['of a request held in the network', { qty: '1' }, { edit: undefined }],
    [
      'a field that only the stored question offers',
      { note: 'x' },
      {
        asked: {
          evidence: {
            ...draft().evidence,
            editable: [{ type: 'text', name: 'note', label: 'Note', value: '', maxLength: 9 }],
          },
        },
      },
    ],
  ])('%s', async (_, values, how) => {
    await expect(clear(values, how)).rejects.toMatchObject({ code: 'HP_ERR_VERDICT_INVALID' })
    expect(did).toEqual(['verdict.refused'])
  })
})

describe('nothing is done when the form does not take the values as approved:', () => {
  test.each<readonly [string, Partial<Terms>, string]>([
    ['a higher total', { amount: { amountMinor: 18_241, currency: 'EUR' } }, 'total'],
    ['the old quantity', { quantity: 2 }, 'quantity'],
    ['another recipient', { recipient: 'evil.example' }, 'recipient'],
  ])('%s', async (_, change, field) => {
    const edit = typed({ ...after, ...change })
    expect(await clear({ qty: '1' }, { edit })).toMatchObject({
      status: 'drifted',
      changed: [{ field }],
    })
    expect(did.slice(0, 3)).toEqual(['started', 'typed {"qty":"1"}', 'refused'])
  })

  test('an action that is none any more', async () => {
    const edit = async () => ({ attempt, finding: undefined })
    expect(await clear({ qty: '1' }, { edit })).toMatchObject({ status: 'drifted' })
    expect(did).toEqual(['started', 'refused'])
  })

  test('what stands beside the terms', async () => {
    const changed = [{ field: 'request', approved: 'none before the act', now: 'POST' }]
    const edit = async () => ({ attempt, finding: findingOf(after), changed })
    expect(await clear({ qty: '1' }, { edit })).toMatchObject({ status: 'drifted', changed })
  })

  test('a page that cannot be read', async () => {
    const edit = () => Promise.reject(new Error('it hangs'))
    expect(await clear({ qty: '1' }, { edit })).toMatchObject({ status: 'withdrawn' })
    expect(did).toEqual(['started', 'failed'])
  })
})
