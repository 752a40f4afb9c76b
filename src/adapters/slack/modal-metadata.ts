import { z } from 'zod'
import { type AnswerId, answerBlockId, readAnswerBlockId } from './answer-id.ts'

/**
 * What a modal carries, so that its answer is about what the person's screen showed. No secret: it is
 * checked again when the modal is submitted.
 */
export interface ModalMetadata {
  readonly id: AnswerId
  readonly channel: string | undefined
}

const schema = z.object({ blockId: z.string(), channel: z.string().optional() })

export function modalMetadata({ id, channel }: ModalMetadata): string {
  return JSON.stringify({ blockId: answerBlockId(id, 0), channel })
}

/** Undefined when it is none of ours. */
export function readModalMetadata(text: string): ModalMetadata | undefined {
  const metadata = schema.safeParse(parseJson(text)).data
  const id = metadata === undefined ? undefined : readAnswerBlockId(metadata.blockId)
  return id === undefined ? undefined : { id, channel: metadata?.channel }
}

/** Undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
