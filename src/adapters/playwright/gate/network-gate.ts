import type { Browser, CDPSession } from 'playwright'
import type { Logger } from '../../../ports/log.ts'
import type { PausedRequest } from './paused-request.ts'
import { STAND_IN } from './stand-in.ts'

/** What becomes of a paused request. */
export type Disposition =
  | { readonly do: 'continue' }
  /** Let go under a permit; `onAnswer` hears the first answer, or why there was none. */
  | {
      readonly do: 'release'
      readonly onAnswer: (answer: ReleaseAnswer) => void
      /** A kept navigation: these bytes leave instead of the ones that started it. */
      readonly instead?: {
        readonly method: string
        readonly postData?: string
        readonly headers: readonly HeaderEntry[]
      }
    }
  /** The page and its form stay as they are. */
  | { readonly do: 'abort' }
  /** The same for a new window, which would be gone without any document. */
  | { readonly do: 'stand-in' }

export interface HeaderEntry {
  readonly name: string
  readonly value: string
}

export type ReleaseAnswer =
  | { readonly status: number }
  /** The connection broke, or nothing came: nobody knows whether it happened. */
  | { readonly broken: string }
  /** The page had given the request up before it could be let go: it is certain that nothing left. */
  | { readonly gone: true }

/** One guarded browser context, as the gate sees it. */
export interface GateClient {
  /** Whether the frame is one of this context's; `unknown` when it cannot tell yet. */
  owns(frameId: string): boolean
  /** Catches up with pages and frames that have just appeared. */
  refresh(): Promise<void>
  readonly browserContextIds: ReadonlySet<string>
  /** Decides. What it throws, the gate treats as "abort". */
  judge(paused: PausedRequest, frame: FrameOwner): Promise<Disposition> | Disposition
}

export interface FrameOwner {
  readonly known: boolean
  /** For a new target: the frame or page that opened it. */
  readonly openerId?: string
}

const PASS: Disposition = { do: 'continue' }
const SUBRESOURCES = new Set([
  'Image',
  'Stylesheet',
  'Script',
  'Font',
  'Media',
  'TextTrack',
  'Manifest',
])

/**
 * One `Fetch.enable` on the browser-level CDP session sees every request of every context, popups and
 * workers included (`facts: G4b`). One gate per browser; contexts that nobody guards pass.
 */
export class NetworkGate {
  readonly #session: CDPSession
  readonly #logger: Logger
  readonly #clients = new Set<GateClient>()
  readonly #answers = new Map<string, (answer: ReleaseAnswer) => void>()

  private constructor(session: CDPSession, logger: Logger) {
    this.#session = session
    this.#logger = logger
    session.on('Fetch.requestPaused', (event) => this.#onPaused(event as PausedRequest))
  }

  static readonly #gates = new WeakMap<Browser, Promise<NetworkGate>>()

  /** The browser's gate, opened at the first call. */
  static of(browser: Browser, logger: Logger): Promise<NetworkGate> {
    let gate = NetworkGate.#gates.get(browser)
    if (gate === undefined) {
      gate = NetworkGate.#open(browser, logger)
      NetworkGate.#gates.set(browser, gate)
    }
    return gate
  }

  static async #open(browser: Browser, logger: Logger): Promise<NetworkGate> {
    const session = await browser.newBrowserCDPSession()
    const gate = new NetworkGate(session, logger)
    await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
    return gate
  }

  /** Adds a guarded context. There is no way to take it out again: a closed context has no requests. */
  guard(client: GateClient): void {
    this.#clients.add(client)
  }

  forget(client: GateClient): void {
    this.#clients.delete(client)
  }

  #onPaused(paused: PausedRequest): void {
    if (paused.responseStatusCode !== undefined || paused.responseErrorReason !== undefined) {
      this.#onAnswer(paused)
      return
    }
    // The fast path of every picture, script and style: no promise, no look-up.
    if (isHarmlessByShape(paused)) {
      this.#send('Fetch.continueRequest', paused)
      return
    }
    void this.#judge(paused)
  }

  async #judge(paused: PausedRequest): Promise<void> {
    let disposition: Disposition
    try {
      const found = this.#ownerOf(paused) ?? (await this.#search(paused))
      disposition = found === undefined ? PASS : await found.client.judge(paused, found.frame)
    } catch (error) {
      // Fail closed: what could not be judged does not leave.
      this.#logger.error('a request could not be judged and was stopped', {
        url: bare(paused),
        error,
      })
      disposition = { do: 'abort' }
    }
    this.#carryOut(paused, disposition)
  }

  #carryOut(paused: PausedRequest, disposition: Disposition): void {
    if (disposition.do === 'continue') {
      this.#send('Fetch.continueRequest', paused)
      return
    }
    if (disposition.do === 'abort') {
      this.#send('Fetch.failRequest', paused, { errorReason: 'Aborted' })
      return
    }
    if (disposition.do === 'stand-in') {
      this.#session
        .send('Fetch.fulfillRequest', { requestId: paused.requestId, ...STAND_IN })
        .catch((error: unknown) => this.#gone(error))
      return
    }
    this.#answers.set(paused.requestId, disposition.onAnswer)
    this.#session
      .send('Fetch.continueRequest', {
        requestId: paused.requestId,
        interceptResponse: true,
        ...(disposition.instead === undefined
          ? {}
          : { ...disposition.instead, headers: [...disposition.instead.headers] }),
      })
      .catch(() => {
        // "Invalid InterceptionId": the page or the browser gave it up while it was held.
        this.#answers.delete(paused.requestId)
        disposition.onAnswer({ gone: true })
      })
  }

  #onAnswer(paused: PausedRequest): void {
    const onAnswer = this.#answers.get(paused.requestId)
    this.#answers.delete(paused.requestId)
    this.#send('Fetch.continueRequest', paused)
    onAnswer?.(
      paused.responseStatusCode === undefined
        ? { broken: paused.responseErrorReason ?? 'no answer' }
        : { status: paused.responseStatusCode },
    )
  }

  /**
   * Whether a paused request still waits for us: its page may have aborted it, of which Chromium tells
   * nobody. Asked for the answer's body, it says so of the id, or that there is no answer yet (measured).
   */
  async isPaused({ requestId }: PausedRequest): Promise<boolean> {
    try {
      await this.#session.send('Fetch.getResponseBody', { requestId })
      return true
    } catch (error) {
      return !String(error).includes('Invalid InterceptionId')
    }
  }

  /** Every release that has not been answered ends as broken: the browser is gone. */
  abandon(reason: string): void {
    for (const onAnswer of this.#answers.values()) onAnswer({ broken: reason })
    this.#answers.clear()
  }

  #ownerOf(paused: PausedRequest): { client: GateClient; frame: FrameOwner } | undefined {
    for (const client of this.#clients) {
      if (client.owns(paused.frameId)) return { client, frame: { known: true } }
    }
    return undefined
  }

  /** A frame that nobody knows yet: a popup, a frame that has just been attached, or a worker. */
  async #search(
    paused: PausedRequest,
  ): Promise<{ client: GateClient; frame: FrameOwner } | undefined> {
    if (this.#clients.size === 0) return undefined
    const target = await this.#targetOf(paused.frameId)
    for (const client of this.#clients) await client.refresh()
    const known = this.#ownerOf(paused)
    if (known !== undefined) return known
    const frame: FrameOwner = {
      known: false,
      ...(target?.openerId === undefined ? {} : { openerId: target.openerId }),
    }
    const contextId = target?.browserContextId
    for (const client of this.#clients) {
      if (contextId !== undefined && client.browserContextIds.has(contextId))
        return { client, frame }
    }
    if (contextId !== undefined && (await this.#isUnguarded(contextId))) return undefined
    // Nobody's frame: a worker, or a target of a context that has not shown itself. Riskiest reading.
    const [first] = this.#clients
    return first === undefined ? undefined : { client: first, frame }
  }

  /** A context without guarded pages whose id no guarded context can have: it was seen with pages of its own. */
  async #isUnguarded(contextId: string): Promise<boolean> {
    const unidentified = [...this.#clients].some((client) => client.browserContextIds.size === 0)
    return !unidentified && contextId !== ''
  }

  async #targetOf(
    frameId: string,
  ): Promise<{ browserContextId?: string; openerId?: string } | undefined> {
    try {
      const { targetInfo } = await this.#session.send('Target.getTargetInfo', { targetId: frameId })
      return targetInfo
    } catch {
      return undefined
    }
  }

  #send(
    method: 'Fetch.continueRequest' | 'Fetch.failRequest',
    paused: PausedRequest,
    more: { errorReason?: 'Aborted' } = {},
  ): void {
    const sent =
      method === 'Fetch.continueRequest'
        ? this.#session.send(method, { requestId: paused.requestId })
        : this.#session.send(method, {
            requestId: paused.requestId,
            errorReason: more.errorReason ?? 'Aborted',
          })
    sent.catch((error: unknown) => this.#gone(error))
  }

  /** Its page closed, or it gave up: then there is nothing to do. */
  #gone(error: unknown): void {
    this.#logger.info('a paused request was gone', { error: String(error) })
  }
}

/** Pictures, scripts, styles by GET, and CORS preflights: they pass whatever the page. */
function isHarmlessByShape(paused: PausedRequest): boolean {
  const { method } = paused.request
  if (method === 'OPTIONS') return true
  return (method === 'GET' || method === 'HEAD') && SUBRESOURCES.has(paused.resourceType)
}

function bare(paused: PausedRequest): string {
  const url = new URL(paused.request.url)
  return url.origin + url.pathname
}
