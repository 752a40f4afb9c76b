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
  /** It belongs to `expect`, and gives back what it has found when its time is up. */
  readonly expects?: true
}

const onFrame = (options: number): WaitingCall<Frame> => ({
  page: (frame) => frame.page(),
  options,
})
const onPage = (options: number): WaitingCall<Page> => ({ page: (page) => page, options })
const onLocator: WaitingCall<Locator> = { page: (locator) => locator.page(), options: 0 }

const FRAME_WAITS: Readonly<Record<string, WaitingCall<Frame>>> = {
  waitForURL: onFrame(1),
  waitForLoadState: onFrame(1),
  waitForNavigation: onFrame(0),
  waitForSelector: onFrame(1),
  waitForFunction: onFrame(2),
  _expect: { ...onFrame(1), expects: true },
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
 * still (design section 4). So do those of Playwright Test's `expect(page)` and `expect(locator)`.
 */
export function installWaits(page: Page, guardOf: (page: Page) => ContextGuard | undefined): void {
  const waiterOf = (of: Page): Waiter | undefined => {
    const guard = guardOf(of)
    const tab = guard?.tabs.ofPage(of)
    return guard === undefined || tab === undefined ? undefined : waiterIn(guard, tab)
  }
  install(page.mainFrame(), FRAME_WAITS, waiterOf)
  install(page, PAGE_WAITS, waiterOf)
  install(page.locator('html'), LOCATOR_WAITS, waiterOf)
  installOnContext(page.context(), guardOf)
}

/** Who waits, and what the wait's failing means. */
interface Waiter {
  readonly clock: HeldClock
  failed(): void
}

function waiterIn(guard: ContextGuard, tab: Tab): Waiter {
  return {
    clock: clockOf(() => [tab]),
    failed: () => {
      // What is gone is withdrawn for that reason, which comes by an event of its own.
      if (!tab.page.isClosed() && !guard.ended.aborted) tab.holds.waitFailed()
    },
  }
}

function install<T extends object>(
  on: T,
  calls: Readonly<Record<string, WaitingCall<T>>>,
  waiterOf: (page: Page) => Waiter | undefined,
): void {
  const prototype = newPrototypeOf(on)
  if (prototype === undefined) return
  for (const [name, call] of Object.entries(calls)) {
    const waiter = (of: unknown) => waiterOf(call.page(of as T))
    if (call.expects === true) wrapExpect(prototype, name, call.options, waiter)
    else wrap(prototype, name, call.options, waiter)
  }
}

/** `context.waitForEvent('page')`: a hold in any tab may keep the page from coming. */
function installOnContext(
  context: BrowserContext,
  guardOf: (page: Page) => ContextGuard | undefined,
): void {
  const prototype = newPrototypeOf(context)
  if (prototype === undefined) return
  wrap(prototype, 'waitForEvent', 1, (of) => {
    const [page] = (of as BrowserContext).pages()
    const guard = page === undefined ? undefined : guardOf(page)
    if (guard === undefined) return undefined
    // It waits for no tab in particular, so its failing takes no question back.
    return { clock: clockOf(() => guard.tabs.all()), failed: () => {} }
  })
}

function newPrototypeOf(object: object): object | undefined {
  const prototype = Object.getPrototypeOf(object) as object
  if (installed.has(prototype)) return undefined
  installed.add(prototype)
  return prototype
}

function wrap(
  prototype: object,
  name: string,
  optionsAt: number,
  waiterOf: (of: unknown) => Waiter | undefined,
): void {
  replace(prototype, name, (original) => {
    return async function (this: unknown, ...given: unknown[]): Promise<unknown> {
      const waiter = waiterOf(this)
      if (waiter === undefined) return original.apply(this, given)
      try {
        return await patiently(waiter.clock, (timeoutMs) =>
          original.apply(
            this,
            timeoutMs === undefined ? given : within(given, optionsAt, timeoutMs),
          ),
        )
      } catch (error) {
        waiter.failed()
        throw error
      }
    }
  })
}

const TIMED_OUT = Object.assign(new Error('expected in vain'), { name: 'TimeoutError' })

/**
 * `expect(page).toHaveURL(…)` and its kind end in a call that is Playwright's own affair: a copy without it
 * keeps its clock. It does not throw when its time is up, but says so in what it has found.
 */
function wrapExpect(
  prototype: object,
  name: string,
  optionsAt: number,
  waiterOf: (of: unknown) => Waiter | undefined,
): void {
  replace(prototype, name, (original) => {
    return async function (this: unknown, ...given: unknown[]): Promise<unknown> {
      const waiter = waiterOf(this)
      if (waiter === undefined) return original.apply(this, given)
      let found: { readonly timedOut?: boolean } | undefined
      try {
        return await patiently(waiter.clock, async (timeoutMs) => {
          const asked = timeoutMs === undefined ? given : within(given, optionsAt, timeoutMs)
          found = (await original.apply(this, asked)) as { readonly timedOut?: boolean }
          if (found.timedOut === true) throw TIMED_OUT
          return found
        })
      } catch (error) {
        if (error !== TIMED_OUT) throw error
        return found
      }
    }
  })
}

function replace(
  prototype: object,
  name: string,
  replacement: (original: AnyMethod) => AnyMethod,
): void {
  const original = Reflect.get(prototype, name) as AnyMethod | undefined
  if (typeof original !== 'function') return
  const value = replacement(original)
  Object.defineProperty(value, 'name', { value: name })
  Object.defineProperty(prototype, name, { value, writable: true, configurable: true })
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

function clockOf(tabs: () => readonly Tab[]): HeldClock {
  return {
    heldMs: () => tabs().reduce((sum, tab) => sum + tab.holds.heldMs, 0),
    isWaiting: () => tabs().some((tab) => tab.holds.isWaiting),
  }
}
