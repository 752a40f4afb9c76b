import { randomBytes } from 'node:crypto'
import type { Readable } from 'node:stream'
import { describeChanges } from '../../core/terms.ts'
import type { Outcome } from '../../holding/outcome.ts'
import type { Decision } from '../../testing/agent/agent.ts'
import { checkDemoOptions } from './check-options.ts'
import { type DemoStage, openStage } from './stage.ts'
import { untilEnter } from './stay-open.ts'
import { transcript } from './transcript.ts'

export interface DemoOptions {
  readonly answer: 'approve' | 'reject' | 'none' | undefined
  readonly attack: 'price' | undefined
  readonly channel: 'slack' | 'terminal'
  readonly headed: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  readonly out: (text: string) => void
  /** Where a person may sit; the demo stays open for one who answered by hand. */
  readonly input: Readable & { readonly isTTY?: boolean }
}

export const DEMO_TASK = 'Buy two boxes of printer paper'
export const RAISED_TOTAL_MINOR = 199_00
/** Set by `scripts/commands.mjs`: in a clone `npx holdpoint` finds nothing. */
const CLONE_VARIABLE = 'HOLDPOINT_CLONE'
const REASON = 'Too expensive'

/**
 * Runs the demo to its end. 0 when the shop's own counter shows what it must, 130 after Ctrl-C; once it
 * only stays open to be looked at, Ctrl-C ends it with what it has earned.
 */
export async function runDemo(options: DemoOptions): Promise<number> {
  checkDemoOptions(options)
  const stop = new AbortController()
  const onSignal = (): void => stop.abort('interrupted')
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  let stage: DemoStage | undefined
  try {
    stage = await openStage(options, stop.signal)
    const outcome = await shop(stage, options, stop.signal)
    if (stop.signal.aborted) return 130
    const code = verdict(stage, options, outcome)
    await newRequestAnswered(stage, options, outcome, stop.signal)
    options.out(
      transcript.next({
        attackTried: options.attack !== undefined,
        inClone: options.env[CLONE_VARIABLE] !== undefined,
      }),
    )
    if (options.answer === undefined && options.input.isTTY === true) {
      options.out(transcript.staysOpen(await stage.lookAt()))
      await untilEnter(options.input, stop.signal)
    }
    return code
  } catch (error) {
    if (stop.signal.aborted) return 130
    throw error
  } finally {
    await stage?.close()
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
}

async function shop(
  stage: DemoStage,
  options: DemoOptions,
  signal: AbortSignal,
): Promise<Outcome<unknown> | undefined> {
  const { runAgent, scriptedBrain, openaiBrain, SHOPPING_SCRIPT } = await import(
    '../../testing/index.ts'
  )
  const brain =
    options.env['OPENAI_API_KEY'] === undefined
      ? scriptedBrain(SHOPPING_SCRIPT)
      : await openaiBrain()
  options.out(transcript.task(DEMO_TASK, brain.name))
  const { guarded, page } = await stage.openAgent(
    `shopper-${randomBytes(3).toString('hex')}`,
    DEMO_TASK,
  )
  await page.goto(stage.shopUrl)
  const person = answerAsScripted(stage, options)
  let number = 0
  let held: Outcome<unknown> | undefined
  const run = runAgent({
    guarded,
    page,
    task: DEMO_TASK,
    brain,
    onDecision: (decision, seen) => {
      if (decision.tool === 'done') return
      number += 1
      options.out(transcript.step(number, textOf(decision, seen.elements)))
    },
    onStep: (step) => {
      if (step.outcome !== undefined && step.outcome.status !== 'passed') held = step.outcome
    },
  })
  const interrupted = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(new Error('interrupted')), { once: true }),
  )
  const { report } = await Promise.race([run, interrupted])
  options.out(transcript.told(report))
  await Promise.race([person, interrupted])
  await stage.settled()
  return held
}

/** The scripted person: looks at the card in the inbox and clicks. */
async function answerAsScripted(stage: DemoStage, options: DemoOptions): Promise<void> {
  if (options.answer === undefined || options.answer === 'none') return
  const first = await stage.nextHeld()
  const person = await stage.person()
  if (options.answer === 'reject') return person.reject(first, REASON)
  await person.approve(first)
  if (options.attack === undefined) return
  const second = await stage.nextHeld()
  await person.sees(second)
  // The new card shows 182.40 → 199.00; a careful person says no.
  await person.reject(second, REASON)
}

/** By hand, the card that shows the difference waits for its answer too. Whatever it is, nothing more runs. */
async function newRequestAnswered(
  stage: DemoStage,
  options: DemoOptions,
  outcome: Outcome<unknown> | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (options.answer !== undefined || outcome?.status !== 'drifted') return
  const requestId = outcome.newRequest?.id
  if (requestId === undefined) return
  const ending = await stage.ended(requestId, signal)
  await stage.settled()
  options.out(transcript.answered({ requestId, ...ending, orders: stage.shop.orders.length }))
}

function verdict(
  stage: DemoStage,
  options: DemoOptions,
  outcome: Outcome<unknown> | undefined,
): number {
  const counted = stage.shop.orders.length
  const by = stage.decidedBy() ?? 'nobody'
  switch (outcome?.status) {
    case 'succeeded':
    case 'unverified':
      options.out(
        transcript.done({
          label: stage.labelOf(outcome.request.id) ?? 'sent',
          orders: counted,
          channel: stage.hasThread ? 'thread' : 'page',
        }),
      )
      break
    case 'rejected':
      options.out(
        transcript.rejected({
          by,
          reason: (outcome.reason ?? 'no reason').toLowerCase(),
          orders: counted,
        }),
      )
      break
    case 'drifted':
      options.out(
        transcript.refused({
          changed: describeChanges(outcome.changed),
          orders: counted,
          ...(outcome.newRequest === undefined ? {} : { next: outcome.newRequest.id }),
        }),
      )
      break
    case 'expired':
      options.out(transcript.nobody({ requestId: outcome.request.id, orders: counted }))
      break
    default:
      options.out(transcript.other(outcome?.status ?? 'nothing was held', counted))
  }
  const wanted =
    options.answer === undefined
      ? wantedAfter(outcome)
      : options.answer === 'approve' && options.attack === undefined
        ? 1
        : 0
  const rightEnding =
    outcome !== undefined && (options.answer === undefined || fits(options, outcome))
  return counted === wanted && rightEnding ? 0 : 1
}

function wantedAfter(outcome: Outcome<unknown> | undefined): number {
  return outcome?.status === 'succeeded' || outcome?.status === 'unverified' ? 1 : 0
}

function fits(options: DemoOptions, outcome: Outcome<unknown>): boolean {
  if (options.answer === 'none') return outcome.status === 'expired'
  if (options.answer === 'reject') return outcome.status === 'rejected'
  return outcome.status === (options.attack === undefined ? 'succeeded' : 'drifted')
}

function textOf(
  decision: Decision,
  elements: readonly { readonly index: number; readonly name: string }[],
): string {
  const index = 'index' in decision ? decision.index : -1
  const name = elements.find((element) => element.index === index)?.name ?? ''
  switch (decision.tool) {
    case 'click':
      return `click "${name}"`
    case 'type':
      // What is typed may be a card number: only the field is named.
      return `fill "${name}"`
    case 'select':
      return `choose in "${name}"`
    case 'wait_for_approval':
      return `wait for ${decision.requestId}`
    default:
      return 'report'
  }
}
