import {
  CompactSign,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose'
import type { VerdictSigner } from '../../ports/signer.ts'
import { readOrMakeKeyFile } from './key-file.ts'

/** `keyFile`: the private key's file, made at the first start. `generate`: a key that lives as long as the process. */
export type SignerOptions = { readonly keyFile: string } | { readonly generate: true }

/** Signs verdicts with Ed25519 (RFC 8037); the key's id is its thumbprint (RFC 7638). */
export async function createSigner(options: SignerOptions): Promise<VerdictSigner> {
  const jwk =
    'keyFile' in options
      ? await readOrMakeKeyFile(options.keyFile, makePrivateJwk)
      : await makePrivateJwk()
  const key = await importJWK(jwk, 'EdDSA')
  // Only these members: `d` beside them is the private key.
  const { kty, crv, x } = jwk
  const kid = await calculateJwkThumbprint({ kty, crv, x } as JWK)
  return {
    kid,
    publicJwk: { kty, crv, x, kid, alg: 'EdDSA', use: 'sig' },
    async sign(claims) {
      return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'holdpoint-verdict+jws' })
        .sign(key)
    },
  }
}

async function makePrivateJwk(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  return exportJWK(privateKey)
}
