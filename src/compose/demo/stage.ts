import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { resolve } from 'node:path'
import type { LaunchOptions, Page } from 'playwright'
import { findBrowser } from '../../adapters/playwright/find-browser.ts'
import type { GuardedContext } from '../../adapters/playwright/guard-context.ts'
import { loadPlaywright } from '../../adapters/playwright/load-playwright.ts'
import { terminalChannel } from '../../adapters/terminal/index.ts'
import { nameOf } from '../../core/names.ts'
import { DESK_REVIEWER, definePolicy } from '../../core/policy.ts'
import type { SampleShop } from '../../testing/sample-shop/index.ts'
import type { ScriptedReviewer } from '../../testing/scripted-reviewer.ts'
import { defineConfig, type HoldpointConfig } from '../config.ts'
import { createHoldpoint } from '../create-holdpoint.ts'
import { guardContext } from '../guard-context.ts'
import { type Holdpoint, ownerOf, partsOf } from '../holdpoint.ts'
import { launchOptions } from '../launch-options.ts'
import { type RealSlack, realSlack } from './check-options.ts'
import { HoldLog } from './hold-log.ts'
import type { DemoOptions } from './run-demo.ts'
import { RAISED_TOTAL_MINOR } from './run-demo.ts'
import { transcript } from './transcript.ts'

const SHOP_HOST = 'shop.example'
const MINUTE_MS = 60_000
/** `--answer none` must end: nobody answers within this time. */
const NOBODY_MS = 8_000
const SHOWN_MS = 10_000

/** Everything the demo needs, running. */
export interface DemoStage {
  readonly shop: SampleShop
  /** The shop under the name that the browser knows it by. */
  readonly shopUrl: string
  readonly hasThread: boolean
  openAgent(agent: string, task: string): Promise<{ guarded: GuardedContext; page: Page }>
  person(): Promise<ScriptedReviewer>
  /** The number of the next request that is held. */
  nextHeld(): Promise<string>
  decidedBy(): string | undefined
  labelOf(requestId: string): string | undefined
  /** Waits until a request that nothing waits for has ended; tells how, and by whom. */
  ended(
    requestId: string,
    signal: AbortSignal,
  ): Promise<{ readonly state: string; readonly by?: string }>
  /** Where the cards can be looked at. */
  lookAt(): Promise<{ readonly place: 'inbox' | 'page'; readonly url: string }>
  /** Waits until messages show how it ended. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** Starts store, server, shop, inbox and browser, one after the other, and says so. */
export async function openStage(options: DemoOptions, signal: AbortSignal): Promise<DemoStage> {
  // Before anything is made: without it, nothing of this could be shown.
  const { chromium } = await loadPlaywright()
  const testing = await import('../../testing/index.ts')
  const undo: (() => Promise<unknown>)[] = []
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step().catch(() => undefined)
  }
  const opened = async <T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const part = await starting
    undo.push(() => part.close())
    signal.throwIfAborted()
    return part
  }
  try {
    const found = await findBrowser(options.env)
    const dataDir = resolve('.holdpoint', 'demo')
    const isFirst = !existsSync(dataDir)
    const shop = await opened(testing.startSampleShop())
    const real = realSlack(options.env)
    const inbox =
      options.channel === 'slack' && real === undefined
        ? await opened(testing.startSlackWorkspace())
        : undefined
    const log = new HoldLog()
    const startedAt = performance.now()
    const holdpoint = await opened(
      createHoldpoint({
        dataDir,
        config: await configOf(options, inbox, real),
        onHeld: (held) => {
          log.held(held.requestId)
          const answerAt =
            inbox === undefined ? (log.link ?? held.url) : `${inbox.url}/${held.requestId}`
          options.out(transcript.held({ ...held, orders: shop.orders.length, answerAt }))
        },
      }),
    )
    const firstStartMs = performance.now() - startedAt
    inbox?.setInteractivityUrl(`${holdpoint.url}/callbacks/slack`)
    if (inbox === undefined) {
      // Who answers in the terminal needs it too, to see the picture.
      const who = options.channel === 'slack' ? DESK_REVIEWER : 'grace'
      log.link = await ownerOf(holdpoint).signInLink(who, '/requests')
    }
    // As it is, before the transcript watches it: what it tells here is not the agent's.
    const { approvals } = partsOf(holdpoint).holding
    const ended = approvals.ended.bind(approvals)
    watchVerdicts(holdpoint, log, shop, options)
    const browser = await opened(chromium.launch(await browserOf(options, shop)))
    options.out(
      transcript.ready({
        browser: found?.name ?? 'Chromium',
        store: '.holdpoint/demo',
        ...(isFirst ? { firstStartMs } : {}),
        shopPort: Number(new URL(shop.url).port),
        orders: shop.orders.length,
        inbox: inboxText(options, inbox?.url, real),
      }),
    )
    return {
      shop,
      shopUrl: `http://${SHOP_HOST}`,
      close,
      hasThread: options.channel === 'slack',
      nextHeld: () => log.next(),
      decidedBy: () => log.decidedBy,
      labelOf: (requestId) => log.labels.get(requestId),
      settled: () => settled(holdpoint, log),
      ended: async (requestId, signal) => {
        const { state } = await ended(requestId, signal)
        const by = await answeredBy(holdpoint, requestId)
        return by === undefined ? { state } : { state, by }
      },
      lookAt: async () => {
        if (inbox !== undefined) return { place: 'inbox', url: inbox.url }
        // Who answered on the page is signed in there; who answered in the terminal is not.
        const url =
          options.channel === 'terminal'
            ? await ownerOf(holdpoint).signInLink('grace', '/requests')
            : `${holdpoint.url}/requests`
        return { place: 'page', url }
      },
      person: async () => {
        if (inbox === undefined) throw new Error('a scripted person needs the local inbox')
        const page = await (await browser.newContext()).newPage()
        return testing.scriptedReviewer(page, inbox.url, 'grace')
      },
      openAgent: async (agent, task) => {
        const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
        const guarded = await guardContext(holdpoint, context, { agent, onBehalfOf: 'ada', task })
        log.page = await context.newPage()
        return { guarded, page: log.page }
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function browserOf(options: DemoOptions, shop: SampleShop): Promise<LaunchOptions> {
  const base = await launchOptions()
  const port = new URL(shop.url).port
  return {
    ...base,
    headless: !options.headed,
    // The shop is on this machine, under a name that reads like a shop's.
    args: [...base.args, `--host-resolver-rules=MAP ${SHOP_HOST}:80 127.0.0.1:${port}`],
    // Ctrl-C is ours: browser, store and lock are closed in order.
    handleSIGINT: false,
    handleSIGTERM: false,
  }
}

async function configOf(
  options: DemoOptions,
  inbox:
    | Awaited<ReturnType<typeof import('../../testing/index.ts')['startSlackWorkspace']>>
    | undefined,
  real: RealSlack | undefined,
): Promise<HoldpointConfig> {
  const { slackChannel } = await import('../../adapters/slack/index.ts')
  const expiresAfterMs = options.answer === 'none' ? NOBODY_MS : 15 * MINUTE_MS
  const policy = (reviewers: string[]) =>
    definePolicy({ reviewers, expiresAfterMs, maxNewPerHour: 100 })
  if (options.channel === 'terminal') {
    return defineConfig({
      channels: [terminalChannel()],
      reviewers: { grace: { name: userInfo().username, terminal: 'tty' }, ada: { name: 'Ada' } },
      policy: policy(['grace']),
    })
  }
  if (inbox !== undefined) {
    return defineConfig({
      channels: [
        slackChannel({
          botToken: inbox.botToken,
          signingSecret: inbox.signingSecret,
          channelId: inbox.channelId,
          teamId: inbox.teamId,
          slackApiUrl: inbox.apiUrl,
        }),
      ],
      reviewers: {
        grace: { name: 'Grace', slack: inbox.users.grace },
        ada: { name: 'Ada', slack: inbox.users.ada },
      },
      policy: policy(['grace']),
    })
  }
  return defineConfig({
    channels: real === undefined ? [] : [slackChannel(real)],
    reviewers: { ada: { name: 'Ada' } },
    policy: policy([DESK_REVIEWER]),
  })
}

function inboxText(
  options: DemoOptions,
  url: string | undefined,
  real: RealSlack | undefined,
): string {
  if (options.channel === 'terminal') return 'answers in this terminal'
  if (url !== undefined) return `inbox :${new URL(url).port} (stands in for Slack)`
  return `Slack ${real?.channelId ?? ''} (answered on the request's page)`
}

/** Follows verdicts and endings for the transcript; with `--attack price` the shop turns after the approval. */
function watchVerdicts(
  holdpoint: Holdpoint,
  log: HoldLog,
  shop: SampleShop,
  options: DemoOptions,
): void {
  const { approvals } = partsOf(holdpoint).holding
  const { ended, start, finish } = approvals
  const approved = new Map<string, { readonly by: string; readonly afterMs: number }>()
  // What was read again is known only when it starts, or does not.
  const tellApproved = (requestId: string, same: boolean): void => {
    const facts = approved.get(requestId)
    if (!approved.delete(requestId) || facts === undefined) return
    options.out(transcript.approved({ ...facts, same }))
  }
  approvals.ended = async (requestId, signal) => {
    const ending = await ended.call(approvals, requestId, signal)
    log.decided(requestId, await answeredBy(holdpoint, requestId))
    if (ending.state === 'approved') {
      approved.set(requestId, {
        by: log.decidedBy ?? 'nobody',
        afterMs: log.waitedMs(requestId),
      })
      if (options.attack === 'price') await raisePrice(shop, log.page)
    }
    return ending
  }
  approvals.start = async (claim) => {
    tellApproved(claim.requestId, true)
    await start.call(approvals, claim)
  }
  approvals.finish = async (claim, ending, facts) => {
    tellApproved(claim.requestId, false)
    if (facts.label !== undefined) log.labels.set(claim.requestId, facts.label)
    await finish.call(approvals, claim, ending, facts)
    log.ended(claim.requestId)
  }
}

async function answeredBy(holdpoint: Holdpoint, requestId: string): Promise<string | undefined> {
  const { store, names } = ownerOf(holdpoint).desk
  const by = (await store.read(requestId))?.decisions[0]?.reviewer
  return by === undefined ? undefined : nameOf(names, by)
}

async function raisePrice(shop: SampleShop, page: Page | undefined): Promise<void> {
  shop.misbehave({ kind: 'raise-total', totalMinor: RAISED_TOTAL_MINOR })
  const shown = (RAISED_TOTAL_MINOR / 100).toFixed(2)
  await page?.getByText(shown).first().waitFor({ timeout: SHOWN_MS })
}

/** Waits until every message shows how its request ended; at most ten seconds, as Slack may be down. */
async function settled(holdpoint: Holdpoint, log: HoldLog): Promise<void> {
  const { desk } = ownerOf(holdpoint)
  const giveUpAtMs = performance.now() + SHOWN_MS
  for (const requestId of log.requestIds) {
    while (performance.now() < giveUpAtMs) {
      const request = await desk.store.read(requestId)
      const deliveries = await desk.store.deliveries(requestId)
      const changedAtMs = Math.max(request?.closedAt?.getTime() ?? 0, log.endedAtMs(requestId))
      if (request?.state === 'pending') break
      const shown = deliveries.every(
        (delivery) =>
          delivery.attemptedAt === undefined && delivery.updatedAt.getTime() >= changedAtMs,
      )
      if (shown) break
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
