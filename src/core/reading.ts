import { z } from 'zod'

/**
 * What the extractor reads in the page's isolated world: raw text and structure, no judgement. It comes
 * out of a hostile page, so it is checked on arrival and every text in it is untrusted. `summary.ts`
 * turns it into the DOM summary that guards, reviewers and evidence use.
 */

const text = (maxChars: number) => z.string().max(maxChars)

/** CSS pixels in the viewport of the top frame. */
export const rectSchema = z.strictObject({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
})

export const fieldReadingSchema = z.strictObject({
  /** Accessible name as a person reads it: label, aria-label, placeholder. */
  label: text(200),
  name: text(200),
  type: text(40),
  autocomplete: text(100),
  /** Empty for secret fields: a secret never leaves the page. */
  value: text(400),
  /** The rules of redaction call it a secret, or a password, card, code, token… was recognised. */
  secret: z.boolean(),
  /** Last four digits, for card and account numbers only. */
  last4: text(4).optional(),
  filled: z.boolean(),
  visible: z.boolean(),
  checked: z.boolean().optional(),
  /** Names of the chosen files. */
  files: z.array(text(200)).max(20).optional(),
  /** What it takes; only for a native text, number or date field or menu that can be changed and is no secret. */
  takes: z
    .strictObject({
      /** Attributes as they stand. */
      min: text(40),
      max: text(40),
      step: text(40),
      maxLength: text(40),
      /** Of a menu: all that can be chosen, and the value of the one that is. */
      menu: z
        .strictObject({
          options: z.array(z.strictObject({ value: text(200), label: text(200) })).max(50),
          chosen: text(200),
        })
        .optional(),
    })
    .optional(),
})

export const elementReadingSchema = z.strictObject({
  tag: text(40),
  type: text(40),
  role: text(60),
  /** Accessible name, shortened. */
  name: text(300),
  id: text(200),
  elementName: text(200),
  /** Absolute address of a link, query and fragment removed; path kept. */
  href: text(2_000).optional(),
  /** Icon hints when there is no readable name: aria, title, `<svg><title>`, class words. */
  hint: text(200),
  disabled: z.boolean(),
  rect: rectSchema.optional(),
  /** Title of the dialog it stands in, if it stands in one. */
  dialog: text(300).optional(),
  /** Nearest heading above it. */
  heading: text(300).optional(),
  /** What the list row, card, dialog or short section around it says. */
  around: text(500).optional(),
})

export const formReadingSchema = z.strictObject({
  /** Absolute, with `formaction` of the submitter applied, query removed. */
  action: text(2_000),
  method: text(10),
  enctype: text(60),
  name: text(200),
  id: text(200),
  target: text(100),
  fields: z.array(fieldReadingSchema).max(300),
  /** Accessible name of the button that submits it. */
  submitter: text(300).optional(),
})

export const amountReadingSchema = z.strictObject({
  /** The row's own words beside the amount: "Total", "Shipping", "Printer paper A4 × 2". */
  label: text(200),
  /** The text that holds the amount, as shown. */
  text: text(200),
  /** Stands in a button or link, a table or list row, or elsewhere. */
  place: z.enum(['control', 'row', 'text', 'hidden-field']),
  emphasised: z.boolean(),
  /** Stands in the target's own row, card, dialog or short section. */
  near: z.boolean().optional(),
})

export const rowReadingSchema = z.strictObject({
  /** Texts of the row's cells in order, inputs by their value. */
  cells: z.array(text(200)).max(12),
})

export const pageReadingSchema = z.strictObject({
  v: z.literal(1),
  /** Without query and fragment: both may carry secrets. */
  url: text(2_000),
  title: text(300),
  lang: text(40),
  headings: z.array(text(200)).max(20),
  target: elementReadingSchema.optional(),
  form: formReadingSchema.optional(),
  /** Visible fields that stand outside `form`. */
  otherFields: z.array(fieldReadingSchema).max(100),
  amounts: z.array(amountReadingSchema).max(80),
  /** Rows that look like line items: a name and an amount side by side. */
  rows: z.array(rowReadingSchema).max(60),
  /** Small print, alerts and consent text near the target. */
  notes: z.array(text(300)).max(10),
  frames: z
    .array(
      z.strictObject({ origin: text(300), crossOrigin: z.boolean(), rect: rectSchema.optional() }),
    )
    .max(30),
  viewport: z.strictObject({
    width: z.number(),
    height: z.number(),
    deviceScaleFactor: z.number(),
  }),
  /** What must be black in the picture. */
  blackRects: z.array(rectSchema).max(400),
  /** The scan for `blackRects` did not finish: the whole picture is black. */
  redactionIncomplete: z.boolean(),
  /** Some other part was cut short by the time or size budget. */
  truncated: z.boolean(),
  /** What could not be read: `canvas`, `closed-shadow-root`, `cross-origin-frame`. */
  opaque: z.array(text(60)).max(20),
})

export type Rect = z.infer<typeof rectSchema>
/**
 * A control of a form. Secrets are never among its values.
 * @interface
 */
export type FieldReading = z.infer<typeof fieldReadingSchema>
/**
 * An element that can be acted on, as the page shows it.
 * @interface
 */
export type ElementReading = z.infer<typeof elementReadingSchema>
/**
 * A form with its fields, and where it would be sent.
 * @interface
 */
export type FormReading = z.infer<typeof formReadingSchema>
export type AmountReading = z.infer<typeof amountReadingSchema>
export type PageReading = z.infer<typeof pageReadingSchema>
