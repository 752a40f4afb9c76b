import type { BrowserContext, Page } from 'playwright'
import type { PageReader } from './evidence/index.ts'
import { Tab } from './tab.ts'

const ATTACH_MS = 3_000

/** The open pages of a guarded context, and which frame is whose. */
export class Tabs {
  readonly browserContextIds = new Set<string>()
  readonly #context: BrowserContext
  readonly #reader: PageReader
  readonly #attaching = new Map<Page, Promise<Tab>>()
  readonly #open = new Map<Page, Tab>()
  /** Every frame seen so far, by CDP frame id; ids are never reused. */
  readonly #frames = new Map<string, Tab>()

  constructor(context: BrowserContext, reader: PageReader) {
    this.#context = context
    this.#reader = reader
  }

  attach(page: Page): Promise<Tab> {
    let tab = this.#attaching.get(page)
    if (tab === undefined) {
      tab = this.#attach(page)
      // A page that closes while it is attached rejects here; whoever asks for its tab hears of it.
      tab.catch(() => this.#attaching.delete(page))
      this.#attaching.set(page, tab)
    }
    return tab
  }

  async #attach(page: Page): Promise<Tab> {
    await this.#reader.attach(page)
    // The first handle of a page brings its prototype under guard.
    await (await page.$(':root'))?.dispose()
    const session = await this.#reader.session(page)
    const { targetInfo } = await session.send('Target.getTargetInfo')
    const opener = await page.opener()
    const openerTab = opener === null ? undefined : await this.attach(opener)
    const { targetId, browserContextId } = targetInfo
    if (browserContextId !== undefined) this.browserContextIds.add(browserContextId)
    const tab = new Tab(page, targetId, openerTab)
    this.#open.set(page, tab)
    this.#frames.set(targetId, tab)
    // What an earlier document did says nothing of what the next one sends.
    session.on('Page.frameNavigated', ({ frame }) => tab.events.delete(frame.id))
    page.once('close', () => {
      this.#open.delete(page)
      this.#attaching.delete(page)
      for (const [frameId, owner] of this.#frames) if (owner === tab) this.#frames.delete(frameId)
    })
    return tab
  }

  ofPage(page: Page): Tab | undefined {
    return this.#open.get(page)
  }

  ofFrame(frameId: string): Tab | undefined {
    return this.#frames.get(frameId)
  }

  /** The tab of a popup that Playwright has not shown yet; waits for it a little. */
  async ofTarget(targetId: string): Promise<Tab | undefined> {
    const found = (): Tab | undefined => this.all().find((tab) => tab.targetId === targetId)
    if (found() !== undefined) return found()
    const page = await this.#context
      .waitForEvent('page', {
        timeout: ATTACH_MS,
        predicate: async (candidate) => (await this.attach(candidate)).targetId === targetId,
      })
      .catch(() => undefined)
    return page === undefined ? found() : this.attach(page)
  }

  all(): readonly Tab[] {
    return [...this.#open.values()]
  }

  /** Catches up with pages and frames that have just appeared; gives up on one that hangs. */
  async refresh(): Promise<void> {
    const late = new Promise<void>((resolve) => setTimeout(resolve, ATTACH_MS).unref())
    await Promise.race([this.#learnFrames(), late])
  }

  async #learnFrames(): Promise<void> {
    await Promise.allSettled(this.#attaching.values())
    await Promise.allSettled(
      this.all().map(async (tab) => {
        for (const frameId of await this.#reader.frameIds(tab.page)) this.#frames.set(frameId, tab)
      }),
    )
  }
}
