import { z } from 'zod'
import { type EditedValues, valuesDigest } from './edit.ts'
import { HoldpointError } from './errors.ts'
import type { ApprovalRequest } from './request.ts'

/** What the server signs (EdDSA) when a request's verdict is reached, and the agent's side checks before it claims. */
export const verdictClaimsSchema = z.strictObject({
  iss: z.literal('holdpoint'),
  /** The session that asked; no other session may use it. */
  aud: z.string().min(1),
  jti: z.string().min(1),
  /** Seconds since the epoch. */
  iat: z.number().int(),
  requestId: z.string().min(1),
  verdict: z.enum(['approved', 'rejected']),
  identity: z.string().length(64),
  termsDigest: z.string().length(64),
  evidenceDigest: z.string().length(64),
  policyDigest: z.string().length(64),
  /** Who decided, and why, for the agent's text. */
  reviewer: z.string().min(1),
  reason: z.string().optional(),
  /** Fields that the reviewer changed, by name; the digest is in the audit too. Both or neither. */
  values: z.record(z.string(), z.string()).optional(),
  valuesDigest: z.string().length(64).optional(),
  /** Milliseconds since the epoch; a later claim is refused. */
  claimNotAfter: z.number().int(),
})

export type VerdictClaims = z.infer<typeof verdictClaimsSchema>

/** What the guard itself knows of its hold; the verdict must agree with every one. */
export interface ExpectedVerdict {
  readonly expectedSession: string
  readonly expectedRequestId: string
  readonly expectedIdentity: string
  readonly expectedTermsDigest: string
  readonly expectedEvidenceDigest: string
  readonly expectedPolicyDigest: string
  readonly now: Date
}

/**
 * Compares checked claims with what the guard holds. The expected values come from the guard's own
 * memory, never from the database that carried the verdict. Throws `HP_ERR_VERDICT_INVALID`.
 */
export function checkVerdict(claims: VerdictClaims, expected: ExpectedVerdict): void {
  const rows: ReadonlyArray<readonly [name: string, agrees: boolean]> = [
    ['session', claims.aud === expected.expectedSession],
    ['request', claims.requestId === expected.expectedRequestId],
    ['identity', claims.identity === expected.expectedIdentity],
    ['terms', claims.termsDigest === expected.expectedTermsDigest],
    ['evidence', claims.evidenceDigest === expected.expectedEvidenceDigest],
    // Who may decide, and how many: a policy that was changed meanwhile is nobody's yes.
    ['policy', claims.policyDigest === expected.expectedPolicyDigest],
    ['set of values', claims.valuesDigest === (claims.values && valuesDigest(claims.values))],
  ]
  const wrong = rows.find(([, agrees]) => !agrees)
  if (wrong !== undefined) {
    throw new HoldpointError('HP_ERR_VERDICT_INVALID', `the verdict is for another ${wrong[0]}`)
  }
}

/** The claims for a request whose verdict has just been reached. */
export function verdictClaims(
  request: ApprovalRequest,
  verdict: 'approved' | 'rejected',
  decided: {
    readonly reviewer: string
    readonly reason?: string
    readonly values?: EditedValues
    readonly at: Date
    readonly jti: string
  },
): VerdictClaims {
  return {
    iss: 'holdpoint',
    aud: request.session,
    jti: decided.jti,
    iat: Math.floor(decided.at.getTime() / 1000),
    requestId: request.id,
    verdict,
    identity: request.identityDigest,
    termsDigest: request.termsDigest,
    evidenceDigest: request.evidenceDigest,
    policyDigest: request.policyDigest,
    reviewer: decided.reviewer,
    ...(decided.reason === undefined ? {} : { reason: decided.reason }),
    ...(decided.values === undefined
      ? {}
      : { values: decided.values, valuesDigest: valuesDigest(decided.values) }),
    claimNotAfter: decided.at.getTime() + request.policy.claimWithinMs,
  }
}
