import type { FastifyReply, FastifyRequest } from 'fastify'
import { sha256Hex } from '../src/core/canonical.ts'
import { sameText } from './authenticate.ts'

/** 256 bits as base64url. */
const BEARER = /^Bearer ([\w-]{43})$/i

/**
 * Lets nobody pass but who has the agents' token. Only the header counts: a browser sends cookies by
 * itself, and a reviewer's session is no agent's. What the token opens can ask, wait and take back.
 */
export async function authenticateAgent(
  request: FastifyRequest,
  reply: FastifyReply,
  expectedSha256: string,
): Promise<FastifyReply | undefined> {
  const [, token] = BEARER.exec(request.headers.authorization ?? '') ?? []
  // By their hashes: the time that comparing takes says nothing of the token.
  if (token !== undefined && sameText(sha256Hex(token), expectedSha256)) return undefined
  return reply
    .code(401)
    .header('www-authenticate', 'Bearer')
    .send({
      error: {
        message: 'That token is not the one of the agents here.',
        hint: 'Read it again from owner.json: every start makes a new one.',
      },
    })
}
