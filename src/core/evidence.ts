import { z } from 'zod'
import { digestOf } from './canonical.ts'
import { editableFieldSchema, MAX_EDITABLE } from './edit.ts'
import { pageSummarySchema } from './summary.ts'

/** Where the guard stood when it took the evidence; `gateway` is out of the agent's reach. */
export const capturedBySchema = z.enum(['in-process', 'gateway'])

export const pictureSchema = z.strictObject({
  /** SHA-256 of the encoded bytes, lower-case hex; they are stored under it. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  mediaType: z.enum(['image/jpeg', 'image/png', 'image/webp']),
  widthPx: z.number().int().positive(),
  heightPx: z.number().int().positive(),
  /** The page could not be captured in time, and this is an earlier frame. */
  stale: z.boolean(),
  /** Redaction was incomplete, so the whole picture is black. */
  blackedOut: z.boolean(),
  altText: z.string(),
})

/** What the reviewer is shown: picture, summary, and who took them when. */
export const evidenceSchema = z.strictObject({
  v: z.literal(1),
  capturedBy: capturedBySchema,
  capturedAt: z.iso.datetime(),
  /** None when the capture failed; the hold stands all the same. */
  picture: pictureSchema.optional(),
  /** The part around the target, cut from the same capture: what a message shows large. */
  crop: pictureSchema.pick({ sha256: true, mediaType: true }).optional(),
  /** Why there is no picture. */
  pictureMissing: z.string().optional(),
  summary: pageSummarySchema,
  /** What a reviewer may change before approving, if the policy lets them. */
  editable: z.array(editableFieldSchema).min(1).max(MAX_EDITABLE).optional(),
  /** A request that was stopped and kept: the verdict covers its bytes. */
  keptRequest: z
    .strictObject({
      method: z.string(),
      /** Without query and fragment. */
      url: z.string(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    })
    .optional(),
})

export type Evidence = z.infer<typeof evidenceSchema>
export type Picture = z.infer<typeof pictureSchema>
export type EvidenceDigest = string & { readonly __brand: 'EvidenceDigest' }

/** Whether these bytes are the ones that people agree to under this role; `after` is taken later. */
export function isShown(evidence: Evidence, role: 'full' | 'crop', sha256: string): boolean {
  return (role === 'full' ? evidence.picture : evidence.crop)?.sha256 === sha256
}

export function evidenceDigest(evidence: Evidence): EvidenceDigest {
  return digestOf('holdpoint.evidence/1', evidence as never) as EvidenceDigest
}
