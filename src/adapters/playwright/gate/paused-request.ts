import { Buffer } from 'node:buffer'

/** A `Fetch.requestPaused` event, as far as the gate reads it. */
export interface PausedRequest {
  readonly requestId: string
  readonly frameId: string
  readonly resourceType: string
  readonly request: {
    readonly url: string
    readonly method: string
    readonly headers: Readonly<Record<string, string>>
    readonly hasPostData?: boolean
    readonly postData?: string
    readonly postDataEntries?: readonly { readonly bytes?: string }[]
  }
  readonly redirectedRequestId?: string
  /** Set at the response stage only. */
  readonly responseStatusCode?: number
  readonly responseErrorReason?: string
}

/** The request's body as bytes; `undefined` without one. `postData` is lossy for binary, the entries are not. */
export function bodyOf(paused: PausedRequest): Buffer | undefined {
  const entries = paused.request.postDataEntries ?? []
  // Bytes of a file on disk are left out: what is there is not the body.
  if (entries.some((entry) => entry.bytes === undefined)) return undefined
  if (entries.length > 0) {
    return Buffer.concat(entries.map((entry) => Buffer.from(entry.bytes ?? '', 'base64')))
  }
  if (paused.request.postData !== undefined) return Buffer.from(paused.request.postData, 'utf8')
  return undefined
}

/** Whether it announces a body that the event does not carry (too large, or a stream): nobody can read it. */
export function bodyIsHidden(paused: PausedRequest): boolean {
  return paused.request.hasPostData === true && bodyOf(paused) === undefined
}
