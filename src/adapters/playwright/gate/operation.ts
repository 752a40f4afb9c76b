import type { RequestFacts } from '../../../core/action.ts'

type Operation = NonNullable<RequestFacts['operation']>

/** Longer documents are not looked through, so they may do anything. */
const MAX_DOCUMENT_CHARS = 20_000
/** Members of a GraphQL request over HTTP; a body with others may be anything that has a "query". */
const MEMBERS = new Set(['query', 'variables', 'operationName', 'extensions', 'id', 'documentId'])
const DOCUMENT =
  /^(?:\s|,|\uFEFF|#[^\n]*\n)*(?:\{|query\b|mutation\b|subscription\b|fragment\b|""")/
// Block texts first: an escaped end does not end one.
const TEXTS_AND_COMMENTS = /"""(?:\\"""|(?!""")[\s\S])*"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*/g

/** GraphQL and JSON-RPC say in the body what they do; one endpoint serves both reads and orders. */
export function operationOf(method: string, url: URL, json: unknown): Operation | undefined {
  if (Array.isArray(json)) return batched(json)
  if (json !== null && typeof json === 'object') return ofBody(json as Record<string, unknown>)
  const query = url.searchParams.get('query')
  if (method === 'GET' && query !== null && /graphql/i.test(url.pathname)) {
    return graphql(query, url.searchParams.get('operationName'))
  }
  return undefined
}

function ofBody(body: Record<string, unknown>): Operation | undefined {
  const { query, operationName, method } = body
  if (typeof query === 'string' && DOCUMENT.test(query.slice(0, MAX_DOCUMENT_CHARS))) {
    const operation = graphql(query, operationName)
    const plain = Object.keys(body).every((member) => MEMBERS.has(member))
    return plain ? operation : { ...operation, readOnly: false }
  }
  // A persisted query shows its name only; whether it reads is not known.
  if (typeof operationName === 'string') return { name: named(operationName), readOnly: false }
  if (typeof method === 'string' && ('jsonrpc' in body || 'params' in body)) {
    return { name: named(method), readOnly: false }
  }
  return undefined
}

/** Several at once: all of them must be known, and read only if each does. */
function batched(entries: readonly unknown[]): Operation | undefined {
  const operations = entries.map((entry) =>
    typeof (entry as { readonly query?: unknown } | null)?.query === 'string'
      ? ofBody(entry as Record<string, unknown>)
      : undefined,
  )
  if (operations.length === 0 || operations.includes(undefined)) return undefined
  const known = operations.filter((operation) => operation !== undefined)
  return {
    name: known
      .map(({ name }) => name)
      .join('+')
      .slice(0, 200),
    readOnly: known.every(({ readOnly }) => readOnly),
  }
}

function graphql(document: string, operationName: unknown): Operation {
  const whole = document.length <= MAX_DOCUMENT_CHARS
  // Comments and texts could hide the word "mutation" or fake a "query".
  const code = document.slice(0, MAX_DOCUMENT_CHARS).replace(TEXTS_AND_COMMENTS, ' ')
  const first = /\b(?:query|mutation|subscription)\s+(\w{1,100})/.exec(code)?.[1]
  return {
    name: named(typeof operationName === 'string' ? operationName : (first ?? 'anonymous')),
    readOnly: whole && !/\b(?:mutation|subscription)\b/.test(code),
  }
}

function named(name: string): string {
  return name.slice(0, 100)
}
