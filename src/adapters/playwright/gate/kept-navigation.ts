import { randomUUID } from 'node:crypto'
import { digestOf, sha256Hex } from '../../../core/canonical.ts'
import type { HeaderEntry } from './network-gate.ts'
import { bodyOf, type PausedRequest } from './paused-request.ts'

/**
 * A navigation that was stopped and kept: the page and its form stay, and after approval the guard
 * starts a navigation of the same frame and turns it, at the gate, into these very bytes. No page
 * handler runs twice (replaying `requestSubmit` gave no effect on pages with a double-submit guard).
 */
export interface KeptNavigation {
  readonly id: string
  readonly frameId: string
  readonly url: string
  readonly method: string
  readonly headers: readonly HeaderEntry[]
  readonly body: Uint8Array | undefined
}

/** Keeps a paused navigation. Its digest goes into the evidence, so the verdict covers every byte. */
export function keep(paused: PausedRequest): KeptNavigation {
  return {
    id: randomUUID(),
    frameId: paused.frameId,
    url: paused.request.url.replace(/#.*$/, ''),
    method: paused.request.method,
    headers: Object.entries(paused.request.headers).map(([name, value]) => ({ name, value })),
    body: bodyOf(paused),
  }
}

/** SHA-256 over method, address, headers that say what the body is, and the body itself. */
export function keptDigest(kept: KeptNavigation): string {
  const contentType = kept.headers.find((header) => header.name.toLowerCase() === 'content-type')
  return digestOf('holdpoint.kept/1', {
    method: kept.method,
    url: kept.url,
    contentType: contentType?.value,
    body: kept.body === undefined ? undefined : sha256Hex(kept.body),
  })
}

/** What `Fetch.continueRequest` sends in place of the navigation that the guard started. */
export function insteadOf(kept: KeptNavigation): {
  method: string
  postData?: string
  headers: readonly HeaderEntry[]
} {
  return {
    method: kept.method,
    headers: kept.headers,
    ...(kept.body === undefined ? {} : { postData: Buffer.from(kept.body).toString('base64') }),
  }
}
