import type { Dom } from './dom.ts'
import type { Scan } from './redaction.ts'

export type Plain = ReturnType<typeof makePlain>
export type PlainTarget = {
  kind: 'css'
  selector: string
  /** From inside the border of its corner; default the middle. */
  position?: { x: number; y: number }
}

/**
 * Where a click on a plain selector lands: on the one element that it means, in the document and its open
 * shadow roots, as Playwright looks for it. Nothing if there is none, or several, or it is not in the
 * window: then Playwright itself is asked.
 */
export function makePlain(dom: Dom) {
  const boxes = (element: Element): DOMRect[] =>
    Array.from(Reflect.apply(Element.prototype.getClientRects, element, []) as DOMRectList)

  const only = (selector: string, roots: Node[]): Element | undefined => {
    let found: Element | undefined
    for (const root of roots) {
      // A selector does not go into frames.
      if (root !== document && dom.ownerDocument(root) !== document) continue
      for (const element of dom.queryAll(root, selector)) {
        if (found !== undefined) return undefined
        found = element
      }
    }
    return found
  }

  const inWindow = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < innerWidth && y < innerHeight

  return {
    pointOf: (how: PlainTarget, scan: Scan): { x: number; y: number } | undefined => {
      if (window !== window.parent || scan.incomplete) return undefined
      const element = only(how.selector, scan.roots)
      if (element === undefined) return undefined
      if (how.position !== undefined) {
        const box = dom.rect(element)
        const style = getComputedStyle(element)
        const x = box.left + Number.parseFloat(style.borderLeftWidth) + how.position.x
        const y = box.top + Number.parseFloat(style.borderTopWidth) + how.position.y
        return box.width * box.height > 0.99 && inWindow(x, y) ? { x, y } : undefined
      }
      for (const box of boxes(element)) {
        // Cut to the window, the first that has an area: as Playwright chooses.
        const left = Math.max(0, box.left)
        const up = Math.max(0, box.top)
        const right = Math.min(innerWidth, box.right)
        const down = Math.min(innerHeight, box.bottom)
        if (right > left && down > up && (right - left) * (down - up) > 0.99) {
          return { x: (left + right) / 2, y: (up + down) / 2 }
        }
      }
      return undefined
    },
  }
}
