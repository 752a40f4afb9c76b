import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { JWK } from 'jose'
import { optionInvalid } from '../../core/errors.ts'

/**
 * The private key in `path`, readable by this user only; made if there is none. Of two processes that
 * start at once one makes it, and both use it.
 */
export async function readOrMakeKeyFile(path: string, make: () => Promise<JWK>): Promise<JWK> {
  const found = await readKeyFile(path)
  if (found !== undefined) return found
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.new-${randomUUID()}`
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(JSON.stringify(await make()))
      await file.sync()
    } finally {
      await file.close()
    }
    // `link` fails if the file is there by now, and never shows half a key; `rename` would replace
    // a key that another process signs with already.
    await link(draft, path).catch((error: unknown) => {
      if (!isCode(error, 'EEXIST')) throw error
    })
  } finally {
    await rm(draft, { force: true })
  }
  const made = await readKeyFile(path)
  if (made === undefined) throw optionInvalid('keyFile', `${path} could not be made`)
  return made
}

async function readKeyFile(path: string): Promise<JWK | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
    const { mode } = await stat(path)
    // Whoever reads the key can sign verdicts. Windows has no such bits.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw optionInvalid('keyFile', `${path} must be readable by its owner only (mode 600)`)
    }
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
  return parse(path, text)
}

function parse(path: string, text: string): JWK {
  let jwk: unknown
  try {
    jwk = JSON.parse(text)
  } catch {
    // The parser's message would quote the key.
    throw notAKey(path)
  }
  const { kty, crv, x, d } = (jwk ?? {}) as Record<string, unknown>
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string' || typeof d !== 'string') {
    throw notAKey(path)
  }
  return { kty, crv, x, d }
}

function notAKey(path: string): Error {
  return optionInvalid(
    'keyFile',
    `${path} is not an Ed25519 key as JWK; restore a backup of it, or delete it: then verdicts signed so far no longer count`,
  )
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
