import { request } from 'node:http'
import { expect, test, vi } from 'vitest'
import { startSlackWorkspace } from '../../src/testing/slack-workspace/index.ts'

test('it refuses to start in production', async () => {
  vi.stubEnv('NODE_ENV', 'production')
  await expect(startSlackWorkspace()).rejects.toThrow(/NODE_ENV is production/)
  vi.unstubAllEnvs()
})

test.each(['0.0.0.0', '::', 'example.com', '192.168.1.4'])('it refuses host %s', async (host) => {
  await expect(startSlackWorkspace({ host })).rejects.toThrow(/"host" must be 127.0.0.1/)
})

test.each<[unknown, string, RegExp]>([
  [{ fileReadyDelay: 0 }, 'fileReadyDelay', /is unknown; known are port, host, .*fileReadyDelayMs/],
  [null, 'options', /must be an object/],
  [4302, 'options', /must be an object/],
])('%j is refused by name', async (given, option, says) => {
  await expect(startSlackWorkspace(given as never)).rejects.toMatchObject({
    code: 'HP_ERR_OPTION_INVALID',
    details: { option },
    message: expect.stringMatching(says),
  })
})

test('it listens on 127.0.0.1, and its addresses say so', async () => {
  await using workspace = await startSlackWorkspace({ host: 'localhost' })
  expect(workspace.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(workspace.apiUrl).toBe(`${workspace.url}/api/`)
})

test('it refuses to hand clicks to another machine', async () => {
  await using workspace = await startSlackWorkspace()
  expect(() => workspace.setInteractivityUrl('https://hooks.example.com/x')).toThrow(
    /on this machine/,
  )
  const elsewhere = startSlackWorkspace({ interactivityUrl: 'http://10.0.0.1/' })
  await expect(elsewhere).rejects.toThrow(/on this machine/)
})

test('a foreign host name that leads here is turned away', async () => {
  await using workspace = await startSlackWorkspace()
  const { port } = new URL(workspace.url)
  const status = await new Promise((resolve) => {
    const headers = { host: 'evil.example' }
    request({ host: '127.0.0.1', port, headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).end()
  })
  expect(status).toBe(421)
})

test('two workspaces have different secrets, which can be set', async () => {
  await using one = await startSlackWorkspace()
  await using two = await startSlackWorkspace()
  expect(one.signingSecret).not.toBe(two.signingSecret)
  expect(one.botToken).not.toBe(two.botToken)
  await using fixed = await startSlackWorkspace({ botToken: 'xoxb-set', signingSecret: 'set' })
  expect([fixed.botToken, fixed.signingSecret]).toEqual(['xoxb-set', 'set'])
})
