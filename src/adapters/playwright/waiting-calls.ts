import type { BrowserContext, Frame, Locator, Page } from 'playwright'
import type { ContextGuard } from './context-guard.ts'
import { type HeldClock, patiently } from './patience.ts'
import type { Tab } from './tab.ts'

type AnyMethod = (this: unknown, ...given: unknown[]) => Promise<unknown>

/** A waiting call of Playwright's: whose it is, and where its options stand. */
interface WaitingCall<T> {
  page(of: T): Page
  /** The index of its options; a function there is a predicate, as in `waitForEvent`. */
  readonly options: number
}

const onFrame = (options: number): WaitingCall<Frame> => ({
  page: (frame) => frame.page(),
  options,
})
const onPage = (options: number): WaitingCall<Page> => ({ page: (page) => page, options })
const onLocator: WaitingCall<Locator> = { page: (locator) => locator.page(), options: 0 }

const FRAME_WAITS = {
  waitForURL: onFrame(1),
  waitForLoadState: onFrame(1),
  waitForNavigation: onFrame(0),
  waitForSelector: onFrame(1),
  waitForFunction: onFrame(2),
}
const PAGE_WAITS = {
  waitForEvent: onPage(1),
  waitForRequest: onPage(1),
  waitForResponse: onPage(1),
}
const LOCATOR_WAITS = { waitFor: onLocator }

const installed = new WeakSet<object>()

/**
 * Makes waiting calls patient, once per copy of Playwright: while a tab has a hold their clocks stand
 * still (design section 4). `expect(page)` of Playwright Test waits in another way and is not covered.
 */
export function installWaits(page: Page, guardOf: (page: Page) => ContextGuard | undefined): void {
  install(page.mainFrame(), FRAME_WAITS, guardOf)
  install(page, PAGE_WAITS, guardOf)
  install(page.locator('html'), LOCATOR_WAITS, guardOf)
  installOnContext(page.context(), guardOf)
}

function install<T extends object>(
  on: T,
  calls: Readonly<Record<string, WaitingCall<T>>>,
  guardOf: (page: Page) => ContextGuard | undefined,
): void {
  const prototype = Object.getPrototypeOf(on) as object
  if (installed.has(prototype)) return
  installed.add(prototype)
  for (const [name, call] of Object.entries(calls)) {
    wrap(prototype, name, call.options, (of) => {
      const page = call.page(of as T)
      const guard = guardOf(page)
      const tab = guard?.tabs.ofPage(page)
      return guard === undefined || tab === undefined ? undefined : clockOf(guard, () => [tab])
    })
  }
}

/** `context.waitForEvent('page')`: a hold in any tab may keep the page from coming. */
function installOnContext(
  context: BrowserContext,
  guardOf: (page: Page) => ContextGuard | undefined,
): void {
  const prototype = Object.getPrototypeOf(context) as object
  if (installed.has(prototype)) return
  installed.add(prototype)
  wrap(prototype, 'waitForEvent', 1, (of) => {
    const [page] = (of as BrowserContext).pages()
    const guard = page === undefined ? undefined : guardOf(page)
    return guard === undefined ? undefined : clockOf(guard, () => guard.tabs.all())
  })
}

function wrap(
  prototype: object,
  name: string,
  optionsAt: number,
  clockFor: (of: unknown) => HeldClock | undefined,
): void {
  const original = Reflect.get(prototype, name) as AnyMethod | undefined
  if (typeof original !== 'function') return
  const wrapped = async function (this: unknown, ...given: unknown[]): Promise<unknown> {
    const clock = clockFor(this)
    if (clock === undefined) return original.apply(this, given)
    return patiently(clock, (timeoutMs) =>
      original.apply(this, timeoutMs === undefined ? given : within(given, optionsAt, timeoutMs)),
    )
  }
  Object.defineProperty(wrapped, 'name', { value: name })
  Object.defineProperty(prototype, name, { value: wrapped, writable: true, configurable: true })
}

/** The arguments with another time-out. */
function within(given: readonly unknown[], at: number, timeout: number): unknown[] {
  const before = given[at]
  const options =
    typeof before === 'function'
      ? { predicate: before, timeout }
      : { ...(before as object | undefined), timeout }
  return Object.assign([], given, { [at]: options })
}

function clockOf(guard: ContextGuard, tabs: () => readonly Tab[]): HeldClock {
  return {
    heldMs: () => tabs().reduce((sum, tab) => sum + tab.holds.heldMs(guard.nowMs()), 0),
    isWaiting: () => tabs().some((tab) => tab.holds.isWaiting),
  }
}
