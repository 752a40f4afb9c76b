/** @file One set-up at a time in one folder: a second `npm ci` would empty node_modules under the first. */

import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { SetUpError, step } from './steps.mjs'

const BEAT_MS = 5_000
// A holder that has not touched its lock for so long is gone, whatever its process id says now.
const STALE_MS = 60_000
const LOOK_AGAIN_MS = 500

/** Runs `work` while no other process runs its own in `root`, waiting for as long as one does. */
export async function withLock(root, work) {
  const path = lockPath(root)
  if (!take(path)) {
    await step('another command is setting up this folder, waiting for it', async () => {
      while (!take(path)) await delay(LOOK_AGAIN_MS)
    })
  }
  const beat = setInterval(() => touch(path), BEAT_MS)
  const release = () => rmSync(path, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    process.off('exit', release)
    release()
  }
}

function lockPath(root) {
  const folder = join(root, '.cache')
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new SetUpError(`The set-up has to write into ${root}, and may not: ${error.message}`)
  }
  return join(folder, 'set-up.lock')
}

/** Takes the lock if it is free or its holder is gone. */
export function take(path) {
  if (create(path)) return true
  const holder = read(path)
  if (holder === undefined || !isStale(holder)) return false

  // Two waiters may both see the same dead holder: only one of them can rename its file, and if a
  // third already made a new one, that is put back.
  const aside = `${path}.${process.pid}`
  try {
    renameSync(path, aside)
    if (read(aside)?.pid !== holder.pid) linkSync(aside, path)
  } catch {
    return false
  } finally {
    rmSync(aside, { force: true })
  }
  return create(path)
}

function create(path) {
  try {
    writeFileSync(path, `${process.pid}`, { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw new SetUpError(`The set-up has to write ${path}, and may not: ${error.message}`)
  }
}

function read(path) {
  try {
    return { pid: Number(readFileSync(path, 'utf8')), beatAt: statSync(path).mtimeMs }
  } catch {
    return undefined // given back just now
  }
}

function isStale({ pid, beatAt }) {
  if (Date.now() - beatAt > STALE_MS) return true
  try {
    // An empty file, whose holder is writing its number at this moment, reads as 0: ourselves, alive.
    return !process.kill(pid, 0)
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

function touch(path) {
  try {
    utimesSync(path, new Date(), new Date())
  } catch {
    // Someone removed the folder: the next command starts over, and this one may finish.
  }
}
