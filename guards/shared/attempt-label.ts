import { type Attempt, type ElementReading, plainLine } from 'holdpoint/guard'
import { identifierWords } from './words.ts'

/** How the attempt acts on the page. `nothing`: it only fills, ticks or opens something. */
export type Act = 'submits' | 'presses' | 'follows-link' | 'nothing'

const TEXT_ROLES = new Set(['textbox', 'searchbox', 'combobox', 'spinbutton', 'slider', 'listbox'])
const CHOICE_ROLES = new Set([
  'checkbox',
  'radio',
  'switch',
  'option',
  'tab',
  'menuitemcheckbox',
  'menuitemradio',
])
const BUTTON_TYPES = new Set(['submit', 'button', 'image', 'reset'])

/** What a click, press or submit does, by the target's tag, type, role and form. */
export function actOf(attempt: Attempt): Act {
  const target = attempt.page?.target
  const form = attempt.page?.form
  if (attempt.method === 'submit') return 'submits'
  if (target === undefined) {
    return attempt.via === 'request' && form !== undefined ? 'submits' : 'nothing'
  }
  if (isEntry(target)) {
    // Enter in a field submits the form; a click into it does nothing.
    return attempt.method === 'press' && form !== undefined ? 'submits' : 'nothing'
  }
  const type = target.type.toLowerCase()
  if (type === 'reset') return 'nothing'
  const tag = target.tag.toLowerCase()
  if (tag === 'a' || tag === 'area' || target.role === 'link') {
    return leadsElsewhere(attempt) ? 'follows-link' : 'presses'
  }
  if (form !== undefined && (type === 'submit' || type === 'image')) return 'submits'
  // A button without a type inside a form submits it.
  if (form !== undefined && tag === 'button' && type !== 'button') return 'submits'
  return 'presses'
}

/** The label that says what will happen: the target's own, or the submitting button's for Enter. */
export function labelOf(attempt: Attempt): string {
  const target = attempt.page?.target
  const submitter = attempt.page?.form?.submitter ?? ''
  // A script that submits a form has the form as its target, whose name is all its text.
  if (target === undefined || isEntry(target) || target.tag.toLowerCase() === 'form') {
    return plainLine(submitter, 300)
  }
  const own = [target.name, target.hint].find((text) => plainLine(text) !== '')
  if (own !== undefined) return plainLine(own, 300)
  // An icon without any text: the words of its id and name are all there is.
  return identifierWords(`${target.id} ${target.elementName}`).join(' ')
}

/** Whether the target is a field or choice, which is filled or ticked and does not act by itself. */
export function isEntry(target: ElementReading): boolean {
  const tag = target.tag.toLowerCase()
  const type = target.type.toLowerCase()
  if (TEXT_ROLES.has(target.role) || CHOICE_ROLES.has(target.role)) return true
  if (tag === 'input') return !BUTTON_TYPES.has(type)
  return tag === 'textarea' || tag === 'select' || tag === 'option' || tag === 'label'
}

/** Whether the target is the kind of element whose whole text is its label, however long. */
export function isButton(target: ElementReading | undefined): boolean {
  if (target === undefined) return true
  const tag = target.tag.toLowerCase()
  return tag === 'button' || tag === 'input' || target.role === 'button'
}

function leadsElsewhere(attempt: Attempt): boolean {
  const page = attempt.page
  const href = page?.target?.href
  if (page === undefined || href === undefined) return false
  const url = URL.parse(href)
  if (url === null || !url.protocol.startsWith('http')) return false
  // Query and fragment are cut off by the reading: a link to its own page is a button in disguise.
  return url.origin !== page.origin || url.pathname !== page.path
}
