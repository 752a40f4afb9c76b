import type { ElementHandle, Page } from 'playwright'
import type { IndexedElement, Observation } from './observation.ts'

/** An observation together with the handles that its numbers mean. */
export interface Look {
  readonly observation: Observation
  readonly handles: readonly ElementHandle<Element>[]
}

const ACTIONABLE = 'a[href], button, input:not([type=hidden]), select, textarea, [role=button]'

/** Reads the page as browser-use does: every visible element that can be acted on gets a number. */
export async function look(page: Page): Promise<Look> {
  await page.waitForLoadState('domcontentloaded')
  const handles: ElementHandle<Element>[] = []
  const elements: IndexedElement[] = []
  for (const handle of (await page.$$(ACTIONABLE)) as ElementHandle<Element>[]) {
    const read = await handle.evaluate(describe)
    if (read === undefined) continue
    elements.push({ index: handles.length, ...read })
    handles.push(handle)
  }
  const headings = await page.locator('h1, h2').allInnerTexts()
  return {
    handles,
    observation: {
      url: page.url(),
      title: await page.title(),
      headings: headings.slice(0, 10),
      elements,
    },
  }
}

/** Runs in the page. */
function describe(element: Element): Omit<IndexedElement, 'index'> | undefined {
  const box = element.getBoundingClientRect()
  if (box.width === 0 || box.height === 0) return undefined
  if (!element.checkVisibility({ visibilityProperty: true })) return undefined
  const control = element as HTMLInputElement
  const label = control.labels?.[0]?.innerText ?? element.getAttribute('aria-label')
  const text =
    label ?? ((element as HTMLElement).innerText || control.placeholder || control.name || '')
  const secret = control.type === 'password' || /cc-/.test(control.autocomplete ?? '')
  return {
    tag: element.localName,
    type: control.type ?? '',
    name: text.replace(/\s+/g, ' ').trim().slice(0, 120),
    value: secret ? '' : String(control.value ?? '').slice(0, 120),
  }
}
