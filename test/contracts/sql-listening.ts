import { describe, expect, test } from 'vitest'
import type { Sql } from '../../src/ports/sql.ts'

/** The part of the `Sql` contract that is about LISTEN and NOTIFY. `sql.ts` runs it. */
export function describeListening(sql: () => Sql): void {
  describe('listen', () => {
    const notify = (channel: string, payload: string) =>
      sql().query('select pg_notify($1, $2)', [channel, payload])

    test('it hears what is sent once it has resolved', async () => {
      const heard = Promise.withResolvers<string>()
      const listener = await sql().listen('news', heard.resolve)
      await notify('news', 'request 7')
      expect(await heard.promise).toBe('request 7')
      await listener.close()
    })

    test('every listener of a channel hears, until it closes', async () => {
      const heard: string[] = []
      const first = await sql().listen('news', (payload) => heard.push(`first ${payload}`))
      const second = await sql().listen('news', (payload) => heard.push(`second ${payload}`))
      await notify('news', 'a')
      await expect.poll(() => heard).toEqual(['first a', 'second a'])
      await first.close()
      await notify('news', 'b')
      await expect.poll(() => heard).toEqual(['first a', 'second a', 'second b'])
      await second.close()
    })

    test('after the last listener has closed, one may listen again', async () => {
      const first = await sql().listen('news', () => {})
      const closing = first.close()
      const heard = Promise.withResolvers<string>()
      const second = await sql().listen('news', heard.resolve)
      await closing
      await notify('news', 'again')
      expect(await heard.promise).toBe('again')
      await second.close()
    })

    test('a channel name is taken literally', async () => {
      const name = 'A "b"; drop table things; --'
      const heard = Promise.withResolvers<string>()
      const listener = await sql().listen(name, heard.resolve)
      await notify(name, 'literal')
      expect(await heard.promise).toBe('literal')
      await listener.close()
      expect((await sql().query('select from things')).rowCount).toBe(0)
    })

    test.each(['', 'x'.repeat(64), 'a\0b'])('the channel name %j is refused', async (channel) => {
      await expect(sql().listen(channel, () => {})).rejects.toMatchObject({
        code: 'HP_ERR_OPTION_INVALID',
      })
    })

    test('a transaction that is rolled back is not heard of, one that commits is', async () => {
      const heard: string[] = []
      const listener = await sql().listen('news', (payload) => heard.push(payload))
      const send = (payload: string, fail: boolean) =>
        sql().transaction(async (tx) => {
          await tx.query('select pg_notify($1, $2)', ['news', payload])
          if (fail) throw new Error('no')
        })
      await expect(send('rolled back', true)).rejects.toThrow('no')
      await send('committed', false)
      await expect.poll(() => heard).toEqual(['committed'])
      await listener.close()
    })

    test('a listener that throws does not keep another from hearing', async () => {
      const bad = await sql().listen('news', () => {
        throw new Error('bad listener')
      })
      const heard = Promise.withResolvers<string>()
      const good = await sql().listen('news', heard.resolve)
      await notify('news', 'still here')
      expect(await heard.promise).toBe('still here')
      await bad.close()
      await good.close()
    })
  })
}
