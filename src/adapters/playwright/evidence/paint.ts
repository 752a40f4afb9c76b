import type { Rect } from '../../../core/reading.ts'
import type { CapturedPicture } from './capture.ts'
import { cropRegion } from './crop.ts'
import { imageOf } from './image.ts'
import { blackOut, cut, drawMark, type Pixels } from './pixels.ts'
import { drawStrip, type StripFacts, stripHeightPx } from './strip.ts'
import { textSvg, textWidth } from './stroke-font.ts'

const MAX_WIDTH_PX = 1_600
const MAX_BYTES = 1_000_000

/** A finished JPEG: redacted, marked, with the strip on top. */
export interface PaintedPicture {
  readonly bytes: Uint8Array
  readonly widthPx: number
  readonly heightPx: number
}

/** What is painted besides the picture itself. */
export interface PaintOptions {
  readonly strip: StripFacts
  /** The target in CSS pixels of the viewport; default the one of the capture. */
  readonly target?: Rect
  /** Places of the payable total, in CSS pixels: one that stands near the target is kept in the crop. */
  readonly totals?: readonly Rect[]
  /** Of the JPEG at most; less if it grows too large. Default 82. */
  readonly quality?: number
}

/** The full picture, and the part around the target for messages. */
export interface PaintedEvidence {
  readonly full: PaintedPicture
  readonly crop?: PaintedPicture
  readonly blackedOut: boolean
}

/** Paints and encodes a capture. Pure Node, off the agent's path: the page is not touched. */
export async function paintPicture(
  picture: CapturedPicture,
  options: PaintOptions,
): Promise<PaintedEvidence> {
  const strip = { ...options.strip, stale: picture.stale }
  const { quality = 82 } = options
  if (picture.blackOut !== undefined) {
    const pixels = await withheld(picture)
    return { full: await finish(pixels, strip, quality), blackedOut: true }
  }
  const { pixels, scale } = await redacted(picture)
  const target = options.target ?? picture.target
  if (target !== undefined) drawMark(pixels, scaled(target, scale), markUnit(pixels, scale))
  const region =
    target === undefined
      ? undefined
      : cropRegion(
          scaled(target, scale),
          (options.totals ?? []).map((total) => scaled(total, scale)),
          pixels,
          scale,
        )
  const [full, crop] = await Promise.all([
    finish(pixels, strip, quality),
    region === undefined ? undefined : finish(cut(pixels, region), strip, quality),
  ])
  return { full, ...(crop === undefined ? {} : { crop }), blackedOut: false }
}

/** Line widths in pixels for one CSS pixel, so that the mark is as clear on a phone as on a wide screen. */
function markUnit(pixels: Pixels, scale: number): number {
  return Math.max(0.8, Math.min(scale, pixels.widthPx / 640))
}

async function redacted(picture: CapturedPicture): Promise<{ pixels: Pixels; scale: number }> {
  const decoded = await (await imageOf(picture.png))
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height } = decoded.info
  const full: Pixels = { data: decoded.data, widthPx: width, heightPx: height }
  const { scale } = picture
  // Black comes first: every later step sees only what may be seen.
  blackOut(full, picture.blackRects, scale)
  if (width <= MAX_WIDTH_PX) return { pixels: full, scale }
  const smaller = await (await imageOf(full.data, { raw: { width, height, channels: 3 } }))
    .resize({ width: MAX_WIDTH_PX })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return {
    pixels: {
      data: smaller.data,
      widthPx: smaller.info.width,
      heightPx: smaller.info.height,
    },
    scale: (scale * MAX_WIDTH_PX) / width,
  }
}

async function withheld(picture: CapturedPicture): Promise<Pixels> {
  const shrink = Math.min(1, MAX_WIDTH_PX / picture.widthPx)
  const width = Math.max(1, Math.round(picture.widthPx * shrink))
  const height = Math.max(1, Math.round(picture.heightPx * shrink))
  const lines = ['Picture withheld', picture.blackOut ?? '']
  const caps = [Math.min(18, width / 16), Math.min(12, width / 30)]
  const words = lines.map((text, index) => {
    const cap = caps[index] ?? 12
    const x = (width - textWidth(text, cap)) / 2
    const colour = index === 0 ? '#ffffff' : '#94a3b8'
    return textSvg([{ text, colour, bold: index === 0 }], x, height / 2 - 24 + index * 40, cap)
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}"/>${words.join('')}</svg>`
  const { data } = await (await imageOf(Buffer.from(svg)))
    .flatten({ background: '#000000' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, widthPx: width, heightPx: height }
}

async function finish(pixels: Pixels, strip: StripFacts, best: number): Promise<PaintedPicture> {
  const { widthPx } = pixels
  const heightPx = pixels.heightPx + stripHeightPx(widthPx)
  const rgb = Buffer.concat([await drawStrip(strip, widthPx), pixels.data])
  for (const quality of [best, 65, 45, 25].filter((one) => one <= best)) {
    const bytes = await (
      await imageOf(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    )
      .jpeg({ quality })
      .toBuffer()
    if (bytes.length <= MAX_BYTES || quality === 25) return { bytes, widthPx, heightPx }
  }
  throw new Error('unreachable')
}

function scaled(rect: Rect, scale: number): Rect {
  return {
    x: rect.x * scale,
    y: rect.y * scale,
    width: rect.width * scale,
    height: rect.height * scale,
  }
}
