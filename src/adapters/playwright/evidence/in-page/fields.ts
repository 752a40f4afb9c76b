import type { FieldReading } from '../../../../core/reading.ts'
import type { Dom } from './dom.ts'
import type { SecretKind, Secrets } from './secrets.ts'
import type { View } from './view.ts'

export type Fields = ReturnType<typeof makeFields>

/** Fields as a person reads them. The value of a secret one never leaves this world. */
export function makeFields(dom: Dom, secrets: Secrets, view: View) {
  let kinds = new Map<Element, SecretKind | null>()
  const FIELDS =
    'input,select,textarea,[contenteditable]:not([contenteditable=false]),[role=textbox],[role=combobox],[role=spinbutton],[role=checkbox],[role=switch],[role=radio]'
  const NO_FIELD = /^(?:submit|button|reset|image)$/

  const typeOf = (element: Element): string => {
    const type = dom.controlType(element)
    if (type !== undefined && dom.localName(element) !== 'button') return type
    return dom.attribute(element, 'role') || 'text'
  }

  const rawValue = (element: Element): string => {
    const chosen = dom.chosen(element)
    if (chosen !== undefined) {
      return Array.from(chosen, (option) => dom.optionText(option) ?? '').join(', ')
    }
    const value = dom.value(element)
    if (value !== undefined) return value
    // Rich text: its own text nodes, which `plainText` leaves alone.
    return view.squeeze(dom.textContent(element) ?? '')
  }

  const byId = (element: Element, ids: string): string => {
    const root = dom.rootNode(element)
    return ids
      .split(/\s+/)
      .filter((id) => id !== '')
      .slice(0, 5)
      .map((id) => dom.queryAll(root, `#${CSS.escape(id)}`)[0])
      .map((named) => (named === undefined ? '' : view.text(named, 200)))
      .join(' ')
      .trim()
  }

  /** Words that stand before a field without being tied to it: the cell to the left, the text above. */
  const wordsBefore = (element: Element): string => {
    let at: Element | null = element
    for (let level = 0; level < 3 && at !== null; level += 1) {
      const parent: Element | null = dom.flatParent(at)
      if (parent === null) return ''
      const siblings = dom.flatChildren(parent)
      let words = ''
      for (let index = siblings.indexOf(at) - 1; index >= 0 && words === ''; index -= 1) {
        const sibling = siblings[index] as Node
        if (dom.isText(sibling)) words = view.squeeze(dom.data(sibling))
        else if (dom.isElement(sibling)) {
          // Another field's words belong to that field.
          if (dom.matches(sibling, FIELDS) || dom.queryAll(sibling, FIELDS).length > 0) return ''
          words = view.text(sibling, 200)
        }
      }
      if (/\p{L}/u.test(words)) return words.length <= 100 ? words : ''
      at = parent
    }
    return ''
  }

  const label = (element: Element): string => {
    const tied = dom.labels(element)
    const shown =
      tied === undefined || tied === null
        ? ''
        : Array.from(tied, (one) => view.text(one, 200))
            .join(' ')
            .trim()
    if (shown !== '') return view.cutTo(shown, 200)
    const named =
      byId(element, dom.attribute(element, 'aria-labelledby')) ||
      dom.attribute(element, 'aria-label') ||
      dom.attribute(element, 'placeholder') ||
      dom.attribute(element, 'title') ||
      (dom.attribute(element, 'type') === 'hidden' ? '' : wordsBefore(element))
    return view.clean(named, 200)
  }

  const secretOf = (element: Element): SecretKind | undefined => {
    const known = kinds.get(element)
    if (known !== undefined) return known ?? undefined
    const type = typeOf(element)
    const kind = view.info(element).withheld
      ? 'other'
      : secrets.classify({
          tag: dom.localName(element),
          type,
          autocomplete: dom.attribute(element, 'autocomplete'),
          numeric:
            /^(?:numeric|decimal|tel)$/.test(dom.attribute(element, 'inputmode')) || type === 'tel',
          maxLength: Number(dom.attribute(element, 'maxlength') || '0'),
          words: [
            dom.attribute(element, 'name'),
            dom.attribute(element, 'id'),
            type === 'hidden' ? '' : label(element),
            dom.attribute(element, 'aria-label'),
            dom.attribute(element, 'placeholder'),
          ].join(' '),
          value: rawValue(element),
        })
    kinds.set(element, kind ?? null)
    return kind
  }

  const isField = (element: Element): boolean =>
    dom.matches(element, FIELDS) && !NO_FIELD.test(dom.controlType(element) ?? '')

  const visible = (element: Element): boolean => {
    if (dom.controlType(element) === 'hidden') return false
    if (view.info(element).visible && view.box(element).width > 0) return true
    // Styled check boxes hide the input itself and show its label.
    const tied = dom.labels(element)
    return (
      /^(?:checkbox|radio|file)$/.test(typeOf(element)) &&
      tied !== undefined &&
      tied !== null &&
      Array.from(tied).some((one) => view.info(one).visible && dom.rect(one).width > 1)
    )
  }

  /** What a menu takes; undefined when it is not all told. */
  const menuOf = (element: Element): NonNullable<FieldReading['takes']>['menu'] => {
    const all = Array.from(dom.options(element) ?? [])
    const open = all.filter((option) => !dom.matches(option, ':disabled'))
    const options = open.map((option) => ({
      value: dom.optionValue(option) ?? '',
      label: dom.optionText(option) ?? '',
    }))
    const [chosen] = Array.from(dom.chosen(element) ?? [], (option) => dom.optionValue(option))
    const told = options.every(
      ({ value, label }) => view.clean(value, 200) === value && view.clean(label, 200) === label,
    )
    return chosen !== undefined && options.length <= 50 && told ? { options, chosen } : undefined
  }

  /** Undefined for what a person could not change, or whose value is not told as it stands. */
  const takesOf = (element: Element, type: string, raw: string): FieldReading['takes'] => {
    const isMenu = type === 'select-one' && dom.localName(element) === 'select'
    const isTyped =
      /^(?:text|number|date|textarea)$/.test(type) &&
      /^(?:input|textarea)$/.test(dom.localName(element))
    if (!(isMenu || isTyped) || dom.matches(element, ':disabled')) return undefined
    if (dom.hasAttribute(element, 'readonly') || view.clean(raw, 400) !== raw) return undefined
    const menu = isMenu ? menuOf(element) : undefined
    if (isMenu && menu === undefined) return undefined
    const attribute = (name: string): string => view.cutTo(dom.attribute(element, name), 40)
    return {
      min: attribute('min'),
      max: attribute('max'),
      step: attribute('step'),
      maxLength: attribute('maxlength'),
      ...(menu === undefined ? {} : { menu }),
    }
  }

  const read = (element: Element): FieldReading => {
    const kind = secretOf(element)
    const raw = rawValue(element)
    const type = typeOf(element)
    const files = type === 'file' ? dom.files(element) : undefined
    const state = /^(?:checkbox|radio)$/.test(type) ? dom.checked(element) : undefined
    const aria = dom.attribute(element, 'aria-checked')
    const checked = state ?? (aria === '' ? undefined : aria === 'true')
    const last4 = raw.replace(/[^A-Za-z0-9]/g, '').slice(-4)
    const takes = kind === undefined ? takesOf(element, type, raw) : undefined
    const long = raw.replace(/[^A-Za-z0-9]/g, '').length >= 10
    return {
      label: label(element),
      name: view.clean(dom.attribute(element, 'name') || dom.attribute(element, 'id'), 200),
      type: view.cutTo(type, 40),
      autocomplete: view.clean(dom.attribute(element, 'autocomplete'), 100),
      value: kind !== undefined || type === 'file' ? '' : view.clean(raw, 400),
      secret: kind !== undefined,
      ...(long && (kind === 'card' || kind === 'account') ? { last4 } : {}),
      filled: checked ?? (files === undefined || files === null ? raw !== '' : files.length > 0),
      visible: visible(element),
      ...(checked === undefined ? {} : { checked }),
      ...(files === undefined || files === null
        ? {}
        : { files: Array.from(files, (file) => view.clean(file.name, 200)).slice(0, 20) }),
      ...(takes === undefined ? {} : { takes }),
    }
  }

  return {
    FIELDS,
    isField,
    label,
    read,
    rawValue,
    secretOf,
    visible,
    byId,
    forget: (): void => {
      kinds = new Map()
    },
  }
}
