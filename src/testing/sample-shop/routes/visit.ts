import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import { type PageFrame, renderPage } from '../pages/layout.ts'
import { hasCsrfToken, issueCsrfToken, type Session } from '../sessions.ts'
import { currentPrices, type ShopState } from '../shop-state.ts'

const COOKIE = 'quire_session'
// No form-action: Chromium applies it to redirects too, and would take a redirect to another site out of the guard's hands.
const CONTENT_POLICY =
  "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

/** The session of the browser that asks; a new one where it has none. */
export function sessionOf(shop: ShopState, request: FastifyRequest, reply: FastifyReply): Session {
  const session = shop.sessions.find(request.cookies[COOKIE]) ?? shop.sessions.create()
  rememberSession(reply, session)
  return session
}

/** Tells the browser which session it is in. */
export function rememberSession(reply: FastifyReply, session: Session): void {
  reply.setCookie(COOKIE, session.id, { path: '/', httpOnly: true, sameSite: 'lax' })
}

/** Sends a page with a fresh CSRF token, which `content` may put into its forms. */
export function sendPage(
  reply: FastifyReply,
  shop: ShopState,
  session: Session,
  page: Pick<PageFrame, 'title' | 'query' | 'scripts'> & { readonly status?: number },
  content: (csrfToken: string) => ComponentChildren,
): FastifyReply {
  const csrfToken = issueCsrfToken(session)
  const { notice, customer } = session
  session.notice = undefined
  const cartCount = currentPrices(shop, session).count
  const { status, ...rest } = page
  const frame = { ...rest, csrfToken, cartCount, customer, notice }
  return reply
    .code(status ?? 200)
    .headers({
      'content-security-policy': CONTENT_POLICY,
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    })
    .type('text/html; charset=utf-8')
    .send(renderPage(frame, content(csrfToken)))
}

/** The fields of a form or JSON body; nothing for any other body. */
export function bodyFields(request: FastifyRequest): Readonly<Record<string, unknown>> {
  const { body } = request
  return typeof body === 'object' && body !== null ? { ...body } : {}
}

/** Whether the body carries a token of this session. Without it, any site could act with the visitor's cookie. */
export function isFromOurPage(session: Session, request: FastifyRequest): boolean {
  return hasCsrfToken(session, bodyFields(request).csrfToken)
}

/** Whether the answer should be JSON: it is for those who sent JSON. */
export function wantsJson(request: FastifyRequest): boolean {
  return request.headers['content-type']?.startsWith('application/json') ?? false
}
