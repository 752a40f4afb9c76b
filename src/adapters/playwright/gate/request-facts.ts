import type { RequestFacts, RequestField } from '../../../core/action.ts'
import { bodyIsHidden, bodyOf, type PausedRequest } from './paused-request.ts'

const MAX_FIELDS = 300
const MAX_VALUE_CHARS = 2_000
/** Bodies over this size are not parsed: they are opaque. */
const MAX_PARSED_BYTES = 512 * 1024

/** What a paused request's bytes show of what it is. Pure. */
export function requestFacts(paused: PausedRequest, pageOrigin: string | undefined): RequestFacts {
  const url = new URL(paused.request.url)
  const body = readBody(paused)
  const operation = operationOf(paused.request.method, url, body)
  return {
    method: paused.request.method.toUpperCase(),
    url: paused.request.url,
    resourceType: kindOf(paused.resourceType),
    body: body.kind,
    query: fieldsOf(url.searchParams),
    fields: body.fields,
    ...(operation === undefined ? {} : { operation }),
    sameSite: pageOrigin === undefined || siteOf(pageOrigin) === siteOf(url.origin),
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

/**
 * The last two labels of a host, or three under a short second level (`example.co.uk`). Approximates the
 * public suffix list on the careful side: hosts it wrongly calls one site are judged, not passed.
 */
export function siteOf(origin: string): string {
  const host = URL.canParse(origin) ? new URL(origin).hostname : origin
  if (/^[\d.]+$/.test(host) || host.includes(':')) return host
  const labels = host.split('.')
  const last = labels.at(-1) ?? ''
  const second = labels.at(-2) ?? ''
  return labels.slice(last.length === 2 && second.length <= 3 ? -3 : -2).join('.')
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
    return { kind: 'urlencoded', fields: fieldsOf(new URLSearchParams(bytes.toString('utf8'))) }
  }
  if (/^multipart\/form-data/i.test(contentType)) {
    return { kind: 'multipart', fields: readMultipart(bytes.toString('latin1'), contentType) }
  }
  const text = bytes.toString('utf8')
  const json = parseJson(text)
  if (json !== undefined) return { kind: 'json', fields: flatten(json), json }
  // A page's fetch may send a form as text/plain; the shape tells.
  if (/^[\w%.[\]+-]{1,100}=[^\s<>]*$/.test(text.slice(0, 4_000))) {
    return { kind: 'urlencoded', fields: fieldsOf(new URLSearchParams(text)) }
  }
  return /^text\//i.test(contentType)
    ? { kind: 'text', fields: [] }
    : { kind: 'opaque', fields: [] }
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

/** Leaves of a JSON value, names joined by dots. Depth and number are bounded: a hostile body nests. */
function flatten(value: unknown): readonly RequestField[] {
  const leaves: RequestField[] = []
  const walk = (current: unknown, name: string, depth: number): void => {
    if (leaves.length >= MAX_FIELDS || depth > 12) return
    if (current !== null && typeof current === 'object') {
      for (const [key, member] of Object.entries(current)) {
        walk(member, name === '' ? key : `${name}.${key}`, depth + 1)
      }
    } else if (current !== undefined) leaves.push(field(name, String(current)))
  }
  walk(value, '', 0)
  return leaves
}

function readMultipart(text: string, contentType: string): readonly RequestField[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1]
  if (boundary === undefined) return []
  return text
    .split(`--${boundary}`)
    .slice(1, MAX_FIELDS)
    .flatMap((part) => {
      const [head, ...rest] = part.split('\r\n\r\n')
      const name = /name="([^"]*)"/i.exec(head ?? '')?.[1]
      if (name === undefined || head === undefined) return []
      const fileName = /filename="([^"]*)"/i.exec(head)?.[1]
      const value = Buffer.from(rest.join('\r\n\r\n').replace(/\r\n$/, ''), 'latin1').toString(
        'utf8',
      )
      return [field(name, fileName === undefined ? value : `file: ${fileName}`)]
    })
}

/** GraphQL and JSON-RPC say in the body what they do; one endpoint serves both reads and orders. */
function operationOf(method: string, url: URL, body: Body): RequestFacts['operation'] {
  const json = body.json
  if (json !== null && typeof json === 'object' && !Array.isArray(json)) {
    const record = json as Record<string, unknown>
    if (typeof record['query'] === 'string')
      return graphql(record['query'], record['operationName'])
    if (typeof record['operationName'] === 'string') {
      // A persisted query shows its name only; whether it reads is not known.
      return { name: record['operationName'].slice(0, 100), readOnly: false }
    }
    if (typeof record['method'] === 'string' && ('jsonrpc' in record || 'params' in record)) {
      return { name: record['method'].slice(0, 100), readOnly: false }
    }
  }
  if (Array.isArray(json) && json.length > 0) {
    const names = json.flatMap((entry: unknown) => {
      const query = (entry as { query?: unknown } | null)?.query
      return typeof query === 'string'
        ? [graphql(query, (entry as { operationName?: unknown }).operationName)]
        : []
    })
    if (names.length === json.length) {
      return {
        name: names
          .map((entry) => entry.name)
          .join('+')
          .slice(0, 200),
        readOnly: names.every((entry) => entry.readOnly),
      }
    }
  }
  const query = url.searchParams.get('query')
  if (method === 'GET' && query !== null && /graphql/i.test(url.pathname))
    return graphql(query, null)
  return undefined
}

function graphql(query: string, operationName: unknown): { name: string; readOnly: boolean } {
  // Comments and strings could hide the word "mutation" or fake a "query".
  const code = query.slice(0, 20_000).replace(/"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*/g, ' ')
  const named = /\b(?:query|mutation|subscription)\s+(\w{1,100})/.exec(code)?.[1]
  const name = typeof operationName === 'string' ? operationName : named
  return {
    name: (name ?? 'anonymous').slice(0, 100),
    readOnly: !/\b(?:mutation|subscription)\b/.test(code),
  }
}
