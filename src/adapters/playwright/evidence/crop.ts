import type { Rect } from '../../../core/reading.ts'
import type { Pixels } from './pixels.ts'

const MAX_CSS = { width: 900, height: 640 }
const MIN_CSS = { width: 560, height: 280 }
const MARGIN_CSS = 44

/**
 * The part of a picture that holds the target and, where one stands near enough, a total. In whole
 * pixels. Undefined if the target is not in the picture or the part would be nearly all of it.
 */
export function cropRegion(
  target: Rect,
  totals: readonly Rect[],
  picture: Pick<Pixels, 'widthPx' | 'heightPx'>,
  scale: number,
): Rect | undefined {
  const screen = { x: 0, y: 0, width: picture.widthPx, height: picture.heightPx }
  const seen = overlap(target, screen)
  if (seen === undefined) return undefined
  const fits = (rect: Rect): boolean =>
    rect.width <= MAX_CSS.width * scale && rect.height <= MAX_CSS.height * scale
  const withTotal = totals
    .filter((total) => overlap(total, screen) !== undefined && !inside(total, target))
    .map((total) => union(seen, total))
    .filter(fits)
    .sort((a, b) => a.width * a.height - b.width * b.height)[0]
  const core = withTotal ?? seen
  const width = size(core.width, MIN_CSS.width, MAX_CSS.width, picture.widthPx, scale)
  const height = size(core.height, MIN_CSS.height, MAX_CSS.height, picture.heightPx, scale)
  if (width * height > picture.widthPx * picture.heightPx * 0.8) return undefined
  return {
    x: place(core.x + core.width / 2, width, picture.widthPx),
    y: place(core.y + core.height / 2, height, picture.heightPx),
    width,
    height,
  }
}

function size(core: number, min: number, max: number, limit: number, scale: number): number {
  const wanted = Math.max(core + 2 * MARGIN_CSS * scale, min * scale)
  return Math.round(Math.min(wanted, (max + 2 * MARGIN_CSS) * scale, limit))
}

function place(middle: number, length: number, limit: number): number {
  return Math.round(Math.min(Math.max(0, middle - length / 2), limit - length))
}

function overlap(a: Rect, b: Rect): Rect | undefined {
  const x = Math.max(a.x, b.x)
  const y = Math.max(a.y, b.y)
  const width = Math.min(a.x + a.width, b.x + b.width) - x
  const height = Math.min(a.y + a.height, b.y + b.height) - y
  return width > 0 && height > 0 ? { x, y, width, height } : undefined
}

function inside(a: Rect, b: Rect): boolean {
  return (
    a.x >= b.x - 1 &&
    a.y >= b.y - 1 &&
    a.x + a.width <= b.x + b.width + 1 &&
    a.y + a.height <= b.y + b.height + 1
  )
}

function union(a: Rect, b: Rect): Rect {
  const x = Math.min(a.x, b.x)
  const y = Math.min(a.y, b.y)
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  }
}
