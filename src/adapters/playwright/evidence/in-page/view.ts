import type { Box, Dom } from './dom.ts'
import type { Secrets } from './secrets.ts'

export type View = ReturnType<typeof makeView>
type Frame = { element: Element; x: number; y: number; scale: number; clip: Box }
type Info = {
  /** Nothing above hides it: display, opacity, clip. */
  shown: boolean
  /** A box without room cuts it off; what is positioned absolutely may stand outside that box. */
  pinched: boolean
  /** Shown, and its own text can be seen. */
  visible: boolean
  inline: boolean
  withheld: boolean
}

/** What a person sees: which elements, where on the screen, and the text in them. Caches live for one reading. */
export function makeView(dom: Dom, secrets: Secrets) {
  const style = getComputedStyle
  let infos = new Map<Element, Info>()
  let texts = new Map<Element, string>()
  let frames = new Map<Document, Frame>()
  let withheld = new Set<Element>()
  let base = { x: 0, y: 0 }
  let until = Number.POSITIVE_INFINITY
  let cut = false

  const cutTo = (text: string, max: number): string => {
    if (text.length <= max) return text
    const short = text.slice(0, max)
    // Half a surrogate pair is no character.
    return /[\ud800-\udbff]$/.test(short) ? short.slice(0, -1) : short
  }

  const parentOf = (node: Node): Element | null =>
    dom.flatParent(node) ?? frames.get(dom.ownerDocument(node))?.element ?? null

  /** Maps a rectangle of any reachable document to the top frame's viewport, cut to its frames. */
  const mapBox = (document: Document, box: Box): Box => {
    const frame = frames.get(document)
    if (frame === undefined) {
      return { x: box.x + base.x, y: box.y + base.y, width: box.width, height: box.height }
    }
    const x = Math.max(frame.clip.x, frame.x + box.x * frame.scale)
    const y = Math.max(frame.clip.y, frame.y + box.y * frame.scale)
    const right = frame.x + (box.x + box.width) * frame.scale
    const bottom = frame.y + (box.y + box.height) * frame.scale
    return {
      x,
      y,
      width: Math.max(0, Math.min(right, frame.clip.x + frame.clip.width) - x),
      height: Math.max(0, Math.min(bottom, frame.clip.y + frame.clip.height) - y),
    }
  }

  const mapPoint = (document: Document, x: number, y: number): { x: number; y: number } => {
    const frame = frames.get(document)
    return frame === undefined
      ? { x: x + base.x, y: y + base.y }
      : { x: frame.x + x * frame.scale, y: frame.y + y * frame.scale }
  }

  const box = (element: Element): Box => mapBox(dom.ownerDocument(element), dom.rect(element))

  const textBoxes = (node: Node, start: number, end: number): Box[] => {
    const document = dom.ownerDocument(node)
    const range = dom.range(document)
    range.setStart(node, start)
    range.setEnd(node, end)
    return Array.from(range.getClientRects(), (rect) => mapBox(document, rect))
  }

  const info = (element: Element): Info => {
    // From the top down and not by recursion: a script can nest elements deeper than the stack goes.
    const chain: Element[] = []
    let at: Element | null = element
    while (at !== null && !infos.has(at)) {
      chain.push(at)
      at = parentOf(at)
    }
    let above = at === null ? undefined : infos.get(at)
    for (let index = chain.length - 1; index >= 0; index -= 1) {
      const next = chain[index] as Element
      above = look(next, above)
      infos.set(next, above)
    }
    return above as Info
  }

  /** Left of or above everything that can be scrolled to, with all that it holds. */
  const away = (element: Element, rect: DOMRect): boolean => {
    if (rect.right > 0 && rect.bottom > 0) return false
    const document = dom.ownerDocument(element)
    const window = dom.view(document)
    const off = (box: DOMRect): boolean =>
      box.width > 0 &&
      (box.right + (window?.scrollX ?? 0) <= 0 || box.bottom + (window?.scrollY ?? 0) <= 0)
    if (!off(rect)) return false
    // Its text may run out of the box and back into view.
    const range = dom.range(document)
    range.selectNodeContents(element)
    return off(range.getBoundingClientRect())
  }

  const CLIP = /rect\(\s*(-?[\d.]+)px,?\s*(-?[\d.]+)px,?\s*(-?[\d.]+)px,?\s*(-?[\d.]+)px/
  const CLIPPED_AWAY = /inset\((?:[5-9]\d|100)%\)|circle\(0(?:px|%)?[ )]/

  const look = (element: Element, above: Info | undefined): Info => {
    const css = style(element)
    const display = css.display
    const rect = dom.rect(element)
    const loose = (): boolean => css.position === 'absolute' || css.position === 'fixed'
    const clip = css.clip === 'auto' ? null : CLIP.exec(css.clip)
    const clipped =
      (clip !== null &&
        loose() &&
        (Number(clip[2]) - Number(clip[4]) <= 1 || Number(clip[3]) - Number(clip[1]) <= 1)) ||
      (css.clipPath !== 'none' && CLIPPED_AWAY.test(css.clipPath))
    const pinched =
      ((above?.pinched ?? false) && !loose()) ||
      ((rect.width <= 1 || rect.height <= 1) &&
        display !== 'contents' &&
        css.overflow !== 'visible')
    const shown =
      (above?.shown ?? true) && display !== 'none' && Number(css.opacity) > 0.03 && !clipped
    return {
      shown,
      pinched,
      visible:
        shown &&
        !pinched &&
        css.visibility === 'visible' &&
        css.fontSize !== '0px' &&
        !away(element, rect),
      inline: display.startsWith('inline') || display === 'contents' || display === 'ruby',
      withheld: (above?.withheld ?? false) || withheld.has(element),
    }
  }

  const SKIP = /^(?:script|style|noscript|template|datalist|head|title|desc|metadata)$/
  const TYPED = /^(?:input|textarea|select|option|optgroup)$/
  const BUTTON = /^(?:submit|button|reset|image)$/

  const collect = (
    element: Element,
    out: { text: string },
    max: number,
    noButtons: boolean,
    depth: number,
  ): void => {
    if (out.text.length > max) return
    // Deeper than any page that people made; the stack is not endless.
    if (depth > 300) {
      cut = true
      return
    }
    const tag = dom.localName(element)
    if (SKIP.test(tag)) return
    const seen = info(element)
    if (!seen.shown) return
    if (seen.withheld) {
      out.text += ' •••• '
      return
    }
    if (TYPED.test(tag)) {
      if (tag === 'input' && BUTTON.test(dom.controlType(element) ?? '') && !noButtons) {
        out.text += ` ${dom.value(element) ?? ''} `
      }
      return
    }
    if (noButtons && (tag === 'button' || dom.attribute(element, 'role') === 'button')) return
    if (tag === 'br') {
      out.text += ' '
      return
    }
    if (!seen.inline) out.text += ' '
    // "182<sup>40</sup>" reads 182.40, not 18240.
    if (tag === 'sup' && /\d$/.test(out.text)) out.text += '.'
    let first = true
    for (const child of dom.flatChildren(element)) {
      const type = dom.nodeType(child)
      if (type === 1) collect(child as Element, out, max, noButtons, depth + 1)
      else if (type === 3 && seen.visible) {
        const data = dom.data(child as Text)
        if (
          first &&
          /[\p{L}\d\p{Sc}]$/u.test(out.text) &&
          /\p{L}$/u.test(out.text) !== /^\p{L}/u.test(data)
        ) {
          const number = /\d$/.test(out.text) && /^[\d.,]/.test(data)
          const price = /\p{Sc}$/u.test(out.text) && /^\d/.test(data)
          if (!number && !price) out.text += ' '
        }
        out.text += data.length > max ? data.slice(0, max) : data
      }
      first = false
      if (out.text.length > max) return
    }
    if (!seen.inline) out.text += ' '
  }

  /** One line without control and invisible characters; half surrogate pairs would break the store. */
  const squeeze = (text: string): string =>
    text
      .toWellFormed()
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .replace(/\p{Cf}/gu, '')
      .trim()

  /** Visible text, scrubbed of secrets, on one line. */
  const text = (element: Element, max = 300): string => {
    const known = texts.get(element)
    if (known !== undefined) return cutTo(known, max)
    const out = { text: '' }
    collect(element, out, 1_200, false, 0)
    const line = secrets.scrub(squeeze(out.text))
    texts.set(element, line)
    return cutTo(line, max)
  }

  return {
    begin: (options: { base: { x: number; y: number } }): void => {
      infos = new Map()
      texts = new Map()
      frames = new Map()
      withheld = new Set()
      base = options.base
      until = Number.POSITIVE_INFINITY
      cut = false
    },
    setFrame: (document: Document, frame: Frame): void => {
      frames.set(document, frame)
    },
    frameOf: (document: Document): Frame | undefined => frames.get(document),
    withhold: (element: Element): void => {
      withheld.add(element)
    },
    /** Caches taken before `withhold` would show what it hides. */
    forget: (): void => {
      infos = new Map()
      texts = new Map()
    },
    limit: (deadline: number): void => {
      until = deadline
    },
    /** Whether the time for everything but redaction is used up; remembered as `truncated`. */
    over: (): boolean => {
      if (!cut && performance.now() > until) cut = true
      return cut
    },
    cutShort: (): void => {
      cut = true
    },
    wasCut: (): boolean => cut,
    cutTo,
    squeeze,
    clean: (raw: string, max: number): string => cutTo(secrets.scrub(squeeze(raw)), max),
    parentOf,
    mapPoint,
    box,
    textBoxes,
    info,
    text,
    /** Text without the words on buttons in it: "Remove" is no part of a product's name. */
    plainText: (element: Element, max = 300): string => {
      const out = { text: '' }
      collect(element, out, 1_200, true, 0)
      return cutTo(secrets.scrub(squeeze(out.text)), max)
    },
    /** The line is drawn through everything inside, without being inherited. */
    struckOut: (element: Element): boolean => {
      let at: Element | null = element
      for (let level = 0; at !== null && level < 6; level += 1) {
        if (style(at).textDecorationLine.includes('line-through')) return true
        at = parentOf(at)
      }
      return false
    },
  }
}
