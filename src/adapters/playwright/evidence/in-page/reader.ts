import type { PageReading } from '../../../../core/reading.ts'
import type { Amounts } from './amounts.ts'
import type { Box, Dom } from './dom.ts'
import type { Fields } from './fields.ts'
import type { FormEntry, Forms } from './forms.ts'
import type { Plain, PlainTarget } from './plain.ts'
import type { Recent } from './recent.ts'
import type { Redaction, Scan } from './redaction.ts'
import type { Target, TargetHow } from './target.ts'
import type { View } from './view.ts'

/** How a reading is taken: what the action would hit, and the time for everything after redaction. */
export type ReadHow = {
  target: TargetHow | PlainTarget
  /** Default 40. */
  budgetMs?: number
  /** Further elements to black out and leave unread, as CSS selectors. */
  redactSelectors?: string[]
  /** Boxes measured by redaction before it gives up and the whole picture is black; default 20,000. */
  nodeCap?: number
}
export type PageRects = {
  blackRects: Box[]
  redactionIncomplete: boolean
  target?: Box
  /** Where the amounts of the last reading stand now, in its order. */
  amounts: (Box | null)[]
  /** Elements that may hide a closed shadow root. */
  suspects: Box[]
  viewport: PageReading['viewport']
}
export type Reader = ReturnType<typeof makeReader>

/** The reader's methods as the guard calls them. */
export function makeReader(
  dom: Dom,
  view: View,
  fields: Fields,
  forms: Forms,
  redaction: Redaction,
  target: Target,
  amounts: Amounts,
  recent: Recent,
  plain: Plain,
) {
  let cold = true
  let chosen: WeakRef<Element> | undefined
  let last: { target?: WeakRef<Element>; amounts: (WeakRef<Element> | undefined)[] } = {
    amounts: [],
  }
  const CONSENT =
    /agree|accept|terms|consent|renew|subscri|trial|refund|cancel|cannot be undone|permanent|binding|authori[sz]e|charge|withdraw|einverstanden|akzeptier|agb|widerruf|kostenpflichtig|verlänger|abonn|endgültig|rückgängig|unwiderruflich|accepte|conditions|résili|définitiv|acepto|condiciones|renueva|definitiv|accetto|condizioni|akkoord|voorwaarden|godkänn|villkor|akceptuj|regulamin|соглас|услови|同意|規約|条款|동의|موافق/iu

  /** Where this frame stands in the top one; nothing if that cannot be known from here. */
  const placeInTop = (): { x: number; y: number } | undefined => {
    const place = { x: 0, y: 0 }
    let at: Window = window
    for (let depth = 0; at !== at.parent && depth < 10; depth += 1) {
      try {
        const holder = at.frameElement
        if (holder === null) return undefined
        const rect = dom.rect(holder)
        const css = getComputedStyle(holder)
        place.x += rect.x + holder.clientLeft + Number.parseFloat(css.paddingLeft)
        place.y += rect.y + holder.clientTop + Number.parseFloat(css.paddingTop)
      } catch {
        return undefined
      }
      at = at.parent
    }
    return place
  }

  const lens = (): { shift: { x: number; y: number }; viewport: PageReading['viewport'] } => {
    const seen = window.visualViewport
    const zoomed = seen !== null && Math.abs(seen.scale - 1) > 0.001
    return {
      shift: { x: seen?.offsetLeft ?? 0, y: seen?.offsetTop ?? 0 },
      viewport: {
        width: zoomed ? seen.width : innerWidth,
        height: zoomed ? seen.height : innerHeight,
        deviceScaleFactor: devicePixelRatio,
      },
    }
  }

  const shifted = (box: Box, shift: { x: number; y: number }): Box => ({
    ...box,
    x: box.x - shift.x,
    y: box.y - shift.y,
  })

  const begin = (how: ReadHow) => {
    const place = placeInTop()
    const seen = lens()
    view.begin({ base: place ?? { x: 0, y: 0 } })
    fields.forget()
    const top = window === window.parent
    const scan = redaction.scan({
      selectors: how.redactSelectors ?? [],
      nodeCap: how.nodeCap ?? 20_000,
      width: top ? seen.viewport.width + seen.shift.x : 1e6,
      height: top ? seen.viewport.height + seen.shift.y : 1e6,
    })
    // A field's own words may be withheld, which is known only now.
    fields.forget()
    // The first reading of a document compiles everything and waits for layout, which is no sign of a huge page.
    view.limit(performance.now() + (how.budgetMs ?? 40) * (cold ? 6 : 1))
    cold = false
    return { ...seen, scan, placed: place !== undefined }
  }

  const notes = (scan: Scan, scope: Element | undefined): string[] => {
    const places = scope === undefined ? scan.roots : [scope]
    const found = new Map<string, number>()
    for (const place of places) {
      const elements = dom.queryAll(
        place,
        '[role=alert],[role=status],[role=note],[aria-live],small,p,label,dd,li,[class*=error],[class*=terms],[class*=legal],[class*=note],[class*=hint]',
      )
      for (const element of elements.slice(0, 400)) {
        if (view.over()) break
        if (!view.info(element).visible) continue
        // The label of a box to tick is consent; that of a text field is no note.
        if (
          /^(?:text|select|hidden)/.test(dom.controlType(dom.labelled(element) ?? element) ?? '')
        ) {
          continue
        }
        const text = view.text(element, 1_000)
        if (text.length < 12 || text.length > 600 || found.has(text)) continue
        const loud = dom.matches(element, '[role=alert],[role=status],[class*=error]')
        const weight =
          (loud ? 3 : 0) +
          (CONSENT.test(text) ? 2 : 0) +
          (dom.localName(element) === 'small' ? 1 : 0)
        const prose = dom.localName(element) === 'p' && scope !== undefined
        if (weight > 0 || prose) found.set(text, weight)
      }
    }
    return [...found]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 10)
      .map(([text]) => view.cutTo(text, 300))
  }

  /** The target as all else here takes it; nothing for a selector that is not plain after all. */
  const aimed = (how: ReadHow['target'], scan: Scan): TargetHow | undefined => {
    if (how.kind !== 'css') return how
    const point = plain.pointOf(how, scan)
    return point === undefined ? undefined : { kind: 'point', ...point }
  }

  const elementOf = (how: ReadHow): Element | undefined => {
    const at = aimed(how.target, begin({ ...how, budgetMs: 0 }).scan)
    return at === undefined ? undefined : target.find(at, chosen?.deref())
  }

  const read = (how: ReadHow): string => {
    const { shift, viewport, scan, placed } = begin(how)
    const at = aimed(how.target, scan)
    if (at === undefined) return 'null'
    const element = target.find(at, chosen?.deref())
    const form = element === undefined ? undefined : forms.formOf(element)
    const scope = target.scope(element, form)
    const reading =
      element === undefined || forms.isForm(element) ? undefined : target.read(element, shift)
    if (!placed) delete reading?.rect
    const formReading =
      form === undefined ? undefined : forms.readForm(form, element, (one) => target.name(one))
    const others = forms.readOthers(scan.roots, form)
    const around = element === undefined ? undefined : target.around(element)
    const money = amounts.scan(scan.roots, scan.textNodes, scope, around)
    const small = notes(scan, scope)
    const headings = target.headings(scan.roots, 20)
    last = {
      ...(element === undefined ? {} : { target: new WeakRef(element) }),
      amounts: money.elements.map((one) => (one === undefined ? undefined : new WeakRef(one))),
    }
    const path = location.pathname
    const whole: PageReading = {
      v: 1,
      url: view.clean(
        location.origin === 'null' ? `${location.protocol}${path}` : location.origin + path,
        2_000,
      ),
      title: view.clean(dom.title(document), 300),
      lang: view.clean(dom.attribute(dom.documentElement(document) as Element, 'lang'), 40),
      headings,
      ...(reading === undefined ? {} : { target: reading }),
      ...(formReading === undefined ? {} : { form: formReading }),
      otherFields: others,
      amounts: money.amounts,
      rows: money.rows,
      notes: small,
      frames: scan.frames.slice(0, 30).map(({ rect, ...frame }) => ({
        ...frame,
        origin: view.cutTo(frame.origin, 300),
        ...(rect === undefined ? {} : { rect: shifted(rect, shift) }),
      })),
      viewport,
      blackRects: scan.boxes.map((box) => shifted(box, shift)),
      redactionIncomplete: scan.incomplete,
      truncated: view.wasCut() || scan.frames.length > 30,
      opaque: scan.opaque,
    }
    // One string crosses the world's border faster than a tree.
    const json = JSON.stringify(whole)
    recent.keep(json, whole.truncated ? undefined : element, scan.roots)
    return json
  }

  return {
    /** A reading as JSON; "null" where a selector is not as plain as it looked. */
    read,
    /** The last reading, if it is of what this element belongs to and nothing has changed since. */
    recent: (element: Element): string | undefined =>
      recent.of(target.find({ kind: 'element' }, element)),
    /** Redaction once more, and where the target and the amounts of the last reading stand now. */
    rects: (how: ReadHow): string => {
      const { shift, viewport, scan } = begin(how)
      const where = (ref: WeakRef<Element> | undefined): Box | null => {
        const element = ref?.deref()
        if (element === undefined || !element.isConnected) return null
        const box = view.box(element)
        return box.width > 0 && box.height > 0 ? shifted(box, shift) : null
      }
      const mark = where(last.target)
      const rects: PageRects = {
        blackRects: scan.boxes.map((box) => shifted(box, shift)),
        redactionIncomplete: scan.incomplete,
        ...(mark === null ? {} : { target: mark }),
        amounts: last.amounts.map(where),
        suspects: scan.suspects.slice(0, 200).map((box) => shifted(box, shift)),
        viewport,
      }
      return JSON.stringify(rects)
    },
    /** Name and value list that the target's form would submit now; null if there is no form. Holds secrets. */
    formEntries: (how: ReadHow, live: boolean): FormEntry[] | null => {
      const element = elementOf(how)
      const form = element === undefined ? undefined : forms.formOf(element)
      return form === undefined ? null : forms.entries(form, element, live)
    },
    /** A selector of the one field of this name in the target's form; null if there is none to be typed into. */
    fieldPath: (how: ReadHow, name: string): string | null => {
      const element = elementOf(how)
      const form = element === undefined ? undefined : forms.formOf(element)
      return (form && forms.pathOf(form, name)) ?? null
    },
    /** The element that `how` means, for its `backendNodeId`. */
    element: (how: ReadHow): Element | null => elementOf(how) ?? null,
    /** Makes an element the one that `{ kind: 'element' }` means. */
    select: (element: Element): void => {
      chosen = new WeakRef(element)
    },
  }
}
