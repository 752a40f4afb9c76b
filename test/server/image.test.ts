import { expect, test } from 'vitest'
import { sha256Hex } from '../../src/core/canonical.ts'
import { picture } from '../support/desk.ts'
import { useStore } from '../support/store.ts'
import { openServer } from './kit.ts'

const context = useStore()
const OTHER = new Uint8Array([0xff, 0xd8, 0xff, 0x00, 0x02])

async function pictureAfter(sql: string, values: readonly unknown[] = []) {
  const server = await openServer(context)
  const request = await server.ask()
  await context.sql.query(sql, values)
  return server.get(`/requests/${request.id}/images/full`, await server.signedIn('ada'))
}

test('the picture is the one that the evidence names, to the byte', async () => {
  const answer = await pictureAfter('select 1')
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-type']).toBe('image/jpeg')
  expect(answer.rawPayload.equals(Buffer.from(picture.bytes))).toBe(true)
})

test('a picture whose bytes were changed in the database is not shown', async () => {
  const answer = await pictureAfter('update holdpoint.images set bytes = $1', [OTHER])
  expect([answer.statusCode, answer.body]).toEqual([404, 'There is no such picture.'])
})

test('a picture that the evidence does not name is not shown', async () => {
  const swapped = `with other as (insert into holdpoint.images (sha256, media_type, bytes)
    values ($1, 'image/jpeg', $2) returning sha256)
    update holdpoint.request_images set sha256 = other.sha256 from other`
  const answer = await pictureAfter(swapped, [sha256Hex(OTHER), OTHER])
  expect([answer.statusCode, answer.body]).toEqual([404, 'There is no such picture.'])
})

test.each(['text/html', 'image/svg+xml', 'application/xhtml+xml', 'image/jpeg; x', ''])(
  'what calls itself "%s" is not shown',
  async (mediaType) => {
    const answer = await pictureAfter('update holdpoint.request_images set media_type = $1', [
      mediaType,
    ])
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['content-type']).toMatch(/^text\/plain/)
  },
)

test('a picture of another request is not reached through this one', async () => {
  const server = await openServer(context)
  await server.ask()
  const { picture: _, ...evidence } = (await server.ask()).evidence
  const bare = await server.ask({ evidence }, [])
  const ada = await server.signedIn('ada')
  const answer = await server.get(`/requests/${bare.id}/images/full`, ada)
  expect(answer.statusCode).toBe(404)
})
