import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadPlaywright } from '../../adapters/playwright/load-playwright.ts'
import { runAction } from '../../adapters/playwright/run-action.ts'
import type { Logger } from '../../ports/log.ts'
import type { HoldpointConfig } from '../config.ts'
import { createHoldpoint } from '../create-holdpoint.ts'
import { guardContext } from '../guard-context.ts'
import { launchOptions } from '../launch-options.ts'

/** What the card says it is about. The shop runs on this machine and sells nothing. */
const SHOP_HOST = 'only-a-test.nothing-is-bought.example'

export interface TestCardOptions {
  readonly config: HoldpointConfig
  readonly logger: Logger
  /** Where clicks come in over HTTP; the one that the agent uses. Default: any free port. */
  readonly port?: number
  /** Ends the wait; the card then says that it was withdrawn. */
  readonly signal: AbortSignal
  readonly onHeld: (held: { readonly requestId: string; readonly url: string }) => void
}

export type TestCardEnding =
  | { readonly status: 'approved'; readonly orders: number }
  | { readonly status: 'rejected'; readonly reviewer: string; readonly reason?: string }
  /** Nobody answered, or what was approved did not go through. */
  | { readonly status: 'other'; readonly forModel: string }

/**
 * The whole way, for real: a browser, a shop of our own, an order that is held, the card in the configured
 * channels, a person's answer, and the order going through once. In a store of its own that is
 * deleted afterwards, so that it leaves nothing among the agent's requests.
 */
export async function sendTestCard(options: TestCardOptions): Promise<TestCardEnding> {
  const undo: (() => Promise<unknown>)[] = []
  const opened = <T extends { close(): Promise<unknown> }>(part: T): T => {
    undo.push(() => part.close())
    return part
  }
  try {
    const [{ startSampleShop }, { chromium }] = await Promise.all([
      import('../../testing/sample-shop/index.ts'),
      loadPlaywright(),
    ])
    const dataDir = await mkdtemp(join(tmpdir(), 'holdpoint-test-card-'))
    undo.push(() => rm(dataDir, { recursive: true, force: true }))
    const shop = opened(await startSampleShop())
    const holdpoint = opened(
      await createHoldpoint({
        config: options.config,
        dataDir,
        logger: options.logger,
        onHeld: options.onHeld,
        ...(options.port === undefined ? {} : { port: options.port }),
      }),
    )
    const launch = await launchOptions(holdpoint)
    const rule = `MAP ${SHOP_HOST}:80 127.0.0.1:${new URL(shop.url).port}`
    const browser = opened(
      await chromium.launch({
        ...launch,
        args: [...(launch.args ?? []), `--host-resolver-rules=${rule}`],
        // Playwright would end the process, and what is open here would stay.
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
      }),
    )
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    const guarded = await guardContext(holdpoint, context, {
      agent: 'holdpoint-doctor',
      task: 'A test card. Nothing is bought.',
      record: false,
    })
    const page = await context.newPage()
    await page.goto(shop.checkoutUrl.replace(new URL(shop.url).host, SHOP_HOST))
    const outcome = await runAction(
      guarded,
      { signal: options.signal, says: 'This is a test. Nothing is bought, whatever you answer.' },
      () => page.getByRole('button', { name: 'Place order' }).click(),
    )
    switch (outcome.status) {
      case 'succeeded':
      case 'unverified':
        return { status: 'approved', orders: shop.orders.length }
      case 'rejected': {
        const { reviewer, reason } = outcome
        return { status: 'rejected', reviewer, ...(reason === undefined ? {} : { reason }) }
      }
      case 'passed':
        return { status: 'other', forModel: 'the configured guards did not hold the order' }
      default:
        return { status: 'other', forModel: outcome.forModel }
    }
  } finally {
    for (const step of undo.reverse()) await step().catch(() => undefined)
  }
}
