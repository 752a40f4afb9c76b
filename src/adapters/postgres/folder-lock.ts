import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { HoldpointError } from '../../core/errors.ts'
import { livenessOf, ownIdentity, type ProcessIdentity } from './process-identity.ts'

const heartbeatMs = 10_000
/** An owner in another container that has been silent for this long is taken for dead. */
const silentMs = 60_000
/** A lock file that cannot be read may be one that is being written, for this long. */
const writingMs = 10_000

/** How others reach the owner of a folder. */
export interface OwnerAddress {
  readonly url: string
  readonly token: string
}

/** What holds a data folder for this process. */
export interface FolderLock {
  /** Writes `owner.json` (readable by this user only), so that other processes come in by HTTP. */
  announce(address: OwnerAddress): void
  /** Gives the folder free. Synchronous, so that an `exit` handler can call it; twice is harmless. */
  release(): void
}

interface LockRecord extends ProcessIdentity {
  readonly id: string
}

/**
 * Makes this process the owner of `folder`, or throws `HP_ERR_FOLDER_LOCKED` with the owner's pid and
 * address. Two processes that open the same PGlite folder lose each other's data in silence.
 *
 * The lock is a chain of files, so that a dead owner's place is taken by exactly one process without
 * anything being deleted first:
 *
 *     lock (dead) ─▶ lock.after-<id of the dead> (alive: the owner)
 *
 * A file is made by `link`, which either creates it with its whole content or fails. Whoever made the
 * last file of the chain that begins at `lock` owns the folder; it then renames its file over `lock`.
 * A process that was slow, and hangs its file on a chain that has been replaced, sees that its file
 * is not the last one, and gives up.
 */
export function lockFolder(folder: string, options: Partial<OwnerAddress> = {}): FolderLock {
  const dir = resolve(folder)
  prepare(dir)
  const mine: LockRecord = { id: randomUUID(), ...ownIdentity() }
  claim(dir, mine)
  rmSync(join(dir, 'owner.json'), { force: true })
  const lock = new HeldLock(dir, mine)
  if (options.url !== undefined && options.token !== undefined) {
    lock.announce({ url: options.url, token: options.token })
  }
  return lock
}

/** The address of the process that owns `folder` now, or `undefined`: nobody does, or it has none. */
export function readOwner(folder: string): (OwnerAddress & { readonly pid: number }) | undefined {
  const dir = resolve(folder)
  const last = lastOfChain(dir)
  if (!last?.record || !isAlive(last)) return undefined
  const address = addressOf(dir, last.record)
  return address && { ...address, pid: last.record.pid }
}

class HeldLock implements FolderLock {
  readonly #dir: string
  readonly #record: LockRecord
  readonly #heartbeat: NodeJS.Timeout

  constructor(dir: string, record: LockRecord) {
    this.#dir = dir
    this.#record = record
    this.#heartbeat = setInterval(() => this.#touch(), heartbeatMs)
    this.#heartbeat.unref()
  }

  announce(address: OwnerAddress): void {
    const text = JSON.stringify({ ...address, lock: this.#record.id })
    const draft = join(this.#dir, `lock.new-${randomUUID()}`)
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx' })
    renameSync(draft, join(this.#dir, 'owner.json'))
  }

  release(): void {
    clearInterval(this.#heartbeat)
    if (readLock(join(this.#dir, 'lock'))?.record?.id !== this.#record.id) return
    rmSync(join(this.#dir, 'owner.json'), { force: true })
    rmSync(join(this.#dir, 'lock'), { force: true })
  }

  #touch(): void {
    try {
      utimesSync(join(this.#dir, 'lock'), new Date(), new Date())
    } catch {
      // Somebody deleted the folder under us; the database will say so.
    }
  }
}

function claim(dir: string, mine: LockRecord): void {
  for (;;) {
    const last = lastOfChain(dir)
    if (last && isAlive(last)) throw locked(dir, last)
    const place = last ? successor(dir, last.id) : join(dir, 'lock')
    // Somebody was faster.
    if (!create(dir, place, JSON.stringify(mine))) continue
    if (lastOfChain(dir)?.id === mine.id) {
      renameSync(place, join(dir, 'lock'))
      sweep(dir)
      return
    }
    rmSync(place, { force: true })
  }
}

interface ReadLock {
  /** Names the successor's file. */
  readonly id: string
  /** `undefined`: the file cannot be read as a lock. */
  readonly record: LockRecord | undefined
  readonly touchedAtMs: number
}

function lastOfChain(dir: string): ReadLock | undefined {
  for (;;) {
    const first = readLock(join(dir, 'lock'))
    let last = first
    for (let next = first; next; next = readLock(successor(dir, next.id))) last = next
    // The chain was replaced meanwhile, and its end may be a file of somebody who gives up.
    if (readLock(join(dir, 'lock'))?.id === first?.id) return last
  }
}

function successor(dir: string, id: string): string {
  return join(dir, `lock.after-${id}`)
}

function readLock(path: string): ReadLock | undefined {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
  // One open file for both: its name may point to another owner's record a moment later.
  try {
    const { mtimeMs, ino } = fstatSync(file)
    const record = parse(readFileSync(file, 'utf8'))
    return { id: record?.id ?? `unreadable-${ino}`, record, touchedAtMs: mtimeMs }
  } finally {
    closeSync(file)
  }
}

function parse(text: string): LockRecord | undefined {
  try {
    const record = JSON.parse(text)
    return typeof record?.id === 'string' && Number.isInteger(record.pid) ? record : undefined
  } catch {
    return undefined
  }
}

function isAlive({ record, touchedAtMs }: ReadLock): boolean {
  const silentForMs = Date.now() - touchedAtMs
  if (!record) return silentForMs < writingMs
  const liveness = livenessOf(record)
  return liveness === 'unknown' ? silentForMs < silentMs : liveness === 'alive'
}

function locked(dir: string, { record }: ReadLock): HoldpointError<'HP_ERR_FOLDER_LOCKED'> {
  if (!record) {
    const message = `${dir} is being taken by another process just now`
    return new HoldpointError('HP_ERR_FOLDER_LOCKED', message, { pid: 0 })
  }
  const { pid, host } = record
  const url = addressOf(dir, record)?.url
  const cannotLook = livenessOf(record) === 'unknown'
  const message = [
    `${dir} belongs to process ${pid}${cannotLook ? ` on ${host} (another machine or container)` : ''}`,
    ...(url ? [`its server answers at ${url}`] : []),
    ...(cannotLook
      ? [`if it has ended, the folder is free ${silentMs / 1000} s after its end`]
      : []),
  ].join('; ')
  return new HoldpointError('HP_ERR_FOLDER_LOCKED', message, url ? { pid, url } : { pid })
}

function addressOf(dir: string, owner: LockRecord): OwnerAddress | undefined {
  try {
    const { url, token, lock } = JSON.parse(readFileSync(join(dir, 'owner.json'), 'utf8'))
    // An address that an earlier owner left behind may belong to anybody by now.
    return lock === owner.id && typeof url === 'string' && typeof token === 'string'
      ? { url, token }
      : undefined
  } catch {
    return undefined
  }
}

/** Whether `path` was created with `text`; `false` if it exists. Never half written where links exist. */
function create(dir: string, path: string, text: string): boolean {
  const draft = join(dir, `lock.new-${randomUUID()}`)
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx' })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    // A file system without hard links (exFAT, some network shares).
    if (isCode(error, 'EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP')) return createInPlace(path, text)
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function createInPlace(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' })
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

/** Removes what dead processes left of earlier chains. None of it counts any more. */
function sweep(dir: string): void {
  for (const name of readdirSync(dir)) {
    const path = join(dir, name)
    if (name.startsWith('lock.after-') || (name.startsWith('lock.new-') && isOld(path))) {
      rmSync(path, { force: true })
    }
  }
}

// A young one belongs to somebody who is about to link it.
function isOld(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats !== undefined && Date.now() - stats.mtimeMs > silentMs
}

/** A folder of our own is closed to other users and invisible to git. Somebody else's is left as it is. */
function prepare(dir: string): void {
  const made = mkdirSync(dir, { recursive: true, mode: 0o700 })
  const gitignore = join(dir, '.gitignore')
  const names = readdirSync(dir)
  const ours =
    made !== undefined ||
    names.length === 0 ||
    (names.includes('.gitignore') && readFileSync(gitignore, 'utf8') === '*\n')
  if (!ours) return
  chmodSync(dir, 0o700)
  if (!names.includes('.gitignore')) writeFileSync(gitignore, '*\n')
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code)
}
