import type { RequestFacts, RequestField } from '../../../core/action.ts'
import { siteOf } from '../../../core/site.ts'
import { operationOf } from './operation.ts'
import { bodyIsHidden, bodyOf, type PausedRequest } from './paused-request.ts'

const MAX_FIELDS = 300
const MAX_VALUE_CHARS = 2_000
const MAX_DEPTH = 12
/** Bodies over this size are not parsed: they are opaque. */
const MAX_PARSED_BYTES = 512 * 1024

/** What a paused request's bytes show of what it is. Pure. */
export function requestFacts(paused: PausedRequest, pageOrigin: string | undefined): RequestFacts {
  const url = new URL(paused.request.url)
  const body = readBody(paused)
  const operation = operationOf(paused.request.method, url, body.json)
  return {
    method: paused.request.method.toUpperCase(),
    url: paused.request.url,
    resourceType: kindOf(paused.resourceType),
    body: body.kind,
    query: fieldsOf(url.searchParams),
    fields: body.fields,
    ...(operation === undefined ? {} : { operation }),
    // A window that a page wrote itself (`about:blank`) has no origin in its address, but that page's cookies.
    sameSite:
      pageOrigin === undefined ||
      pageOrigin === 'null' ||
      siteOf(pageOrigin) === siteOf(url.origin),
  }
}

function kindOf(resourceType: string): RequestFacts['resourceType'] {
  switch (resourceType) {
    case 'Document':
      return 'document'
    case 'XHR':
    case 'Fetch':
    case 'EventSource':
      return 'fetch'
    case 'Ping':
      return 'beacon'
    case 'Image':
    case 'Stylesheet':
    case 'Script':
    case 'Font':
    case 'Media':
    case 'TextTrack':
    case 'Manifest':
      return 'subresource'
    case 'WebSocket':
      return 'websocket'
    default:
      return 'other'
  }
}

type Body = {
  readonly kind: RequestFacts['body']
  readonly fields: readonly RequestField[]
  readonly json?: unknown
}

function readBody(paused: PausedRequest): Body {
  if (bodyIsHidden(paused)) return { kind: 'opaque', fields: [] }
  const bytes = bodyOf(paused)
  if (bytes === undefined || bytes.length === 0) return { kind: 'none', fields: [] }
  if (bytes.length > MAX_PARSED_BYTES) return { kind: 'opaque', fields: [] }
  const contentType = headerOf(paused, 'content-type')
  if (/^application\/x-www-form-urlencoded/i.test(contentType)) {
    return urlencoded(bytes.toString('utf8'))
  }
  if (/^multipart\/form-data/i.test(contentType)) {
    return whole('multipart', readMultipart(bytes.toString('latin1'), contentType))
  }
  const text = bytes.toString('utf8')
  const json = parseJson(text)
  if (json !== undefined) return { ...whole('json', flatten(json)), json }
  // A page's fetch may send a form as text/plain; the shape tells.
  if (/^[\w%.[\]+-]{1,100}=[^\s<>]*$/.test(text.slice(0, 4_000))) {
    return urlencoded(text)
  }
  return /^text\//i.test(contentType)
    ? { kind: 'text', fields: [] }
    : { kind: 'opaque', fields: [] }
}

function urlencoded(text: string): Body {
  return whole(
    'urlencoded',
    [...new URLSearchParams(text)].map(([name, value]) => field(name, value)),
  )
}

/** A body of which not every field is read counts as one that nobody can read. */
function whole(kind: RequestFacts['body'], fields: readonly RequestField[] | undefined): Body {
  if (fields === undefined || fields.length > MAX_FIELDS) {
    return { kind: 'opaque', fields: (fields ?? []).slice(0, MAX_FIELDS) }
  }
  return { kind, fields }
}

function headerOf(paused: PausedRequest, name: string): string {
  const entry = Object.entries(paused.request.headers).find(([key]) => key.toLowerCase() === name)
  return entry?.[1] ?? ''
}

function fieldsOf(params: URLSearchParams): readonly RequestField[] {
  return [...params].slice(0, MAX_FIELDS).map(([name, value]) => field(name, value))
}

function field(name: string, value: string): RequestField {
  return { name: name.slice(0, 200), value: value.slice(0, MAX_VALUE_CHARS) }
}

function parseJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Leaves of a JSON value, names joined by dots; undefined when it nests deeper than any order does. */
function flatten(value: unknown): readonly RequestField[] | undefined {
  const leaves: RequestField[] = []
  let tooDeep = false
  const walk = (current: unknown, name: string, depth: number): void => {
    if (depth > MAX_DEPTH) tooDeep = true
    if (leaves.length > MAX_FIELDS || tooDeep) return
    if (current !== null && typeof current === 'object') {
      for (const [key, member] of Object.entries(current)) {
        walk(member, name === '' ? key : `${name}.${key}`, depth + 1)
      }
    } else if (current !== undefined) leaves.push(field(name, String(current)))
  }
  walk(value, '', 0)
  return tooDeep ? undefined : leaves
}

function readMultipart(text: string, contentType: string): readonly RequestField[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1]
  if (boundary === undefined) return []
  return text
    .split(`--${boundary}`)
    .slice(1, MAX_FIELDS + 2)
    .flatMap((part) => {
      const [head, ...rest] = part.split('\r\n\r\n')
      const name = /(?:^|[;\s])name="([^"]*)"/i.exec(head ?? '')?.[1]
      if (name === undefined || head === undefined) return []
      const fileName = /(?:^|[;\s])filename="([^"]*)"/i.exec(head)?.[1]
      const value = Buffer.from(rest.join('\r\n\r\n').replace(/\r\n$/, ''), 'latin1').toString(
        'utf8',
      )
      return [field(name, fileName === undefined ? value : `file: ${fileName}`)]
    })
}
