import { randomBytes } from 'node:crypto'
import { sha256Hex } from '../../core/canonical.ts'
import { optionInvalid } from '../../core/errors.ts'
import type { Clock } from '../../ports/clock.ts'
import type { SignIn, WebSession } from '../../ports/sign-in.ts'
import type { Sql, SqlQueryable } from '../../ports/sql.ts'

const DAY_MS = 24 * 60 * 60_000
/** 256 bits as base64url. */
const tokenForm = /^[\w-]{43}$/

/** Sign-in over the tables of the store, which must be there (`openStore`). A session lasts `sessionMs`, default 12 h. */
export function openSignIn(sql: Sql, clock: Clock, sessionMs: number = DAY_MS / 2): SignIn {
  if (!(sessionMs > 0 && Number.isFinite(sessionMs))) {
    // Infinity would be a session that never ends.
    throw optionInvalid('sessionMs', 'must be a positive number of milliseconds')
  }
  const inMs = (ms: number): Date => new Date(clock.now().getTime() + ms)
  return {
    async createLink(reviewer, ttlMs) {
      if (!(ttlMs > 0 && Number.isFinite(ttlMs))) {
        throw optionInvalid('ttlMs', 'must be a positive number of milliseconds')
      }
      const token = newToken()
      await sql.transaction(async (tx) => {
        await forgetOld(tx, clock.now())
        await tx.query(
          `insert into holdpoint.sign_in_links (token_sha256, reviewer, expires_at)
           values ($1, $2, $3)`,
          [sha256Hex(token), reviewer, inMs(ttlMs)],
        )
      })
      return token
    },

    async useLink(token) {
      if (!tokenForm.test(token)) return undefined
      return sql.transaction(async (tx) => {
        // One statement finds and uses it up, so that two at once cannot both find it unused.
        const { rows } = await tx.query<{ reviewer: string }>(
          `update holdpoint.sign_in_links set used_at = $2
           where token_sha256 = $1 and used_at is null and expires_at > $2 returning reviewer`,
          [sha256Hex(token), clock.now()],
        )
        const reviewer = rows[0]?.reviewer
        if (reviewer === undefined) return undefined
        const sessionToken = newToken()
        await tx.query(
          `insert into holdpoint.web_sessions (token_sha256, reviewer, csrf, expires_at)
           values ($1, $2, $3, $4)`,
          [sha256Hex(sessionToken), reviewer, newToken(), inMs(sessionMs)],
        )
        return { sessionToken, reviewer }
      })
    },

    async readSession(sessionToken) {
      if (!tokenForm.test(sessionToken)) return undefined
      const { rows } = await sql.query<WebSession>(
        `select reviewer, csrf from holdpoint.web_sessions
         where token_sha256 = $1 and expires_at > $2`,
        [sha256Hex(sessionToken), clock.now()],
      )
      return rows[0]
    },

    async endSession(sessionToken) {
      await sql.query('delete from holdpoint.web_sessions where token_sha256 = $1', [
        sha256Hex(sessionToken),
      ])
    },
  }
}

function newToken(): string {
  return randomBytes(32).toString('base64url')
}

async function forgetOld(tx: SqlQueryable, now: Date): Promise<void> {
  const before = new Date(now.getTime() - DAY_MS)
  await tx.query('delete from holdpoint.sign_in_links where expires_at < $1', [before])
  await tx.query('delete from holdpoint.web_sessions where expires_at < $1', [before])
}
