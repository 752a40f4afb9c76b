import type { VerdictClaims } from '../core/verdict.ts'

/** Signs verdicts; lives with the server only. EdDSA (Ed25519), compact JWS, `kid` in the header. */
export interface VerdictSigner {
  readonly kid: string
  sign(claims: VerdictClaims): Promise<string>
  /** The public key as JWK, for the agents' configuration. */
  readonly publicJwk: Readonly<Record<string, unknown>>
}

/** Checks a signature against pinned keys; lives with the agent. Throws `HP_ERR_VERDICT_INVALID`. */
export interface VerdictChecker {
  check(jws: string): Promise<VerdictClaims>
}
