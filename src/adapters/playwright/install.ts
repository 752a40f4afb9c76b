import type { ElementHandle, Frame, Keyboard, Mouse, Page, Touchscreen } from 'playwright'
import type { ContextGuard } from './context-guard.ts'
import { guardedCall } from './guarded-call.ts'
import { howOfTarget, locatorOf, plainTarget } from './locate.ts'
import { signalOf } from './signals.ts'
import { installWaits } from './waiting-calls.ts'

/** Guards by context. A context that is not in it is not guarded and runs Playwright as it is. */
const guards = new WeakMap<object, ContextGuard>()

export function registerGuard(guard: ContextGuard): void {
  guards.set(guard.context, guard)
}

function guardOf(page: Page | null | undefined): ContextGuard | undefined {
  return page == null ? undefined : guards.get(page.context())
}

type AnyMethod = (this: unknown, ...given: unknown[]) => Promise<unknown>
type Around = (
  target: never,
  given: readonly unknown[],
  run: () => Promise<unknown>,
) => Promise<unknown>

const installed = new WeakSet<object>()

/**
 * Guards in place: the methods of Playwright's own prototypes, reached from a live page, once per copy
 * of Playwright. Every reference to a page, frame, locator or handle goes through them.
 */
export function installOn(page: Page): void {
  wrapAll(prototypeOf(page.mainFrame()), FRAME_CALLS)
  inputPages.set(page.mouse, page)
  inputPages.set(page.keyboard, page)
  inputPages.set(page.touchscreen, page)
  wrapAll(prototypeOf(page.mouse), MOUSE_CALLS)
  wrapAll(prototypeOf(page.keyboard), KEYBOARD_CALLS)
  wrapAll(prototypeOf(page.touchscreen), TOUCH_CALLS)
  installWaits(page, guardOf)
}

/** Mouse, keyboard and touchscreen do not say which page they belong to. */
const inputPages = new WeakMap<object, Page>()

function wrapAll(prototype: object, calls: Readonly<Record<string, Around>>): void {
  if (installed.has(prototype)) return
  installed.add(prototype)
  for (const [name, around] of Object.entries(calls)) {
    const original = Reflect.get(prototype, name) as AnyMethod | undefined
    if (typeof original !== 'function') continue
    const wrapped = async function (this: unknown, ...given: unknown[]): Promise<unknown> {
      return around(this as never, given, () => original.apply(this, given))
    }
    Object.defineProperty(wrapped, 'name', { value: name })
    Object.defineProperty(wrapped, 'original', { value: original })
    Object.defineProperty(prototype, name, { value: wrapped, writable: true, configurable: true })
  }
}

function prototypeOf(object: object): object {
  return Object.getPrototypeOf(object) as object
}

interface PointerOptions {
  readonly strict?: boolean
  readonly trial?: boolean
  readonly position?: { readonly x: number; readonly y: number }
}

/** `frame.click(selector, options)`: page and locator calls of the same name end here. */
function pointer(name: 'click' | 'dblclick' | 'tap'): Around {
  return async (frame: Frame, given, run) => {
    const guard = guardOf(frame.page())
    const [selector, options = {}] = given as [string, PointerOptions?]
    if (guard === undefined || options.trial === true) return run()
    const locator = locatorOf(frame, selector, options.strict === true)
    return guardedCall(guard, {
      page: frame.page(),
      name,
      method: 'click',
      ...signalOf(given),
      plain: plainTarget(frame.page(), frame, selector, options.position),
      locate: () => howOfTarget(frame.page(), locator, options.position),
      ready: () => originalOf(frame, name)(selector, { ...options, trial: true }),
      run,
    })
  }
}

function originalOf(target: object, name: string): (...given: unknown[]) => Promise<unknown> {
  const wrapped = Reflect.get(prototypeOf(target), name) as { original?: AnyMethod }
  const original = wrapped.original as AnyMethod
  return (...given) => original.apply(target, given)
}

/** Keys that can submit or activate: everything else is typing. */
function commits(key: unknown): boolean {
  return typeof key === 'string' && /(?:^|\+)(?:Enter|NumpadEnter|Space| )$/.test(key)
}

/** Calls whose effect only the gate can see: followed until it has settled. */
function gateOnly(name: string): Around {
  return async (frame: Frame, given, run) => {
    const guard = guardOf(frame.page())
    if (guard === undefined) return run()
    const quiet = /evaluate|eval$/i.test(name)
    const page = frame.page()
    return guardedCall(guard, { page, name, method: 'click', quiet, ...signalOf(given), run })
  }
}

const asItIs: Around = (_frame, _given, run) => run()

const FRAME_CALLS: Readonly<Record<string, Around>> = {
  click: pointer('click'),
  dblclick: pointer('dblclick'),
  tap: pointer('tap'),
  press: async (frame: Frame, given, run) => {
    const guard = guardOf(frame.page())
    const [selector, key, options = {}] = given as [string, string, PointerOptions?]
    if (guard === undefined) return run()
    const page = frame.page()
    return guardedCall(guard, {
      page,
      name: commits(key) ? `press ${key}` : 'press',
      method: 'press',
      ...signalOf(given),
      ...(commits(key)
        ? {
            locate: async () => {
              await locatorOf(frame, selector, options.strict === true).focus({ timeout: 1_000 })
              return { target: { kind: 'focus' } } as const
            },
          }
        : {}),
      run,
    })
  },
  dispatchEvent: async (frame: Frame, given, run) => {
    const guard = guardOf(frame.page())
    const [selector, type, , options = {}] = given as [string, string, unknown, PointerOptions?]
    if (guard === undefined) return run()
    const locator = locatorOf(frame, selector, options.strict === true)
    return guardedCall(guard, {
      page: frame.page(),
      name: 'dispatchEvent',
      method: 'click',
      ...signalOf(given),
      ...(type === 'click' || type === 'submit'
        ? { locate: () => howOfTarget(frame.page(), locator) }
        : {}),
      run,
    })
  },
  evaluate: gateOnly('evaluate'),
  evaluateHandle: givesHandles(gateOnly('evaluateHandle')),
  $: givesHandles(asItIs),
  $$: givesHandles(asItIs),
  waitForSelector: givesHandles(asItIs),
  $eval: gateOnly('$eval'),
  $$eval: gateOnly('$$eval'),
  goto: gateOnly('goto'),
  check: gateOnly('check'),
  uncheck: gateOnly('uncheck'),
  setChecked: gateOnly('setChecked'),
  selectOption: gateOnly('selectOption'),
  setInputFiles: gateOnly('setInputFiles'),
  dragAndDrop: gateOnly('dragAndDrop'),
  fill: gateOnly('fill'),
  type: gateOnly('type'),
}

/** Half a click, or typing: the gate sees what it causes, as the agent's own act. */
function ofInput(name: string): Around {
  return async (input: object, _given, run) => {
    const page = inputPages.get(input)
    const guard = guardOf(page)
    if (guard === undefined || page === undefined) return run()
    return guardedCall(guard, { page, name, method: 'click', quiet: true, run })
  }
}

function atPoint(name: string): Around {
  return async (input: Mouse | Touchscreen, given, run) => {
    const page = inputPages.get(input)
    const guard = guardOf(page)
    if (guard === undefined || page === undefined) return run()
    const [x, y] = given as [number, number]
    return guardedCall(guard, {
      page,
      name,
      method: 'click',
      locate: async () => ({ target: { kind: 'point', x, y } }),
      run,
    })
  }
}

const MOUSE_CALLS: Readonly<Record<string, Around>> = {
  click: atPoint('mouse.click'),
  dblclick: atPoint('mouse.dblclick'),
  down: ofInput('mouse.down'),
  up: ofInput('mouse.up'),
}

const TOUCH_CALLS: Readonly<Record<string, Around>> = { tap: atPoint('touchscreen.tap') }

const KEYBOARD_CALLS: Readonly<Record<string, Around>> = {
  down: ofInput('keyboard.down'),
  type: ofInput('keyboard.type'),
  press: async (keyboard: Keyboard, given, run) => {
    const page = inputPages.get(keyboard)
    const guard = guardOf(page)
    if (guard === undefined || page === undefined || !commits(given[0])) return run()
    return guardedCall(guard, {
      page,
      name: `press ${String(given[0])}`,
      method: 'press',
      locate: async () => ({ target: { kind: 'focus' } }),
      run,
    })
  },
}

/** Handles have a prototype of their own; it is reached from the first handle that a page gives. */
function givesHandles(around: Around): Around {
  return async (frame, given, run) => {
    const value = await around(frame, given, run)
    for (const handle of Array.isArray(value) ? value : [value]) {
      if (isElementHandle(handle)) wrapAll(prototypeOf(handle), HANDLE_CALLS)
    }
    return value
  }
}

function isElementHandle(value: unknown): value is ElementHandle {
  return typeof value === 'object' && value !== null && 'ownerFrame' in value
}

function onHandle(name: 'click' | 'dblclick' | 'tap'): Around {
  return async (handle: ElementHandle, given, run) => {
    const frame = await handle.ownerFrame()
    const guard = guardOf(frame?.page())
    const [options = {}] = given as [PointerOptions?]
    if (guard === undefined || frame === null || options.trial === true) return run()
    return guardedCall(guard, {
      page: frame.page(),
      name: `elementHandle.${name}`,
      method: 'click',
      ...signalOf(given),
      locate: () => howOfTarget(frame.page(), handle, options.position),
      ready: () => originalOf(handle, name)({ ...options, trial: true }),
      run,
    })
  }
}

/** `locator.evaluate` runs on a handle, not on the frame. */
const evaluateOnHandle: Around = async (handle: ElementHandle, _given, run) => {
  const frame = await handle.ownerFrame().catch(() => null)
  const guard = guardOf(frame?.page())
  if (guard === undefined || frame === null) return run()
  return guardedCall(guard, {
    page: frame.page(),
    name: 'evaluate',
    method: 'click',
    quiet: true,
    run,
  })
}

const HANDLE_CALLS: Readonly<Record<string, Around>> = {
  evaluate: evaluateOnHandle,
  evaluateHandle: evaluateOnHandle,
  click: onHandle('click'),
  dblclick: onHandle('dblclick'),
  tap: onHandle('tap'),
  press: async (handle: ElementHandle, given, run) => {
    const frame = await handle.ownerFrame()
    const guard = guardOf(frame?.page())
    if (guard === undefined || frame === null || !commits(given[0])) return run()
    return guardedCall(guard, {
      page: frame.page(),
      name: `elementHandle.press ${String(given[0])}`,
      method: 'press',
      ...signalOf(given),
      locate: async () => {
        await handle.focus()
        return { target: { kind: 'focus' } }
      },
      run,
    })
  },
}
