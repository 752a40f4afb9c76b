import type { ElementHandle, Frame, Locator, Page } from 'playwright'
import type { ReadHow as How } from './evidence/index.ts'
import { type Point, spotOf } from './point-engine.ts'

// A short time: an element that is not there yet is waited for by Playwright's own call, not by us.
const THERE_MS = 1_000

/** Selectors of the locators made here: a locator does not tell its own. */
const selectors = new WeakMap<Locator, string>()

/** Hit-tests the point in the middle of the target, scrolled into view as the click itself would. */
export async function howOfTarget(
  page: Page,
  target: Locator | ElementHandle,
  position?: Point,
): Promise<How | undefined> {
  try {
    const point =
      (await shownPointOf(page, target, position)) ?? (await pointOf(page, target, position))
    return point === undefined ? undefined : { target: { kind: 'point', ...point } }
  } catch {
    // Not there, not visible, several of them: the call itself will say so, in Playwright's words.
    return undefined
  }
}

// A tag, ids, classes, whole attributes: one element's own marks. What is further than that is Playwright's.
const PLAIN =
  /^(?:css=)?(?=\S)([a-z][a-z\d-]*)?((?:[#.][a-z_][\w-]*|\[[a-z_][\w-]*(?:="[^"\\\]]*")?\])*)$/i
const TEST_ID = /^internal:testid=(\[[a-z_][\w-]*="[^"\\\]]*")s\]$/i

/** A selector that the reading can find by itself, exactly as Playwright would: one trip less. */
export function plainTarget(
  page: Page,
  frame: Frame,
  selector: string,
  position?: Point,
): How | undefined {
  if (frame !== page.mainFrame()) return undefined
  const id = TEST_ID.exec(selector)?.[1]
  const plain = PLAIN.exec(selector)
  const css = id === undefined ? plain && `${plain[1] ?? ''}${plain[2] ?? ''}` : `${id}]`
  if (css === null || css === '') return undefined
  return {
    target: { kind: 'css', selector: css, ...(position === undefined ? {} : { position }) },
  }
}

/** The same by one question, for what stands in the window already. */
async function shownPointOf(
  page: Page,
  target: Locator | ElementHandle,
  position: Point | undefined,
): Promise<Point | undefined> {
  if (!('waitFor' in target)) return undefined
  const selector = selectors.get(target)
  const spot = selector === undefined ? undefined : await spotOf(target, selector, THERE_MS)
  if (spot === undefined || position === undefined) return spot?.middle
  const point = { x: spot.corner.x + position.x, y: spot.corner.y + position.y }
  return isInView(page, point) ? point : undefined
}

/** The point that Playwright would click: the middle of the box, or `position` from its corner. */
async function pointOf(
  page: Page,
  target: Locator | ElementHandle,
  position: Point | undefined,
): Promise<Point | undefined> {
  const point = await pointIn(target, position)
  if (point === undefined || isInView(page, point)) return point
  await target.scrollIntoViewIfNeeded({ timeout: THERE_MS })
  return pointIn(target, position)
}

async function pointIn(
  target: Locator | ElementHandle,
  position: Point | undefined,
): Promise<Point | undefined> {
  const box =
    'waitFor' in target
      ? await target.boundingBox({ timeout: THERE_MS })
      : await target.boundingBox()
  if (box === null) return undefined
  return position === undefined
    ? { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    : { x: box.x + position.x, y: box.y + position.y }
}

function isInView(page: Page, point: Point): boolean {
  const viewport = page.viewportSize()
  if (viewport === null) return false
  return point.x >= 0 && point.y >= 0 && point.x < viewport.width && point.y < viewport.height
}

/** The locator of a frame's selector call, strict or not as the call is. */
export function locatorOf(frame: Frame, selector: string, strict: boolean): Locator {
  const locator = strict ? frame.locator(selector) : frame.locator(selector).first()
  selectors.set(locator, selector)
  return locator
}
