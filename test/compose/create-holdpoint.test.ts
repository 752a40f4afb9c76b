import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { type CreateHoldpointOptions, createHoldpoint } from '../../src/compose/create-holdpoint.ts'
import { guardContext } from '../../src/compose/guard-context.ts'
import { heldLine } from '../../src/compose/held-line.ts'
import { type Holdpoint, ownerOf, partsOf } from '../../src/compose/holdpoint.ts'
import { definePolicy } from '../../src/core/policy.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import type { ChannelDefinition } from '../../src/ports/channel.ts'
import { silentLogger } from '../../src/ports/log.ts'
import { startChild } from '../support/child.ts'
import { draft, picture } from '../support/desk.ts'
import { temporaryFolder } from '../support/folder.ts'

// Opening a store for the first time takes seconds, so these tests share a folder, one after the other.
let folder = ''
let dataDir = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-test-'))
  dataDir = join(folder, '.holdpoint')
})
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

const quiet = { logger: silentLogger, onHeld: () => {} }

async function open(options: CreateHoldpointOptions = {}): Promise<Holdpoint> {
  const holdpoint = await createHoldpoint({ dataDir, ...quiet, ...options })
  onTestFinished(() => holdpoint.close())
  return holdpoint
}

const pager: ChannelDefinition = {
  name: 'pager',
  start: async ({ identities }) => ({
    channel: { name: 'pager', identities, show: async () => ({ ref: {} }) },
  }),
}

/** What is written to standard error until the test ends. */
function standardError(): () => string {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  onTestFinished(() => write.mockRestore())
  return () => write.mock.calls.map(([text]) => String(text)).join('')
}

describe('an option that is wrong', () => {
  test.each<[string, object, RegExp]>([
    ['server', { server: { url: 'https://desk.example', token: 't' } }, /is not built yet/],
    ['database', { database: 'postgres://desk.example/holdpoint' }, /is not built yet/],
    ['dataDirectory', { dataDirectory: './x' }, /known are config, dataDir/],
    ['port', { port: '4300' }, /whole number from 0 to 65535/],
    ['port', { port: 65_536 }, /whole number from 0 to 65535/],
    ['dataDir', { dataDir: '' }, /path of a folder/],
    ['logger', { logger: { warn() {} } }, /info, warn and error/],
    ['logger', { logger: null }, /info, warn and error/],
    ['clock', { clock: Date }, /function now that gives a Date/],
    ['onHeld', { onHeld: 'print' }, /must be a function/],
    ['config.guards', { config: { guards: [] } }, /must not be empty/],
    ['config', { config: 5 }, /must be an object with channels/],
    ['config', { config: null }, /must be an object with channels/],
  ])('%s is refused by name before anything is made: %j', async (option, given, says) => {
    const where = join(await temporaryFolder(), 'data')
    const opening = createHoldpoint({ dataDir: where, ...(given as CreateHoldpointOptions) })
    await expect(opening).rejects.toMatchObject({
      code: 'HP_ERR_OPTION_INVALID',
      details: { option },
      message: expect.stringMatching(says),
    })
    expect(existsSync(where)).toBe(false)
  })

  test.each([null, 'x', 5, [{}]])('%j for all of them is refused by name', async (given) => {
    await expect(createHoldpoint(given as never)).rejects.toMatchObject({
      code: 'HP_ERR_OPTION_INVALID',
      details: { option: 'options' },
      message: expect.stringContaining('known are config, dataDir'),
    })
  })

  test.each<[unknown, string]>([
    [undefined, 'options'],
    [null, 'options'],
    ['shopper', 'options'],
    [{ agent: 'shopper', guards: 5 }, 'guards'],
  ])('%j for a guarded context is refused by name', async (given, option) => {
    const holdpoint = await open()
    await expect(guardContext(holdpoint, {} as never, given as never)).rejects.toMatchObject({
      code: 'HP_ERR_OPTION_INVALID',
      details: { option },
    })
  })

  test('a refused database address is not repeated: it may hold a password', async () => {
    const database = 'postgres://agent:hunter2@desk.example/holdpoint'
    const refused: unknown = await createHoldpoint({ database } as never).catch((error) => error)
    expect(String(refused)).not.toContain('hunter2')
  })
})

describe('a data folder', () => {
  test('has one owner: a second is told by which process it is held, and how to come in', async () => {
    const first = await open()
    const refused = {
      code: 'HP_ERR_FOLDER_LOCKED',
      details: { pid: process.pid, url: first.url },
      message: `${dataDir} belongs to process ${process.pid}; its server answers at ${first.url}`,
      hint: expect.stringContaining('choose another dataDir'),
    }
    await expect(createHoldpoint({ dataDir, ...quiet })).rejects.toMatchObject(refused)

    const child = startChild(`
      const { createHoldpoint } = await import(source('src/compose/create-holdpoint.ts'))
      const opening = createHoldpoint({ dataDir: ${JSON.stringify(dataDir)} })
      const error = await opening.catch((error) => error)
      console.log(JSON.stringify({ ...error, message: error.message }))
    `)
    onTestFinished(() => child.kill())
    expect(JSON.parse(await child.line())).toMatchObject(refused)

    // Neither of them has disturbed the owner.
    const answer = await fetch(`${first.url}/healthz`)
    expect(answer.status).toBe(200)
  })

  test('is free after close, and a third finds what the first has written', async () => {
    const first = await open()
    const { store } = ownerOf(first).desk
    const { id } = await openRequest(ownerOf(first).desk, draft(), [picture])
    expect(await store.read(id)).toMatchObject({ state: 'pending' })
    await Promise.all([first.close(), first.close()])
    expect(readdirSync(dataDir)).not.toContain('owner.json')
    expect(readdirSync(dataDir)).not.toContain('lock')
    await expect(fetch(first.url)).rejects.toThrow()

    const third = await open()
    expect(await ownerOf(third).desk.store.read(id)).toMatchObject({ id, title: draft().title })
  })

  test('of an owner that was killed is free at once, and its store opens', async () => {
    const child = startChild(`
      const { createHoldpoint } = await import(source('src/compose/create-holdpoint.ts'))
      await createHoldpoint({ dataDir: ${JSON.stringify(dataDir)}, onHeld() {} })
      console.log('open')
    `)
    onTestFinished(() => child.kill())
    expect(await child.line()).toBe('open')
    await expect(createHoldpoint({ dataDir, ...quiet })).rejects.toThrow(`process ${child.pid}`)
    await child.kill()
    await expect(open()).resolves.toMatchObject({ mode: 'embedded' })
  })

  test('of an owner that calls process.exit is given free, and nothing is thrown at the end', async () => {
    const child = startChild(`
      const { createHoldpoint } = await import(source('src/compose/create-holdpoint.ts'))
      await createHoldpoint({ dataDir: ${JSON.stringify(dataDir)}, onHeld() {} })
      process.on('uncaughtExceptionMonitor', (error) => console.log(error.message))
      process.on('exit', () => console.log('given free'))
      process.exit()
    `)
    onTestFinished(() => child.kill())
    expect(await child.line()).toBe('given free')
    expect(readdirSync(dataDir)).not.toContain('lock')
    expect(readdirSync(dataDir)).not.toContain('owner.json')
  })

  test('is closed to other users, keys and sessions with it', async () => {
    await open()
    const modeOf = (name: string) => statSync(join(dataDir, name)).mode & 0o777
    expect([modeOf('.'), modeOf('sessions')]).toEqual([0o700, 0o700])
    expect([modeOf('verdict-key.json'), modeOf('owner.json')]).toEqual([0o600, 0o600])
  })

  test('that cannot be a folder is refused as the option it is', async () => {
    const file = join(await temporaryFolder(), 'notes.txt')
    writeFileSync(file, 'mine')
    for (const where of [file, join(file, 'data')]) {
      await expect(createHoldpoint({ dataDir: where, ...quiet })).rejects.toMatchObject({
        code: 'HP_ERR_OPTION_INVALID',
        details: { option: 'dataDir' },
        message: expect.stringMatching(/cannot be used \(E\w+\); .*may write to/),
      })
    }
  })

  test('that this user may not write to is refused as the option it is, and left as it was', async () => {
    const where = await temporaryFolder()
    writeFileSync(join(where, 'notes.txt'), 'mine')
    await chmod(where, 0o555)
    // Root may write anywhere, so the child becomes somebody else first.
    const child = startChild(`
      const { createHoldpoint } = await import(source('src/compose/create-holdpoint.ts'))
      if (process.getuid?.() === 0) process.seteuid(65534)
      const opening = createHoldpoint({ dataDir: ${JSON.stringify(where)} })
      const error = await opening.catch((error) => error)
      console.log(JSON.stringify({ ...error, message: error.message }))
    `)
    onTestFinished(() => child.kill())
    expect(JSON.parse(await child.line())).toMatchObject({
      code: 'HP_ERR_OPTION_INVALID',
      message: expect.stringContaining(`dataDir: ${where} cannot be used (EACCES)`),
    })
    expect(readdirSync(where)).toEqual(['notes.txt'])
    await chmod(where, 0o755)
  })
})

test('owner.json lets agents of other processes in, until the next start makes another token', async () => {
  const owner = (): { url: string; token: string } =>
    JSON.parse(readFileSync(join(dataDir, 'owner.json'), 'utf8'))
  const statusWith = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` }
    return (await fetch(`${owner().url}/api/agent/requests`, { headers })).status
  }
  const first = await open()
  const { token } = owner()
  // 256 bits.
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  expect([await statusWith(token), await statusWith('A'.repeat(43))]).toEqual([200, 401])
  await first.close()
  await open()
  expect(owner().token).not.toBe(token)
  expect([await statusWith(token), await statusWith(owner().token)]).toEqual([401, 200])
})

describe('a start that fails half-way', () => {
  test('on a port that is taken gives the folder free again', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    await expect(createHoldpoint({ dataDir, ...quiet, port })).rejects.toThrow(/EADDRINUSE|port/)
    expect(readdirSync(dataDir)).not.toContain('lock')
    await open()
  })

  test('in a channel closes the channels before it, and gives the folder free', async () => {
    const closed: string[] = []
    const fine: ChannelDefinition = {
      name: 'fine',
      start: async () => ({
        channel: { name: 'fine', identities: {}, show: async () => ({ ref: {} }) },
        close: async () => void closed.push('fine'),
      }),
    }
    const broken: ChannelDefinition = {
      name: 'broken',
      start: () => Promise.reject(new Error('the pager does not answer')),
    }
    const opening = createHoldpoint({ dataDir, ...quiet, config: { channels: [fine, broken] } })
    await expect(opening).rejects.toThrow('the pager does not answer')
    expect(closed).toEqual(['fine'])
    await open()
  })
})

describe('what it prints', () => {
  test('the one-time link, when nobody else would learn where to answer', async () => {
    const printed = standardError()
    const holdpoint = await createHoldpoint({ dataDir })
    onTestFinished(() => holdpoint.close())
    expect(printed()).toContain(`holdpoint: answer at ${holdpoint.url}/`)
  })

  test('no link and no dead end, when the policy leaves its holder out', async () => {
    const printed = standardError()
    const config = {
      channels: [pager],
      reviewers: { grace: { name: 'Grace', pager: '7' } },
      policy: definePolicy({ reviewers: ['grace'] }),
    }
    const holdpoint = await createHoldpoint({ dataDir, config })
    onTestFinished(() => holdpoint.close())
    expect(printed()).toBe('')
    const { desk } = ownerOf(holdpoint)
    const request = await openRequest(desk, draft(), [picture])
    partsOf(holdpoint).onHeld({ request } as never)
    expect(printed()).toBe(
      `holdpoint: HELD ${request.id} ${request.title}. Asked: Grace, in pager. Page: ${holdpoint.url}/requests/${request.id}\n`,
    )
  })

  test.each<[string, readonly string[], object, string]>([
    ['whoever holds the link', ['desk', 'grace'], {}, 'Answer: URL'],
    [
      'everybody who is asked',
      ['grace', 'gus'],
      {},
      'Asked: Grace, in mail and pager; gus, in mail',
    ],
    ['nobody who is acted for', ['grace', 'gus'], { onBehalfOf: 'grace' }, 'Asked: gus, in mail.'],
    ['nobody whom no channel reaches', ['hedy'], {}, 'Asked: nobody, as no channel reaches'],
  ])('%s, where something is held', (_, reviewers, change, says) => {
    const channel = (name: string, ...who: string[]) => ({
      name,
      identities: Object.fromEntries(who.map((each) => [each, '7'])),
      show: async () => ({ ref: {} }),
    })
    const line = heldLine({ id: 'HP-1', title: 'Pay', ...change }, 'URL', {
      policy: definePolicy({ reviewers: [...reviewers] }),
      channels: [channel('mail', 'grace', 'gus'), channel('pager', 'grace')],
      names: { grace: 'Grace' },
    })
    expect(line).toContain(says)
  })

  test('nothing, when the caller shows by itself what is held', async () => {
    const printed = standardError()
    await open()
    expect(printed()).toBe('')
  })
})
