import { z } from 'zod'
import { digestOf } from './canonical.ts'
import { optionInvalid } from './errors.ts'
import { optionRefused } from './option-issue.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

// Finite and positive: NaN and Infinity would make a request that never expires, so a plain > 0 is not enough.
const durationMs = z
  .number()
  .int()
  .positive()
  .max(366 * 24 * HOUR_MS)

const policySchema = z.strictObject({
  /** Reviewer ids that may answer. */
  reviewers: z.array(z.string().min(1).max(100)).min(1),
  /** How many different reviewers must approve. Default 1. */
  quorum: z.number().int().min(1).default(1),
  /** How long people have to answer. Default 15 min: no request is without a deadline. */
  expiresAfterMs: durationMs.default(15 * MINUTE_MS),
  /** Remind at half time, and 10 min before a deadline that leaves room for it. Default true. */
  reminders: z.boolean().default(true),
  /** Some of `reviewers`, who are not asked first: they may answer, and are mentioned by the escalation. */
  escalateTo: z.array(z.string().min(1).max(100)).min(1).optional(),
  /** When those are mentioned, from the opening. Default half of `expiresAfterMs`, which it must be below. */
  escalateAfterMs: durationMs.optional(),
  /** How long an approval may wait for its agent to start. Default 15 min. */
  claimWithinMs: durationMs.default(15 * MINUTE_MS),
  /** How long the same action is refused with the same reason after a rejection. Default 10 min. */
  askAgainAfterMs: z
    .number()
    .int()
    .min(0)
    .max(24 * HOUR_MS)
    .default(10 * MINUTE_MS),
  /** How long a fetch, XHR or worker request is held in place. Default 5 min. */
  holdInPlaceMs: durationMs.default(5 * MINUTE_MS),
  /** Open requests one agent may have; beyond it the agent is frozen. Default 3. */
  maxOpenPerAgent: z.number().int().min(1).max(1_000).default(3),
  /** New requests one agent may open in an hour; beyond it the agent is frozen. Default 10. */
  maxNewPerHour: z.number().int().min(1).max(10_000).default(10),
  /** Hold every state-changing same-site request that no guard knows. Default false. */
  strict: z.boolean().default(false),
  /** A body that cannot be read: `tell` the reviewer, or `hold` and ask again with the body. Default tell. */
  opaqueBytes: z.enum(['tell', 'hold']).default('tell'),
  /** Offer Approve while there is no picture. Default false. */
  approveWithoutImage: z.boolean().default(false),
  /** Lets the one it acts for approve, said in log and audit. Default false. */
  soloReviewer: z.boolean().default(false),
  /** Lets a reviewer change fields that a guard offers (a quantity, a date) and approve. Default false; needs a quorum of 1. */
  allowEdits: z.boolean().default(false),
})

const DURATION = 'a whole number of milliseconds, from 1 to those of 366 days'

/** In words for people; the empty name is the policy itself. */
const EXPECTED: Readonly<Record<string, string>> = {
  '': 'an object such as { reviewers: ["grace"] }',
  reviewers: 'a list of at least one reviewer id, such as ["grace"]',
  quorum: 'a whole number, 1 or more',
  expiresAfterMs: DURATION,
  escalateTo: 'a list of at least one reviewer id, such as ["cto"]',
  escalateAfterMs: DURATION,
  claimWithinMs: DURATION,
  holdInPlaceMs: DURATION,
  askAgainAfterMs: 'a whole number of milliseconds, from 0 to those of 24 hours',
  maxOpenPerAgent: 'a whole number from 1 to 1000',
  maxNewPerHour: 'a whole number from 1 to 10000',
}

/**
 * A policy as it is written: `reviewers`, and whatever shall differ from the defaults.
 * @interface
 */
export type PolicyInput = z.input<typeof policySchema>
/**
 * What is held, who may review, how many must agree, how long they have. Data, with a digest. One that is
 * stored with a request stays as it was written: it may lack members that came later.
 * @interface
 */
export type Policy = Readonly<z.infer<typeof policySchema>>

/** Checks a policy and fills in its defaults. Throws `HP_ERR_OPTION_INVALID` naming the member. */
export function definePolicy(input: PolicyInput): Policy {
  const parsed = policySchema.safeParse(input)
  if (!parsed.success) {
    throw optionRefused(parsed.error, {
      where: 'policy',
      given: input,
      known: Object.keys(policySchema.shape),
      expected: ([member, ...inside]) =>
        inside.length === 0 ? EXPECTED[String(member ?? '')] : undefined,
    })
  }
  const policy = parsed.data
  if (policy.quorum > new Set(policy.reviewers).size) {
    throw optionInvalid(
      'policy.quorum',
      `is ${policy.quorum}, but only ${policy.reviewers.length} may review`,
    )
  }
  if (policy.allowEdits && policy.quorum > 1) {
    throw optionInvalid(
      'policy.allowEdits',
      'needs a quorum of 1: a second reviewer would approve something else than the first',
    )
  }
  return Object.freeze(withEscalation(policy))
}

/** Writes the default out, so that it is part of the digest and of what is stored. */
function withEscalation(policy: Policy): Policy {
  const { reviewers, escalateTo, escalateAfterMs, expiresAfterMs } = policy
  if (escalateTo === undefined) {
    if (escalateAfterMs === undefined) return policy
    throw optionInvalid('policy.escalateAfterMs', 'needs policy.escalateTo, the people to ask next')
  }
  const stranger = escalateTo.find((reviewer) => !reviewers.includes(reviewer))
  if (stranger !== undefined) {
    throw optionInvalid(
      'policy.escalateTo',
      `names "${stranger}", who is not in policy.reviewers: ask only people who may answer`,
    )
  }
  if (reviewers.every((reviewer) => escalateTo.includes(reviewer))) {
    throw optionInvalid('policy.escalateTo', 'names every reviewer; it must leave one to ask first')
  }
  const afterMs = escalateAfterMs ?? Math.floor(expiresAfterMs / 2)
  if (afterMs >= expiresAfterMs) {
    throw optionInvalid(
      'policy.escalateAfterMs',
      `is ${afterMs}; it must be less than policy.expiresAfterMs, which is ${expiresAfterMs}`,
    )
  }
  return { ...policy, escalateAfterMs: afterMs }
}

/** The reviewer who holds the one-time link that the terminal prints. */
export const DESK_REVIEWER = 'desk'

/** What `createHoldpoint()` uses: the holder of the printed link decides, within 15 minutes. */
export const defaultPolicy: Policy = definePolicy({ reviewers: [DESK_REVIEWER] })

export function policyDigest(policy: Policy): string {
  return digestOf('holdpoint.policy/1', policy as never)
}
