import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { lockFolder, readOwner } from '../../../src/adapters/postgres/folder-lock.ts'
import { ownIdentity } from '../../../src/adapters/postgres/process-identity.ts'
import { type Child, startChild } from '../../support/child.ts'
import { temporaryFolder } from '../../support/folder.ts'

const address = { url: 'http://127.0.0.1:4310', token: 'secret-token' }

/** Takes the folder named on each line at the given moment; answers `won`, or `lost` and the error. */
const taker = `
  const { lockFolder } = await import(source('src/adapters/postgres/folder-lock.ts'))
  console.log('ready')
  let lock
  for await (const line of lines) {
    const [command, folder, at] = line.split(' ')
    if (command === 'release') {
      lock?.release()
      lock = undefined
      console.log('released')
      continue
    }
    while (Date.now() < Number(at)) {}
    try {
      lock = lockFolder(folder, { url: 'http://127.0.0.1:1', token: 't' })
      console.log('won')
    } catch (error) {
      console.log('lost ' + error.code + ' ' + error.details.pid)
    }
  }
`

async function startTaker(): Promise<Child> {
  const child = startChild(taker)
  onTestFinished(() => child.kill())
  await child.line()
  return child
}

async function take(child: Child, folder: string): Promise<string> {
  child.say(`take ${folder} 0`)
  return child.line()
}

describe('a folder that nobody owns', () => {
  test('it is made closed to other users, invisible to git, and free again after release', async () => {
    const folder = join(await temporaryFolder(), 'deep', '.holdpoint')
    const lock = lockFolder(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('*\n')
    lock.release()
    expect(readdirSync(folder)).toEqual(['.gitignore'])
    lockFolder(folder).release()
  })

  test("somebody else's folder keeps its mode and gets no .gitignore", async () => {
    const folder = join(await temporaryFolder(), 'project')
    await mkdir(folder, { mode: 0o755 })
    writeFileSync(join(folder, 'package.json'), '{}')
    lockFolder(folder).release()
    expect(statSync(folder).mode & 0o777).toBe(0o755)
    expect(readdirSync(folder)).toEqual(['package.json'])
  })
})

describe('the address of the owner', () => {
  test('only this user can read it, and it goes with the lock', async () => {
    const folder = await temporaryFolder()
    const lock = lockFolder(folder, address)
    expect(statSync(join(folder, 'owner.json')).mode & 0o777).toBe(0o600)
    expect(readOwner(folder)).toEqual({ ...address, pid: process.pid })
    lock.announce({ ...address, token: 'another' })
    expect(readOwner(folder)?.token).toBe('another')
    lock.release()
    expect(existsSync(join(folder, 'owner.json'))).toBe(false)
    expect(readOwner(folder)).toBeUndefined()
  })

  test('an address that a dead owner left behind is not handed out', async () => {
    const folder = await temporaryFolder()
    const child = await startTaker()
    expect(await take(child, folder)).toBe('won')
    expect(readOwner(folder)?.pid).toBe(child.pid)
    await child.kill()
    expect(readOwner(folder)).toBeUndefined()
    const lock = lockFolder(folder)
    expect(readOwner(folder)).toBeUndefined()
    lock.release()
  })
})

describe('a folder that a living process owns', () => {
  test('another process is refused, with pid and address', async () => {
    const folder = await temporaryFolder()
    const lock = lockFolder(folder, address)
    const child = await startTaker()
    expect(await take(child, folder)).toBe(`lost HP_ERR_FOLDER_LOCKED ${process.pid}`)
    lock.release()
    expect(await take(child, folder)).toBe('won')
  })

  test('the same process is refused too; message and details say how to come in', async () => {
    const folder = await temporaryFolder()
    const lock = lockFolder(folder, address)
    expect(() => lockFolder(folder)).toThrow(
      expect.objectContaining({
        code: 'HP_ERR_FOLDER_LOCKED',
        details: { pid: process.pid, url: address.url },
        message: `${folder} belongs to process ${process.pid}; its server answers at ${address.url}`,
      }),
    )
    lock.release()
  })

  test('a release that comes twice does not take the folder from the next owner', async () => {
    const folder = await temporaryFolder()
    const first = lockFolder(folder)
    first.release()
    const second = lockFolder(folder)
    first.release()
    expect(() => lockFolder(folder)).toThrow('belongs to process')
    second.release()
  })
})

describe('a folder whose owner died', () => {
  test('after kill -9 the next process takes it', async () => {
    const folder = await temporaryFolder()
    const child = await startTaker()
    expect(await take(child, folder)).toBe('won')
    expect(() => lockFolder(folder)).toThrow(`belongs to process ${child.pid}`)
    await child.kill()
    const lock = lockFolder(folder)
    lock.release()
    expect(readdirSync(folder)).toEqual(['.gitignore'])
  })

  test('a pid that lives again under another process does not keep it', async () => {
    const folder = await temporaryFolder()
    const recycled = { ...ownIdentity(), id: 'earlier', started: 'at another time' }
    writeFileSync(join(folder, 'lock'), JSON.stringify(recycled))
    lockFolder(folder).release()
  })

  test('an owner in another container keeps it for a minute after its last sign of life', async () => {
    const folder = await temporaryFolder()
    const elsewhere = { ...ownIdentity(), id: 'elsewhere', host: 'other-container', pid: 7 }
    const path = join(folder, 'lock')
    writeFileSync(path, JSON.stringify(elsewhere))
    expect(() => lockFolder(folder)).toThrow('process 7 on other-container')
    const longAgo = Date.now() / 1000 - 61
    utimesSync(path, longAgo, longAgo)
    lockFolder(folder).release()
  })

  test('a lock file that cannot be read keeps it only while it may be being written', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 'lock')
    writeFileSync(path, '')
    expect(() => lockFolder(folder)).toThrow('just now')
    const longAgo = Date.now() / 1000 - 11
    utimesSync(path, longAgo, longAgo)
    lockFolder(folder).release()
  })

  test('a taker that died half-way is succeeded as well', async () => {
    const folder = await temporaryFolder()
    const dead = { ...ownIdentity(), started: 'at another time' }
    writeFileSync(join(folder, 'lock'), JSON.stringify({ ...dead, id: 'one' }))
    writeFileSync(join(folder, 'lock.after-one'), JSON.stringify({ ...dead, id: 'two' }))
    const lock = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow('belongs to process')
    lock.release()
    expect(readdirSync(folder)).toEqual([])
  })

  test('of 6 processes that come at the same moment exactly one takes it, 25 times', async () => {
    const root = await temporaryFolder()
    const takers = await Promise.all(Array.from({ length: 6 }, startTaker))
    const dead = { ...ownIdentity(), started: 'at another time' }
    for (let round = 0; round < 25; round++) {
      const folder = join(root, String(round))
      await mkdir(folder)
      writeFileSync(join(folder, 'lock'), JSON.stringify({ ...dead, id: `dead-${round}` }))
      for (const child of takers) child.say(`take ${folder} ${Date.now() + 20}`)
      const answers = await Promise.all(takers.map((child) => child.line()))
      const winner = takers[answers.indexOf('won')]
      expect(answers.filter((answer) => answer === 'won')).toHaveLength(1)
      expect(
        answers.filter((answer) => answer === `lost HP_ERR_FOLDER_LOCKED ${winner?.pid}`),
      ).toHaveLength(5)
      for (const child of takers) child.say('release')
      await Promise.all(takers.map((child) => child.line()))
    }
  })
})
