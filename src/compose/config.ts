import { z } from 'zod'
import { optionInvalid } from '../core/errors.ts'
import { defineGuard, type Guard } from '../core/guard.ts'
import { optionRefused } from '../core/option-issue.ts'
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
  z.string().regex(/^[a-z][\w.-]{0,60}$/i),
  z.record(z.string(), z.string().min(1)),
)

const KNOWN = ['channels', 'reviewers', 'policy', 'guards']

/** Checks a configuration. Throws `HP_ERR_OPTION_INVALID` naming the member that is wrong. */
export function defineConfig(config: HoldpointConfig): HoldpointConfig {
  if (!isObject(config)) {
    throw optionInvalid('config', `must be an object with ${KNOWN.join(', ')}`)
  }
  const unknown = Object.keys(config).find((key) => !KNOWN.includes(key))
  // A misspelt "policy" would silently mean the default one.
  if (unknown !== undefined)
    throw optionInvalid(`config.${unknown}`, `is unknown; known are ${KNOWN.join(', ')}`)
  const reviewers = reviewersSchema.safeParse(config.reviewers ?? {})
  if (!reviewers.success) throw reviewersInvalid(reviewers.error, config.reviewers)
  if (config.guards !== undefined) checkGuards(config.guards)
  if (config.channels !== undefined) {
    checkChannels(config.channels)
    checkIdentities(config.reviewers ?? {}, config.channels)
  }
  if (config.policy === undefined) return Object.freeze({ ...config })
  // With its defaults filled in: a policy may have been written as a plain object.
  const policy = definePolicy(config.policy)
  checkReviewers(policy, config)
  return Object.freeze({ ...config, policy })
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function reviewersInvalid(error: z.ZodError, given: unknown): Error {
  return optionRefused(error, {
    where: 'config.reviewers',
    given,
    known: [],
    expected: ([reviewer, member]) => {
      if (reviewer === undefined) return 'an object such as { grace: { name: "Grace" } }'
      if (error.issues[0]?.code === 'invalid_key') return 'a short id such as "grace"'
      if (member === undefined) return 'an object such as { name: "Grace", slack: "U0123456789" }'
      return 'a text that is not empty'
    },
  })
}

function checkGuards(guards: readonly Guard[]): void {
  if (!Array.isArray(guards) || !guards.every(isObject)) {
    throw optionInvalid('config.guards', 'must be a list of guards, such as stockGuards()')
  }
  if (guards.length === 0) {
    throw optionInvalid(
      'config.guards',
      'must not be empty: a guard that holds nothing guards nothing',
    )
  }
  for (const guard of guards) defineGuard(guard)
  const twice = repeated(guards.map((guard) => guard.name))
  // Findings and outcomes go by the guard's name.
  if (twice !== undefined) throw optionInvalid('config.guards', `has two guards named "${twice}"`)
}

function checkChannels(channels: readonly ChannelDefinition[]): void {
  if (!Array.isArray(channels)) {
    throw optionInvalid('config.channels', 'must be a list of channels, such as [slackChannel(…)]')
  }
  for (const [index, channel] of channels.entries()) {
    const problem = problemOf(channel)
    if (problem === undefined) continue
    throw optionInvalid(`config.channels.${index}${problem.member}`, problem.expected)
  }
  const twice = repeated(channels.map((channel) => channel.name))
  // Deliveries, callbacks and people's identities go by the channel's name.
  if (twice !== undefined)
    throw optionInvalid('config.channels', `has two channels named "${twice}"`)
}

/** A misspelt channel would silently ask nobody there, and of two with one identity either could be meant. */
function checkIdentities(
  reviewers: Readonly<Record<string, ReviewerConfig>>,
  channels: readonly ChannelDefinition[],
): void {
  if (channels.length === 0) return
  const names = channels.map((channel) => channel.name)
  const seen = new Map<string, string>()
  for (const [reviewer, who] of Object.entries(reviewers)) {
    for (const [key, identity] of Object.entries(who)) {
      if (key === 'name') continue
      const option = `config.reviewers.${reviewer}.${key}`
      if (!names.includes(key)) {
        const known = ['name', ...names].join(', ')
        throw optionInvalid(option, `is unknown; known are ${known} (the channels of this config)`)
      }
      const other = seen.get(`${key} ${identity}`)
      if (other !== undefined) {
        throw optionInvalid(option, `is that of "${other}" too; "${reviewer}" must have another`)
      }
      seen.set(`${key} ${identity}`, reviewer)
    }
  }
}

function repeated(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) !== index)
}

function checkReviewers(policy: Policy, config: HoldpointConfig): void {
  const known = new Set([DESK_REVIEWER, ...Object.keys(config.reviewers ?? {})])
  const stranger = policy.reviewers.find((reviewer) => !known.has(reviewer))
  if (stranger !== undefined) {
    throw optionInvalid('policy.reviewers', `names "${stranger}", who is not in config.reviewers`)
  }
}

/** Wraps a channel of one's own. Throws `HP_ERR_OPTION_INVALID` naming the member that is wrong. */
export function defineChannel(definition: ChannelDefinition): ChannelDefinition {
  const problem = problemOf(definition)
  if (problem !== undefined) throw optionInvalid(`channel${problem.member}`, problem.expected)
  return Object.freeze({ ...definition })
}

function problemOf(
  channel: ChannelDefinition,
): { readonly member: string; readonly expected: string } | undefined {
  if (!isObject(channel))
    return { member: '', expected: 'must be a channel, such as slackChannel({ … })' }
  if (typeof channel.name !== 'string' || !/^[a-z][a-z0-9-]{0,30}$/.test(channel.name))
    return { member: '.name', expected: 'must be a short lower-case word such as "pager"' }
  if (typeof channel.start !== 'function')
    return { member: '.start', expected: 'must be a function that starts the channel' }
  return undefined
}
