import { describe, expect, test } from 'vitest'
import type { ApprovalRequest } from '../../src/core/request.ts'
import { createApprovals } from '../../src/deciding/approvals.ts'
import { answer as decideElsewhere, draft } from '../support/desk.ts'
import { breakable, useStore } from '../support/store.ts'
import { auditOf, type Browser, type Form, openServer, type ServerOptions } from './kit.ts'

const context = useStore()

async function setUp(reviewer = 'ada', options: ServerOptions = {}, change = {}) {
  const server = await openServer(context, options)
  const request = await server.ask(change)
  const browser = await server.signedIn(reviewer)
  // Taken from the page that somebody is shown who may answer.
  const form = await server.formOf(request, await server.signedIn('grace'))
  const own = await server.formOf(request, browser)
  const csrf = (await server.signIn.readSession(browser.token))?.csrf ?? ''
  const complete: Form = { ...form, ...own, csrf }
  const path = `/requests/${request.id}/decision`
  return {
    server,
    request,
    browser,
    form: complete,
    decide: (fields: Readonly<Record<string, string>>, by: Browser = browser) =>
      server.post(path, fields, by),
    path,
  }
}

/** As it was opened, but for what the audit says of refusals and of who has looked. */
async function isUntouched(request: ApprovalRequest): Promise<void> {
  expect(await context.store.read(request.id)).toEqual(request)
  const events = (await auditOf(context, request.id)).map(({ event }) => event)
  const harmless = ['decision.refused', 'reviewer.looked']
  expect(events.filter((event) => !harmless.includes(event))).toEqual(['request.opened'])
}

describe('the form', () => {
  test('carries what the screen shows, and a click that is its own', async () => {
    const { server, request, browser, form } = await setUp()
    expect(form).toEqual({
      csrf: (await server.signIn.readSession(browser.token))?.csrf,
      nonce: expect.stringMatching(/^[\w-]{22}$/),
      termsDigest: request.termsDigest,
      evidenceDigest: request.evidenceDigest,
    })
    expect((await server.formOf(request, browser))['nonce']).not.toBe(form['nonce'])
  })

  test('approves as the one who is signed in, and leads back to the request', async () => {
    const { request, form, decide } = await setUp()
    const answered = await decide({ ...form, answer: 'approve' })
    expect([answered.statusCode, answered.headers.location]).toEqual([
      303,
      `/requests/${request.id}`,
    ])
    expect(await context.store.read(request.id)).toMatchObject({
      state: 'approved',
      decisions: [{ reviewer: 'ada', answer: 'approve', channel: 'page' }],
    })
  })

  test('rejects with a reason that is one line of plain text', async () => {
    const { request, form, decide } = await setUp()
    const reason = `  too \u202Eexpensive\u0000\nfor us  `
    expect((await decide({ ...form, answer: 'reject', reason })).statusCode).toBe(303)
    expect(await context.store.read(request.id)).toMatchObject({
      state: 'rejected',
      decisions: [{ reviewer: 'ada', answer: 'reject', reason: 'too expensive for us' }],
    })
  })

  test('wakes whoever waits for the answer', async () => {
    const { server, request, form, decide } = await setUp()
    const ended = createApprovals(server.desk).ended(request.id)
    await decide({ ...form, answer: 'approve' })
    expect(await ended).toMatchObject({ state: 'approved', verdict: expect.any(String) })
  })

  test('that could not be recorded counts when it is sent again', async () => {
    const broken = breakable(context.store)
    const { request, form, decide } = await setUp('ada', { store: broken.store })
    broken.isBroken = true
    expect((await decide({ ...form, answer: 'approve' })).statusCode).toBe(500)
    await isUntouched(request)
    broken.isBroken = false
    expect((await decide({ ...form, answer: 'approve' })).statusCode).toBe(303)
    expect(await context.store.read(request.id)).toMatchObject({ state: 'approved' })
  })

  test('sent twice is one decision', async () => {
    const { request, form, decide } = await setUp('ada', { policy: { quorum: 2 } })
    const fields = { ...form, answer: 'approve' }
    const sent = await Promise.all([decide(fields), decide(fields)])
    expect(sent.map(({ statusCode }) => statusCode)).toEqual([303, 303])
    expect((await context.store.read(request.id))?.decisions).toHaveLength(1)
  })

  test('of one reviewer does not stand in the way of another with its nonce', async () => {
    const { server, request, form, decide } = await setUp('ada', { policy: { quorum: 2 } })
    const grace = await server.signedIn('grace')
    const theirs = { ...(await server.formOf(request, grace)), nonce: form['nonce'] ?? '' }
    await decide({ ...form, answer: 'approve' })
    expect((await decide({ ...theirs, answer: 'approve' }, grace)).statusCode).toBe(303)
    expect((await context.store.read(request.id))?.state).toBe('approved')
  })
})

describe('a form of somebody else is refused, and changes nothing, when its CSRF token', () => {
  test.each<[string, number, (given: Awaited<ReturnType<typeof setUp>>) => unknown]>([
    ['is missing', 400, () => undefined],
    ['is empty', 400, () => ''],
    ['is wrong', 401, () => 'A'.repeat(43)],
    ['is cut short', 401, ({ form }) => form['csrf']?.slice(0, -1)],
    [
      'is of another reviewer',
      401,
      async ({ server }) =>
        (await server.signIn.readSession((await server.signedIn('grace')).token))?.csrf,
    ],
    [
      'is of another session of the same reviewer',
      401,
      async ({ server }) =>
        (await server.signIn.readSession((await server.signedIn('ada')).token))?.csrf,
    ],
    ['is the session itself', 401, ({ browser }) => browser.token],
  ])('%s', async (_what, status, tokenOf) => {
    const given = await setUp()
    const { csrf: _, ...rest } = given.form
    const csrf = await tokenOf(given)
    const fields = { ...rest, ...(csrf === undefined ? {} : { csrf: String(csrf) }) }
    const answered = await given.decide({ ...fields, answer: 'approve' })
    expect(answered.statusCode).toBe(status)
    await isUntouched(given.request)
  })
})

describe('who decides', () => {
  test('is the one who is signed in, whatever the body says', async () => {
    const { request, form, decide } = await setUp()
    await decide({
      ...form,
      answer: 'approve',
      reviewer: 'grace',
      reviewerId: 'grace',
      channel: 'slack',
      'proof[reviewer]': 'grace',
      onBehalfOf: 'nobody',
      decidedAt: '2020-01-01',
    })
    expect((await context.store.read(request.id))?.decisions).toMatchObject([
      { reviewer: 'ada', channel: 'page', decidedAt: request.openedAt },
    ])
  })

  test('is nobody whom the policy does not name', async () => {
    const { server, request, browser, form, decide } = await setUp('mallory')
    const page = await server.get(`/requests/${request.id}`, browser)
    expect(page.body).toContain('Only Ada or Grace may answer this.')
    expect(page.body).not.toContain('/decision')
    const answered = await decide({ ...form, answer: 'approve', reviewer: 'grace' })
    expect(answered.statusCode).toBe(403)
    await isUntouched(request)
    expect((await auditOf(context, request.id)).at(-1)).toMatchObject({
      event: 'decision.refused',
      actor: 'reviewer:mallory',
      details: { why: 'not-allowed', channel: 'page', code: 'HP_ERR_REVIEWER_NOT_ALLOWED' },
    })
  })

  test.each(['approve', 'reject'])('is not the one it runs for, who may not %s', async (answer) => {
    const { server, request, browser, form, decide } = await setUp('ada', {}, { onBehalfOf: 'ada' })
    const page = await server.get(`/requests/${request.id}`, browser)
    expect(page.body).toContain('It runs on your own behalf')
    expect(page.body).not.toContain('/decision')
    expect((await decide({ ...form, answer })).statusCode).toBe(403)
    await isUntouched(request)
    expect((await auditOf(context, request.id)).at(-1)).toMatchObject({
      event: 'decision.refused',
      actor: 'reviewer:ada',
      details: { why: 'own-behalf' },
    })
  })
})

describe('409 and nothing changed', () => {
  test('for a request that somebody else has decided meanwhile, and says who', async () => {
    const { server, request, form, decide } = await setUp()
    await decideElsewhere(server.desk, request, 'grace', 'reject')
    const before = await context.store.read(request.id)
    const answered = await decide({ ...form, answer: 'approve' })
    expect(answered.statusCode).toBe(409)
    expect(answered.body).toContain('HP-1 is already rejected by Grace')
    expect(await context.store.read(request.id)).toEqual(before)
  })

  test('for a person who has answered otherwise before', async () => {
    const { request, form, decide } = await setUp('ada', { policy: { quorum: 2 } })
    await decide({ ...form, answer: 'approve' })
    const other = { ...form, answer: 'reject', nonce: 'another-click' }
    expect((await decide(other)).statusCode).toBe(409)
    expect((await context.store.read(request.id))?.decisions).toMatchObject([{ answer: 'approve' }])
  })

  test.each(['termsDigest', 'evidenceDigest'])('for a screen with another %s', async (digest) => {
    const { request, form, decide } = await setUp()
    const answered = await decide({ ...form, [digest]: 'a'.repeat(64), answer: 'approve' })
    expect(answered.statusCode).toBe(409)
    await isUntouched(request)
    expect((await auditOf(context, request.id)).at(-1)?.details).toMatchObject({ why: 'changed' })
  })

  test('for the form of another request', async () => {
    const { server, request, browser, form } = await setUp()
    const other = await server.ask({ terms: { v: 1, amount: 'unreadable' } })
    const path = `/requests/${other.id}/decision`
    expect((await server.post(path, { ...form, answer: 'approve' }, browser)).statusCode).toBe(409)
    await isUntouched(request)
    await isUntouched(other)
  })

  test('for a request whose time is up, to the millisecond', async () => {
    const { server, request, form, decide } = await setUp()
    server.desk.clock.advance(15 * 60_000)
    expect((await decide({ ...form, answer: 'approve' })).statusCode).toBe(409)
    expect(await context.store.read(request.id)).toMatchObject({ state: 'expired', decisions: [] })
  })

  test('for an approval without a picture, which the page does not offer', async () => {
    const { picture: _, ...evidence } = draft().evidence
    const { server, request, browser, form, decide } = await setUp('ada', {}, { evidence })
    const page = await server.get(`/requests/${request.id}`, browser)
    expect(page.body).not.toContain('value="approve"')
    expect((await decide({ ...form, answer: 'approve' })).statusCode).toBe(409)
    await isUntouched(request)
  })
})

describe('a form that is not ours gets 400 and changes nothing', () => {
  test.each<[string, Readonly<Record<string, string | undefined>>]>([
    ['no answer', { answer: undefined }],
    ['another answer', { answer: 'approved' }],
    ['an answer in other letters', { answer: 'APPROVE' }],
    ['no nonce', { nonce: undefined }],
    ['a nonce that is too short', { nonce: 'short' }],
    ['a nonce with a zero byte', { nonce: `${'A'.repeat(21)}\u0000` }],
    ['no digest of the terms', { termsDigest: undefined }],
    ['no digest of the evidence', { evidenceDigest: undefined }],
    ['a digest with a zero byte', { termsDigest: `${'a'.repeat(63)}\u0000` }],
    ['a reason of a novel', { reason: 'x'.repeat(501) }],
  ])('with %s', async (_what, change) => {
    const { request, form, decide } = await setUp()
    const fields = Object.entries({ ...form, answer: 'approve', ...change })
    const given = fields.filter((each): each is [string, string] => each[1] !== undefined)
    expect((await decide(Object.fromEntries(given))).statusCode).toBe(400)
    await isUntouched(request)
  })

  test.each(['answer', 'csrf', 'termsDigest', 'nonce'])('that says %s twice', async (field) => {
    const { server, request, browser, form, path } = await setUp()
    const fields = new URLSearchParams({ ...form, answer: 'reject' })
    fields.append(field, field === 'answer' ? 'approve' : (form[field] ?? ''))
    expect((await server.post(path, fields.toString(), browser)).statusCode).toBe(400)
    await isUntouched(request)
  })

  test.each([
    ['nothing', '', 'application/x-www-form-urlencoded', 400],
    ['JSON of nothing', 'null', 'application/json', 400],
    ['JSON that is cut', '{"answer":', 'application/json', 400],
    ['JSON with a prototype', '{"__proto__":{"answer":"approve"}}', 'application/json', 400],
    ['plain text', 'answer=approve', 'text/plain', 400],
    ['XML', '<answer>approve</answer>', 'application/xml', 415],
    ['a book', `reason=${'x'.repeat(17 * 1024)}`, 'application/x-www-form-urlencoded', 413],
  ])('that is %s (%s)', async (_what, body, type, status) => {
    const { server, request, browser, path } = await setUp()
    const answered = await server.post(path, body, browser, { 'content-type': type })
    expect(answered.statusCode).toBe(status)
    await isUntouched(request)
  })
})
