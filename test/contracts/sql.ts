import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Sql } from '../../src/ports/sql.ts'
import { describeListening } from './sql-listening.ts'

/** What every adapter of the `Sql` port does. `open` gives a new, empty database. */
export function describeSql(name: string, open: () => Promise<Sql>): void {
  describe(`Sql on ${name}`, () => {
    let sql: Sql

    beforeAll(async () => {
      sql = await open()
      await sql.query(`create table things (
        id int primary key,
        facts jsonb,
        seen_at timestamptz,
        size int8,
        picture bytea,
        tags text[]
      )`)
    })
    beforeEach(() => sql.query('truncate things'))
    afterAll(() => sql.close())

    const count = async () =>
      (await sql.query<{ n: number }>('select count(*) as n from things')).rows[0]?.n

    describe('query', () => {
      test('each column type comes back as the port says', async () => {
        const row = {
          id: 1,
          facts: { total: 18_240, nested: [{ a: null }] },
          seen_at: new Date('2026-03-29T01:30:00.123Z'),
          size: 9_007_199_254_740_991,
          picture: new Uint8Array([0, 1, 127, 128, 255]),
          tags: ['plain', 'with "quotes", \\ and {braces}', '', null],
        }
        const { rows } = await sql.query<typeof row>(
          'insert into things values ($1, $2, $3, $4, $5, $6) returning *',
          Object.values(row),
        )
        const stored = rows[0]
        expect({ ...stored, picture: Uint8Array.from(stored?.picture ?? []) }).toEqual(row)
      })

      test('count(*) is a number', async () => {
        expect(await count()).toBe(0)
      })

      test('an array is a Postgres array, also when it is empty', async () => {
        await sql.query('insert into things (id) select generate_series(1, 5)')
        const found = (ids: readonly number[]) =>
          sql.query<{ id: number }>('select id from things where id = any($1) order by id', [ids])
        expect((await found([2, 4, 9])).rows).toEqual([{ id: 2 }, { id: 4 }])
        expect((await found([])).rows).toEqual([])
      })

      test('an array is refused where JSON is expected; JSON text is taken', async () => {
        await expect(
          sql.query('insert into things (id, facts) values (1, $1)', [[1, 'a']]),
        ).rejects.toMatchObject({ code: '22P02' })
        const list = JSON.stringify([1, 'a'])
        const { rows } = await sql.query(
          'insert into things (id, facts) values (1, $1) returning facts',
          [list],
        )
        expect(rows).toEqual([{ facts: [1, 'a'] }])
      })

      test('null and undefined are both null', async () => {
        const { rows } = await sql.query('select $1::text as a, $2::int as b', [null, undefined])
        expect(rows).toEqual([{ a: null, b: null }])
      })

      test('true, false and large whole numbers go in as they are', async () => {
        const { rows } = await sql.query(
          'select $1::boolean as t, $2::boolean as f, $3::int8 as n',
          [true, false, 12_345_678_901_234n],
        )
        expect(rows).toEqual([{ t: true, f: false, n: 12_345_678_901_234 }])
      })

      test('rowCount counts what was changed, and what was selected', async () => {
        const insert = 'insert into things (id) values (1), (2), (3)'
        expect((await sql.query(insert)).rowCount).toBe(3)
        const update = 'update things set size = 1 where id > $1'
        expect((await sql.query(update, [1])).rowCount).toBe(2)
        expect((await sql.query(update, [9])).rowCount).toBe(0)
        expect((await sql.query('select from things')).rowCount).toBe(3)
      })

      test('a text without values may hold several statements; their rows come in one list', async () => {
        const { rows } = await sql.query(`
          insert into things (id) values (1) returning id;
          update things set size = 7;
          select size from things`)
        expect(rows).toEqual([{ id: 1 }, { size: 7 }])
      })

      test('a text with values holds one statement', async () => {
        await expect(sql.query('select $1::int; select 2', [1])).rejects.toMatchObject({
          code: '42601',
        })
      })

      test('several statements in one text are stored together or not at all', async () => {
        const text = 'insert into things (id) values (1); insert into things (id) values (1)'
        await expect(sql.query(text)).rejects.toMatchObject({ code: '23505' })
        expect(await count()).toBe(0)
      })

      test('an error says what Postgres said', async () => {
        await sql.query('insert into things (id) values (1)')
        await expect(sql.query('insert into things (id) values ($1)', [1])).rejects.toMatchObject({
          code: '23505',
          constraint: 'things_pkey',
          table: 'things',
        })
      })

      test('an error inside begin … commit does not reach the next statement', async () => {
        await expect(sql.query('begin; select 1/0; commit')).rejects.toMatchObject({
          code: '22012',
        })
        expect((await sql.query('select 1 as one')).rows).toEqual([{ one: 1 }])
      })
    })

    describe('transaction', () => {
      test('it stores all when its callback resolves, and hands on the result', async () => {
        const result = await sql.transaction(async (tx) => {
          await tx.query('insert into things (id) values (1)')
          await tx.query('insert into things (id) values (2)')
          return 'done'
        })
        expect(result).toBe('done')
        expect(await count()).toBe(2)
      })

      test('it stores nothing when its callback throws, and hands on the error', async () => {
        const refusal = new Error('changed my mind')
        const transaction = sql.transaction(async (tx) => {
          await tx.query('insert into things (id) values (1)')
          throw refusal
        })
        await expect(transaction).rejects.toBe(refusal)
        expect(await count()).toBe(0)
      })

      test('it fails when a statement failed, even if the callback swallowed the error', async () => {
        const transaction = sql.transaction(async (tx) => {
          await tx.query('insert into things (id) values (1)')
          await tx.query('insert into things (id) values (1)').catch(() => {})
          return 'as if nothing had happened'
        })
        await expect(transaction).rejects.toMatchObject({ code: '23505' })
        expect(await count()).toBe(0)
      })

      test('statements that were not awaited belong to it', async () => {
        await sql.transaction(async (tx) => {
          void tx.query('insert into things (id) values (1)')
          void tx.query('insert into things (id) values (2)')
        })
        expect(await count()).toBe(2)
        const transaction = sql.transaction(async (tx) => {
          void tx.query('insert into things (id) values (3)')
          tx.query('insert into things (id) values (3)').catch(() => {})
        })
        await expect(transaction).rejects.toMatchObject({ code: '23505' })
        expect(await count()).toBe(2)
      })

      test('a statement after its end is refused', async () => {
        const over = Promise.withResolvers<void>()
        let late: Promise<unknown> | undefined
        await sql.transaction(async (tx) => {
          late = over.promise.then(() => tx.query('insert into things (id) values (1)'))
        })
        const refused = expect(late).rejects.toThrow('the transaction is over')
        over.resolve()
        await refused
        expect(await count()).toBe(0)
      })

      test('others see nothing of it before its end', async () => {
        const seen: unknown[] = []
        let look: Promise<void> | undefined
        const started = Promise.withResolvers<void>()
        const written = Promise.withResolvers<void>()
        const outside = started.promise.then(() => {
          look = count().then((n) => {
            seen.push(n)
          })
          written.resolve()
        })
        await sql.transaction(async (tx) => {
          await tx.query('insert into things (id) values (1)')
          started.resolve()
          await written.promise
          await tx.query('insert into things (id) values (2)')
        })
        await outside
        await look
        // Before it or after it, never in between.
        expect([0, 2]).toContain(seen[0])
      })

      test('50 at once that count up one row lose nothing', async () => {
        await sql.query('insert into things (id, size) values (1, 0)')
        const increment = () =>
          sql.transaction(async (tx) => {
            const { rows } = await tx.query<{ size: number }>(
              'select size from things where id = 1 for update',
            )
            await tx.query('update things set size = $1 where id = 1', [(rows[0]?.size ?? 0) + 1])
          })
        await Promise.all(Array.from({ length: 50 }, increment))
        expect((await sql.query('select size from things')).rows).toEqual([{ size: 50 }])
      })

      test.each([
        ['query', () => sql.query('select 1')],
        ['transaction', () => sql.transaction(async () => {})],
        ['listen', () => sql.listen('anything', () => {})],
      ])(
        '%s on the handle inside a transaction is refused, as it could wait for ever',
        async (_, call) => {
          const transaction = sql.transaction(async (tx) => {
            await tx.query('insert into things (id) values (1)')
            await call()
          })
          await expect(transaction).rejects.toThrow('inside a transaction')
          expect(await count()).toBe(0)
        },
      )
    })

    describeListening(() => sql)

    describe('close', () => {
      test('calls that are under way are answered, later ones are refused, and twice is harmless', async () => {
        const other = await open()
        const underWay = other.query('select 1 as one')
        const transaction = other.transaction(
          async (tx) => (await tx.query('select 2 as two')).rows,
        )
        const closing = other.close()
        expect((await underWay).rows).toEqual([{ one: 1 }])
        expect(await transaction).toEqual([{ two: 2 }])
        await expect(other.query('select 1')).rejects.toMatchObject({
          code: 'HP_ERR_STORE_UNAVAILABLE',
        })
        await closing
        await other.close()
        await expect(other.listen('news', () => {})).rejects.toMatchObject({
          code: 'HP_ERR_STORE_UNAVAILABLE',
        })
      })
    })
  })
}
