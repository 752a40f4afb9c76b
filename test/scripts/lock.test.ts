import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

interface Lock {
  take(path: string): boolean
  withLock<T>(root: string, work: () => Promise<T>): Promise<T>
}

const { take, withLock } = (await import(
  new URL('../../scripts/lock.mjs', import.meta.url).href
)) as Lock

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'))
  path = join(folder, 'set-up.lock')
})

afterEach(() => rmSync(folder, { recursive: true }))

/** The number of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid
}

test('a lock is taken once while its holder lives', () => {
  expect(take(path)).toBe(true)
  expect(take(path)).toBe(false)
  expect(readFileSync(path, 'utf8')).toBe(`${process.pid}`)
})

test('the lock of a process that has died is taken over', () => {
  writeFileSync(path, `${deadPid()}`)
  expect(take(path)).toBe(true)
  expect(readFileSync(path, 'utf8')).toBe(`${process.pid}`)
  expect(readdirSync(folder)).toEqual(['set-up.lock'])
})

test('the lock of a live process number that has long been silent is taken over', () => {
  writeFileSync(path, `${process.ppid}`)
  expect(take(path)).toBe(false)
  const longAgo = new Date(Date.now() - 61_000)
  utimesSync(path, longAgo, longAgo)
  expect(take(path)).toBe(true)
})

test('a lock whose holder has not written its number yet is respected', () => {
  writeFileSync(path, '')
  expect(take(path)).toBe(false)
})

test('the lock is given back, also when the work fails', async () => {
  const lockFile = join(folder, '.cache', 'set-up.lock')
  expect(await withLock(folder, async () => existsSync(lockFile))).toBe(true)
  expect(existsSync(lockFile)).toBe(false)
  await expect(
    withLock(folder, async () => {
      throw new Error('no network')
    }),
  ).rejects.toThrow('no network')
  expect(existsSync(lockFile)).toBe(false)
})
