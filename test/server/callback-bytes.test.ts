import { describe, expect, test } from 'vitest'
import type { CallbackRequest } from '../../src/ports/channel.ts'
import { useStore } from '../support/store.ts'
import { openServer } from './kit.ts'

const context = useStore()
const PATH = '/callbacks/slack'
const FORM = 'application/x-www-form-urlencoded'

describe('the bytes', () => {
  async function listening() {
    const heard: CallbackRequest[] = []
    const server = await openServer(context, {
      callbacks: () => [
        {
          name: 'slack',
          async handle(request) {
            heard.push(request)
            return { status: 200 }
          },
        },
      ],
    })
    return { server, heard }
  }

  const BODIES: readonly (readonly [string, Buffer])[] = [
    ['an encoded form', Buffer.from('payload=%7B%22a%22%3A1%7d&b=+%20&payload=x&__proto__=1')],
    ['JSON with its own spacing', Buffer.from('{ "a":1,\r\n\t"a": 1.0, "__proto__": {} }')],
    ['what is not text', Buffer.from([0, 255, 254, 195, 40, 13, 10, 0])],
    ['a byte order mark', Buffer.from('\uFEFFpayload={}')],
    ['nothing', Buffer.alloc(0)],
  ]

  test.each(
    BODIES.flatMap(([what, bytes]) =>
      [
        FORM,
        'application/json',
        'text/plain',
        'multipart/form-data; boundary=x',
        'application/octet-stream',
        '',
      ].map((type) => [what, type, bytes] as const),
    ),
  )('reach the channel as they came: %s as "%s"', async (_what, type, bytes) => {
    const { server, heard } = await listening()
    const answer = await server.app.inject({
      method: 'POST',
      url: PATH,
      payload: bytes,
      headers: {
        ...(type === '' ? {} : { 'content-type': type }),
        'x-slack-signature': 'v0=abc',
      },
    })
    expect(answer.statusCode).toBe(200)
    expect(heard).toHaveLength(1)
    expect(Buffer.from(heard[0]?.rawBody ?? [9]).equals(bytes)).toBe(true)
    expect(heard[0]?.headers['x-slack-signature']).toBe('v0=abc')
  })

  test('of half a megabyte and more reach nobody', async () => {
    const { server, heard } = await listening()
    const payload = Buffer.alloc(512 * 1024 + 1, 'x')
    const headers = { 'content-type': FORM }
    const answer = await server.app.inject({ method: 'POST', url: PATH, payload, headers })
    expect([answer.statusCode, heard]).toEqual([413, []])
  })

  test('reach only the channel that is named', async () => {
    const { server, heard } = await listening()
    for (const path of ['/callbacks/email', '/callbacks/', '/callbacks/slack/more']) {
      expect((await server.post(path, 'payload=1')).statusCode).toBe(404)
    }
    expect(heard).toEqual([])
  })
})
