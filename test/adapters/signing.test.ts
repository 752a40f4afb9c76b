import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CompactSign, exportJWK, generateKeyPair } from 'jose'
import { describe, expect, test } from 'vitest'
import { createChecker, createSigner } from '../../src/adapters/signing/index.ts'
import { readOrMakeKeyFile } from '../../src/adapters/signing/key-file.ts'
import type { VerdictClaims } from '../../src/core/verdict.ts'
import { temporaryFolder } from '../support/folder.ts'

const claims: VerdictClaims = {
  iss: 'holdpoint',
  aud: 'session-1',
  jti: 'verdict-1',
  iat: 1_700_000_000,
  requestId: 'HP-1',
  verdict: 'approved',
  identity: 'a'.repeat(64),
  termsDigest: 'b'.repeat(64),
  evidenceDigest: 'c'.repeat(64),
  policyDigest: 'd'.repeat(64),
  reviewer: 'grace',
  claimNotAfter: 1_700_000_900_000,
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const decoded = (part: string): object =>
  JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
const invalid = { code: 'HP_ERR_VERDICT_INVALID' }

async function pair() {
  const signer = await createSigner({ generate: true })
  return { signer, checker: await createChecker([signer.publicJwk]) }
}

describe('signing and checking', () => {
  test('what was signed is what is read, and the header says how and by which key', async () => {
    const { signer, checker } = await pair()
    const jws = await signer.sign(claims)
    expect(await checker.check(jws)).toEqual(claims)
    expect(decoded(jws.split('.')[0] ?? '')).toEqual({
      alg: 'EdDSA',
      kid: signer.kid,
      typ: 'holdpoint-verdict+jws',
    })
  })

  test('the public key has no private part', async () => {
    const { signer } = await pair()
    expect(Object.keys(signer.publicJwk).toSorted()).toEqual([
      'alg',
      'crv',
      'kid',
      'kty',
      'use',
      'x',
    ])
  })

  test('two pinned keys are both good, a third one is not', async () => {
    const [old, current, other] = [await pair(), await pair(), await pair()]
    const checker = await createChecker([old.signer.publicJwk, current.signer.publicJwk])
    for (const { signer } of [old, current]) {
      expect(await checker.check(await signer.sign(claims))).toEqual(claims)
    }
    await expect(checker.check(await other.signer.sign(claims))).rejects.toMatchObject(invalid)
  })

  test.each(Object.keys(claims))('a changed %s breaks the signature', async (name) => {
    const { signer, checker } = await pair()
    const [header, payload = '', signature] = (await signer.sign(claims)).split('.')
    const value = Reflect.get(claims, name)
    const other = typeof value === 'number' ? value + 1 : `${value}x`
    const changed = encoded({ ...decoded(payload), [name]: other })
    await expect(checker.check([header, changed, signature].join('.'))).rejects.toMatchObject(
      invalid,
    )
  })

  test('a rejection cannot be turned into an approval', async () => {
    const { signer, checker } = await pair()
    const [header, payload = '', signature] = (
      await signer.sign({ ...claims, verdict: 'rejected' })
    ).split('.')
    const turned = encoded({ ...decoded(payload), verdict: 'approved' })
    await expect(checker.check([header, turned, signature].join('.'))).rejects.toMatchObject(
      invalid,
    )
  })
})

describe('forgeries', () => {
  async function forge(header: object, sign: (text: Uint8Array) => Promise<string> | string) {
    const { signer, checker } = await pair()
    const full = { alg: 'EdDSA', kid: signer.kid, typ: 'holdpoint-verdict+jws', ...header }
    const text = `${encoded(full)}.${encoded(claims)}`
    return { checker, jws: `${text}.${await sign(new TextEncoder().encode(text))}` }
  }

  test('"none" is no algorithm', async () => {
    const { checker, jws } = await forge({ alg: 'none' }, () => '')
    await expect(checker.check(jws)).rejects.toMatchObject(invalid)
  })

  test('the public key is no secret for HMAC', async () => {
    const { signer, checker } = await pair()
    const jws = await new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'HS256', kid: signer.kid, typ: 'holdpoint-verdict+jws' })
      .sign(Buffer.from(String(signer.publicJwk.x), 'base64url'))
    await expect(checker.check(jws)).rejects.toMatchObject(invalid)
  })

  test("another key does not pass under the pinned key's id, nor with itself in the header", async () => {
    const { signer, checker } = await pair()
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true })
    for (const kid of [signer.kid, 'mine']) {
      const jws = await new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({
          alg: 'EdDSA',
          kid,
          typ: 'holdpoint-verdict+jws',
          jwk: await exportJWK(publicKey),
        })
        .sign(privateKey)
      await expect(checker.check(jws)).rejects.toMatchObject(invalid)
    }
  })

  test.each([
    ['no text', ''],
    ['no signature at all', 'approved'],
    ['two dots and nothing', '..'],
    ['a very long text', 'a'.repeat(100_000)],
  ])('%s is no verdict', async (_, jws) => {
    const { checker } = await pair()
    await expect(checker.check(jws)).rejects.toMatchObject(invalid)
  })
})

describe('what is signed but is no verdict', () => {
  test.each([
    ['another issuer', { iss: 'someone' }],
    ['another verdict', { verdict: 'maybe' }],
    ['a short digest', { termsDigest: 'b' }],
    ['a missing session', { aud: undefined }],
    ['a time that is no number', { claimNotAfter: 'never' }],
    ['a claim of its own', { admin: true }],
  ])('%s', async (_, change) => {
    const { signer, checker } = await pair()
    const jws = await signer.sign({ ...claims, ...change } as VerdictClaims)
    await expect(checker.check(jws)).rejects.toMatchObject(invalid)
  })

  test('another type of text', async () => {
    const folder = await temporaryFolder()
    const keyFile = join(folder, 'key.json')
    const signer = await createSigner({ keyFile })
    const { importJWK } = await import('jose')
    const key = await importJWK(JSON.parse(await readFile(keyFile, 'utf8')), 'EdDSA')
    const checker = await createChecker([signer.publicJwk])
    for (const typ of [undefined, 'JWT']) {
      const jws = await new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({
          alg: 'EdDSA',
          kid: signer.kid,
          ...(typ === undefined ? {} : { typ }),
        })
        .sign(key)
      await expect(checker.check(jws)).rejects.toMatchObject(invalid)
    }
  })
})

describe('the key file', () => {
  test('it is made once, for its owner only, and gives the same key every time', async () => {
    const folder = await temporaryFolder()
    const keyFile = join(folder, 'below', 'key.json')
    const first = await createSigner({ keyFile })
    const second = await createSigner({ keyFile })
    expect(second.kid).toBe(first.kid)
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600)
    expect(await readdir(join(folder, 'below'))).toEqual(['key.json'])
    const checker = await createChecker([first.publicJwk])
    expect(await checker.check(await second.sign(claims))).toEqual(claims)
  })

  test('ten who start at once use one key', async () => {
    const keyFile = join(await temporaryFolder(), 'key.json')
    const signers = await Promise.all(Array.from({ length: 10 }, () => createSigner({ keyFile })))
    expect(new Set(signers.map(({ kid }) => kid)).size).toBe(1)
  })

  test('who was slow uses the key of who was faster, and does not replace it', async () => {
    const keyFile = join(await temporaryFolder(), 'key.json')
    const gate = Promise.withResolvers<void>()
    const made = (x: string) => ({ kty: 'OKP', crv: 'Ed25519', x, d: 'd' })
    const slow = readOrMakeKeyFile(keyFile, async () => {
      await gate.promise
      return made('slow')
    })
    expect(await readOrMakeKeyFile(keyFile, async () => made('fast'))).toEqual(made('fast'))
    gate.resolve()
    expect(await slow).toEqual(made('fast'))
  })

  test('one that others may read is refused', async () => {
    const keyFile = join(await temporaryFolder(), 'key.json')
    await createSigner({ keyFile })
    await chmod(keyFile, 0o640)
    await expect(createSigner({ keyFile })).rejects.toMatchObject({ code: 'HP_ERR_OPTION_INVALID' })
  })

  test.each([
    ['no JSON', 'secret stuff'],
    ['nothing', ''],
    ['null', 'null'],
    ['a public key', JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: 'abc' })],
    ['a key of another kind', JSON.stringify({ kty: 'RSA', n: 'abc', d: 'secret stuff' })],
  ])('one that holds %s is refused, is not replaced, and is not quoted', async (_, text) => {
    const keyFile = join(await temporaryFolder(), 'key.json')
    await writeFile(keyFile, text, { mode: 0o600 })
    await expect(createSigner({ keyFile })).rejects.toMatchObject({
      code: 'HP_ERR_OPTION_INVALID',
      message: expect.not.stringContaining('secret'),
    })
    await expect(createSigner({ keyFile })).rejects.toThrow(
      'restore a backup of it, or delete it: then verdicts signed so far no longer count',
    )
    expect(await readFile(keyFile, 'utf8')).toBe(text)
  })
})

test.each([
  ['no key', []],
  ['a private key', [{ kty: 'OKP', crv: 'Ed25519', x: 'a'.repeat(43), d: 'a'.repeat(43) }]],
  ['a key of another kind', [{ kty: 'RSA', n: 'abc', e: 'AQAB' }]],
  ['half a key', [{ kty: 'OKP', crv: 'Ed25519' }]],
])('a checker is not made with %s', async (_, keys) => {
  await expect(createChecker(keys)).rejects.toMatchObject({ code: 'HP_ERR_OPTION_INVALID' })
})

test('a pinned key goes by its thumbprint, whatever its own kid says', async () => {
  const { signer } = await pair()
  const checker = await createChecker([{ ...signer.publicJwk, kid: 'another' }])
  expect(await checker.check(await signer.sign(claims))).toEqual(claims)
})
