import { randomBytes } from 'node:crypto'
import type { Locator } from 'playwright'
import { loadPlaywright } from './load-playwright.ts'

export type Point = { readonly x: number; readonly y: number }

/** Where a click on an element lands: `middle` of its first visible box, `corner` inside its border. */
export interface Spot {
  readonly middle: Point
  readonly corner: Point
}

/** Says nothing of us: Playwright evaluates engines in the page's own world too, where `eval` may listen. */
const ENGINE = `at${randomBytes(6).toString('hex')}`

/**
 * A selector engine that answers where its element is, as the text of a node that stands in no document.
 * The same boxes as Playwright's own click: cut to the window, the first that has an area. By prototypes,
 * as a form's fields shadow its properties in every world. Silent inside frames: their place is not known there.
 */
const SOURCE = `{
  query(root) { return this.queryAll(root)[0] },
  queryAll(root) {
    if (self !== top) return [new Text('')]
    const seen = Array.from(Element.prototype.getClientRects.call(root), (box) => {
      const left = Math.max(0, box.left), up = Math.max(0, box.top)
      const right = Math.min(innerWidth, box.right), down = Math.min(innerHeight, box.bottom)
      return { left, up, right, down, area: Math.max(0, right - left) * Math.max(0, down - up) }
    }).find((box) => box.area > 0.99)
    if (seen === undefined) return [new Text('')]
    const box = Element.prototype.getBoundingClientRect.call(root)
    const style = getComputedStyle(root)
    return [new Text(JSON.stringify({
      middle: { x: (seen.left + seen.right) / 2, y: (seen.up + seen.down) / 2 },
      corner: {
        x: box.left + parseFloat(style.borderLeftWidth),
        y: box.top + parseFloat(style.borderTopWidth),
      },
    }))]
  },
}`

let offered: Promise<void> | undefined

/** Makes the engine known to Playwright, for documents that are shown from now on. Never throws. */
export function offerSpots(): Promise<void> {
  offered ??= loadPlaywright()
    .then(({ selectors }) =>
      selectors.register(ENGINE, { content: SOURCE }, { contentScript: true }),
    )
    .catch(() => {})
  return offered
}

/**
 * Where the locator's element is, in one trip instead of the six of `boundingBox`. Undefined where that
 * cannot be told or trusted so cheaply: then the long way is gone. Throws when there is no such element.
 */
export async function spotOf(
  locator: Locator,
  selector: string,
  timeoutMs: number,
): Promise<Spot | undefined> {
  if (offered === undefined || !isReadApart(selector)) return undefined
  try {
    const told = await locator.locator(`${ENGINE}=x`).textContent({ timeout: timeoutMs })
    return told === null || told === '' ? undefined : (JSON.parse(told) as Spot)
  } catch (error) {
    // Not there within the time. Anything else (a document older than the engine) may yet go the long way.
    if (error instanceof Error && error.name === 'TimeoutError') throw error
    return undefined
  }
}

// Playwright's own engines that search in its isolated world and hold no other selector.
const APART =
  /^\*?(?:css|text|xpath|id|nth|visible|data-testid|data-test-id|data-test|aria-ref|internal:(?:role|text|label|attr|testid|has-text|has-not-text|describe))$/

/**
 * Whether a selector is looked for in Playwright's isolated world. One engine of the page's own world
 * (`_react`, or a custom one) anywhere in it moves the whole selector there, where the page can answer
 * for the DOM. Careful: cut at every `>>`, inside of quotes too; what is not known is not.
 */
export function isReadApart(selector: string): boolean {
  return selector.split('>>').every((part) => {
    const name = /^\s*([\w:*+-]+)\s*=/.exec(part)?.[1]
    return name === undefined || APART.test(name)
  })
}
