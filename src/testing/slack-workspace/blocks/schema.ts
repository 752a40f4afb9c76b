import { z } from 'zod'
import { accessory, actionElement, inputElement } from './elements.ts'
import { LIMITS } from './limits.ts'
import { anyText, filled, imageBlock, imageElement, plainText } from './objects.ts'
import { richTextElement } from './rich-text.ts'

const blockId = z.string().max(LIMITS.blockId).optional()

const header = z.strictObject({
  type: z.literal('header'),
  block_id: blockId,
  text: plainText(LIMITS.headerText),
})

const section = z
  .strictObject({
    type: z.literal('section'),
    block_id: blockId,
    text: anyText(LIMITS.text).optional(),
    fields: z.array(anyText(LIMITS.fieldText)).min(1).max(LIMITS.fields).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, {
    error: 'must define either `text` or `fields`',
  })

const context = z.strictObject({
  type: z.literal('context'),
  block_id: blockId,
  elements: z
    .array(z.discriminatedUnion('type', [...anyText(LIMITS.text).options, imageElement]))
    .min(1)
    .max(LIMITS.contextElements),
})

const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: blockId,
  elements: z.array(actionElement).min(1).max(LIMITS.actionElements),
})

const divider = z.strictObject({ type: z.literal('divider'), block_id: blockId })

const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: blockId,
  elements: z.array(richTextElement),
})

const input = z.strictObject({
  type: z.literal('input'),
  block_id: blockId,
  label: plainText(LIMITS.inputLabel),
  hint: plainText(LIMITS.inputLabel).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: inputElement,
})

const block = z.discriminatedUnion('type', [
  header,
  section,
  context,
  imageBlock,
  actions,
  divider,
  richText,
  input,
])

/** A message's `blocks`. Unknown keys are refused everywhere, as Slack does. */
export const messageBlocks = z.array(block).max(LIMITS.blocksPerMessage)

/** A modal, as `views.open` takes one. */
export const modalView = z.strictObject({
  type: z.literal('modal'),
  title: plainText(LIMITS.modalLabel),
  blocks: z.array(block).max(LIMITS.blocksPerModal),
  submit: plainText(LIMITS.modalLabel).optional(),
  close: plainText(LIMITS.modalLabel).optional(),
  private_metadata: z.string().max(LIMITS.privateMetadata).optional(),
  callback_id: filled(LIMITS.callbackId).optional(),
  external_id: filled(LIMITS.externalId).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  submit_disabled: z.boolean().optional(),
})

export type Block = z.infer<typeof block>
export type ModalView = z.infer<typeof modalView>
