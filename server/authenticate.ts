import { timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { HoldpointError } from '../src/core/errors.ts'
import { proofOfSession, type ReviewerProof } from '../src/deciding/proof.ts'
import type { SignIn, WebSession } from '../src/ports/sign-in.ts'

/** `__Host-` would need TLS; on loopback there is none, so the name says only whose it is. */
const COOKIE = 'holdpoint_session'
const SESSION_SECONDS = 12 * 60 * 60

/** The signed-in reviewer of a request; undefined for everybody else. */
export async function sessionOf(
  request: FastifyRequest,
  signIn: SignIn,
): Promise<WebSession | undefined> {
  const token = request.cookies[COOKIE]
  return token === undefined || token.length > 100 ? undefined : signIn.readSession(token)
}

export function setSession(reply: FastifyReply, sessionToken: string, secure: boolean): void {
  reply.setCookie(COOKIE, sessionToken, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure,
    maxAge: SESSION_SECONDS,
  })
}

export async function endSession(
  request: FastifyRequest,
  reply: FastifyReply,
  signIn: SignIn,
): Promise<void> {
  const token = request.cookies[COOKIE]
  if (token !== undefined) await signIn.endSession(token)
  reply.clearCookie(COOKIE, { path: '/' })
}

/**
 * The only maker of a session proof: a session that the server issued, and the form's own token. The
 * reviewer comes from the session; a name in the body is never looked at.
 */
export async function authenticate(
  request: FastifyRequest,
  signIn: SignIn,
  form: { readonly csrf: string; readonly nonce: string },
): Promise<ReviewerProof> {
  const session = await sessionOf(request, signIn)
  if (session === undefined) {
    throw new HoldpointError(
      'HP_ERR_DECISION_UNAUTHENTIC',
      'You are not signed in. Nothing changed.',
    )
  }
  if (!sameText(session.csrf, form.csrf)) {
    throw new HoldpointError(
      'HP_ERR_DECISION_UNAUTHENTIC',
      'The form is not one of this session. Nothing changed.',
    )
  }
  return proofOfSession(session.reviewer, `${session.reviewer}:${form.nonce}`)
}

/** In constant time for texts of one length, so that a token cannot be guessed by its timing. */
export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
