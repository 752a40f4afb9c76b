import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { checkMigrated, type Migration, migrate } from '../../../src/adapters/postgres/migrate.ts'
import { openPostgres } from '../../../src/adapters/postgres/pg-sql.ts'
import type { Sql } from '../../../src/ports/sql.ts'
import { databases, postgresUrl } from '../../support/databases.ts'
import { createDatabase } from '../../support/postgres.ts'

const things: Migration = {
  id: 1,
  name: 'things',
  sql: 'create table holdpoint.things (id int primary key); insert into holdpoint.things values (1);',
}
const sizes: Migration = {
  id: 2,
  name: 'sizes',
  sql: 'alter table holdpoint.things add column size int',
}
const broken: Migration = {
  id: 3,
  name: 'broken',
  sql: 'create table holdpoint.half (id int); select 1/0',
}

describe.each(databases())('migrate on $name', (database) => {
  let sql: Sql
  beforeAll(async () => {
    sql = await database.open()
  })
  afterEach(() => sql.query('drop schema if exists holdpoint cascade'))
  afterAll(() => sql.close())

  const applied = async () =>
    (await sql.query('select id, name from holdpoint.migrations order by id')).rows

  test('it applies each step once, in order, and says which', async () => {
    expect(await migrate(sql, [things])).toEqual(['things'])
    expect(await migrate(sql, [things, sizes])).toEqual(['sizes'])
    expect(await migrate(sql, [things, sizes])).toEqual([])
    expect(await applied()).toEqual([
      { id: 1, name: 'things' },
      { id: 2, name: 'sizes' },
    ])
    expect((await sql.query('select * from holdpoint.things')).rows).toEqual([
      { id: 1, size: null },
    ])
  })

  test('a step that fails leaves nothing of itself, and what came before it stays', async () => {
    await expect(migrate(sql, [things, sizes, broken])).rejects.toMatchObject({ code: '22012' })
    expect(await applied()).toHaveLength(2)
    const half = `select to_regclass('holdpoint.half') as half`
    expect((await sql.query(half)).rows).toEqual([{ half: null }])
    expect(await migrate(sql, [things, sizes, { ...broken, sql: 'select 1' }])).toEqual(['broken'])
  })

  test.each([
    ['newer than the code', [things], 'migration 0002 (sizes), which this version does not know'],
    [
      'built from an edited step',
      [{ ...things, sql: 'select 1' }, sizes],
      'another migration 0001',
    ],
  ])('a database that is %s is refused', async (_, code, message) => {
    await migrate(sql, [things, sizes])
    const refusal = { code: 'HP_ERR_STORE_MISMATCH', message: expect.stringContaining(message) }
    await expect(migrate(sql, code)).rejects.toMatchObject(refusal)
    await expect(checkMigrated(sql, code)).rejects.toMatchObject(refusal)
    expect(await applied()).toHaveLength(2)
  })

  test('other line ends are no other step', async () => {
    const unix = { ...things, sql: 'select 1;\nselect 2' }
    await migrate(sql, [unix])
    expect(await migrate(sql, [{ ...unix, sql: 'select 1;\r\nselect 2' }])).toEqual([])
  })

  test('steps with a gap in their numbers are refused before anything is done', async () => {
    await expect(migrate(sql, [things, broken])).rejects.toThrow('found migration 0003')
    expect((await sql.query(`select to_regnamespace('holdpoint') as n`)).rows).toEqual([
      { n: null },
    ])
  })

  test('who may not migrate is told what is missing', async () => {
    const missing = (message: string) => ({ code: 'HP_ERR_STORE_MISMATCH', message })
    await expect(checkMigrated(sql, [things])).rejects.toMatchObject(
      missing('the database lacks migration 0001 (things); migrate it first'),
    )
    await migrate(sql, [things])
    await expect(checkMigrated(sql, [things, sizes])).rejects.toMatchObject(
      missing('the database lacks migration 0002 (sizes); migrate it first'),
    )
    await checkMigrated(sql, [things])
  })

  test('two that start at once apply each step once', async () => {
    const done = await Promise.all([migrate(sql, [things, sizes]), migrate(sql, [things, sizes])])
    expect(done.flat().sort()).toEqual(['sizes', 'things'])
  })
})

describe.runIf(postgresUrl())('migrate on PostgreSQL, from several connections', () => {
  test('8 processes that start at once on an empty database apply each step once', async () => {
    const database = await createDatabase(postgresUrl() ?? '')
    const open = () => openPostgres({ connectionString: database.url, poolSize: 1 })
    const all = await Promise.all(Array.from({ length: 8 }, open))
    const done = await Promise.all(all.map((sql) => migrate(sql, [things, sizes])))
    expect(done.flat().sort()).toEqual(['sizes', 'things'])
    await Promise.all(all.map((sql) => sql.close()))
    await database.stop()
  })
})
