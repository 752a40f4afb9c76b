import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { optionInvalid } from '../../src/core/errors.ts'
import { plainLine } from '../../src/core/text.ts'
import { decide } from '../../src/deciding/decide.ts'
import { authenticate } from '../authenticate.ts'
import type { HoldpointServerOptions } from '../plugin.ts'
import { REQUEST } from './paths.ts'

const digestSchema = z.string().regex(/^[0-9a-f]{64}$/)

// What the screen showed comes back with the answer, so that a page left open cannot approve something newer.
const formSchema = z.object({
  answer: z.enum(['approve', 'reject']),
  reason: z.string().max(500).optional(),
  csrf: z.string().min(1).max(200),
  nonce: z.string().regex(/^[\w-]{8,200}$/),
  termsDigest: digestSchema,
  evidenceDigest: digestSchema,
})

/** `POST /requests/HP-41/decision`: checks the shape, takes the reviewer from the session, and decides. */
export function decisionRoute(app: FastifyInstance, options: HoldpointServerOptions): void {
  app.post<{ Params: { id: string } }>(
    `${REQUEST}/decision`,
    { config: { rateLimit: {} } },
    async (request, reply) => {
      const parsed = formSchema.safeParse(request.body)
      if (!parsed.success) {
        const field = parsed.error.issues[0]?.path.join('.') || 'form'
        throw optionInvalid(field, 'the form is incomplete; load the page again')
      }
      const form = parsed.data
      const reason = plainLine(form.reason ?? '', 500)
      await decide(options.desk, {
        requestId: request.params.id,
        answer: form.answer,
        ...(reason === '' ? {} : { reason }),
        proof: await authenticate(request, options.signIn, form),
        expectedTermsDigest: form.termsDigest,
        expectedEvidenceDigest: form.evidenceDigest,
      })
      return reply.redirect(`/requests/${request.params.id}`, 303)
    },
  )
}
