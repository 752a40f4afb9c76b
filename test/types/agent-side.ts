/**
 * What must not compile. Checked by `npm run check`: a line below that compiles is an unused
 * `@ts-expect-error`, which is an error. Never run.
 */
import {
  createHoldpoint,
  defineConfig,
  defineGuard,
  definePolicy,
  type Finding,
  type GuardedContext,
  guardContext,
  type Holdpoint,
  isHoldpointError,
  type Outcome,
  runAction,
  type Terms,
} from 'holdpoint'
import type { BrowserContext } from 'playwright'
import type { TermsDigest } from '../../src/core/terms.ts'
import type { ReviewerProof } from '../../src/deciding/proof.ts'

declare const holdpoint: Holdpoint
declare const context: BrowserContext
declare const guarded: GuardedContext
declare const error: unknown

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const yes = <T extends true>(): T | undefined => undefined

// Without this, a type that became `any` would let everything below pass.
yes<Equal<keyof Holdpoint, 'mode' | 'url' | 'close' | typeof Symbol.asyncDispose>>()
yes<Equal<keyof GuardedContext, 'context' | 'session' | 'close' | typeof Symbol.asyncDispose>>()
yes<Equal<Awaited<ReturnType<typeof createHoldpoint>>, Holdpoint>>()

export async function nobodyDecidesOnTheAgentsSide(): Promise<void> {
  // @ts-expect-error the agent's handle has no way to approve
  await holdpoint.approve('HP-1')
  // @ts-expect-error nor has the guarded context
  await guarded.decide('HP-1', 'approve')
  // @ts-expect-error a guard cannot be taken off again
  await guarded.unguard()
}

export async function whatIsNotBuiltIsNotOffered(): Promise<void> {
  // @ts-expect-error remote mode
  await createHoldpoint({ server: { url: 'https://holdpoint.example', token: 't' } })
  // @ts-expect-error direct mode
  await createHoldpoint({ database: 'postgres://127.0.0.1/holdpoint' })
  // @ts-expect-error suspending
  await guardContext(holdpoint, context, { agent: 'shopper', waiting: 'suspend' })
}

export async function anAgentNeverPicksItsApprover(): Promise<void> {
  const policy = definePolicy({ reviewers: ['grace'], expiresAfterMs: 1 })
  // @ts-expect-error the policy is the owner's, in the configuration
  await guardContext(holdpoint, context, { agent: 'shopper', policy })
  // @ts-expect-error an agent has a name
  await guardContext(holdpoint, context, { onBehalfOf: 'ada' })
  // @ts-expect-error a misspelt member would silently mean the default policy
  defineConfig({ polcy: policy })
}

export function aPolicyHasADeadline(): void {
  definePolicy({ reviewers: ['grace'] }) // the default one
  // @ts-expect-error a request without a deadline would wait for ever
  definePolicy({ reviewers: ['grace'], expiresAfterMs: null })
}

export function aProofIsMadeByTheServerOnly(): ReviewerProof {
  // @ts-expect-error a name in a body is no proof
  return { reviewer: 'grace', channel: 'page', dedupeKey: '1' }
}

export function aDigestIsComputed(): TermsDigest {
  // @ts-expect-error any text would do otherwise
  return 'a'.repeat(64)
}

export function guardsGiveWholeFindings(): void {
  // @ts-expect-error a finding without terms asks for nothing in particular
  const finding: Finding = { kind: 'purchase', risk: 'high', confidence: 1, why: 'because' }
  // @ts-expect-error guards are asked at once: there is no time to wait for a promise
  defineGuard({ name: 'slow', inspect: async () => finding })
  // @ts-expect-error money is in minor units with its currency
  const terms: Terms = { v: 1, amount: 182.4 }
  console.log(terms)
}

export async function aNoIsNotASuccess(): Promise<string> {
  const outcome: Outcome<string> = await runAction(guarded, {}, async () => 'done')
  // @ts-expect-error there is no value unless it went through
  if (outcome.status === 'rejected') return outcome.value
  // @ts-expect-error nor before the status was looked at
  return outcome.value
}

export function detailsAreTypedByTheCode(): void {
  if (isHoldpointError(error, 'HP_ERR_REJECTED')) {
    const reviewer: string = error.details.reviewer
    // @ts-expect-error what was rejected has no lease
    console.log(reviewer, error.details.heldToken)
  }
  // @ts-expect-error a code that does not exist
  isHoldpointError(error, 'HP_ERR_NOPE')
}
