import { type CryptoKey, calculateJwkThumbprint, compactVerify, importJWK, type JWK } from 'jose'
import { HoldpointError, optionInvalid } from '../../core/errors.ts'
import { type VerdictClaims, verdictClaimsSchema } from '../../core/verdict.ts'
import type { VerdictChecker } from '../../ports/signer.ts'

type Key = CryptoKey | Uint8Array

/**
 * Checks verdicts against pinned public keys. Several are good at once while keys are changed. A key
 * goes by its thumbprint, whatever `kid` its JWK says.
 */
export async function createChecker(
  publicJwks: readonly Readonly<Record<string, unknown>>[],
): Promise<VerdictChecker> {
  // Without a pin there would be nothing to believe, and no verdict could ever be checked.
  if (publicJwks.length === 0) throw optionInvalid('verdictKeys', 'must name at least one key')
  const keys = new Map(await Promise.all(publicJwks.map(importPublic)))
  return {
    async check(jws) {
      try {
        return await check(keys, jws)
      } catch (error) {
        if (error instanceof HoldpointError) throw error
        throw invalid('the signature does not hold', error)
      }
    },
  }
}

async function check(keys: ReadonlyMap<string, Key>, jws: string): Promise<VerdictClaims> {
  const { payload, protectedHeader } = await compactVerify(
    jws,
    ({ kid }) => {
      const key = kid === undefined ? undefined : keys.get(kid)
      if (key === undefined) throw invalid('it is not signed by a pinned key')
      return key
    },
    // Nothing but EdDSA: "none" and HMAC with the public key as secret are the classic forgeries.
    { algorithms: ['EdDSA'] },
  )
  // Another kind of text signed with the same key must not pass for a verdict.
  if (protectedHeader.typ !== 'holdpoint-verdict+jws') throw invalid('it is not a verdict')
  const parsed = verdictClaimsSchema.safeParse(JSON.parse(new TextDecoder().decode(payload)))
  if (!parsed.success) throw invalid('its claims are not those of a verdict', parsed.error)
  return parsed.data
}

async function importPublic(
  jwk: Readonly<Record<string, unknown>>,
): Promise<readonly [kid: string, key: Key]> {
  const { kty, crv, x, d } = jwk
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string') {
    throw optionInvalid('verdictKeys', 'must be Ed25519 public keys as JWK')
  }
  if (d !== undefined) throw optionInvalid('verdictKeys', 'must not contain a private key')
  const bare = { kty, crv, x } as JWK
  try {
    return [await calculateJwkThumbprint(bare), await importJWK(bare, 'EdDSA')]
  } catch {
    throw optionInvalid('verdictKeys', 'must be Ed25519 public keys as JWK')
  }
}

function invalid(why: string, cause?: unknown): HoldpointError<'HP_ERR_VERDICT_INVALID'> {
  return new HoldpointError(
    'HP_ERR_VERDICT_INVALID',
    `the verdict is not valid: ${why}`,
    {},
    { cause },
  )
}
