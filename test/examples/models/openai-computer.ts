import { z } from 'zod'
import type { GivenTool } from './calls.ts'

const text = z.string().min(1)
const at = { x: z.int().min(0), y: z.int().min(0) }

const action = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('screenshot') }),
  z.strictObject({ type: z.literal('click'), button: z.enum(['left', 'right']), ...at }),
])

/** What the computer tool takes; the provider defines it, so that no client describes it. */
export const computerTool: GivenTool = {
  name: 'computer',
  schema: z.toJSONSchema(z.strictObject({ actions: z.array(action).min(1) })),
}

export const computerCall = z.strictObject({
  type: z.literal('computer_call'),
  id: text,
  call_id: text,
  action: action.optional(),
  actions: z.array(action).min(1),
  pending_safety_checks: z.array(z.never()).optional(),
  status: z.literal('completed').optional(),
})

const PNG_SIGNATURE = '89504e470d0a1a0a'

/** A data URL of a PNG. A client whose computer failed sends an empty text, and the provider refuses it. */
const picture = z
  .string()
  .startsWith('data:image/png;base64,')
  .refine(
    (url) => Buffer.from(url.split(',')[1] ?? '', 'base64').toString('hex', 0, 8) === PNG_SIGNATURE,
    'is not a PNG',
  )

export const computerCallOutput = z.strictObject({
  type: z.literal('computer_call_output'),
  id: text.optional(),
  call_id: text,
  output: z.strictObject({ type: z.literal('computer_screenshot'), image_url: picture }),
  status: z.literal('completed').optional(),
})
