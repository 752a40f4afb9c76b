import { openSignIn } from '../adapters/postgres/sign-in.ts'
import { openStore } from '../adapters/postgres/store.ts'
import { DESK_REVIEWER, defaultPolicy, definePolicy, type Policy } from '../core/policy.ts'
import type { Desk } from '../deciding/desk.ts'
import { answerSink } from '../deciding/receive-answer.ts'
import { runDesk } from '../deciding/run-desk.ts'
import type { ChannelInstance } from '../ports/channel.ts'
import type { Clock } from '../ports/clock.ts'
import type { Logger } from '../ports/log.ts'
import type { VerdictSigner } from '../ports/signer.ts'
import type { Sql } from '../ports/sql.ts'
import type { HoldpointConfig } from './config.ts'

/** For a link that stands in a message: whoever asked for it is there now. */
const SOON_MS = 10 * 60_000

/** A desk at work: store, channels, jobs and the server that people answer at. */
export interface OpenDesk {
  readonly desk: Desk
  readonly url: string
  /** A one-time link that signs a reviewer in, and then shows `next`. */
  signInLink(reviewer: string, next?: string): Promise<string>
  close(): Promise<void>
}

export interface OpenDeskOptions {
  readonly sql: Sql
  readonly config: HoldpointConfig
  readonly signer: VerdictSigner
  readonly clock: Clock
  readonly logger: Logger
  /** SHA-256 (hex) of the token with which agents of other processes come in. */
  readonly agentTokenSha256: string
  /** Default 0: any free port. Loopback only. */
  readonly port?: number
}

/** Wires the deciding side together. What was opened is closed again when a later step fails. */
export async function openDesk(options: OpenDeskOptions): Promise<OpenDesk> {
  const { sql, config, signer, clock, logger } = options
  const { startServer } = await import('../../server/listen.ts')
  const closing: (() => Promise<void>)[] = []
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) {
      await step().catch((error: unknown) =>
        logger.error('closing failed', { error: String(error) }),
      )
    }
  }
  try {
    const store = await openStore(sql, { logger })
    closing.push(() => store.close())
    const instances = await startChannels(options, closing)
    const names = namesOf(config)
    const desk: Desk & { publicUrl: string } = {
      store,
      signer,
      clock,
      logger,
      policy: policyOf(config),
      channels: instances.map((instance) => instance.channel),
      names,
      publicUrl: '',
    }
    // Callbacks come in only once it listens.
    const signInSoon = (reviewer: string, next: string): Promise<string> =>
      server.signInLink(reviewer, next, SOON_MS)
    const server = await startServer({
      desk,
      signIn: openSignIn(sql, clock),
      callbacks: instances.flatMap((instance) => {
        const { callback, channel } = instance
        if (callback === undefined) return []
        const sink = answerSink(desk, channel, signInSoon)
        return [{ name: channel.name, handle: (request) => callback.call(instance, request, sink) }]
      }),
      agentTokenSha256: options.agentTokenSha256,
      host: '127.0.0.1',
      port: options.port ?? 0,
    })
    closing.push(() => server.close())
    desk.publicUrl = server.url
    for (const instance of instances) {
      const listening = await instance.listen?.(answerSink(desk, instance.channel, signInSoon))
      if (listening !== undefined) closing.push(() => listening.close())
    }
    // The folder is locked by this process, so whoever claimed before it is dead.
    const jobs = await runDesk(desk, { ownerIsDead: () => true })
    closing.push(() => jobs.close())
    return { desk, url: server.url, signInLink: (who, next) => server.signInLink(who, next), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Starts one after the other; each is closed again when a later one cannot be started. */
async function startChannels(
  { config, clock, logger }: OpenDeskOptions,
  closing: (() => Promise<void>)[],
): Promise<readonly ChannelInstance[]> {
  const names = namesOf(config)
  const instances: ChannelInstance[] = []
  for (const definition of config.channels ?? []) {
    const identities = Object.fromEntries(
      Object.entries(config.reviewers ?? {}).flatMap(([reviewer, who]) => {
        const identity = who[definition.name]
        return identity === undefined ? [] : [[reviewer, identity]]
      }),
    )
    const instance = await definition.start({ identities, names, clock, logger })
    closing.push(async () => instance.close?.())
    instances.push(instance)
  }
  return instances
}

/** The configured policy; without one every configured reviewer may answer, and without any the desk. */
function policyOf(config: HoldpointConfig): Policy {
  if (config.policy !== undefined) return config.policy
  const reviewers = Object.keys(config.reviewers ?? {})
  if (reviewers.length === 0) return defaultPolicy
  return definePolicy({ ...defaultPolicy, reviewers: [...reviewers, DESK_REVIEWER] })
}

function namesOf(config: HoldpointConfig): Readonly<Record<string, string>> {
  const entries = Object.entries(config.reviewers ?? {}).map(([id, who]) => [id, who.name ?? id])
  return { [DESK_REVIEWER]: 'the desk', ...Object.fromEntries(entries) }
}
