import type { FieldReading, FormReading } from '../../../../core/reading.ts'
import type { Dom } from './dom.ts'
import type { Fields } from './fields.ts'
import type { View } from './view.ts'

export type Forms = ReturnType<typeof makeForms>
export type FormEntry = { name: string; value: string; fileName?: string }

/** The form an action belongs to, what it would send, and the fields that stand outside it. */
export function makeForms(dom: Dom, view: View, fields: Fields) {
  const isForm = (element: Element | null | undefined): element is HTMLFormElement =>
    element != null && dom.isHtml(element) && dom.localName(element) === 'form'

  /** The form by association, else the form around it on screen: buttons in shadow roots have no other. */
  const formOf = (element: Element): HTMLFormElement | undefined => {
    const own = dom.formOf(element)
    if (own != null) return own
    for (let at: Element | null = element; at !== null; at = dom.flatParent(at)) {
      if (isForm(at)) return at
    }
    return undefined
  }

  const members = (form: HTMLFormElement): Element[] => Array.from(dom.elements(form))

  const submits = (element: Element): boolean =>
    /^(?:submit|image)$/.test(dom.controlType(element) ?? '') &&
    /^(?:button|input)$/.test(dom.localName(element))

  /** The button that Enter presses: the first submit button in tree order, seen or not. */
  const defaultButton = (form: HTMLFormElement): Element | undefined => {
    const images = dom
      .queryAll(form, 'input[type=image]')
      .filter((image) => dom.formOf(image) === form)
    return [...members(form), ...images]
      .filter(submits)
      .sort((a, b) => (dom.position(a, b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))[0]
  }

  /** A form as its own target was submitted by script, without a button. */
  const submitterOf = (target: Element | undefined, form: HTMLFormElement): Element | undefined => {
    if (target === form) return undefined
    return target !== undefined && submits(target) && dom.formOf(target) === form
      ? target
      : defaultButton(form)
  }

  /** Without query and fragment; other schemes keep their name only. */
  const address = (raw: string, base: string): string => {
    try {
      const url = new URL(raw, base)
      return /^(?:https?|file):$/.test(url.protocol)
        ? view.clean(
            url.origin === 'null' ? `file://${url.pathname}` : url.origin + url.pathname,
            2_000,
          )
        : url.protocol === 'mailto:'
          ? view.clean(`mailto:${url.pathname}`, 2_000)
          : url.protocol
    } catch {
      return ''
    }
  }

  const ordered = (list: Element[], max: number): FieldReading[] => {
    const read: FieldReading[] = []
    for (const element of list) {
      if (read.length >= max || (read.length > 20 && view.over())) {
        view.cutShort()
        break
      }
      read.push(fields.read(element))
    }
    return read
  }

  const inForm = (form: HTMLFormElement): Element[] => {
    const associated = members(form)
    const seen = new Set(associated)
    const other = dom.queryAll(form, fields.FIELDS).filter((one) => !seen.has(one))
    return [...associated, ...other].filter((one) => fields.isField(one))
  }

  /** Where the form's one field of this name stands, as a selector; none for what is not a plain part of the page. */
  const pathOf = (form: HTMLFormElement, name: string): string | undefined => {
    const [field, ...more] = inForm(form).filter((one) => fields.read(one).name === name)
    if (field === undefined || more.length > 0 || dom.rootNode(field) !== document) return undefined
    const steps: string[] = []
    for (let at: Node | null = field; dom.isElement(at); at = dom.parentNode(at)) {
      let place = 0
      const parent: Node | null = dom.parentNode(at)
      if (parent === null) return undefined
      for (let node = dom.firstChild(parent); node !== null; node = dom.nextSibling(node)) {
        if (dom.isElement(node)) place += 1
        if (node === at) break
      }
      steps.unshift(`${CSS.escape(dom.localName(at))}:nth-child(${place})`)
    }
    return steps.join(' > ')
  }

  const readForm = (
    form: HTMLFormElement,
    target: Element | undefined,
    name: (of: Element) => string,
  ): FormReading => {
    const submitter = submitterOf(target, form)
    const given = (attribute: string): string =>
      (submitter === undefined ? '' : dom.attribute(submitter, `form${attribute}`)) ||
      dom.attribute(form, attribute)
    const method = given('method').toLowerCase()
    return {
      action:
        given('action') === ''
          ? address(dom.view(dom.ownerDocument(form))?.location.href ?? '', dom.baseUri(form))
          : address(given('action'), dom.baseUri(form)),
      method: /^(?:post|dialog)$/.test(method) ? method : 'get',
      enctype: view.cutTo(
        given('enctype').toLowerCase() || 'application/x-www-form-urlencoded',
        60,
      ),
      name: view.clean(dom.attribute(form, 'name'), 200),
      id: view.clean(dom.attribute(form, 'id'), 200),
      target: view.clean(given('target'), 100),
      fields: ordered(inForm(form), 300),
      ...(submitter === undefined ? {} : { submitter: name(submitter) }),
    }
  }

  const readOthers = (roots: Node[], form: HTMLFormElement | undefined): FieldReading[] => {
    const inside = new Set(form === undefined ? [] : inForm(form))
    const outside = roots.flatMap((root) =>
      dom
        .queryAll(root, fields.FIELDS)
        .filter((one) => !inside.has(one) && fields.isField(one) && fields.visible(one)),
    )
    return ordered(outside, 100)
  }

  /**
   * The list that submitting would send now, by the rules of the HTML standard, without the `formdata`
   * event that the browser's own constructor fires into the page. Custom form controls keep their value
   * out of reach; a form that has them is left to the browser's constructor, event and all.
   */
  const entries = (
    form: HTMLFormElement,
    target: Element | undefined,
    live: boolean,
  ): FormEntry[] => {
    const submitter = submitterOf(target, form)
    const custom = members(form).some((one) => dom.localName(one).includes('-'))
    if (live || custom) {
      const data = new FormData(form, (submitter ?? null) as HTMLElement | null)
      return Array.from(data.entries(), ([name, value]) =>
        typeof value === 'string' ? { name, value } : { name, value: '', fileName: value.name },
      )
    }
    const list: FormEntry[] = []
    const images =
      submitter !== undefined && dom.controlType(submitter) === 'image' ? [submitter] : []
    for (const element of [...members(form), ...images]) {
      const tag = dom.localName(element)
      const type = dom.controlType(element) ?? ''
      if (
        type === '' ||
        dom.matches(element, ':disabled') ||
        dom.closest(element, 'datalist') !== null
      )
        continue
      if (/^(?:submit|image|button|reset)$/.test(type) && tag !== 'select' && element !== submitter)
        continue
      if (/^(?:checkbox|radio)$/.test(type) && dom.checked(element) !== true) continue
      const name = dom.attribute(element, 'name')
      if (type === 'image') {
        const prefix = name === '' ? '' : `${name}.`
        list.push({ name: `${prefix}x`, value: '0' }, { name: `${prefix}y`, value: '0' })
        continue
      }
      if (name === '') continue
      if (tag === 'select') {
        for (const option of Array.from(dom.chosen(element) ?? [])) {
          if (!dom.matches(option, ':disabled'))
            list.push({ name, value: dom.optionValue(option) ?? '' })
        }
      } else if (type === 'file') {
        const files = Array.from(dom.files(element) ?? [])
        for (const file of files) list.push({ name, value: '', fileName: file.name })
        if (files.length === 0) list.push({ name, value: '', fileName: '' })
      } else if (type === 'hidden' && name.toLowerCase() === '_charset_') {
        list.push({ name, value: 'UTF-8' })
      } else {
        const value = dom.value(element) ?? ''
        list.push({
          name,
          value: tag === 'textarea' ? value.replace(/\r\n|\r|\n/g, '\r\n') : value,
        })
        const direction = dom.attribute(element, 'dirname')
        if (direction !== '')
          list.push({ name: direction, value: getComputedStyle(element).direction })
      }
    }
    return list
  }

  return {
    address,
    defaultButton,
    entries,
    formOf,
    isForm,
    pathOf,
    readForm,
    readOthers,
    submitterOf,
    submits,
  }
}
