import type { FieldChange } from './terms.ts'

/**
 * Every error that Holdpoint throws, by code. `docs/errors.md` says the same for people; a test keeps
 * the two equal. A code is never reused. `retryable`: the same call may succeed later as it stands.
 */
export const CATALOGUE = {
  HP_ERR_OPTION_INVALID: {
    retryable: false,
    hint: 'Mend the option or variable that the message names.',
  },
  HP_ERR_FOLDER_LOCKED: {
    retryable: true,
    hint: 'One process owns a data folder. Stop that process, use its server, or choose another dataDir.',
  },
  HP_ERR_BROWSER_NOT_FOUND: {
    retryable: false,
    hint: 'Set CHROMIUM_PATH, or install Chrome, Edge or Chromium.',
  },
  HP_ERR_BROWSER_UNSUPPORTED: {
    retryable: false,
    hint: 'Launch Chromium in this process with chromium.launch(await launchOptions(holdpoint)).',
  },
  HP_ERR_REQUEST_NOT_FOUND: { retryable: false, hint: 'Check the number of the request.' },
  HP_ERR_IDEMPOTENCY_CONFLICT: {
    retryable: false,
    hint: 'The same key was used for other terms. Use a new key for a new action.',
  },
  HP_ERR_REVIEWER_NOT_ALLOWED: {
    retryable: false,
    hint: 'Only a reviewer whom the policy names may decide, and never the one acted for.',
  },
  HP_ERR_DECISION_UNAUTHENTIC: {
    retryable: false,
    hint: 'Decide through a channel, or sign in on the page of the request.',
  },
  HP_ERR_REQUEST_CLOSED: { retryable: false, hint: 'The request has ended; nothing was changed.' },
  HP_ERR_REQUEST_CHANGED: {
    retryable: false,
    hint: 'The screen showed other terms or evidence than are asked about now. Load it again.',
  },
  HP_ERR_EVIDENCE_MISSING: {
    retryable: false,
    hint: 'There is no picture of it to look at. Reject it, or let the policy set approveWithoutImage.',
  },
  HP_ERR_EDIT_INVALID: {
    retryable: false,
    hint: 'Change only fields that the question offers, within their bounds; or approve or reject it as it is.',
  },
  HP_ERR_VERDICT_INVALID: {
    retryable: false,
    hint: 'The verdict is not one that the pinned key signed for this request. Nothing was done.',
  },
  HP_ERR_HELD: { retryable: true, hint: 'A person has not answered yet. Wait, or do other work.' },
  HP_ERR_REJECTED: { retryable: false, hint: 'Do not repeat it; change it to meet the reason.' },
  HP_ERR_EXPIRED: { retryable: false, hint: 'Nobody answered in time. Report it.' },
  HP_ERR_WITHDRAWN: { retryable: false, hint: 'The question was taken back before it ran.' },
  HP_ERR_LAPSED: {
    retryable: true,
    hint: 'It was approved, but too long ago. Asking again opens a new request.',
  },
  HP_ERR_FORBIDDEN: { retryable: false, hint: 'The policy forbids it. Report it.' },
  HP_ERR_FROZEN: { retryable: false, hint: 'A person has to unfreeze the agent.' },
  HP_ERR_DRIFTED: {
    retryable: false,
    hint: 'What is about to run is not what was approved. A new request shows the difference.',
  },
  HP_ERR_CLAIM_TAKEN: {
    retryable: false,
    hint: 'Another worker holds the claim, or it already ran. Touch nothing.',
  },
  HP_ERR_CLAIM_STALE: {
    retryable: false,
    hint: 'The lease lapsed and a newer claim exists; stop and touch nothing.',
  },
  HP_ERR_NOT_SENT: {
    retryable: true,
    hint: 'It is certain that nothing was sent. It may be tried once more.',
  },
  HP_ERR_IN_DOUBT: {
    retryable: false,
    hint: 'It may have happened. Never repeat it; a person looks at the site and settles it.',
  },
  HP_ERR_GUARD_FAILED: {
    retryable: false,
    hint: 'Mend the guard; until then its page actions stay held.',
  },
  HP_ERR_STORE_UNAVAILABLE: {
    retryable: true,
    hint: 'The action stays held. Retry when the store answers.',
  },
  HP_ERR_STORE_MISMATCH: {
    retryable: false,
    hint: 'The database was made by another version of Holdpoint. Upgrade the package, or use another database.',
  },
  HP_ERR_CHANNEL_FAILED: {
    retryable: true,
    hint: 'The message could not be delivered; it is retried, and the request can be answered on its page.',
  },
} as const satisfies Record<string, { retryable: boolean; hint: string }>

/** What went wrong, by name; `docs/errors.md` lists them all. A code is never reused. */
export type ErrorCode = keyof typeof CATALOGUE

/** Facts by code. A code that is not listed carries no details of its own. */
export interface DetailsByCode {
  HP_ERR_OPTION_INVALID: { readonly option: string }
  HP_ERR_FOLDER_LOCKED: { readonly pid: number; readonly url?: string }
  HP_ERR_HELD: { readonly requestId: string; readonly expiresAt: Date }
  HP_ERR_REJECTED: {
    readonly requestId: string
    readonly reviewer: string
    readonly reason?: string
  }
  HP_ERR_EXPIRED: { readonly requestId: string }
  HP_ERR_WITHDRAWN: { readonly requestId: string; readonly reason: string }
  HP_ERR_LAPSED: { readonly requestId: string }
  HP_ERR_DRIFTED: {
    readonly requestId: string
    readonly changed: readonly FieldChange[]
    readonly newRequestId?: string
  }
  HP_ERR_NOT_SENT: { readonly requestId: string }
  HP_ERR_IN_DOUBT: { readonly requestId: string }
  HP_ERR_REQUEST_NOT_FOUND: { readonly requestId: string }
  HP_ERR_REQUEST_CLOSED: {
    readonly requestId: string
    readonly state: string
    readonly decidedBy?: string
    readonly decidedAt?: Date
  }
  HP_ERR_REQUEST_CHANGED: { readonly requestId: string }
  HP_ERR_EVIDENCE_MISSING: { readonly requestId: string }
  HP_ERR_EDIT_INVALID: { readonly requestId: string; readonly field?: string }
  HP_ERR_REVIEWER_NOT_ALLOWED: { readonly reviewer: string; readonly why: string }
  HP_ERR_CLAIM_STALE: { readonly heldToken: number; readonly currentToken: number }
}

type DetailsOf<Code extends ErrorCode> = Code extends keyof DetailsByCode
  ? DetailsByCode[Code]
  : Record<string, never>

type ErrorArguments<Code extends ErrorCode> = Code extends keyof DetailsByCode
  ? [details: DetailsByCode[Code], options?: { cause?: unknown }]
  : [details?: Record<string, never>, options?: { cause?: unknown }]

/** The one class that Holdpoint throws. Read `code` and `details`; the message is for people and models. */
export class HoldpointError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'HoldpointError'
  readonly code: Code
  readonly details: DetailsOf<Code>
  /** What to do next, in one sentence. */
  readonly hint: string
  readonly retryable: boolean

  constructor(code: Code, message: string, ...[details, options]: ErrorArguments<Code>) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.details = (details ?? {}) as DetailsOf<Code>
    this.hint = CATALOGUE[code].hint
    this.retryable = CATALOGUE[code].retryable
  }
}

/** Whether `error` is Holdpoint's, and of `code` if one is given. Works across duplicate installs. */
export function isHoldpointError<Code extends ErrorCode>(
  error: unknown,
  code?: Code,
): error is HoldpointError<Code> {
  if (!(error instanceof Error) || error.name !== 'HoldpointError') return false
  const actual = (error as { code?: unknown }).code
  return code === undefined ? typeof actual === 'string' : actual === code
}

/** The error of a caller's mistake: which option, what is wrong with it, what is expected. */
export function optionInvalid(
  option: string,
  problem: string,
): HoldpointError<'HP_ERR_OPTION_INVALID'> {
  return new HoldpointError('HP_ERR_OPTION_INVALID', `${option}: ${problem}`, { option })
}
