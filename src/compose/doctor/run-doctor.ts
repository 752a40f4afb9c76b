import { resolve } from 'node:path'
import { readOwner } from '../../adapters/postgres/folder-lock.ts'
import { isHoldpointError } from '../../core/errors.ts'
import type { CheckResult, SetupCheck } from '../../ports/setup-check.ts'
import type { HoldpointConfig } from '../config.ts'
import { consoleLogger } from '../console-logger.ts'
import { findConfig, loadConfig } from '../load-config.ts'
import { machineChecks } from '../setup/machine-checks.ts'
import { sendTestCard } from '../setup/test-card.ts'

/** How long somebody has to answer the test card. */
const ANSWER_MS = 5 * 60_000
const NAME_WIDTH = 20

export interface DoctorOptions {
  readonly folder: string
  /** Default: `holdpoint.config.ts` (mts, js, mjs) in the folder. */
  readonly config?: string
  /** Default `.holdpoint` in the folder. */
  readonly dataDir?: string
  /** Send a card and wait for its answer. Default: if somebody sits at the terminal. */
  readonly card: boolean
  /** Where the agent's desk listens, if clicks come in over HTTP. */
  readonly port?: number
  readonly out: (text: string) => void
  readonly signal: AbortSignal
}

/** Looks at everything that holding rests on, a line each. 0 if all is well, 1 if something failed. */
export async function runDoctor(options: DoctorOptions): Promise<number> {
  const dataDir = resolve(options.folder, options.dataDir ?? '.holdpoint')
  const report = new Report(options.out)
  for (const check of machineChecks(dataDir)) await report.run(check)
  const config = await readConfig(options, report)
  for (const channel of config?.channels ?? []) {
    for (const check of channel.checks?.() ?? []) await report.run(check)
  }
  await report.run({
    name: 'test card',
    run: async () => testCard(options, config, readOwner(dataDir)?.pid, report.failed > 0),
  })
  options.out(report.summary())
  return report.failed === 0 ? 0 : 1
}

async function readConfig(
  options: DoctorOptions,
  report: Report,
): Promise<HoldpointConfig | undefined> {
  const file = options.config ?? findConfig(options.folder)
  let config: HoldpointConfig | undefined
  await report.run({
    name: 'configuration',
    async run() {
      if (file === undefined) {
        return {
          state: 'note',
          detail: 'no holdpoint.config.ts here: whoever holds the printed link decides',
          remedy: 'npx holdpoint init (asks in Slack)',
        }
      }
      config = await loadConfig(resolve(options.folder, file))
      const channels = config.channels?.map(({ name }) => name).join(', ') || 'no channel'
      const people = Object.keys(config.reviewers ?? {}).join(', ') || 'the printed link'
      return { state: 'ok', detail: `${file}: ${channels}; reviewers: ${people}` }
    },
  })
  return config
}

async function testCard(
  options: DoctorOptions,
  config: HoldpointConfig | undefined,
  ownerPid: number | undefined,
  hasFailed: boolean,
): Promise<CheckResult> {
  if (!config?.channels?.length)
    return { state: 'left-out', detail: 'there is no channel to ask in' }
  if (hasFailed) return { state: 'left-out', detail: 'mend the lines above first' }
  if (!options.card) return { state: 'left-out', detail: 'not asked for; --card sends one' }
  if (ownerPid !== undefined) {
    // Slack hands each click to one of the app's connections: the agent's desk would get half of them.
    return {
      state: 'left-out',
      detail: `process ${ownerPid} takes the answers of these channels now; stop it first`,
    }
  }
  options.out('   … opening a test shop, a store of its own and a browser\n')
  const limit = AbortSignal.timeout(ANSWER_MS)
  const ending = await sendTestCard({
    config,
    logger: consoleLogger,
    ...(options.port === undefined ? {} : { port: options.port }),
    signal: AbortSignal.any([options.signal, limit]),
    onHeld: ({ url }) =>
      options.out(
        `   … a card is on its way; approve or reject it there (5 min; also at ${url})\n`,
      ),
  })
  switch (ending.status) {
    case 'approved':
      return ending.orders === 1
        ? { state: 'ok', detail: 'held, approved by a click, went through once' }
        : {
            state: 'failed',
            detail: `approved, and the test shop counts ${ending.orders} orders`,
            remedy: 'this must never happen; keep what was printed, and report it',
          }
    case 'rejected':
      return { state: 'ok', detail: `held, rejected by ${ending.reviewer}, nothing went through` }
    case 'other':
      return {
        state: 'failed',
        detail: limit.aborted ? 'nobody answered within 5 min' : ending.forModel,
        remedy:
          'if the card came and the click showed a warning sign, clicks do not reach this machine: ' +
          'with Socket Mode check SLACK_APP_TOKEN, over HTTP the request URL of the app and --port',
      }
  }
}

/** One line a check, as it ends; on a terminal a slow one is seen to be under way. */
class Report {
  readonly #out: (text: string) => void
  failed = 0
  #noted = 0

  constructor(out: (text: string) => void) {
    this.#out = out
  }

  async run(check: SetupCheck): Promise<void> {
    const result = await check.run().catch(failedBy)
    if (result.state === 'failed') this.failed += 1
    if (result.state === 'note') this.#noted += 1
    const sign = { ok: '✓', note: '!', failed: '✗', 'left-out': '○' }[result.state]
    this.#out(` ${sign} ${check.name.padEnd(NAME_WIDTH)} ${result.detail}\n`)
    const remedy = 'remedy' in result ? result.remedy : undefined
    if (remedy !== undefined) this.#out(`   → ${remedy}\n`)
  }

  summary(): string {
    if (this.failed > 0)
      return `${this.failed} of the lines above failed (✗); → says how to mend each.\n`
    return this.#noted > 0 ? 'Nothing failed; ! is worth a look.\n' : 'All is well.\n'
  }
}

function failedBy(error: unknown): CheckResult {
  const detail = error instanceof Error ? error.message : String(error)
  if (!isHoldpointError(error) || error.code === 'HP_ERR_OPTION_INVALID') {
    return { state: 'failed', detail }
  }
  return { state: 'failed', detail, remedy: error.hint }
}
