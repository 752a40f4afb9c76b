import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '../../../src/adapters/postgres/migrate.ts'
import { openSignIn } from '../../../src/adapters/postgres/sign-in.ts'
import { migrations } from '../../../src/adapters/postgres/sql/index.ts'
import type { Sql } from '../../../src/ports/sql.ts'
import { databases, truncate } from '../../support/databases.ts'
import { stillClock } from '../../support/desk.ts'

const MINUTE_MS = 60_000

describe.each(databases())('sign-in on $name', (database) => {
  let sql: Sql
  beforeAll(async () => {
    sql = await database.open()
    await migrate(sql, migrations)
  })
  beforeEach(() => truncate(sql))
  afterAll(() => sql?.close())

  function setUp() {
    const clock = stillClock()
    return { clock, signIn: openSignIn(sql, clock, 60 * MINUTE_MS) }
  }

  test('a link works once, and gives a session of its reviewer', async () => {
    const { signIn } = setUp()
    const link = await signIn.createLink('grace', MINUTE_MS)
    const used = await signIn.useLink(link)
    expect(used?.reviewer).toBe('grace')
    expect(await signIn.useLink(link)).toBeUndefined()
    const session = await signIn.readSession(used?.sessionToken ?? '')
    expect(session).toEqual({ reviewer: 'grace', csrf: expect.stringMatching(/^[\w-]{43}$/) })
  })

  test('of ten who use a link at once one gets in', async () => {
    const { signIn } = setUp()
    const link = await signIn.createLink('grace', MINUTE_MS)
    await Promise.all(Array.from({ length: 10 }, () => sql.query('select 1')))
    const used = await Promise.all(Array.from({ length: 10 }, () => signIn.useLink(link)))
    expect(used.filter((each) => each !== undefined)).toHaveLength(1)
  })

  test('a link and a session end at their time, not a millisecond before', async () => {
    const { clock, signIn } = setUp()
    const [early, late] = [
      await signIn.createLink('grace', MINUTE_MS),
      await signIn.createLink('grace', MINUTE_MS),
    ]
    clock.advance(MINUTE_MS - 1)
    const used = await signIn.useLink(early)
    clock.advance(1)
    expect(await signIn.useLink(late)).toBeUndefined()
    clock.advance(60 * MINUTE_MS - 2)
    expect(await signIn.readSession(used?.sessionToken ?? '')).toBeDefined()
    clock.advance(1)
    expect(await signIn.readSession(used?.sessionToken ?? '')).toBeUndefined()
  })

  test('a session that was ended is gone, and others are not', async () => {
    const { signIn } = setUp()
    const sessions = []
    for (const reviewer of ['ada', 'grace']) {
      const link = await signIn.createLink(reviewer, MINUTE_MS)
      sessions.push((await signIn.useLink(link))?.sessionToken ?? '')
    }
    await signIn.endSession(sessions[0] ?? '')
    expect(await signIn.readSession(sessions[0] ?? '')).toBeUndefined()
    expect(await signIn.readSession(sessions[1] ?? '')).toMatchObject({ reviewer: 'grace' })
  })

  test('a link is no session, and a session is no link', async () => {
    const { signIn } = setUp()
    const link = await signIn.createLink('grace', MINUTE_MS)
    expect(await signIn.readSession(link)).toBeUndefined()
    const used = await signIn.useLink(await signIn.createLink('grace', MINUTE_MS))
    expect(await signIn.useLink(used?.sessionToken ?? '')).toBeUndefined()
  })

  test('whoever reads the tables finds no token', async () => {
    const { signIn } = setUp()
    const open = await signIn.createLink('grace', MINUTE_MS)
    const used = await signIn.useLink(await signIn.createLink('grace', MINUTE_MS))
    const { rows } = await sql.query<{ text: string }>(
      `select l::text as text from holdpoint.sign_in_links l
       union all select s::text from holdpoint.web_sessions s`,
    )
    const stored = rows.map(({ text }) => text).join('\n')
    expect(stored).not.toContain(open)
    expect(stored).not.toContain(used?.sessionToken)
    for (const [hash] of stored.matchAll(/\b[0-9a-f]{64}\b/g)) {
      expect(await signIn.useLink(hash)).toBeUndefined()
      expect(await signIn.readSession(hash)).toBeUndefined()
    }
  })

  test.each(['', 'x', `${'a'.repeat(42)}'`, 'a'.repeat(100_000), 'a\0b'])(
    'what is not a token is no token',
    async (token) => {
      const { signIn } = setUp()
      expect(await signIn.useLink(token)).toBeUndefined()
      expect(await signIn.readSession(token)).toBeUndefined()
    },
  )

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
    '%d ms is no time for a link or a session',
    async (ms) => {
      const { clock, signIn } = setUp()
      const invalid = expect.objectContaining({ code: 'HP_ERR_OPTION_INVALID' })
      await expect(signIn.createLink('grace', ms)).rejects.toEqual(invalid)
      expect(() => openSignIn(sql, clock, ms)).toThrow(invalid)
    },
  )

  test('what is long over is forgotten', async () => {
    const { clock, signIn } = setUp()
    await signIn.useLink(await signIn.createLink('grace', MINUTE_MS))
    clock.advance(48 * 60 * MINUTE_MS)
    await signIn.createLink('ada', MINUTE_MS)
    const { rows } = await sql.query<{ links: number; sessions: number }>(
      `select (select count(*) from holdpoint.sign_in_links) as links,
              (select count(*) from holdpoint.web_sessions) as sessions`,
    )
    expect(rows).toEqual([{ links: 1, sessions: 0 }])
  })
})
