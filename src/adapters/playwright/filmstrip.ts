import type { Frame } from './recorder.ts'
import type { Tab } from './tab.ts'

/** No call has run in the tab for so long: the agent thinks. */
const QUIET_MS = 50
/** An agent that never pauses is pictured this often all the same. */
const LATEST_MS = 500

interface Strip {
  running: number
  /** The page may look otherwise than in the last picture: since when. */
  changedAtMs: number | undefined
  timer: NodeJS.Timeout | undefined
  /** One is being taken or painted. */
  busy: boolean
  /** Taken, and no step has it yet. */
  frame: Promise<Frame | undefined> | undefined
}

/** Captures the tab; what it gives paints the capture. */
export type Shoot = (tab: Tab) => Promise<(() => Promise<Frame | undefined>) | undefined>

/**
 * Pictures for the session's record, of what each step finds, taken while the agent thinks: a capture makes
 * the browser draw, and a click would wait for that. Never two at once. A step that leaves no time for one
 * has none.
 */
export class Filmstrip {
  readonly #shoot: Shoot
  readonly #onError: (error: unknown) => void
  readonly #strips = new WeakMap<Tab, Strip>()

  constructor(shoot: Shoot, onError: (error: unknown) => void) {
    this.#shoot = shoot
    this.#onError = onError
  }

  /** A step begins: no capture is begun until it has ended. */
  begun(tab: Tab): void {
    const strip = this.#stripOf(tab)
    strip.running += 1
    clearTimeout(strip.timer)
  }

  /** A step ends. Gives the picture of what it found, or of what the page looked like meanwhile. */
  ended(tab: Tab): Promise<Frame | undefined> | undefined {
    const strip = this.#stripOf(tab)
    const { frame } = strip
    strip.frame = undefined
    strip.running -= 1
    this.changed(tab)
    return frame
  }

  /** The page shows something else, by a step or by itself. */
  changed(tab: Tab): void {
    const strip = this.#stripOf(tab)
    strip.changedAtMs ??= performance.now()
    this.#plan(tab, strip)
  }

  #stripOf(tab: Tab): Strip {
    let strip = this.#strips.get(tab)
    if (strip === undefined) {
      strip = {
        running: 0,
        changedAtMs: undefined,
        timer: undefined,
        busy: false,
        frame: undefined,
      }
      this.#strips.set(tab, strip)
    }
    return strip
  }

  #plan(tab: Tab, strip: Strip): void {
    clearTimeout(strip.timer)
    if (strip.busy || strip.running > 0 || strip.changedAtMs === undefined) return
    const leftMs = strip.changedAtMs + LATEST_MS - performance.now()
    if (leftMs <= 0) void this.#take(tab, strip)
    else {
      const waitMs = Math.min(QUIET_MS, leftMs)
      strip.timer = setTimeout(() => void this.#take(tab, strip), waitMs).unref()
    }
  }

  async #take(tab: Tab, strip: Strip): Promise<void> {
    if (tab.closed.aborted) return
    strip.busy = true
    strip.changedAtMs = undefined
    try {
      const paint = await this.#shoot(tab)
      strip.frame = paint?.()
      await strip.frame
    } catch (error) {
      strip.frame = undefined
      this.#onError(error)
    } finally {
      strip.busy = false
      // What has changed meanwhile is pictured next.
      this.#plan(tab, strip)
    }
  }
}
