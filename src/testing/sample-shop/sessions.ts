import { randomBytes } from 'node:crypto'
import type { Readable } from 'node:stream'
import { type Cart, EMPTY_CART } from './cart.ts'
import type { OrderForm } from './order-form.ts'

const MAX_CSRF_TOKENS = 50

/** One browser's visit. In memory: the shop forgets everything when it closes. */
export interface Session {
  readonly id: string
  cart: Cart
  /** Name of the person who logged in. */
  customer: string | undefined
  /** Address and card to fill in, if the shop knows them. */
  details: Partial<OrderForm>
  /** Told once, on the next page. */
  notice: string | undefined
  readonly orderNumbers: Set<number>
  /** Open checkout pages that hear about changes, oldest first. */
  readonly watchers: Set<Readable>
  readonly csrfTokens: Set<string>
}

/** The sessions of a shop by their cookie. */
export interface Sessions {
  find(id: string | undefined): Session | undefined
  create(): Session
  /** The same visit under a new id: an id that was planted before the log-in is worth nothing after it. */
  renew(session: Session): Session
  all(): Iterable<Session>
}

export function createSessions(): Sessions {
  const sessions = new Map<string, Session>()
  const keep = (session: Session): Session => {
    sessions.set(session.id, session)
    return session
  }
  return {
    find: (id) => (id === undefined ? undefined : sessions.get(id)),
    create: () =>
      keep({
        id: randomToken(),
        cart: EMPTY_CART,
        customer: undefined,
        details: {},
        notice: undefined,
        orderNumbers: new Set(),
        watchers: new Set(),
        csrfTokens: new Set(),
      }),
    renew: (session) => {
      sessions.delete(session.id)
      return keep({ ...session, id: randomToken() })
    },
    all: () => sessions.values(),
  }
}

/** A token for one page load. The last 50 of a session are good, so that a few tabs may stay open. */
export function issueCsrfToken(session: Session): string {
  const token = randomToken()
  session.csrfTokens.add(token)
  for (const oldest of session.csrfTokens) {
    if (session.csrfTokens.size <= MAX_CSRF_TOKENS) break
    session.csrfTokens.delete(oldest)
  }
  return token
}

/** Whether a page of this session was given the token. Without it, any site could buy with the visitor's cookie. */
export function hasCsrfToken(session: Session, token: unknown): boolean {
  return typeof token === 'string' && session.csrfTokens.has(token)
}

function randomToken(): string {
  return randomBytes(18).toString('base64url')
}
