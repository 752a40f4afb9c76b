import type { Rect } from '../../../core/reading.ts'

/** RGB pixels, three bytes each, row by row. */
export interface Pixels {
  readonly data: Buffer
  readonly widthPx: number
  readonly heightPx: number
}

/** Fills rectangles with black, in place. Given in CSS pixels; edges round outwards, never inwards. */
export function blackOut(pixels: Pixels, rects: readonly Rect[], scale: number): void {
  const { data, widthPx, heightPx } = pixels
  for (const rect of rects) {
    const left = Math.max(0, Math.floor(rect.x * scale))
    const right = Math.min(widthPx, Math.ceil((rect.x + rect.width) * scale))
    const bottom = Math.min(heightPx, Math.ceil((rect.y + rect.height) * scale))
    if (left >= right) continue
    for (let y = Math.max(0, Math.floor(rect.y * scale)); y < bottom; y += 1) {
      data.fill(0, (y * widthPx + left) * 3, (y * widthPx + right) * 3)
    }
  }
}

type Colour = readonly [red: number, green: number, blue: number]
// White, colour, near-black: one of the three stands out on any page.
const BANDS: ReadonlyArray<readonly [to: number, colour: Colour]> = [
  [2, [255, 255, 255]],
  [6.5, [255, 61, 0]],
  [8.5, [12, 16, 28]],
]

/** Draws a frame around a rectangle (in pixels), outside it, with rounded corners. */
export function drawMark(pixels: Pixels, target: Rect, unit: number): void {
  const { data, widthPx, heightPx } = pixels
  const gap = 3 * unit
  const reach = gap + 8.5 * unit
  const cx = target.x + target.width / 2
  const cy = target.y + target.height / 2
  const halfWidth = target.width / 2 + gap
  const halfHeight = target.height / 2 + gap
  const radius = Math.min(7 * unit, halfWidth, halfHeight)
  const left = Math.max(0, Math.floor(target.x - reach - 1))
  const right = Math.min(widthPx, Math.ceil(target.x + target.width + reach + 1))
  const top = Math.max(0, Math.floor(target.y - reach - 1))
  const bottom = Math.min(heightPx, Math.ceil(target.y + target.height + reach + 1))
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const dx = Math.abs(x + 0.5 - cx) - halfWidth + radius
      const dy = Math.abs(y + 0.5 - cy) - halfHeight + radius
      const distance =
        Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius
      if (distance < -1 || distance > 8.5 * unit + 1) continue
      paintBands(data, (y * widthPx + x) * 3, distance, unit)
    }
  }
}

function paintBands(data: Buffer, at: number, distance: number, unit: number): void {
  let from = 0
  for (const [to, colour] of BANDS) {
    // How much of this pixel the band covers, for smooth edges.
    const inner = Math.min(1, Math.max(0, distance - from * unit + 0.5))
    const outer = Math.min(1, Math.max(0, to * unit - distance + 0.5))
    const cover = Math.min(inner, outer)
    if (cover > 0) {
      for (let channel = 0; channel < 3; channel += 1) {
        const before = data[at + channel] ?? 0
        data[at + channel] = Math.round(before + ((colour[channel] ?? 0) - before) * cover)
      }
    }
    from = to
  }
}

/** A copy of a part. */
export function cut(pixels: Pixels, part: Rect): Pixels {
  const { data, widthPx } = pixels
  const rows: Buffer[] = []
  for (let y = part.y; y < part.y + part.height; y += 1) {
    rows.push(data.subarray((y * widthPx + part.x) * 3, (y * widthPx + part.x + part.width) * 3))
  }
  return { data: Buffer.concat(rows), widthPx: part.width, heightPx: part.height }
}
