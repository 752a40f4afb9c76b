declare const proven: unique symbol

/**
 * A reviewer whom the server has authenticated, and how. Only the two makers below give one, and only
 * `server/authenticate.ts` (a signed-in session) and a channel's callback route (a signed provider
 * callback) call them; a test keeps it so. A name in a message's body is never a proof.
 */
export interface ReviewerProof {
  readonly [proven]: true
  readonly reviewer: string
  /** `page`, `slack`, `terminal`… */
  readonly channel: string
  /** Makes a repeated callback the same decision: provider's ids of the click, or the form's nonce. */
  readonly dedupeKey: string
}

/** For a session cookie that the server issued and has just checked, together with its CSRF token. */
export function proofOfSession(reviewer: string, dedupeKey: string): ReviewerProof {
  return { reviewer, channel: 'page', dedupeKey } as ReviewerProof
}

/** For a callback whose signature has just been checked, by a user whom the configuration maps to `reviewer`. */
export function proofOfCallback(
  channel: string,
  reviewer: string,
  dedupeKey: string,
): ReviewerProof {
  return { reviewer, channel, dedupeKey } as ReviewerProof
}
