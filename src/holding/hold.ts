import { type Attempt, identityDigest, identityOf } from '../core/action.ts'
import { describeAction } from '../core/describe.ts'
import type { EditableField, EditedValues, FieldEdit } from '../core/edit.ts'
import { type Evidence, evidenceDigest } from '../core/evidence.ts'
import type { Finding } from '../core/guard.ts'
import type { ApprovalRequest } from '../core/request.ts'
import { type FieldChange, type Terms, termsDigest } from '../core/terms.ts'
import type { Claim, EvidenceImage } from '../ports/approvals.ts'
import type { Holding } from './holding.ts'

/** What stands on the page now. */
export type ReadAgain =
  | {
      readonly attempt: Attempt
      readonly finding: Finding | undefined
      /** What differs beside the terms. */
      readonly changed?: readonly FieldChange[]
    }
  | { readonly gone: string }

/** What a held action can tell about itself; the browser's side implements it. */
export interface HeldAction {
  readonly attempt: Attempt
  readonly guard: string
  readonly finding: Finding
  /** Never rejects for a picture that failed; the hold stands without one. */
  takeEvidence(): Promise<{
    readonly evidence: Evidence
    readonly images: readonly EvidenceImage[]
  }>
  /** Reads the page again, just before it runs. */
  readAgain(): Promise<ReadAgain>
  /**
   * Puts (checked) values into the form, as a person would, and reads the page again once it has come to
   * rest. Missing where nothing is offered. Nothing that would be held passes meanwhile.
   */
  edit?(editable: readonly EditableField[], values: EditedValues): Promise<ReadAgain>
  /** Aborts when the page, context or browser closes, or the agent gives up; its reason is a text. */
  readonly signal: AbortSignal
  readonly says?: string
  readonly confidence?: number
  readonly warnings?: readonly string[]
  /** Hears of the request that follows after a drift, so that the same action joins it. */
  readonly onFollowed?: (next: LiveHold) => void
}

/** An action that waits for people. The digests are the guard's own, never read back from the store. */
export interface LiveHold {
  readonly request: ApprovalRequest
  readonly action: HeldAction
  readonly expected: {
    readonly identity: string
    readonly terms: string
    readonly evidence: string
  }
}

/** Approved, claimed, compared and started: it may run now, once. */
export interface Cleared {
  readonly status: 'cleared'
  readonly request: ApprovalRequest
  readonly claim: Claim
  readonly terms: Terms
  /** What the reviewer changed before approving. */
  readonly edited: readonly FieldEdit[]
}

/** Takes evidence and opens the request. Throws when it cannot be asked: then nothing runs. */
export async function openHold(
  holding: Holding,
  action: HeldAction,
  follows?: { readonly requestId: string; readonly changed: readonly FieldChange[] },
): Promise<LiveHold> {
  const { evidence: taken, images } = await action.takeEvidence()
  const { attempt, finding } = action
  // In the evidence, so that its digest covers what people are offered.
  const { editable } = finding
  const evidence = editable === undefined ? taken : { ...taken, editable: [...editable] }
  const identity = identityOf(finding.kind, attempt)
  const request = await holding.approvals.open(
    {
      session: attempt.session.session,
      agent: attempt.session.agent,
      ...(attempt.session.onBehalfOf === undefined
        ? {}
        : { onBehalfOf: attempt.session.onBehalfOf }),
      ...(attempt.session.task === undefined ? {} : { task: attempt.session.task }),
      kind: finding.kind,
      risk: finding.risk,
      title: describeAction(finding.kind, finding.terms),
      identity,
      terms: finding.terms,
      evidence,
      findings: [
        {
          guard: action.guard,
          kind: finding.kind,
          risk: finding.risk,
          confidence: finding.confidence,
          why: finding.why,
        },
      ],
      ...(action.says === undefined ? {} : { says: action.says }),
      ...(action.confidence === undefined ? {} : { confidence: action.confidence }),
      ...(action.warnings === undefined ? {} : { warnings: action.warnings }),
      ...(follows === undefined ? {} : { follows }),
    },
    images,
  )
  return {
    request,
    action,
    expected: {
      identity: identityDigest(identity),
      terms: termsDigest(finding.terms),
      evidence: evidenceDigest(evidence),
    },
  }
}
