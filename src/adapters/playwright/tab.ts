import type { Frame, Page } from 'playwright'
import type { PageReading } from '../../core/reading.ts'
import type { Gesture } from './gesture.ts'
import { TabHolds } from './tab-holds.ts'

/** A reading that the page's own event caused, just before its request. */
export interface SeenEvent {
  readonly type: string
  readonly reading: PageReading | undefined
  readonly atMs: number
}

/** A kept navigation that the guard has started again and expects at the gate. */
export interface ExpectedNavigation {
  readonly frameId: string
  readonly url: string
  take(): void
}

/** One page of a guarded context, while it is open. */
export class Tab {
  readonly page: Page
  /** CDP target id; also the id of its main frame. */
  readonly targetId: string
  readonly opener: Tab | undefined
  #gestures: Gesture[] = []
  /** The last committing-looking event that each frame reported. */
  readonly events = new Map<string, SeenEvent>()
  /** What of it waits for people, and for how long. */
  readonly holds = new TabHolds(() => performance.now())
  /** A reviewer's values are put into its form: hears of what wanted to leave and would be held, which is stopped. */
  onStopped: ((what: string) => void) | undefined
  readonly #closed = new AbortController()

  constructor(page: Page, targetId: string, opener: Tab | undefined) {
    this.page = page
    this.targetId = targetId
    this.opener = opener
    page.on('close', () => this.#closed.abort('the page was closed'))
    page.on('crash', () => this.#closed.abort('the page crashed'))
  }

  begin(gesture: Gesture, nowMs: number): void {
    this.#gestures = [...this.#gestures.filter((earlier) => earlier.isOpen(nowMs)), gesture]
  }

  /**
   * The gesture that a request of this tab belongs to: the newest with a permit, else the newest. An
   * agent that looks at the page while its order is on the way must not tear the two apart.
   */
  openGesture(nowMs: number): Gesture | undefined {
    const open = this.#gestures.filter((gesture) => gesture.isOpen(nowMs))
    return open.findLast((gesture) => gesture.permit !== undefined) ?? open.at(-1)
  }

  /** Aborts with a reason when the page is gone. */
  get closed(): AbortSignal {
    return this.#closed.signal
  }

  /** Aborts when the page is gone, or its main frame shows another document than now. */
  untilItMoves(): { readonly signal: AbortSignal; stop(): void } {
    const moved = new AbortController()
    const before = this.page.url().replace(/#.*/, '')
    const onNavigated = (frame: Frame): void => {
      if (frame === this.page.mainFrame() && frame.url().replace(/#.*/, '') !== before) {
        moved.abort('the page moved on')
      }
    }
    this.page.on('framenavigated', onNavigated)
    return {
      signal: AbortSignal.any([this.closed, moved.signal]),
      stop: () => this.page.off('framenavigated', onNavigated),
    }
  }
}
