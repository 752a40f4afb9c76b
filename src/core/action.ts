import { digestOf } from './canonical.ts'
import type { PageSummary } from './summary.ts'

/** What kind of risk an action carries. A guard names one; the policy speaks of them. */
export const ACTION_KINDS = [
  'purchase',
  'payment-details',
  'money-transfer',
  'subscription',
  'form-submission',
  'credentials',
  'account-security',
  'deletion',
  'publishing',
  'consent',
  'file-upload',
  'file-download',
  'off-scope',
  'permission',
  'unrecognised',
] as const
/** What an action is about, as guards sort it. */
export type ActionKind = (typeof ACTION_KINDS)[number]

/** One name and value of a request's body or query, in order; values shortened, secrets included as they are. */
export interface RequestField {
  readonly name: string
  readonly value: string
}

/** A request that is about to leave the browser, as far as its bytes show what it is. */
export interface RequestFacts {
  readonly method: string
  /** Full address; only guards see it, in memory. */
  readonly url: string
  readonly resourceType: 'document' | 'fetch' | 'beacon' | 'subresource' | 'websocket' | 'other'
  readonly body: 'none' | 'urlencoded' | 'json' | 'multipart' | 'text' | 'opaque'
  readonly query: readonly RequestField[]
  /** Leaves of the body, nested names joined by dots: `order.total`. */
  readonly fields: readonly RequestField[]
  /** GraphQL operation or JSON-RPC method, and whether it only reads. */
  readonly operation?: { readonly name: string; readonly readOnly: boolean }
  /** Initiated by the page that the summary describes; false for workers and unknown frames. */
  readonly sameSite: boolean
}

/** Whose run an attempt belongs to. */
export interface SessionFacts {
  readonly agent: string
  readonly onBehalfOf?: string
  readonly task?: string
  readonly session: string
}

/**
 * What a guard sees before an action happens: plain data, nothing to await. Everything under `page`
 * and in names and labels was written by the site and is untrusted.
 */
export interface Attempt {
  /** A guarded call about to act, a page event just before its request, or a request at the gate. */
  readonly via: 'call' | 'page-event' | 'request'
  readonly method: 'click' | 'press' | 'submit' | 'navigate' | 'request'
  /** Whether the agent caused it, or the page by itself (timer, load). */
  readonly cause: 'agent' | 'page'
  /** Undefined when the page could not be read: then an unknown action is high risk. */
  readonly page?: PageSummary
  readonly request?: RequestFacts
  readonly session: SessionFacts
}

/** What makes two attempts "the same thing asked again". */
export interface ActionIdentity {
  readonly kind: ActionKind
  readonly siteOrigin: string
  readonly pathTemplate: string
  readonly frameOrigin: string
  readonly formAction?: string
  readonly formMethod?: string
  readonly agent: string
  readonly session: string
  /** Whose money it is: that person may not approve it. */
  readonly onBehalfOf?: string
}

export type IdentityDigest = string & { readonly __brand: 'IdentityDigest' }

export function identityDigest(identity: ActionIdentity): IdentityDigest {
  return digestOf('holdpoint.identity/1', identity as never) as IdentityDigest
}

/** The identity of an attempt that a guard called `kind`. */
export function identityOf(kind: ActionKind, attempt: Attempt): ActionIdentity {
  const page = attempt.page
  const request = attempt.request === undefined ? undefined : new URL(attempt.request.url)
  const form = page?.form
  const formAction = form?.action ?? (request && request.origin + request.pathname)
  const formMethod = form?.method ?? attempt.request?.method
  return {
    kind,
    siteOrigin: page?.origin ?? request?.origin ?? 'unknown',
    pathTemplate: pathTemplate(page?.path ?? request?.pathname ?? ''),
    frameOrigin: page?.origin ?? 'unknown',
    ...(formAction === undefined ? {} : { formAction }),
    ...(formMethod === undefined ? {} : { formMethod: formMethod.toUpperCase() }),
    agent: attempt.session.agent,
    session: attempt.session.session,
    ...(attempt.session.onBehalfOf === undefined ? {} : { onBehalfOf: attempt.session.onBehalfOf }),
  }
}

/** `/orders/10042/items` → `/orders/:id/items`: numbers, UUIDs and long random segments vary. */
export function pathTemplate(path: string): string {
  return path
    .split('/')
    .map((segment) =>
      /^\d+$/.test(segment) ||
      /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(segment) ||
      (segment.length >= 16 && /\d/.test(segment))
        ? ':id'
        : segment,
    )
    .join('/')
}
