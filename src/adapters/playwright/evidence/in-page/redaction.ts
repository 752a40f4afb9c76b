import type { Box, Dom } from './dom.ts'
import type { Fields } from './fields.ts'
import type { Frames } from './frames.ts'
import type { Secrets } from './secrets.ts'
import type { View } from './view.ts'

export type Redaction = ReturnType<typeof makeRedaction>
export type Scan = {
  boxes: Box[]
  incomplete: boolean
  opaque: string[]
  /** Elements that may have a closed root besides what they show; only CDP can tell. */
  suspects: Box[]
  frames: { origin: string; crossOrigin: boolean; rect?: Box }[]
  /** Documents and open shadow roots that can be read, in order. */
  roots: Node[]
  textNodes: Text[]
}

/** Finds what must be black in the picture. Runs before everything else and has no time budget. */
export function makeRedaction(
  dom: Dom,
  secrets: Secrets,
  view: View,
  fields: Fields,
  { bare, enterFrame, maybeClosed, sameOrigin }: Frames,
) {
  const FRAMES = 'iframe,frame,object,embed,fencedframe,portal'
  const INPUTS = 'input,select,textarea,[contenteditable],[role=textbox],[role=spinbutton]'

  const inView = (box: Box, width: number, height: number): boolean =>
    box.width > 0 &&
    box.height > 0 &&
    box.x < width &&
    box.y < height &&
    box.x + box.width > 0 &&
    box.y + box.height > 0

  const scan = (options: {
    selectors: string[]
    nodeCap: number
    width: number
    height: number
  }): Scan => {
    const result: Scan = {
      boxes: [],
      incomplete: false,
      opaque: [],
      suspects: [],
      frames: [],
      roots: [],
      textNodes: [],
    }
    const opaque = new Set<string>()
    const known: string[] = []
    let measured = 0
    const black = (box: Box): void => {
      measured += 1
      if (!inView(box, options.width, options.height)) return
      const x = Math.floor(box.x) - 1
      const y = Math.floor(box.y) - 1
      result.boxes.push({
        x,
        y,
        width: Math.ceil(box.x + box.width) + 1 - x,
        height: Math.ceil(box.y + box.height) + 1 - y,
      })
    }
    const blackElement = (element: Element): void => {
      const box = view.box(element)
      black(box)
      if (box.width > 0 && box.height > 0) return
      for (const child of dom.flatChildren(element)) if (dom.isElement(child)) blackElement(child)
    }

    const visitFrame = (element: Element): Document | null => {
      const document = sameOrigin(dom.frameDocument(element))
      const rect = view.box(element)
      let address = ''
      try {
        const given = dom.attribute(element, 'src') || dom.attribute(element, 'data')
        address = given === '' ? origin : new URL(given, dom.baseUri(element)).origin
      } catch {
        address = 'null'
      }
      const shown = view.info(element).shown && rect.width > 1 && rect.height > 1
      const readable = document !== null && (!shown || enterFrame(element, document))
      if (document === null || shown) {
        const plugin = !/^(?:iframe|frame)$/.test(dom.localName(element))
        if (!plugin || document === null) {
          result.frames.push({
            origin: document === null ? address : origin,
            crossOrigin: document === null,
            ...(shown ? { rect } : {}),
          })
        }
      }
      if (readable && shown) return document
      if (shown) {
        black(rect)
        opaque.add('cross-origin-frame')
      }
      return null
    }

    const visitRoot = (root: Node): void => {
      result.roots.push(root)
      for (const selector of options.selectors) {
        for (const element of dom.queryAll(root, selector)) {
          view.withhold(element)
          blackElement(element)
        }
      }
      const document = dom.nodeType(root) === 9 ? (root as Document) : dom.ownerDocument(root)
      const roots: Node[] = []
      for (const element of dom.queryAll(root, '*')) {
        measured += 0.01
        const inner = dom.shadowRoot(element)
        if (inner !== null) {
          roots.push(inner)
          continue
        }
        const tag = dom.localName(element)
        const custom = tag.includes('-')
        if (!custom && !(HOSTS.has(tag) && bare(element))) continue
        if (!dom.isHtml(element)) continue
        const box = view.box(element)
        if (!inView(box, options.width, options.height) || box.width < 8 || box.height < 6) continue
        measured += 1
        if (!view.info(element).shown) continue
        if (maybeClosed(element, custom)) {
          opaque.add('closed-shadow-root')
          black(box)
        } else result.suspects.push(box)
      }
      for (const element of dom.queryAll(root, 'canvas,video')) {
        const box = view.box(element)
        if (box.width * box.height > 4_000 && inView(box, options.width, options.height)) {
          opaque.add(dom.localName(element))
        }
      }
      for (const element of dom.queryAll(root, INPUTS)) {
        measured += 0.1
        const secret = fields.secretOf(element)
        if (secret === undefined) continue
        const value = fields.rawValue(element)
        known.push(value)
        if (dom.controlType(element) !== 'hidden') blackElement(element)
      }
      const walker = dom.walker(document, root, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        measured += 0.01
        result.textNodes.push(node as Text)
        if (measured > options.nodeCap) {
          result.incomplete = true
          return
        }
      }
      for (const inner of roots) visitRoot(inner)
      for (const element of dom.queryAll(root, FRAMES)) {
        const inner = visitFrame(element)
        if (inner !== null) visitRoot(inner)
      }
    }

    const HOSTS = new Set(
      'article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span'.split(
        ' ',
      ),
    )

    const blackTexts = (): void => {
      const parts: { node: Text; start: number; end: number }[] = []
      let all = ''
      for (const node of result.textNodes) {
        const data = dom.data(node)
        if (data.trim() === '') {
          all += ' '
          continue
        }
        const parent = dom.flatParent(node)
        if (parent !== null && /^(?:script|style|noscript|template)$/.test(dom.localName(parent)))
          continue
        // A line separator, which is white space: a number split over elements is still found.
        all += '\u2028'
        parts.push({ node, start: all.length, end: all.length + data.length })
        all += data
      }
      for (const span of secrets.find(all)) {
        // Binary search: a page may hold tens of thousands of text nodes.
        let low = 0
        let high = parts.length - 1
        while (low < high) {
          const middle = (low + high) >> 1
          if ((parts[middle] as { end: number }).end <= span.start) low = middle + 1
          else high = middle
        }
        for (let at = low; at < parts.length; at += 1) {
          const part = parts[at] as { node: Text; start: number; end: number }
          if (part.start >= span.end) break
          const from = Math.max(0, span.start - part.start)
          const to = Math.min(part.end, span.end) - part.start
          if (from < to) for (const box of view.textBoxes(part.node, from, to)) black(box)
        }
      }
    }

    try {
      visitRoot(document)
      secrets.setKnown(known)
      blackTexts()
      if (measured > options.nodeCap || result.boxes.length > 400) result.incomplete = true
    } catch {
      result.incomplete = true
    }
    if (result.incomplete) result.boxes.length = 0
    result.opaque = [...opaque]
    // What was measured above came before all withheld parts were known.
    view.forget()
    return result
  }

  return { scan }
}
