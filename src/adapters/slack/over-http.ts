import type {
  AnswerSink,
  CallbackRequest,
  CallbackResponse,
  ChannelContext,
} from '../../ports/channel.ts'
import type { Hearing } from './hearing.ts'
import { parseJson } from './modal-metadata.ts'
import { readInteraction } from './payload.ts'
import { whyNotSlacks } from './signature.ts'

/**
 * Interactions over HTTP: a form with one field `payload`, signed. Throws nothing at Slack: it answers
 * 200, or 400 or 401 for what is not Slack's.
 */
export function overHttp(
  hearing: Hearing,
  signingSecret: string,
  { clock }: Pick<ChannelContext, 'clock'>,
): (request: CallbackRequest, sink: AnswerSink) => Promise<CallbackResponse> {
  return async (request, sink) => {
    const why = whyNotSlacks(request, signingSecret, clock.now())
    if (why !== undefined) return { status: 401, refused: why }
    const interaction = readInteraction(payloadOf(request.rawBody))
    if (interaction === undefined) return { status: 400, refused: 'not a click on our messages' }
    const { form, refused, isForeign } = await hearing.hear(interaction, sink)
    return {
      status: isForeign ? 401 : 200,
      ...(form === undefined
        ? {}
        : { body: JSON.stringify(form), contentType: 'application/json' }),
      ...(refused === undefined ? {} : { refused }),
    }
  }
}

function payloadOf(rawBody: Uint8Array): unknown {
  const fields = new URLSearchParams(Buffer.from(rawBody).toString('utf8')).getAll('payload')
  return fields.length === 1 && fields[0] !== undefined ? parseJson(fields[0]) : undefined
}
