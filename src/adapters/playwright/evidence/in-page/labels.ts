import type { Dom } from './dom.ts'
import type { View } from './view.ts'

export type Labels = ReturnType<typeof makeLabels>

/** Finds amounts in text and the words that belong to them. `money` is the pattern of `core/money`. */
export function makeLabels(dom: Dom, view: View, data: { money: string }) {
  const MONEY = new RegExp(data.money, 'u')
  const ALL_MONEY = new RegExp(data.money, 'gu')
  const SPLIT_MONEY = new RegExp(data.money.replace(/\((?!\?)/g, '(?:'), 'u')
  const DIGIT = /[\d٠-٩۰-۹０-９]/
  const ROW = 'tr,li,dl>div,[role=row],[role=listitem]'

  const latin = (text: string): string =>
    text
      .replace(/[٠-٩۰-۹０-９]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
      .replace(/[٫．]/g, '.')
      .replace(/[٬，]/g, ',')
  const hasMoney = (text: string): boolean => DIGIT.test(text) && MONEY.test(latin(text))
  const withoutMoney = (text: string): string =>
    view.squeeze(
      latin(text)
        .replace(ALL_MONEY, ' ')
        .replace(/^[\s:·|,;–-]+|[\s:·|,;–-]+$/g, ''),
    )
  const hasWords = (text: string): boolean => /\p{L}{2}|\p{Lo}/u.test(text)

  const closest = (element: Element, selector: string, levels: number): Element | undefined => {
    let at: Element | null = element
    for (let level = 0; at !== null && level < levels; level += 1) {
      if (dom.matches(at, selector)) return at
      at = dom.flatParent(at)
    }
    return undefined
  }

  /** The smallest element whose text is an amount: the mark and the number may be in two spans. */
  const smallest = (node: Text): { element: Element; text: string } | undefined => {
    let at: Element | null = dom.flatParent(node)
    for (let level = 0; at !== null && level < 4; level += 1) {
      const text = view.text(at, 1_000)
      if (hasMoney(text)) {
        // "A4" and "2" in cells are no price, though their row holds one.
        if (level > 0 && hasWords(dom.data(node))) return undefined
        const number = /\d[\d.,'’]*/.exec(latin(dom.data(node)))?.[0] ?? ''
        if (level > 0 && withoutMoney(text).split(/\s+/).includes(number)) return undefined
        if (text.length <= 120) return { element: at, text }
        const own = view.squeeze(dom.data(node))
        const found = MONEY.exec(latin(own))
        // A sentence: the amount with the words around it.
        if (found === null) return undefined
        const from = Math.max(0, found.index - 90)
        return {
          element: at,
          text: view.clean(own.slice(from, found.index + found[0].length + 60), 200),
        }
      }
      if (text.length > 120) return undefined
      at = dom.flatParent(at)
    }
    return undefined
  }

  const siblingText = (node: Node): string => {
    if (dom.isText(node)) {
      const parent = dom.flatParent(node)
      return parent !== null && view.info(parent).visible ? view.clean(dom.data(node), 300) : ''
    }
    return dom.isElement(node) ? view.plainText(node, 300) : ''
  }

  /** Words before the amount up to the next amount, else behind it; `row` is where they were found. */
  const beside = (element: Element, text: string): { label: string; row: Element } => {
    const row = closest(element, ROW, 8)
    const whole = row === undefined ? '' : view.plainText(row, 300)
    const inRow = whole.length > 250 ? '' : withoutMoney(whole)
    // One run of words in the row belongs to all its amounts; several are told apart below.
    const runs = latin(whole).split(SPLIT_MONEY).filter(hasWords).length
    if (row !== undefined && runs === 1 && inRow !== '') return { label: inRow, row }
    const [before = '', ...behind] = latin(text).split(SPLIT_MONEY)
    if (hasWords(before)) return { label: withoutMoney(text), row: row ?? element }
    const own = withoutMoney(behind.join(' ')) || period(element)
    let at = element
    for (let level = 0; level < 5; level += 1) {
      const parent = dom.flatParent(at)
      if (parent === null || /^(?:body|html)$/.test(dom.localName(parent))) break
      const siblings = dom.flatChildren(parent)
      const here = siblings.indexOf(at)
      for (const step of [-1, 1]) {
        let words = ''
        for (let index = here + step; index >= 0 && index < siblings.length; index += step) {
          const sibling = siblings[index] as Node
          const part = siblingText(sibling)
          if (hasMoney(part)) {
            const mixed = withoutMoney(part)
            // "91.20 €" alone is passed over on the way to the name; "Subtotal 91.20 €" is another row.
            if (hasWords(words) || hasWords(mixed)) break
            continue
          }
          words = step < 0 ? `${part} ${words}` : `${words} ${part}`
          const heading = dom.isElement(sibling) && !view.info(sibling).inline
          if (hasWords(words) && (heading || words.length > 80)) {
            // Cells of one row belong together; blocks above each other do not.
            if (!sameLine(sibling, element)) break
          }
        }
        words = view.squeeze(words)
        if (step > 0 && hasWords(own)) return { label: own, row: row ?? element }
        if (hasWords(words) && words.length <= 200) {
          // "€20 / month" takes the words before it as well: "Pro plan / month".
          return { label: view.squeeze(`${words} ${own}`), row: parent }
        }
        if (words.length > 200) return { label: view.cutTo(inRow, 200), row: row ?? element }
      }
      if (row === parent) break
      at = parent
    }
    return { label: own || view.cutTo(inRow, 200), row: row ?? element }
  }

  /** "/ month" right behind an amount, in a text or element of its own. */
  const period = (element: Element): string => {
    let at: Element | null = element
    for (let level = 0; at !== null && level < 2; level += 1) {
      const next = dom.nextSibling(at)
      const words = next === null ? '' : siblingText(next)
      const found = /^\s*(?:\/|per\b|pro\b|par\b|al\b|je\b|each\b)[^.;,]{0,24}/iu.exec(words)
      if (found !== null) return view.squeeze(found[0])
      if (words !== '') return ''
      at = dom.flatParent(at)
    }
    return ''
  }

  const sameLine = (node: Node, element: Element): boolean => {
    if (!dom.isElement(node)) return true
    const a = dom.rect(node)
    const b = dom.rect(element)
    return a.top < b.bottom && b.top < a.bottom
  }

  return { ROW, DIGIT, beside, closest, hasMoney, hasWords, smallest, withoutMoney }
}
