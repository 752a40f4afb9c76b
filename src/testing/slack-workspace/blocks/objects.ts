import { z } from 'zod'
import { LIMITS } from './limits.ts'

/** A string of 1 to `max` characters. */
export const filled = (max: number) => z.string().min(1).max(max)

/** An absolute web address of at most `max` characters. */
export const webUrl = (max: number) =>
  z
    .string()
    .max(max)
    .refine(
      (value) => {
        const url = URL.parse(value)
        return url !== null && ['http:', 'https:', 'mailto:', 'slack:'].includes(url.protocol)
      },
      { error: 'must be a valid URL' },
    )

/** `{ type: 'plain_text' }`: shown as it stands, except for emoji codes. */
export const plainText = (max: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: filled(max),
    emoji: z.boolean().optional(),
  })

const mrkdwn = (max: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: filled(max),
    verbatim: z.boolean().optional(),
  })

/** Plain text or mrkdwn. */
export const anyText = (max: number) => z.discriminatedUnion('type', [plainText(max), mrkdwn(max)])

export const confirmation = z.strictObject({
  title: plainText(LIMITS.confirmTitle).optional(),
  text: anyText(LIMITS.confirmText),
  confirm: plainText(LIMITS.confirmButton).optional(),
  deny: plainText(LIMITS.confirmButton).optional(),
  style: z.enum(['primary', 'danger']).optional(),
})

const optionShape = {
  text: plainText(LIMITS.optionText),
  value: filled(LIMITS.optionValue),
  description: plainText(LIMITS.optionText).optional(),
}

export const option = z.strictObject(optionShape)

/** Only an overflow menu's option may lead to a page. */
export const overflowOption = z.strictObject({ ...optionShape, url: webUrl(LIMITS.url).optional() })

export const optionGroup = z.strictObject({
  label: plainText(LIMITS.optionText),
  options: z.array(option).min(1).max(LIMITS.options),
})

/**
 * A file uploaded before. Its form is checked here; that it exists, is an image and has been scanned
 * is checked against the workspace's files.
 */
export const slackFile = z
  .strictObject({
    id: z
      .string()
      .regex(/^F[A-Z0-9]{8,}$/, { error: 'must match the pattern ^[F][A-Z0-9]{8,}$' })
      .optional(),
    url: webUrl(LIMITS.imageUrl).optional(),
  })
  .refine((file) => (file.id === undefined) !== (file.url === undefined), {
    error: 'must define exactly one of `id` or `url`',
  })

const imageShape = {
  alt_text: filled(LIMITS.altText),
  image_url: webUrl(LIMITS.imageUrl).optional(),
  slack_file: slackFile.optional(),
}

const oneSource = (image: { image_url?: unknown; slack_file?: unknown }) =>
  (image.image_url === undefined) !== (image.slack_file === undefined)

const ONE_SOURCE = { error: 'must define exactly one of `image_url` or `slack_file`' }

export const imageElement = z
  .strictObject({ type: z.literal('image'), ...imageShape })
  .refine(oneSource, ONE_SOURCE)

export const imageBlock = z
  .strictObject({
    type: z.literal('image'),
    block_id: z.string().max(LIMITS.blockId).optional(),
    ...imageShape,
    title: plainText(LIMITS.imageTitle).optional(),
  })
  .refine(oneSource, ONE_SOURCE)
