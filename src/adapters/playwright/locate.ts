import type { ElementHandle, Frame, Locator, Page } from 'playwright'
import type { ReadHow as How } from './evidence/index.ts'

type Point = { readonly x: number; readonly y: number }

/** The point that Playwright would click: the middle of the box, or `position` from its corner. */
export async function pointOf(
  target: Locator | ElementHandle,
  position?: Point,
): Promise<Point | undefined> {
  const box = await boxOf(target)
  if (box === undefined) return undefined
  return position === undefined
    ? { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    : { x: box.x + position.x, y: box.y + position.y }
}

async function boxOf(target: Locator | ElementHandle) {
  // A short time: an element that is not there yet is waited for by Playwright's own call, not by us.
  const box =
    'waitFor' in target ? await target.boundingBox({ timeout: 1_000 }) : await target.boundingBox()
  return box ?? undefined
}

/** Hit-tests the point in the middle of the target, scrolled into view as the click itself would. */
export async function howOfTarget(
  page: Page,
  target: Locator | ElementHandle,
  position?: Point,
): Promise<How | undefined> {
  try {
    let point = await pointOf(target, position)
    if (point === undefined) return undefined
    if (!isInView(page, point)) {
      await target.scrollIntoViewIfNeeded({ timeout: 1_000 })
      point = await pointOf(target, position)
    }
    return point === undefined ? undefined : { target: { kind: 'point', ...point } }
  } catch {
    // Not there, not visible, several of them: the call itself will say so, in Playwright's words.
    return undefined
  }
}

function isInView(page: Page, point: Point): boolean {
  const viewport = page.viewportSize()
  if (viewport === null) return false
  return point.x >= 0 && point.y >= 0 && point.x < viewport.width && point.y < viewport.height
}

/** The locator of a frame's selector call, strict or not as the call is. */
export function locatorOf(frame: Frame, selector: string, strict: boolean): Locator {
  const locator = frame.locator(selector)
  return strict ? locator : locator.first()
}
