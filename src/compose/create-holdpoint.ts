import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type FolderLock, lockFolder } from '../adapters/postgres/folder-lock.ts'
import { sha256Hex } from '../core/canonical.ts'
import { HoldpointError, isHoldpointError, optionInvalid } from '../core/errors.ts'
import type { Guard } from '../core/guard.ts'
import { DESK_REVIEWER } from '../core/policy.ts'
import type { Holding } from '../holding/holding.ts'
import { VerdictTeller } from '../holding/tell-verdicts.ts'
import { type Clock, systemClock } from '../ports/clock.ts'
import type { Logger } from '../ports/log.ts'
import { checkNode } from './check-node.ts'
import { defineConfig, type HoldpointConfig } from './config.ts'
import { consoleLogger } from './console-logger.ts'
import { heldLine } from './held-line.ts'
import { type Holdpoint, register } from './holdpoint.ts'
import type { OpenDesk } from './open-desk.ts'

/** How Holdpoint is set up in this process. Everything has a default. */
export interface CreateHoldpointOptions {
  /** Channels, reviewers, policy, guards: the owner's choices. Default: the printed link's holder decides. */
  readonly config?: HoldpointConfig
  /** Folder of the embedded store. Default `.holdpoint` below the working directory. One process owns it. */
  readonly dataDir?: string
  /** Port of the page where people answer, on 127.0.0.1. Default: any free one. */
  readonly port?: number
  /** Default: warnings and errors on standard error, and one line where to answer. */
  readonly logger?: Logger
  /** Default: the system's. Tests stand still. */
  readonly clock?: Clock
  /** Called when something is held, with its page's address. Default: prints it. */
  readonly onHeld?: (held: {
    readonly requestId: string
    readonly title: string
    readonly url: string
  }) => void
}

const KNOWN = ['config', 'dataDir', 'port', 'logger', 'clock', 'onHeld']
const LINK_MS = 24 * 60 * 60_000

/**
 * Opens Holdpoint in this process: PGlite under `dataDir`, a server on 127.0.0.1, and the agent's side.
 * Prints where to answer. Convenience, not separation: agent and desk share a process.
 */
export async function createHoldpoint(options: CreateHoldpointOptions = {}): Promise<Holdpoint> {
  checkNode(process.versions.node)
  checkOptions(options)
  const config = defineConfig(options.config === undefined ? {} : options.config)
  const logger = options.logger ?? consoleLogger
  const clock = options.clock ?? systemClock
  const dataDir = resolve(options.dataDir ?? '.holdpoint')
  const lock = takeFolder(dataDir)
  const release = (): void => lock.release()
  process.once('exit', release)
  const undo: (() => Promise<void> | void)[] = [
    () => {
      process.off('exit', release)
      release()
    },
  ]
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) {
      try {
        await step()
      } catch (error) {
        // The folder is given free whatever else fails.
        logger.error('closing failed', { error })
      }
    }
  }
  try {
    // Keys, queue, server and the database's client come with the first desk, not with the package.
    const { createSigner } = await import('../adapters/signing/signer.ts')
    const signer = await createSigner({ keyFile: join(dataDir, 'verdict-key.json') })
    const { openPglite } = await import('../adapters/postgres/pglite-sql.ts')
    const sql = await openPglite({
      dataDir: join(dataDir, 'store'),
      logger,
      onInitialising: () =>
        process.stderr.write('holdpoint: making the embedded store (once, a few seconds)…\n'),
    })
    undo.push(() => sql.close())
    const { openDesk } = await import('./open-desk.ts')
    const agentToken = randomBytes(32).toString('base64url')
    const desk = await openDesk({
      sql,
      config,
      signer,
      clock,
      logger,
      agentTokenSha256: sha256Hex(agentToken),
      ...(options.port === undefined ? {} : { port: options.port }),
    })
    undo.push(() => desk.close())
    lock.announce({ url: desk.url, token: agentToken })
    const holding = await holdingOf(desk, config, { clock, logger })
    return await handle({ desk, holding, dataDir, close, options })
  } catch (error) {
    await close()
    throw error
  }
}

/** The folder's lock. One that cannot be written is the caller's mistake, and says so before anything starts. */
function takeFolder(dataDir: string): FolderLock {
  try {
    return lockFolder(dataDir)
  } catch (error) {
    if (isHoldpointError(error)) throw error
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
    throw new HoldpointError(
      'HP_ERR_OPTION_INVALID',
      `dataDir: ${dataDir} cannot be used (${code}); it must be a folder that this user may write to`,
      { option: 'dataDir' },
      { cause: error },
    )
  }
}

async function holdingOf(
  desk: OpenDesk,
  config: HoldpointConfig,
  given: { readonly clock: Clock; readonly logger: Logger },
): Promise<Holding> {
  const { createChecker } = await import('../adapters/signing/checker.ts')
  const { createApprovals } = await import('../deciding/approvals.ts')
  return {
    approvals: createApprovals(desk.desk),
    checker: await createChecker([desk.desk.signer.publicJwk]),
    guards: config.guards ?? (await stockGuards()),
    policy: desk.desk.policy,
    owner: `embedded-${process.pid}-${randomUUID()}`,
    usedVerdicts: new Set(),
    ...given,
  }
}

/** Imported when needed: guards import the leaf `holdpoint/guard`, and the root must not close a circle. */
async function stockGuards(): Promise<readonly Guard[]> {
  const { stockGuards: all } = await import('../../guards/index.ts')
  return all()
}

async function handle(parts: {
  readonly desk: OpenDesk
  readonly holding: Holding
  readonly dataDir: string
  readonly close: () => Promise<void>
  readonly options: CreateHoldpointOptions
}): Promise<Holdpoint> {
  const { desk, holding, dataDir, options } = parts
  await mkdir(join(dataDir, 'sessions'), { recursive: true, mode: 0o700 })
  const contexts = new Set<{ settle(): Promise<void> }>()
  const verdicts = new VerdictTeller(holding.approvals, holding.logger)
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => {
    closing ??= (async () => {
      await Promise.allSettled([...contexts].map((context) => context.settle()))
      await verdicts.close()
      await parts.close()
    })()
    return closing
  }
  const holdpoint: Holdpoint = {
    mode: 'embedded',
    url: desk.url,
    close,
    [Symbol.asyncDispose]: close,
  }
  const usesDesk = desk.desk.policy.reviewers.includes(DESK_REVIEWER)
  if (usesDesk && options.onHeld === undefined) {
    const link = await desk.signInLink(DESK_REVIEWER, '/requests')
    process.stderr.write(
      `holdpoint: answer at ${link} (signs you in once; valid ${LINK_MS / 3_600_000} h)\n`,
    )
  }
  register(
    holdpoint,
    {
      holding,
      dataDir,
      contexts,
      verdicts,
      onHeld: ({ request }) => {
        const url = `${desk.url}/requests/${request.id}`
        if (options.onHeld !== undefined) {
          options.onHeld({ requestId: request.id, title: request.title, url })
        } else {
          process.stderr.write(`${heldLine(request, url, desk.desk)}\n`)
        }
      },
    },
    { desk: desk.desk, signInLink: (reviewer, next) => desk.signInLink(reviewer, next) },
  )
  return holdpoint
}

function checkOptions(options: CreateHoldpointOptions): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw optionInvalid('options', `must be an object; known are ${KNOWN.join(', ')}`)
  }
  for (const key of Object.keys(options)) {
    if (key === 'server' || key === 'database') {
      throw optionInvalid(
        key,
        'is not built yet: this version has the embedded mode only (leave it out)',
      )
    }
    if (!KNOWN.includes(key)) throw optionInvalid(key, `is unknown; known are ${KNOWN.join(', ')}`)
  }
  const { port, dataDir, logger, clock, onHeld } = options
  if (port !== undefined && (!Number.isInteger(port) || port < 0 || port > 65_535)) {
    throw optionInvalid('port', 'must be a whole number from 0 to 65535')
  }
  if (dataDir !== undefined && (typeof dataDir !== 'string' || dataDir === '')) {
    throw optionInvalid('dataDir', 'must be the path of a folder')
  }
  const lines = [logger?.info, logger?.warn, logger?.error]
  if (logger !== undefined && lines.some((line) => typeof line !== 'function')) {
    throw optionInvalid('logger', 'must have the functions info, warn and error')
  }
  if (clock !== undefined && !(clock?.now?.() instanceof Date)) {
    throw optionInvalid('clock', 'must have a function now that gives a Date')
  }
  if (onHeld !== undefined && typeof onHeld !== 'function') {
    throw optionInvalid('onHeld', 'must be a function')
  }
}
