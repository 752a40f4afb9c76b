import type { Page } from 'playwright'
import { sha256Hex } from '../../../core/canonical.ts'
import type { Evidence } from '../../../core/evidence.ts'
import { readMoney, sameMoney } from '../../../core/money.ts'
import type { PageReading, Rect } from '../../../core/reading.ts'
import { type PageSummary, summarise } from '../../../core/summary.ts'
import { altTextOf } from './alt-text.ts'
import { type Capture, type CapturedPicture, capturePicture } from './capture.ts'
import type { PageReader, ReadHow } from './page-reader.ts'
import { paintPicture } from './paint.ts'

/** What evidence is taken of, and by whom. */
export interface EvidenceRequest {
  readonly page: Page
  readonly reader: PageReader
  readonly how: ReadHow
  readonly agent: string
  readonly now: Date
  /** A reading taken already (by a page event): the summary is of that one, the picture of now. */
  readonly reading?: PageReading
  /** The frame that is read; default the main one. The picture is always the whole tab's. */
  readonly frameId?: string
  readonly capturedBy?: Evidence['capturedBy']
  /** For reading and capture together; default 1,500. */
  readonly deadlineMs?: number
}

/** Everything that needed the page: from here on the agent may go on while the picture is painted. */
export interface CapturedEvidence {
  readonly reading: PageReading
  readonly summary: PageSummary
  /** Why the page could not be read; then `reading` says nothing but that. */
  readonly unreadable?: string
  readonly capture: Capture
  readonly request: EvidenceRequest
}

/** Evidence with the bytes it refers to. `pictureBytes` have the digest in `evidence.picture`. */
export interface TakenEvidence {
  readonly evidence: Evidence
  readonly reading: PageReading
  readonly unreadable?: string
  readonly pictureBytes?: Uint8Array
  /** The part around target and total, for messages. */
  readonly cropBytes?: Uint8Array
}

/** Reads and captures a page, then paints. Never throws: what failed is said in the evidence. */
export async function takeEvidence(request: EvidenceRequest): Promise<TakenEvidence> {
  return finishEvidence(await captureEvidence(request))
}

/** The part that needs the page, within `deadlineMs`. Never throws. */
export async function captureEvidence(request: EvidenceRequest): Promise<CapturedEvidence> {
  const { page, reader, how, frameId, deadlineMs = 1_500 } = request
  const end = performance.now() + deadlineMs
  let reading = request.reading
  let unreadable: string | undefined
  if (reading === undefined) {
    try {
      reading = await reader.read(page, how, {
        ...(frameId === undefined ? {} : { frameId }),
        deadlineMs,
      })
    } catch (error) {
      unreadable = error instanceof Error ? error.message : 'the page could not be read'
    }
  }
  const fresh = request.reading === undefined && frameId === undefined ? reading : undefined
  const capture = await capturePicture(page, reader, {
    // A page that did not answer the reading will not answer now: only the last frame is left.
    deadlineMs: unreadable === undefined ? end - performance.now() : 0,
    now: request.now,
    ...(fresh === undefined ? {} : { before: fresh }),
  })
  const read = reading ?? unreadableReading(page.url())
  return {
    reading: read,
    summary: summarise(read),
    ...(unreadable === undefined ? {} : { unreadable }),
    capture,
    request,
  }
}

/** Paints, encodes and describes. Needs no page. Never throws. */
export async function finishEvidence(captured: CapturedEvidence): Promise<TakenEvidence> {
  const { reading, summary, unreadable, capture, request } = captured
  const base = {
    v: 1 as const,
    capturedBy: request.capturedBy ?? 'in-process',
    capturedAt: request.now.toISOString(),
    summary,
  }
  const rest = { reading, ...(unreadable === undefined ? {} : { unreadable }) }
  if ('missing' in capture) {
    return { evidence: { ...base, pictureMissing: unreadable ?? capture.missing }, ...rest }
  }
  try {
    const { picture } = capture
    const target = targetOf(captured, picture)
    const painted = await paintPicture(picture, {
      strip: {
        origin: summary.origin,
        path: summary.path,
        at: picture.at,
        agent: request.agent,
      },
      ...(target === undefined ? {} : { target }),
      totals: totalsOf(reading, summary, picture),
    })
    const { bytes, widthPx, heightPx } = painted.full
    return {
      evidence: {
        ...base,
        picture: {
          sha256: sha256Hex(bytes),
          mediaType: 'image/jpeg',
          widthPx,
          heightPx,
          stale: picture.stale,
          blackedOut: painted.blackedOut,
          altText: altTextOf(summary, {
            stale: picture.stale,
            blackedOut: painted.blackedOut,
            blackParts: picture.blackRects.length,
          }),
        },
        ...(painted.crop === undefined
          ? {}
          : { crop: { sha256: sha256Hex(painted.crop.bytes), mediaType: 'image/jpeg' as const } }),
      },
      ...rest,
      pictureBytes: bytes,
      ...(painted.crop === undefined ? {} : { cropBytes: painted.crop.bytes }),
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown error'
    return { evidence: { ...base, pictureMissing: `painting failed: ${why}` }, ...rest }
  }
}

/** Where the mark goes. A child frame's target comes from its own reading, which is in the tab's coordinates. */
function targetOf(captured: CapturedEvidence, picture: CapturedPicture): Rect | undefined {
  if (picture.stale) return picture.target
  return captured.request.frameId === undefined ? picture.target : captured.reading.target?.rect
}

function totalsOf(
  reading: PageReading,
  summary: PageSummary,
  picture: CapturedPicture,
): readonly Rect[] {
  const payable = summary.payable?.total
  if (payable === undefined) return []
  return picture.amounts.flatMap((rect, index) => {
    const money = readMoney(reading.amounts[index]?.text ?? '')
    return rect !== null && money.some((one) => sameMoney(one, payable)) ? [rect] : []
  })
}

/** Stands for a page that gave no reading: everything about it is unknown, and it says so. */
export function unreadableReading(address: string): PageReading {
  return {
    v: 1,
    url: withoutQuery(address),
    title: '',
    lang: '',
    headings: [],
    otherFields: [],
    amounts: [],
    rows: [],
    notes: [],
    frames: [],
    viewport: { width: 0, height: 0, deviceScaleFactor: 1 },
    blackRects: [],
    redactionIncomplete: true,
    truncated: true,
    opaque: ['unreadable'],
  }
}

function withoutQuery(address: string): string {
  try {
    const url = new URL(address)
    return url.origin === 'null' ? `${url.protocol}${url.pathname}` : url.origin + url.pathname
  } catch {
    return 'about:blank'
  }
}
