import { randomUUID } from 'node:crypto'
import type { BrowserContext, Page } from 'playwright'
import type { Attempt, RequestFacts, SessionFacts } from '../../core/action.ts'
import { HoldpointError } from '../../core/errors.ts'
import type { Guard } from '../../core/guard.ts'
import type { PageReading } from '../../core/reading.ts'
import { type PageSummary, summarise } from '../../core/summary.ts'
import type { LiveHold } from '../../holding/hold.ts'
import type { Holding } from '../../holding/holding.ts'
import type { Outcome } from '../../holding/outcome.ts'
import { createPageReader } from './evidence/index.ts'
import { Filmstrip } from './filmstrip.ts'
import { judgeRequest } from './gate/judge-request.ts'
import type { KeptNavigation } from './gate/kept-navigation.ts'
import {
  type Disposition,
  type FrameOwner,
  type GateClient,
  NetworkGate,
} from './gate/network-gate.ts'
import type { PausedRequest } from './gate/paused-request.ts'
import { Replays } from './gate/replays.ts'
import type { GateHold } from './gate-hold.ts'
import { Gesture } from './gesture.ts'
import { type LeftHold, LeftHolds } from './left-holds.ts'
import { PageEvidence } from './page-evidence.ts'
import type { SessionRecorder } from './recorder.ts'
import type { ActionGiven } from './running.ts'
import type { Tab } from './tab.ts'
import type { Waiting } from './tab-holds.ts'
import { Tabs } from './tabs.ts'

/** A request that was let go under a permit, so that its redirects are known. */
export interface ReleasedRequest {
  readonly origin: string
  readonly method: string
  onCrossSite(url: string): void
}

export interface ContextGuardParts {
  readonly context: BrowserContext
  readonly holding: Holding
  readonly session: SessionFacts
  readonly guards: readonly Guard[]
  readonly waitMs?: number | undefined
  readonly recorder?: SessionRecorder | undefined
  readonly onHeld?: ((hold: LiveHold) => void) | undefined
}

/** Everything that guards one browser context. Closing it closes the context; it never unguards. */
export class ContextGuard implements GateClient {
  readonly context: BrowserContext
  readonly holding: Holding
  readonly session: SessionFacts
  readonly guards: readonly Guard[]
  readonly waitMs: number | undefined
  readonly recorder: SessionRecorder | undefined
  readonly pages: PageEvidence
  readonly filmstrip: Filmstrip
  readonly tabs: Tabs
  readonly left: LeftHolds
  readonly replays = new Replays()
  /** Stopped navigations that wait for an answer. */
  readonly keptNavigations = new Set<KeptNavigation>()
  /** What the gate asks about, by request. */
  readonly gateHolds = new Map<string, GateHold>()
  /** Left questions that somebody waits for again: whoever else does shares that wait. */
  readonly awaited = new Map<string, Promise<Outcome<unknown>>>()
  /** By interception id. */
  readonly released = new Map<string, ReleasedRequest>()
  readonly #ended = new AbortController()
  readonly #settling = new Set<Promise<unknown>>()
  readonly #onHeld: ((hold: LiveHold) => void) | undefined
  #gate: NetworkGate | undefined

  constructor(parts: ContextGuardParts) {
    this.context = parts.context
    this.holding = parts.holding
    this.session = parts.session
    this.guards = parts.guards
    this.waitMs = parts.waitMs
    this.recorder = parts.recorder
    this.#onHeld = parts.onHeld
    const reader = createPageReader(parts.context)
    this.pages = new PageEvidence(reader, parts.session.agent, parts.holding.clock)
    this.filmstrip = new Filmstrip(
      (tab) => this.pages.frame(tab),
      (error) => parts.holding.logger.info('no frame', { error: String(error) }),
    )
    this.tabs = new Tabs(parts.context, reader)
    this.left = new LeftHolds(parts.holding)
    reader.onPageEvent((event) => {
      const seen = {
        type: event.type,
        atMs: this.nowMs(),
        get reading() {
          return event.reading
        },
      }
      this.tabs.ofPage(event.page)?.events.set(event.frameId, seen)
    })
  }

  async open(): Promise<void> {
    const browser = this.context.browser()
    if (browser === null) {
      throw new HoldpointError(
        'HP_ERR_BROWSER_UNSUPPORTED',
        'this context has no browser of its own (launchPersistentContext): it cannot be guarded yet',
      )
    }
    this.context.on('page', (page) =>
      this.#attach(page).catch((error: unknown) => {
        // It closed meanwhile, or hangs: whoever asks for its tab tries again and hears of it.
        this.holding.logger.info('a page could not be attached to', { error: String(error) })
      }),
    )
    this.context.on('close', () => this.#end('the browser context was closed'))
    browser.on('disconnected', () => {
      this.#end('the browser is gone')
      this.#gate?.abandon('the browser is gone')
    })
    this.#gate = await NetworkGate.of(browser, this.holding.logger)
    this.#gate.guard(this)
    await Promise.all(this.context.pages().map((page) => this.#attach(page)))
  }

  async #attach(page: Page): Promise<void> {
    const tab = await this.tabs.attach(page)
    if (this.recorder === undefined) return
    this.filmstrip.changed(tab)
    page.on('load', () => this.filmstrip.changed(tab))
  }

  #end(reason: string): void {
    this.#ended.abort(reason)
    this.#gate?.forget(this)
  }

  /** Aborts with a reason when the context or browser is gone. */
  get ended(): AbortSignal {
    return this.#ended.signal
  }

  nowMs(): number {
    return performance.now()
  }

  get browserContextIds(): ReadonlySet<string> {
    return this.tabs.browserContextIds
  }

  owns(frameId: string): boolean {
    return this.tabs.ofFrame(frameId) !== undefined
  }

  refresh(): Promise<void> {
    return this.tabs.refresh()
  }

  judge(paused: PausedRequest, frame: FrameOwner): Promise<Disposition> {
    return judgeRequest(this, paused, frame)
  }

  /** Whether a request that the gate holds is still wanted by its page. */
  async isPaused(paused: PausedRequest): Promise<boolean> {
    return (await this.#gate?.isPaused(paused)) ?? false
  }

  beginGesture(tab: Tab, cause: 'agent' | 'page', given: ActionGiven = {}): Gesture {
    const signals = [tab.closed, this.ended, ...(given.signal === undefined ? [] : [given.signal])]
    const gesture = new Gesture(cause, AbortSignal.any(signals), this.nowMs(), given)
    tab.begin(gesture, this.nowMs())
    return gesture
  }

  /** The gesture that a request in this tab belongs to: its own, or the opener's for a popup. */
  gestureOf(tab: Tab | undefined): Gesture | undefined {
    for (let current = tab; current !== undefined; current = current.opener) {
      const gesture = current.openGesture(this.nowMs())
      if (gesture !== undefined) return gesture
    }
    return undefined
  }

  attemptOf(parts: {
    readonly via: Attempt['via']
    readonly method: Attempt['method']
    readonly cause: Attempt['cause']
    readonly page?: PageSummary | undefined
    readonly request?: RequestFacts | undefined
  }): Attempt {
    const { page, request, ...rest } = parts
    return {
      ...rest,
      session: this.session,
      ...(page === undefined ? {} : { page }),
      ...(request === undefined ? {} : { request }),
    }
  }

  /**
   * People are asked about a gesture from now on: what else its agent asked in the tab is given up, but
   * for a question of the same `key` that stands there, which is joined.
   */
  wait(tab: Tab, gesture: Gesture, key?: string): Waiting {
    if (gesture.cause === 'agent') this.left.supersede(tab, key)
    return tab.holds.wait(gesture)
  }

  /** The gate has asked: whoever knows the request's number can wait for it. */
  asksAtTheGate({ request }: LiveHold, held: GateHold, waiting: Waiting | undefined): void {
    this.gateHolds.set(request.id, held)
    const forget = (): void => void this.gateHolds.delete(request.id)
    held.ended.then(forget, forget)
    held.asked(request, waiting)
  }

  /** Leaves a question standing until its tab or the browser is gone. */
  leave(tab: Tab, hold: LiveHold, how: Omit<LeftHold, 'hold' | 'tab'>): void {
    this.left.leave({ hold, tab, ...how }, AbortSignal.any([tab.closed, this.ended]))
  }

  /** Tells whoever shows progress (the demo, the terminal) that something is held. */
  onHeld(hold: LiveHold): void {
    this.#onHeld?.(hold)
  }

  /** Keeps a piece of work that must be finished before the guard may close. */
  track<T>(work: Promise<T>): Promise<T> {
    this.#settling.add(work)
    const done = (): void => void this.#settling.delete(work)
    work.then(done, done)
    return work
  }

  /** Resolves when everything that was held or recorded has been written. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#settling)
    await this.recorder?.close()
  }

  async close(): Promise<void> {
    if (!this.ended.aborted) await this.context.close()
    await this.settled()
  }
}

export function summaryOf(reading: PageReading | undefined): PageSummary | undefined {
  return reading === undefined ? undefined : summarise(reading)
}

export function newSessionId(): string {
  return `s-${randomUUID()}`
}
