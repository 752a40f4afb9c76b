/** A reviewer who is signed in on the pages. */
export interface WebSession {
  readonly reviewer: string
  /** To be sent back with every form; a page of another origin cannot read it. */
  readonly csrf: string
}

/**
 * How reviewers get onto the pages: a link that works once, then a session cookie. All tokens are 256
 * random bits as base64url; only their SHA-256 is stored, so who reads the database cannot sign in.
 */
export interface SignIn {
  /** A link's token for `reviewer`, good for `ttlMs`. */
  createLink(reviewer: string, ttlMs: number): Promise<string>
  /**
   * Uses the link up and starts a session; undefined for one that is unknown, used or too old. Of two
   * who use it at once, one gets in.
   */
  useLink(
    token: string,
  ): Promise<{ readonly sessionToken: string; readonly reviewer: string } | undefined>
  /** Undefined for a session that is unknown, ended or too old. */
  readSession(sessionToken: string): Promise<WebSession | undefined>
  endSession(sessionToken: string): Promise<void>
}
