import { describe, expect, test } from 'vitest'
import { createChecker } from '../../src/adapters/signing/index.ts'
import { type EditableField, type EditedValues, valuesDigest } from '../../src/core/edit.ts'
import { definePolicy, type PolicyInput, policyDigest } from '../../src/core/policy.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { answer, draft, picture, testDesk } from '../support/desk.ts'
import { useStore } from '../support/store.ts'

const context = useStore()

const editable: readonly EditableField[] = [
  { type: 'number', name: 'qty', label: 'Quantity', value: '2', min: 1, max: 2, isQuantity: true },
  { type: 'text', name: 'note', label: 'Note', value: 'Hello', maxLength: 20 },
]

async function setUp(policy: Partial<PolicyInput> = { allowEdits: true }) {
  const desk = await testDesk(context.store, { policy })
  const evidence = { ...draft().evidence, editable: [...editable] }
  return { desk, request: await openRequest(desk, draft({ evidence }), [picture]) }
}

test('changed values are stored, signed with the verdict, and written down by name and digest', async () => {
  const { desk, request } = await setUp()
  const values = { qty: '1', note: 'Hello' }
  const result = await answer(desk, request, 'grace', 'approve', { values })
  const changed = { qty: '1' }
  expect(result.request.decisions).toMatchObject([{ values: changed }])
  expect(await context.store.read(request.id)).toEqual(result.request)
  const checker = await createChecker([desk.signer.publicJwk])
  expect(await checker.check(result.request.verdict ?? '')).toMatchObject({
    values: changed,
    valuesDigest: valuesDigest(changed),
  })
  const [, recorded] = await context.store.auditOf(request.id)
  expect(recorded?.details).toMatchObject({ edited: ['qty'], valuesDigest: valuesDigest(changed) })
  expect(JSON.stringify(recorded?.details)).not.toContain('Hello')
})

test('values that are all as they were are a plain approval', async () => {
  const { desk, request } = await setUp()
  const result = await answer(desk, request, 'grace', 'approve', { values: { qty: '2' } })
  expect(result.request.decisions[0]).not.toHaveProperty('values')
  const checker = await createChecker([desk.signer.publicJwk])
  expect(await checker.check(result.request.verdict ?? '')).not.toHaveProperty('valuesDigest')
})

describe('a change that does not count is refused and written down, and the question stands', () => {
  test.each<readonly [string, EditedValues, string, string | undefined]>([
    [
      'a field that is not offered',
      { address: 'x' },
      '“address” is no field that may be changed',
      'address',
    ],
    ['a value out of bounds', { qty: '3' }, 'quantity must be 2 or less', 'qty'],
    ['one good and one bad', { note: 'Hi', qty: '0' }, 'quantity must be 1 or more', 'qty'],
    [
      'a character that cannot be seen',
      { note: 'a\u202eb' },
      'Note holds characters that cannot be seen',
      'note',
    ],
  ])('%s', async (_, values, message, field) => {
    const { desk, request } = await setUp()
    await expect(answer(desk, request, 'grace', 'approve', { values })).rejects.toMatchObject({
      code: 'HP_ERR_EDIT_INVALID',
      message,
      details: { requestId: request.id, field },
    })
    expect(await context.store.read(request.id)).toMatchObject({ state: 'pending', decisions: [] })
    expect((await context.store.auditOf(request.id)).at(-1)).toMatchObject({
      event: 'decision.refused',
      details: { why: 'edit', code: 'HP_ERR_EDIT_INVALID' },
    })
  })

  test('by a policy that does not speak of it', async () => {
    const { desk, request } = await setUp({})
    await expect(
      answer(desk, request, 'grace', 'approve', { values: { qty: '1' } }),
    ).rejects.toThrow(`the policy of ${request.id} lets nobody change it`)
  })

  test('of a request that offers nothing', async () => {
    const { desk } = await setUp()
    const bare = await openRequest(desk, draft(), [picture])
    await expect(answer(desk, bare, 'grace', 'approve', { values: { qty: '1' } })).rejects.toThrow(
      `${bare.id} offers nothing to change`,
    )
  })

  test('where several must agree', async () => {
    const { desk } = await setUp()
    const policy = { ...definePolicy({ reviewers: ['ada', 'grace'], quorum: 2 }), allowEdits: true }
    const evidence = { ...draft().evidence, editable: [...editable] }
    const request = await openRequest({ ...desk, policy }, draft({ evidence }), [picture])
    expect(request.policyDigest).toBe(policyDigest(policy))
    await expect(
      answer(desk, request, 'grace', 'approve', { values: { qty: '1' } }),
    ).rejects.toThrow(`${request.id} needs 2 people, so nobody may change it`)
  })

  test('with a rejection', async () => {
    const { desk, request } = await setUp()
    await expect(
      answer(desk, request, 'grace', 'reject', { values: { qty: '1' } }),
    ).rejects.toThrow('only an approval carries changed values')
  })

  test('by who may not answer at all: that comes first', async () => {
    const { desk, request } = await setUp()
    await expect(
      answer(desk, request, 'eve', 'approve', { values: { qty: '1' } }),
    ).rejects.toMatchObject({ code: 'HP_ERR_REVIEWER_NOT_ALLOWED' })
  })
})

test('fields that somebody adds to the stored question are not what was asked: nothing is approved', async () => {
  const { desk, request } = await setUp()
  const address = {
    type: 'text',
    name: 'address',
    label: 'Address',
    value: 'Berlin',
    maxLength: 99,
  }
  await context.sql.query(
    `update holdpoint.requests
     set evidence = jsonb_set(evidence::jsonb, '{editable,1}', $2::jsonb)::json where id = $1`,
    [request.id, JSON.stringify(address)],
  )
  await expect(
    answer(desk, request, 'grace', 'approve', { values: { address: 'Elsewhere' } }),
  ).rejects.toMatchObject({ code: 'HP_ERR_REQUEST_CHANGED' })
})
