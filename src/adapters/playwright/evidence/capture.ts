import type { Page } from 'playwright'
import type { PageReading, Rect } from '../../../core/reading.ts'
import { closedRootBoxes } from './closed-roots.ts'
import { withDeadline } from './deadline.ts'
import type { PageReader, PageRects } from './page-reader.ts'

/** Pixels as the browser gave them, with secrets in them: in memory only, until `paintPicture` has blacked them out. */
export interface CapturedPicture {
  readonly png: Uint8Array
  readonly widthPx: number
  readonly heightPx: number
  readonly blackRects: readonly Rect[]
  /** The action's target, and the amounts of the reading that it belongs to. */
  readonly target?: Rect
  readonly amounts: readonly (Rect | null)[]
  /** Picture pixels for one CSS pixel. */
  readonly scale: number
  /** Why nothing may be shown: redaction was incomplete, or the page moved all the time. */
  readonly blackOut?: string
  readonly stale: boolean
  readonly at: Date
}

/** A picture, or why there is none. */
export type Capture = { readonly picture: CapturedPicture } | { readonly missing: string }

/** How a capture is taken. */
export interface CaptureOptions {
  /** For all calls together; default 1,500. */
  readonly deadlineMs?: number
  /** A reading of the main frame taken just now: saves reading the rectangles once more. */
  readonly before?: PageReading
  readonly now: Date
}

/** What a guard without a picture still has: the last one of each page. */
const lastPictures = new WeakMap<Page, { url: string; picture: CapturedPicture }>()

/**
 * Captures what the tab shows, with the rectangles that must be black. They are read before and after the
 * pixels; if they differ, once more; if they still do and did not just slide, everything is black. Never throws.
 */
export async function capturePicture(
  page: Page,
  reader: PageReader,
  options: CaptureOptions,
): Promise<Capture> {
  const end = performance.now() + (options.deadlineMs ?? 1_500)
  // Before its first paint a blank page gives an error, and during navigation the call may hang for good.
  if (page.url() === 'about:blank') return { missing: 'the page is blank' }
  try {
    const picture = await shoot(page, reader, end, options)
    lastPictures.set(page, { url: page.url(), picture })
    return { picture }
  } catch (error) {
    const last = lastPictures.get(page)
    // A frame of another page would show the reviewer something else than what is asked.
    if (last !== undefined && last.url === page.url()) {
      return { picture: { ...last.picture, stale: true } }
    }
    return { missing: error instanceof Error ? error.message : 'the capture failed' }
  }
}

async function shoot(
  page: Page,
  reader: PageReader,
  end: number,
  { before, now }: CaptureOptions,
): Promise<CapturedPicture> {
  const left = (): number => end - performance.now()
  const session = await withDeadline(reader.session(page), left(), 'attaching to the page')
  const rects = (): Promise<PageRects> => reader.rects(page, { deadlineMs: left() })
  let first: Pick<PageRects, 'blackRects' | 'redactionIncomplete' | 'target'> =
    before === undefined
      ? await rects()
      : {
          blackRects: before.blackRects,
          redactionIncomplete: before.redactionIncomplete,
          target: before.target?.rect,
        }
  for (let attempt = 1; ; attempt += 1) {
    const { data } = await withDeadline(
      session.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true }),
      left(),
      'capturing the page',
    )
    const png = Buffer.from(data, 'base64')
    const after = await rects()
    const still = sameRects(first.blackRects, after.blackRects)
    const placed = sameRects(listOf(first.target), listOf(after.target))
    if ((!still || !placed) && attempt === 1) {
      first = after
      continue
    }
    const slid = still ? after.blackRects : slideOf(first.blackRects, after.blackRects)
    const hidden = after.suspects.length === 0 ? [] : await closedBoxes(after, left())
    const { widthPx, heightPx } = sizeOf(png)
    const scale = scaleOf(widthPx, heightPx, after.viewport)
    const blackOut =
      first.redactionIncomplete || after.redactionIncomplete
        ? 'redaction was incomplete'
        : slid === undefined
          ? 'the page kept moving'
          : scale !== undefined
            ? undefined
            : 'the picture is not of the size that the page said'
    return {
      png,
      widthPx,
      heightPx,
      blackRects: [...(slid ?? []), ...hidden],
      ...(after.target === undefined ? {} : { target: after.target }),
      amounts: after.amounts,
      scale: scale ?? 1,
      ...(blackOut === undefined ? {} : { blackOut }),
      stale: false,
      at: now,
    }
  }

  async function closedBoxes(rectsNow: PageRects, leftMs: number): Promise<readonly Rect[]> {
    try {
      return await closedRootBoxes(session, Math.min(300, leftMs))
    } catch {
      // Unknown is treated as closed: the suspects' whole boxes go black.
      return rectsNow.suspects
    }
  }
}

function listOf(rect: Rect | undefined): readonly Rect[] {
  return rect === undefined ? [] : [rect]
}

function sameRects(a: readonly Rect[], b: readonly Rect[]): boolean {
  return a.length === b.length && a.every((rect, index) => travel(rect, b[index]) < 0.75)
}

function travel(a: Rect, b: Rect | undefined): number {
  if (b === undefined) return Number.POSITIVE_INFINITY
  return Math.max(
    Math.abs(a.x - b.x),
    Math.abs(a.y - b.y),
    Math.abs(a.width - b.width),
    Math.abs(a.height - b.height),
  )
}

/** Boxes that hold each rectangle on its way from `a` to `b`; undefined if one came, went or jumped. */
function slideOf(a: readonly Rect[], b: readonly Rect[]): readonly Rect[] | undefined {
  if (a.length !== b.length || a.some((rect, index) => travel(rect, b[index]) > 80))
    return undefined
  return a.map((from, index) => {
    const to = b[index] ?? from
    const x = Math.min(from.x, to.x)
    const y = Math.min(from.y, to.y)
    return {
      x,
      y,
      width: Math.max(from.x + from.width, to.x + to.width) - x,
      height: Math.max(from.y + from.height, to.y + to.height) - y,
    }
  })
}

/** Width and height stand at fixed places of every PNG's first chunk. */
function sizeOf(png: Buffer): { widthPx: number; heightPx: number } {
  return { widthPx: png.readUInt32BE(16), heightPx: png.readUInt32BE(20) }
}

/**
 * Picture pixels for one CSS pixel. A raw capture comes at the device's scale or, when another CDP session
 * set the emulation, at 1; a phone's page may be zoomed out besides. So it is measured. Undefined if width
 * and height disagree: boxes would land elsewhere.
 */
function scaleOf(
  widthPx: number,
  heightPx: number,
  viewport: PageReading['viewport'],
): number | undefined {
  const scale = widthPx / viewport.width
  const even = Math.abs(viewport.height * scale - heightPx) <= 2 + 2 * scale
  return even && scale > 0.1 && scale < 10 ? scale : undefined
}
