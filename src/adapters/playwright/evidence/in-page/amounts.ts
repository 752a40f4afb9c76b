import type { AmountReading, PageReading } from '../../../../core/reading.ts'
import type { Dom } from './dom.ts'
import type { Fields } from './fields.ts'
import type { Labels } from './labels.ts'
import type { View } from './view.ts'

export type Amounts = ReturnType<typeof makeAmounts>
type Found = {
  element: Element
  reading: AmountReading
  row: Element
  order: number
  first: boolean
}
export type AmountScan = {
  amounts: AmountReading[]
  /** In the order of `amounts`; nothing for hidden fields. */
  elements: (Element | undefined)[]
  rows: PageReading['rows']
}

/** Amounts with the words beside them, and rows that hold a name and amounts. */
export function makeAmounts(dom: Dom, view: View, fields: Fields, labels: Labels) {
  const { ROW, DIGIT, beside, closest, hasMoney, hasWords, smallest, withoutMoney } = labels
  const CONTROL = 'button,a[href],[role=button],[role=link],summary'
  const HIDDEN =
    /total|amount|price|sum\b|betrag|preis|montant|prix|importe|precio|valor|cents|minor|due|fee|cost/i

  const emphasised = (element: Element): boolean => {
    const css = getComputedStyle(element)
    return Number(css.fontWeight) >= 600 || Number.parseFloat(css.fontSize) >= 20
  }

  /** Cells of a row in order: table cells, blocks and flex items, each amount by itself, inputs by value. */
  const cellsOf = (row: Element, amounts: Set<Element>): string[] => {
    const cells: string[] = []
    let run = ''
    const flush = (): void => {
      const text = view.clean(run, 200)
      if (text !== '') cells.push(text)
      run = ''
    }
    const walk = (element: Element): void => {
      if (cells.length > 12) return
      const tag = dom.localName(element)
      if (/^(?:script|style|noscript|template|svg)$/.test(tag) || !view.info(element).shown) return
      if (tag === 'button' || dom.attribute(element, 'role') === 'button') return
      if (fields.isField(element)) {
        flush()
        if (
          fields.visible(element) &&
          !/^(?:checkbox|radio|file)$/.test(dom.controlType(element) ?? '')
        ) {
          run = fields.secretOf(element) === undefined ? fields.rawValue(element) : '••••'
          flush()
        }
        return
      }
      const own = amounts.has(element) || !view.info(element).inline
      if (own) flush()
      if (amounts.has(element)) run = view.text(element, 200)
      else if (view.info(element).withheld) run += ' •••• '
      else {
        for (const child of dom.flatChildren(element)) {
          if (dom.isElement(child)) walk(child)
          else if (dom.isText(child) && view.info(element).visible) run += dom.data(child)
        }
      }
      if (own) flush()
    }
    walk(row)
    flush()
    return cells.slice(0, 12)
  }

  const rowsOf = (found: Found[]): PageReading['rows'] => {
    const byRow = new Map<Element, Found[]>()
    for (const one of found) {
      if (one.reading.place === 'control') continue
      byRow.set(one.row, [...(byRow.get(one.row) ?? []), one])
    }
    const elements = new Set(found.map((one) => one.element))
    const rows: PageReading['rows'] = []
    const all = [...byRow.keys()]
    for (const [row, group] of byRow) {
      if (rows.length >= 60 || view.over()) {
        view.cutShort()
        break
      }
      // The innermost row counts; a container of rows is none.
      const nested = all.some((other) => other !== row && dom.contains(row, other))
      const labels = new Set(group.map((one) => one.reading.label))
      if (nested || labels.size > 1) {
        for (const one of group) {
          if (one.reading.label !== '') rows.push({ cells: [one.reading.label, one.reading.text] })
        }
        continue
      }
      const cells = cellsOf(row, elements)
      if (cells.some(hasWords) && cells.join(' ').length <= 500) rows.push({ cells })
    }
    return rows.slice(0, 60)
  }

  const hidden = (roots: Node[]): AmountReading[] =>
    roots
      .flatMap((root) => dom.queryAll(root, 'input[type=hidden]'))
      .slice(0, 300)
      .flatMap((element): AmountReading[] => {
        const name = dom.attribute(element, 'name') || dom.attribute(element, 'id')
        const value = view.squeeze(dom.value(element) ?? '')
        const numeric = /^[-+]?\d[\d.,' ]{0,17}$/.test(value) && HIDDEN.test(name)
        if (!(numeric || (value.length <= 40 && hasMoney(value)))) return []
        if (fields.secretOf(element) !== undefined) return []
        return [
          {
            label: view.clean(name.replace(/[_-]+/g, ' '), 200),
            text: view.cutTo(value, 200),
            place: 'hidden-field',
            emphasised: false,
          },
        ]
      })

  /** At most `max`: those that decide first (buttons, bold, near the target), then from the end, where totals stand. */
  const choose = (found: Found[], max: number): Found[] => {
    if (found.length <= max) return found
    view.cutShort()
    const weight = (one: Found): number =>
      Number(one.first) * 2 +
      Number(one.reading.place === 'control') * 2 +
      Number(one.reading.emphasised)
    return [...found]
      .sort((a, b) => weight(b) - weight(a) || b.order - a.order)
      .slice(0, max)
      .sort((a, b) => a.order - b.order)
  }

  const scan = (
    roots: Node[],
    nodes: Text[],
    scope: Element | undefined,
    around: Element | undefined,
  ): AmountScan => {
    const found: Found[] = []
    const done = new Map<Element, true>()
    const numbered = nodes
      .map((node, order) => ({ node, order }))
      .filter(({ node }) => DIGIT.test(dom.data(node)))
    const first = new Set(
      scope === undefined ? [] : numbered.filter(({ node }) => dom.contains(scope, node)),
    )
    const rest = numbered.filter((one) => !first.has(one))
    // From both ends: on a page too long to finish, the total stands at one of them.
    const mixed: typeof rest = []
    for (let low = 0, high = rest.length - 1; low <= high; low += 1, high -= 1) {
      mixed.push(rest[high] as (typeof rest)[number])
      if (low !== high) mixed.push(rest[low] as (typeof rest)[number])
    }
    for (const one of [...first, ...mixed]) {
      if (view.over()) break
      const parent = dom.flatParent(one.node)
      if (parent === null || !view.info(parent).visible || view.info(parent).withheld) continue
      const amount = smallest(one.node)
      if (amount === undefined || done.has(amount.element)) continue
      if (
        !/[^\s]/.test(dom.data(one.node)) ||
        view.textBoxes(one.node, 0, dom.data(one.node).length).every((box) => box.width < 1)
      )
        continue
      done.set(amount.element, true)
      const control = closest(amount.element, CONTROL, 6)
      const { label, row } =
        control === undefined
          ? beside(amount.element, amount.text)
          : { label: withoutMoney(view.text(control, 200)), row: control }
      const inRow = dom.matches(row, ROW) || (label !== '' && row !== amount.element)
      found.push({
        element: amount.element,
        row,
        order: one.order,
        first: first.has(one),
        reading: {
          label: view.cutTo(label, 200),
          text: view.cutTo(amount.text, 200),
          place: control !== undefined ? 'control' : inRow ? 'row' : 'text',
          emphasised: emphasised(amount.element),
          ...(around !== undefined && dom.contains(around, amount.element) ? { near: true } : {}),
        },
      })
    }
    found.sort((a, b) => a.order - b.order)
    // An old price that is struck out stands beside the one that counts.
    const struck = new Set(found.filter((one) => view.struckOut(one.element)))
    const standing = found.filter(
      (one) =>
        !struck.has(one) || !found.some((other) => other.row === one.row && !struck.has(other)),
    )
    const chosen = choose(standing, 60)
    const secretMoney = hidden(roots).slice(0, 20)
    return {
      amounts: [...chosen.map((one) => one.reading), ...secretMoney],
      elements: [...chosen.map((one) => one.element), ...secretMoney.map(() => undefined)],
      rows: rowsOf(standing),
    }
  }

  return { scan }
}
