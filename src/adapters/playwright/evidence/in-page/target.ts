import type { ElementReading } from '../../../../core/reading.ts'
import type { Dom } from './dom.ts'
import type { Fields } from './fields.ts'
import type { Forms } from './forms.ts'
import type { View } from './view.ts'

export type Target = ReturnType<typeof makeTarget>
export type TargetHow =
  | { kind: 'point'; x: number; y: number }
  | { kind: 'focus' }
  | { kind: 'element' }
  | { kind: 'none' }

/** What an action would hit, and what it is called. */
export function makeTarget(dom: Dom, view: View, fields: Fields, forms: Forms) {
  const ACTIONABLE =
    'button,a[href],area[href],input,select,textarea,summary,label,option,[onclick],[contenteditable]:not([contenteditable=false]),' +
    'button link menuitem menuitemcheckbox menuitemradio option radio checkbox switch tab treeitem combobox textbox'
      .split(' ')
      .map((role) => `[role=${role}]`)
      .join(',')
  const DIALOG = 'dialog,[role=dialog],[role=alertdialog],[aria-modal=true]'
  const HEADING = 'h1,h2,h3,h4,h5,h6,[role=heading]'

  /** The innermost element at a point, through open shadow roots and readable frames. */
  const hit = (x: number, y: number): Element | undefined => {
    let root: Node = document
    let found: Element | null = dom.hit(root, x, y)
    for (let depth = 0; found !== null && depth < 30; depth += 1) {
      const inner = dom.shadowRoot(found)
      const frame = dom.frameDocument(found)
      const place = frame == null ? undefined : view.frameOf(frame)
      let next: Element | null = null
      if (inner !== null) {
        root = inner
        const at = local(found, x, y)
        next = dom.hit(root, at.x, at.y)
      } else if (frame != null && place !== undefined) {
        root = frame
        next = dom.hit(root, (x - place.x) / place.scale, (y - place.y) / place.scale)
      }
      if (next === null || next === found) break
      found = next
    }
    return found ?? undefined
  }

  const local = (element: Element, x: number, y: number): { x: number; y: number } => {
    const place = view.frameOf(dom.ownerDocument(element))
    return place === undefined
      ? { x, y }
      : { x: (x - place.x) / place.scale, y: (y - place.y) / place.scale }
  }

  const focused = (): Element | undefined => {
    let found: Element | null = dom.active(document)
    for (let depth = 0; found !== null && depth < 30; depth += 1) {
      const inner = dom.shadowRoot(found)
      const frame = dom.frameDocument(found)
      const readable = frame != null && view.frameOf(frame) !== undefined ? frame : null
      const next: Element | null =
        inner !== null ? dom.active(inner) : readable !== null ? dom.active(readable) : null
      if (next === null) break
      found = next
    }
    return found ?? undefined
  }

  /** Goes up to what reacts: a button around the icon, a label's control, the box with the pointer cursor. */
  const actionable = (element: Element): Element => {
    let at: Element | null = element
    for (let level = 0; at !== null && level < 15; level += 1) {
      if (dom.matches(at, ACTIONABLE)) {
        const control = dom.labelled(at)
        return control ?? at
      }
      at = dom.flatParent(at)
    }
    if (getComputedStyle(element).cursor !== 'pointer') return element
    let top = element
    for (let up = dom.flatParent(top); up !== null; up = dom.flatParent(up)) {
      if (getComputedStyle(up).cursor !== 'pointer') break
      const box = view.box(up)
      if (box.width * box.height > (innerWidth * innerHeight) / 3) break
      top = up
    }
    return top
  }

  const find = (how: TargetHow, chosen: Element | undefined): Element | undefined => {
    if (how.kind === 'none') return undefined
    if (how.kind === 'focus') return focused()
    const element = how.kind === 'point' ? hit(how.x, how.y) : chosen
    return element === undefined || forms.isForm(element) ? element : actionable(element)
  }

  const images = (element: Element): string =>
    dom
      .queryAll(element, 'img[alt],svg title,[aria-label],[title]')
      .slice(0, 5)
      .map((one) =>
        dom.localName(one) === 'title'
          ? view.squeeze(dom.textContent(one) ?? '')
          : dom.attribute(one, 'alt') ||
            dom.attribute(one, 'aria-label') ||
            dom.attribute(one, 'title'),
      )
      .filter((words) => words !== '')
      .join(' ')

  /** What a person sees on it; what only assistive technology hears counts when nothing is seen. */
  const name = (element: Element, max = 300): string => {
    const button =
      forms.submits(element) || /^(?:button|reset)$/.test(dom.controlType(element) ?? '')
    if (dom.localName(element) === 'input' && button) {
      const standard = { submit: 'Submit', reset: 'Reset' }[dom.controlType(element) as string]
      const own = dom.value(element) || dom.attribute(element, 'alt') || (standard ?? '')
      if (own !== '') return view.clean(own, max)
    } else if (fields.isField(element)) return view.cutTo(fields.label(element), max)
    return view.clean(
      view.text(element, max) ||
        fields.byId(element, dom.attribute(element, 'aria-labelledby')) ||
        dom.attribute(element, 'aria-label') ||
        images(element) ||
        dom.attribute(element, 'title'),
      max,
    )
  }

  const hint = (element: Element): string => {
    const seen = view.text(element, 300)
    const parts = [dom.attribute(element, 'aria-label'), dom.attribute(element, 'title')]
    if (!/\p{L}{2}/u.test(seen)) {
      const icon = dom.queryAll(element, 'svg,i,use,img,[class*=icon]')[0]
      parts.push(images(element), dom.attribute(element, 'class'))
      if (icon !== undefined) {
        parts.push(
          dom.attribute(icon, 'class'),
          dom.attribute(icon, 'data-icon'),
          dom.attribute(icon, 'href'),
        )
      }
    }
    return view.clean([...new Set(parts.filter((part) => part !== ''))].join(' '), 200)
  }

  const dialogOf = (element: Element): Element | undefined => {
    for (let at: Element | null = element; at !== null; at = view.parentOf(at)) {
      if (dom.matches(at, DIALOG)) return at
    }
    return undefined
  }

  const dialogTitle = (dialog: Element): string =>
    view.cutTo(
      fields.byId(dialog, dom.attribute(dialog, 'aria-labelledby')) ||
        view.clean(dom.attribute(dialog, 'aria-label'), 300) ||
        headings([dialog], 1)[0] ||
        view.text(dialog, 100),
      300,
    )

  const headings = (roots: Node[], max: number): string[] => {
    const found: string[] = []
    for (const root of roots) {
      for (const element of dom.queryAll(root, `${HEADING},legend`)) {
        if (found.length >= max || (found.length > 3 && view.over())) return found
        const words = view.info(element).visible ? view.text(element, 200) : ''
        if (words !== '') found.push(words)
      }
    }
    return found
  }

  const headingAbove = (element: Element): string => {
    const root = dom.rootNode(element)
    let nearest = ''
    for (const heading of dom.queryAll(root, HEADING).slice(0, 500)) {
      if ((dom.position(heading, element) & Node.DOCUMENT_POSITION_FOLLOWING) === 0) break
      if (view.over()) break
      if (view.info(heading).visible) nearest = view.text(heading, 300) || nearest
    }
    return nearest
  }

  const read = (element: Element, shift: { x: number; y: number }): ElementReading => {
    const dialog = dialogOf(element)
    const heading = headingAbove(element)
    const href = /^(?:a|area)$/.test(dom.localName(element)) ? dom.attribute(element, 'href') : ''
    const box = view.box(element)
    const beside = around(element)
    return {
      tag: view.cutTo(dom.localName(element), 40),
      type: view.cutTo(dom.controlType(element) ?? '', 40),
      role: view.clean(dom.attribute(element, 'role'), 60),
      name: name(element),
      id: view.clean(dom.attribute(element, 'id'), 200),
      elementName: view.clean(dom.attribute(element, 'name'), 200),
      ...(href === '' ? {} : { href: forms.address(href, dom.baseUri(element)) }),
      hint: hint(element),
      disabled:
        dom.matches(element, ':disabled') || dom.attribute(element, 'aria-disabled') === 'true',
      ...(box.width > 0 && box.height > 0
        ? { rect: { ...box, x: box.x - shift.x, y: box.y - shift.y } }
        : {}),
      ...(dialog === undefined ? {} : { dialog: dialogTitle(dialog) }),
      ...(heading === '' ? {} : { heading }),
      ...(beside === undefined ? {} : { around: view.text(beside, 500) }),
    }
  }

  /** The list row, card or dialog that a target stands in, or the largest short block around it. */
  const around = (element: Element): Element | undefined => {
    let best: Element | undefined
    for (let at = view.parentOf(element); at !== null; at = view.parentOf(at)) {
      if (/^(?:body|html)$/.test(dom.localName(at))) break
      if (view.squeeze(dom.textContent(at) ?? '').length > 500) break
      best = at
      if (dom.matches(at, `${DIALOG},li,tr,article,section,aside,[role=listitem],[role=row]`)) break
    }
    return best
  }

  /** What stands around the target: its dialog, form or section, for notes and for reading it first. */
  const scope = (element: Element | undefined, form: Element | undefined): Element | undefined => {
    if (element === undefined) return form
    const dialog = dialogOf(element)
    if (dialog !== undefined || form !== undefined) return dialog ?? form
    let at: Element = element
    for (let level = 0; level < 5; level += 1) {
      const up = dom.flatParent(at)
      if (up === null || /^(?:body|html|main)$/.test(dom.localName(up))) break
      at = up
      if (/^(?:section|article|aside|fieldset|td)$/.test(dom.localName(at))) break
    }
    return at
  }

  return { around, find, focused, headings, name, read, scope }
}
