import { inspect } from 'node:util'
import { onTestFinished } from 'vitest'
import type { PolicyInput } from '../../src/core/policy.ts'
import type { ApprovalRequest, RequestDraft } from '../../src/core/request.ts'
import { deliver } from '../../src/deciding/deliver.ts'
import type { Desk } from '../../src/deciding/desk.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { answerSink } from '../../src/deciding/receive-answer.ts'
import type { AnswerSink, CallbackRequest, ChannelInstance } from '../../src/ports/channel.ts'
import type { Logger } from '../../src/ports/log.ts'
import { draft, type StillClock, stillClock, testDesk } from '../support/desk.ts'
import { breakable, type StoreInUse } from '../support/store.ts'

/** What the suite must know of a channel to test it. A new channel joins by one of these. */
export interface ChannelHarness {
  readonly name: string
  /**
   * Starts an empty provider with one person at it, and the channel on it. The person is this reviewer,
   * or nobody whom the desk knows.
   */
  start(reviewer: string | undefined, logger: Logger): Promise<ChannelUnderTest>
  /** The provider can fail to take a message: before it stands, or after, so that nobody knows. */
  readonly canFail?: boolean
  /** Messages of one session share a thread. */
  readonly hasThreads?: boolean
}

/** A channel at work, and the person at its provider. */
export interface ChannelUnderTest {
  readonly instance: ChannelInstance
  /** Brings what the person does to the desk, from now on. */
  connect(sink: AnswerSink): Promise<void>
  /** How often the question stands at the provider. */
  count(requestId: string): number
  /** All that can be read there about the request now, its thread included. */
  screen(requestId: string): string
  /** How many further things have been said about it, such as reminders. */
  said(requestId: string): number
  /** Whether the person is offered to approve it. */
  offers(requestId: string): boolean
  /** The person answers, as the screen shows it. Resolves when the desk has heard of it. */
  answer(requestId: string, answer: 'approve' | 'reject', reason?: string): Promise<Click>
  /** What must never be stored or logged: tokens, keys, codes. */
  secrets(): readonly string[]
  close(): Promise<void>
  /** With `canFail`: what becomes of the next message. */
  failNext?(when: 'before' | 'after'): void
  /** With `hasThreads`: which thread the question stands in, or begins. */
  threadOf?(requestId: string): string
  /** For a channel with a callback: an approval as the provider would send it, but not signed by it. */
  unsigned?(requestId: string): Promise<CallbackRequest>
}

/** An answer that was given. */
export interface Click {
  /** What the person is told; waits for it. Only of a refused answer it is certain that there is something. */
  told(): Promise<string>
  /** The provider delivers the same click again. */
  again(): Promise<void>
}

/** A real desk that asks in the channel. */
export interface Setting {
  readonly at: ChannelUnderTest
  readonly desk: Desk & { readonly clock: StillClock }
  /** What was logged, by the channel and the desk. */
  readonly log: readonly string[]
  /** Opens a request that is not delivered yet. */
  open(change?: Partial<RequestDraft>): Promise<ApprovalRequest>
  /** Opens a request and has it delivered. */
  ask(change?: Partial<RequestDraft>): Promise<ApprovalRequest>
  deliver(request: { readonly id: string }): Promise<void>
  /** Delivers although the desk believes that the message shows all there is. */
  deliverAnyway(request: { readonly id: string }): Promise<void>
  /** While it is broken, what the desk writes is lost. */
  readonly breaking: { isBroken: boolean }
}

export interface SettingOptions {
  /** Who is at the provider; null: nobody whom the desk knows. Default grace. */
  readonly reviewer?: string | null
  readonly policy?: Partial<PolicyInput>
}

/** Starts the channel, and a desk that asks in it, for one test. */
export type Begin = (options?: SettingOptions) => Promise<Setting>

/** A desk with the reviewers ada and grace, whose one channel is the harness's. */
export async function setUp(
  inUse: StoreInUse,
  harness: ChannelHarness,
  options: SettingOptions = {},
): Promise<Setting> {
  const log: string[] = []
  const write = (message: string, facts: object = {}): void => {
    log.push(`${message} ${inspect(facts, { depth: 10 })}`)
  }
  const logger: Logger = { info: write, warn: write, error: write }
  const { reviewer = 'grace', policy } = options
  const at = await harness.start(reviewer ?? undefined, logger)
  onTestFinished(() => at.close())

  const breaking = breakable(inUse.store)
  const desk = {
    ...(await testDesk(breaking.store, {
      // A provider finds its own messages by the time at which they were posted.
      clock: stillClock(new Date().toISOString()),
      channels: [at.instance.channel],
      policy: { expiresAfterMs: 24 * 3_600_000, approveWithoutImage: true, ...policy },
    })),
    logger,
  }
  await at.connect(answerSink(desk, at.instance.channel))
  const self: Setting = {
    at,
    desk,
    log,
    open(change = {}) {
      const { picture: _, ...evidence } = draft().evidence
      return openRequest(desk, draft({ evidence, ...change }), [])
    },
    async ask(change) {
      const request = await self.open(change)
      await self.deliver(request)
      return request
    },
    deliver: ({ id }) => deliver(desk, id),
    async deliverAnyway(request) {
      await inUse.sql.query('update holdpoint.deliveries set shown = null')
      await self.deliver(request)
    },
    breaking,
  }
  return self
}
