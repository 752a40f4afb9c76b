import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Store } from '../../src/ports/store.ts'
import { endSession, setSession } from '../authenticate.ts'
import { messagePage } from '../pages/message-page.ts'
import { signInPage } from '../pages/sign-in-page.ts'
import type { HoldpointServerOptions } from '../plugin.ts'

const LIST = '/requests'

const paramsSchema = z.object({ token: z.string().regex(/^[\w-]{43}$/) })
// Whatever else stands there means the list: it must not use up a link and then fail.
const nextSchema = z.object({ next: z.string().optional().catch(undefined) }).catch({})

/** The link opens a page with a button: a preview or a scanner that fetches it uses up nothing. */
export function signInRoutes(app: FastifyInstance, options: HoldpointServerOptions): void {
  const { desk, signIn } = options
  const limited = { config: { rateLimit: {} } }

  app.get('/sign-in/:token', limited, async (request, reply) => {
    const params = paramsSchema.safeParse(request.params)
    if (!params.success) return badLink(reply.code(404))
    const next = localPath(nextSchema.parse(request.query).next)
    return reply.type('text/html; charset=utf-8').send(signInPage(params.data.token, next))
  })

  app.post('/sign-in/:token', limited, async (request, reply) => {
    const params = paramsSchema.safeParse(request.params)
    const used = params.success ? await signIn.useLink(params.data.token) : undefined
    if (used === undefined) return badLink(reply.code(410))
    await desk.store.transaction((tx) =>
      tx.appendAudit({
        event: 'reviewer.signed-in',
        actor: `reviewer:${used.reviewer}`,
        details: { channel: 'page' },
        at: desk.clock.now(),
      }),
    )
    setSession(reply, used.sessionToken, desk.publicUrl.startsWith('https:'))
    const next = localPath(nextSchema.parse(request.body).next)
    return reply.redirect(next === LIST ? await listOrTheOne(desk.store) : next, 303)
  })

  app.post('/sign-out', limited, async (request, reply) => {
    await endSession(request, reply, signIn)
    return reply.redirect(LIST, 303)
  })
}

/** A list of one is a detour: who comes by the printed link wants to answer it. */
async function listOrTheOne(store: Store): Promise<string> {
  const [only, another] = await store.list({ states: ['pending'], limit: 2 })
  return only !== undefined && another === undefined ? `${LIST}/${only.id}` : LIST
}

function badLink(reply: { type(type: string): { send(text: string): unknown } }): unknown {
  return reply.type('text/html; charset=utf-8').send(
    messagePage({
      title: 'This link has been used, or is too old',
      text: 'A link signs you in once. The terminal that runs Holdpoint prints a new one at its next start.',
    }),
  )
}

/** A path of this server, or the list: a full address would send people elsewhere after they signed in. */
export function localPath(next: string | undefined): string {
  return next !== undefined && /^\/[\w/-]{0,200}$/.test(next) && !next.startsWith('//')
    ? next
    : LIST
}
