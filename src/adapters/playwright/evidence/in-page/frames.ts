import type { Dom } from './dom.ts'
import type { View } from './view.ts'

export type Frames = ReturnType<typeof makeFrames>

/** What can be looked into, frames and shadow roots, and what cannot. */
export function makeFrames(dom: Dom, view: View) {
  const sameOrigin = (document: Document | null | undefined): Document | null => {
    try {
      const inner = document == null ? undefined : dom.view(document)?.origin
      // Opaque origins all call themselves "null" and are equal to nothing.
      return inner !== undefined && inner !== 'null' && inner === origin
        ? (document as Document)
        : null
    } catch {
      return null
    }
  }

  /** A frame that is turned or skewed cannot be mapped to the picture by its rectangle. */
  const upright = (element: Element): boolean => {
    for (let at: Element | null = element; at !== null; at = view.parentOf(at)) {
      const css = getComputedStyle(at)
      if (css.rotate !== 'none' || css.scale.includes('-') || css.offsetPath !== 'none')
        return false
      if (css.transform === 'none') continue
      const [a = 0, b = 1, c = 1, d = 0] =
        /^matrix\(([^)]*)\)/.exec(css.transform)?.[1]?.split(',').map(Number) ?? []
      // Mirrored and upside down have no skew, but a negative scale. In three dimensions: no telling.
      if (a <= 0 || d <= 0 || Math.abs(b) > 1e-6 || Math.abs(c) > 1e-6) return false
    }
    return true
  }

  const enterFrame = (element: Element, document: Document): boolean => {
    const raw = dom.rect(element)
    const { offsetWidth, offsetHeight, clientLeft, clientTop } = element as HTMLElement
    const ratio = offsetWidth > 0 ? raw.width / offsetWidth : 1
    if (Math.abs(raw.height - offsetHeight * ratio) > 2 || !upright(element)) return false
    const owner = dom.ownerDocument(element)
    const outer = view.frameOf(owner)
    const corner = view.mapPoint(owner, raw.x, raw.y)
    const scale = ratio * (outer?.scale ?? 1)
    const css = getComputedStyle(element)
    view.setFrame(document, {
      element,
      x: corner.x + (clientLeft + Number.parseFloat(css.paddingLeft)) * scale,
      y: corner.y + (clientTop + Number.parseFloat(css.paddingTop)) * scale,
      scale,
      clip: view.box(element),
    })
    return true
  }

  const bare = (element: Element): boolean => {
    for (let node = dom.firstChild(element); node !== null; node = dom.nextSibling(node)) {
      const type = dom.nodeType(node)
      if (type === 1 || (type === 3 && dom.data(node).trim() !== '')) return false
    }
    return true
  }

  /** Closed roots cannot be seen from here, but what they paint gives them away. */
  const maybeClosed = (element: Element, custom: boolean): boolean => {
    if (custom) {
      if (bare(element)) return true
      // Light children that take no room on screen were not given a slot, or only stand in for one.
      for (const child of dom.flatChildren(element)) {
        if (dom.isElement(child) && dom.rect(child).height > 0) return false
        if (dom.isText(child) && view.textBoxes(child, 0, dom.data(child).length).length > 0)
          return false
      }
      return true
    }
    // An empty box whose height nobody set, and which still has one, shows something.
    const css = getComputedStyle(element)
    const around =
      Number.parseFloat(css.paddingTop) +
      Number.parseFloat(css.paddingBottom) +
      Number.parseFloat(css.borderTopWidth) +
      Number.parseFloat(css.borderBottomWidth)
    if (
      dom.rect(element).height <= around + 4 ||
      (css.minHeight !== 'auto' && css.minHeight !== '0px')
    )
      return false
    if (css.position === 'absolute' || css.position === 'fixed' || css.aspectRatio !== 'auto')
      return false
    const parent = view.parentOf(element)
    if (parent !== null && /flex|grid/.test(getComputedStyle(parent).display)) return false
    if (/^["a-z]/.test(getComputedStyle(element, '::before').content.replace('none', '')))
      return false
    if (/^["a-z]/.test(getComputedStyle(element, '::after').content.replace('none', '')))
      return false
    return String(dom.typedStyle(element).get('height')) === 'auto'
  }

  return { bare, enterFrame, maybeClosed, sameOrigin }
}
