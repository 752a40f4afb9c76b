import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSession, type Session } from './session.ts'

/** What a handler answers. */
export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** One request, with its visitor. */
export interface Visit {
  /** The named groups of the route's pattern. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** The urlencoded body; empty for GET. */
  readonly form: URLSearchParams
  readonly session: Session
}

export type Route = readonly [
  method: 'GET' | 'POST',
  path: RegExp,
  handler: (visit: Visit) => Reply | Promise<Reply>,
]

/** A page. */
export function html(body: string, status = 200): Reply {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}

/** The redirect after a POST. */
export function seeOther(location: string): Reply {
  return { status: 303, headers: { location } }
}

/** The redirect of trackers and old addresses. */
export function found(location: string): Reply {
  return { status: 302, headers: { location } }
}

/** An answer to the shop's own scripts. */
export function json(value: unknown): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  }
}

const COOKIE = 'bl_sitzung'

/** Serves the routes on a free port of 127.0.0.1; every POST must carry the session's CSRF token. */
export async function serve(
  routes: readonly Route[],
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const sessions = new Map<string, Session>()

  async function answer(request: IncomingMessage, session: Session): Promise<Reply> {
    const url = new URL(request.url ?? '/', 'http://shop.invalid')
    const form = request.method === 'POST' ? await readForm(request) : new URLSearchParams()
    if (request.method === 'POST' && form.get('_csrf_token') !== session.csrf) {
      return html('<h1>Ihre Sitzung ist abgelaufen.</h1>', 403)
    }
    for (const [method, path, handler] of routes) {
      const match = method === request.method ? path.exec(url.pathname) : null
      if (match === null) continue
      return handler({ params: match.groups ?? {}, query: url.searchParams, form, session })
    }
    return html('<h1>Seite nicht gefunden</h1>', 404)
  }

  const server = createServer(async (request, response) => {
    const id = readCookie(request.headers.cookie)
    const session = sessions.get(id ?? '') ?? createSession()
    sessions.set(session.id, session)
    const reply = await answer(request, session).catch((error: unknown) =>
      html(`<h1>Interner Fehler</h1><pre>${String(error)}</pre>`, 500),
    )
    response.writeHead(reply.status, {
      'cache-control': 'no-store',
      'set-cookie': `${COOKIE}=${session.id}; Path=/; HttpOnly; SameSite=Lax`,
      ...reply.headers,
    })
    response.end(reply.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  return new URLSearchParams(body)
}

function readCookie(header = ''): string | undefined {
  return header
    .split('; ')
    .find((pair) => pair.startsWith(`${COOKIE}=`))
    ?.slice(COOKIE.length + 1)
}
