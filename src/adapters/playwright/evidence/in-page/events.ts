import type { Dom } from './dom.ts'
import type { FormEntry, Forms } from './forms.ts'
import type { Reader } from './reader.ts'

export type PageEventType = 'click' | 'enter' | 'submit' | 'formdata' | 'navigate'
/** What goes with an event besides its reading. */
type Extra = {
  /** The submitted list as page handlers left it; with `formdata` only. Holds secrets. */
  entries?: FormEntry[]
  /** Where a navigation goes, without query; with `navigate` only. */
  destination?: string
}

/**
 * Reports what the page does just before its request leaves, with a reading of right then: of a click, the
 * guard's own of a moment ago, if the page has not changed since.
 */
export function installEvents(
  dom: Dom,
  forms: Forms,
  reader: Reader,
  options: { report: (message: string) => void; burstMs: number; redactSelectors: string[] },
): () => void {
  const stop = new AbortController()
  let burst: { at: number; element: Element | undefined; reading: string } | undefined

  /** A press comes right after the guard has read what is pressed. */
  const pressed = (type: PageEventType, element: Element | undefined): string | undefined =>
    (type === 'click' || type === 'enter') && element !== undefined
      ? reader.recent(element)
      : undefined

  const readNow = (element: Element | undefined): string =>
    reader.read({
      target: { kind: element === undefined ? 'none' : 'element' },
      // Half a page would hide its total from the gate; an ordinary one takes a few milliseconds.
      budgetMs: Math.max(options.burstMs, 150),
      redactSelectors: options.redactSelectors,
    })

  const report = (
    type: PageEventType,
    event: Event,
    element: Element | undefined,
    extra: Extra,
  ): void => {
    const now = performance.now()
    if (element !== undefined) reader.select(element)
    const form = element === undefined ? undefined : forms.formOf(element)
    const before = burst?.element === undefined ? undefined : forms.formOf(burst.element)
    const same = burst !== undefined && now - burst.at < options.burstMs && form === before
    // Click handlers run before `submit` and may fill in hidden fields, so that one is read anew.
    let reading = same && type !== 'submit' ? burst?.reading : undefined
    if (reading === undefined) {
      reading = pressed(type, element) ?? readNow(element)
      burst = { at: now, element, reading }
    }
    options.report(JSON.stringify({ type, trusted: event.isTrusted, reading, ...extra }))
  }

  const listen = (
    to: EventTarget,
    name: string,
    capture: boolean,
    heard: (event: Event) => void,
  ): void => {
    to.addEventListener(
      name,
      (event) => {
        try {
          heard(event)
        } catch {
          // The page must not see that anybody listens; the network gate still stands.
        }
      },
      { capture, passive: true, signal: stop.signal },
    )
  }
  const first = (event: Event): Element | undefined =>
    event.composedPath().find((one): one is Element => one instanceof Node && dom.isElement(one))

  listen(window, 'click', true, (event) => report('click', event, first(event), {}))
  listen(window, 'keydown', true, (event) => {
    if ((event as KeyboardEvent).key === 'Enter') report('enter', event, first(event), {})
  })
  listen(window, 'submit', true, (event) => {
    report(
      'submit',
      event,
      ((event as SubmitEvent).submitter as Element | null) ?? first(event),
      {},
    )
  })
  // Bubbling, so that the page's own handlers have added what they add.
  listen(window, 'formdata', false, (event) => {
    const form = first(event)
    const recent = burst?.element
    const element = recent !== undefined && forms.formOf(recent) === form ? recent : form
    const entries = Array.from((event as FormDataEvent).formData.entries(), ([name, value]) =>
      typeof value === 'string' ? { name, value } : { name, value: '', fileName: value.name },
    )
    report('formdata', event, element, { entries })
  })
  const navigation = (window as { navigation?: EventTarget }).navigation
  if (navigation !== undefined) {
    listen(navigation, 'navigate', true, (event) => {
      const { destination, hashChange } = event as Event & {
        destination?: { url?: string }
        hashChange?: boolean
      }
      if (hashChange === true) return
      const recent = burst !== undefined && performance.now() - burst.at < 1_000
      report('navigate', event, recent ? burst?.element : undefined, {
        destination: forms.address(destination?.url ?? '', location.href),
      })
    })
  }
  return () => stop.abort()
}
