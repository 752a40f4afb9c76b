import { z } from 'zod'
import { LIMITS } from './limits.ts'
import { filled, webUrl } from './objects.ts'

const style = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    code: z.boolean().optional(),
    underline: z.boolean().optional(),
  })
  .optional()

const text = z.strictObject({ type: z.literal('text'), text: filled(LIMITS.text), style })

const link = z.strictObject({
  type: z.literal('link'),
  url: webUrl(LIMITS.url),
  text: z.string().max(LIMITS.text).optional(),
  unsafe: z.boolean().optional(),
  style,
})

const inline = z.discriminatedUnion('type', [
  text,
  link,
  z.strictObject({
    type: z.literal('emoji'),
    name: filled(100),
    unicode: z.string().optional(),
    url: z.string().optional(),
    style,
  }),
  z.strictObject({ type: z.literal('user'), user_id: filled(30), style }),
  z.strictObject({ type: z.literal('usergroup'), usergroup_id: filled(30), style }),
  z.strictObject({ type: z.literal('channel'), channel_id: filled(30), style }),
  z.strictObject({
    type: z.literal('broadcast'),
    range: z.enum(['here', 'channel', 'everyone']),
    style,
  }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.int(),
    format: filled(100),
    url: webUrl(LIMITS.url).optional(),
    fallback: z.string().optional(),
    style,
  }),
])

const border = z.literal([0, 1]).optional()

const section = z.strictObject({
  type: z.literal('rich_text_section'),
  elements: z.array(inline),
})

/** A `rich_text` block's parts. Text in it is never markup. */
export const richTextElement = z.discriminatedUnion('type', [
  section,
  z.strictObject({
    type: z.literal('rich_text_preformatted'),
    elements: z.array(z.discriminatedUnion('type', [text, link])),
    border,
  }),
  z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(inline), border }),
  z.strictObject({
    type: z.literal('rich_text_list'),
    style: z.enum(['bullet', 'ordered']),
    elements: z.array(section),
    indent: z.int().min(0).max(8).optional(),
    offset: z.int().min(0).optional(),
    border,
  }),
])
