import type { PausedRequest } from '../../../../src/adapters/playwright/gate/paused-request.ts'

/** A paused POST as the browser reports it; a text or bytes for its body, base64 in `parts` entries. */
export function paused(
  given: {
    readonly url?: string
    readonly method?: string
    readonly type?: string
    readonly body?: string | Uint8Array
    readonly parts?: number
    readonly resourceType?: string
    readonly redirectedFrom?: string
    readonly request?: Partial<PausedRequest['request']>
  } = {},
): PausedRequest {
  const { body, parts = 1 } = given
  const bytes = body === undefined ? undefined : Buffer.from(body as Uint8Array)
  return {
    requestId: 'interception-1',
    frameId: 'FRAME',
    resourceType: given.resourceType ?? 'Fetch',
    ...(given.redirectedFrom === undefined ? {} : { redirectedRequestId: given.redirectedFrom }),
    request: {
      url: given.url ?? 'https://shop.example/api/order',
      method: given.method ?? 'POST',
      headers: given.type === undefined ? {} : { 'Content-Type': given.type },
      ...(bytes === undefined
        ? {}
        : { hasPostData: true, postDataEntries: entriesOf(bytes, parts) }),
      ...given.request,
    },
  }
}

function entriesOf(bytes: Buffer, parts: number): { bytes: string }[] {
  const size = Math.ceil(bytes.length / parts)
  return Array.from({ length: parts }, (_, part) => ({
    bytes: bytes.subarray(part * size, (part + 1) * size).toString('base64'),
  }))
}
