import { z } from 'zod'
import { optionInvalid } from '../core/errors.ts'
import { defineGuard, type Guard } from '../core/guard.ts'
import { DESK_REVIEWER, definePolicy, type Policy } from '../core/policy.ts'
import type { ChannelDefinition } from '../ports/channel.ts'

/** A person who may review, and who they are at each channel: `{ name: 'Grace', slack: 'U777' }`. */
export type ReviewerConfig = Readonly<Record<string, string>> & { readonly name?: string }

/** What the owner sets; an agent never does. Read from `holdpoint.config.ts` by the server. */
export interface HoldpointConfig {
  readonly channels?: readonly ChannelDefinition[]
  /** By reviewer id; ids appear in policy, log and audit. */
  readonly reviewers?: Readonly<Record<string, ReviewerConfig>>
  /** Default: every reviewer may answer, one is enough, within 15 minutes. */
  readonly policy?: Policy
  /** Default: all stock guards. An empty list is an error. */
  readonly guards?: readonly Guard[]
}

const reviewersSchema = z.record(
  z.string().regex(/^[a-z][\w.-]{0,60}$/i, 'must be a short id such as "grace"'),
  z.record(z.string(), z.string().min(1)),
)

const KNOWN = ['channels', 'reviewers', 'policy', 'guards']

/** Checks a configuration. Throws `HP_ERR_OPTION_INVALID` naming the member that is wrong. */
export function defineConfig(config: HoldpointConfig): HoldpointConfig {
  const unknown = Object.keys(config).find((key) => !KNOWN.includes(key))
  // A misspelt "policy" would silently mean the default one.
  if (unknown !== undefined)
    throw optionInvalid(`config.${unknown}`, `is unknown; known are ${KNOWN.join(', ')}`)
  const reviewers = reviewersSchema.safeParse(config.reviewers ?? {})
  if (!reviewers.success) {
    const issue = reviewers.error.issues[0]
    throw optionInvalid(
      ['config.reviewers', ...(issue?.path ?? [])].join('.'),
      issue?.message ?? 'is not valid',
    )
  }
  if (config.guards !== undefined && config.guards.length === 0) {
    throw optionInvalid(
      'config.guards',
      'must not be empty: a guard that holds nothing guards nothing',
    )
  }
  for (const guard of config.guards ?? []) defineGuard(guard)
  for (const channel of config.channels ?? []) {
    if (typeof channel?.name !== 'string' || typeof channel.start !== 'function') {
      throw optionInvalid('config.channels', 'must hold channels, such as slackChannel({ … })')
    }
  }
  if (config.policy !== undefined) checkReviewers(definePolicy(config.policy), config)
  return Object.freeze({ ...config })
}

function checkReviewers(policy: Policy, config: HoldpointConfig): void {
  const known = new Set([DESK_REVIEWER, ...Object.keys(config.reviewers ?? {})])
  const stranger = policy.reviewers.find((reviewer) => !known.has(reviewer))
  if (stranger !== undefined) {
    throw optionInvalid('policy.reviewers', `names "${stranger}", who is not in config.reviewers`)
  }
}

/** Wraps a channel of one's own. */
export function defineChannel(definition: ChannelDefinition): ChannelDefinition {
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(definition.name)) {
    throw optionInvalid('channel.name', 'must be a short lower-case word such as "pager"')
  }
  return Object.freeze({ ...definition })
}
