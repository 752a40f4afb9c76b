import { z } from 'zod'
import type { Checked } from '../blocks/check.ts'
import { complaints } from '../blocks/complaints.ts'
import type { Channel } from '../people.ts'
import type { WorkspaceState } from '../state.ts'

/** An answer with `ok: false`. HTTP 200, as Slack answers them. */
export class SlackRefusal extends Error {
  readonly code: string
  readonly extra: Readonly<Record<string, unknown>>

  constructor(code: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(code)
    this.code = code
    this.extra = extra
  }
}

export type Arguments = Readonly<Record<string, unknown>>
export type Answer = Readonly<Record<string, unknown>>

/** One Web API method. `scopes`: any one of them is enough. */
export interface Method {
  readonly scopes: readonly string[]
  /** Which kind of token it takes: the bot's (`xoxb-`), or the app-level one (`xapp-`). */
  readonly token: 'bot' | 'app'
  run(state: WorkspaceState, args: Arguments): Answer
}

/** Declares a method whose arguments are checked first. Unknown arguments are ignored, as by Slack. */
export function method<Schema extends z.ZodType>(
  scopes: readonly string[],
  schema: Schema,
  run: (state: WorkspaceState, args: z.infer<Schema>) => Answer,
): Method {
  return {
    scopes,
    token: 'bot',
    run(state, args) {
      const parsed = schema.safeParse(args)
      if (parsed.success) return run(state, parsed.data)
      const messages = complaints(parsed.error, args, '').map((line) => `[ERROR] ${line}`)
      throw new SlackRefusal('invalid_arguments', { response_metadata: { messages } })
    },
  }
}

/** Declares a method that takes the app-level token. */
export const appMethod: typeof method = (...declaration) => ({
  ...method(...declaration),
  token: 'app',
})

/** Form bodies carry `true` and `1`; JSON bodies carry booleans. */
export const flag = z.preprocess((value) => {
  if (value === 'true' || value === '1' || value === 1) return true
  if (value === 'false' || value === '0' || value === 0) return false
  return value
}, z.boolean().optional())

/** A whole number, also from a form. */
export const whole = z.preprocess(
  (value) => (typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value),
  z.int(),
)

/** JSON within a form field; in a JSON body it may stand as it is. `undefined` when unreadable. */
export function unpackJson(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

/** The checked value, or Slack's refusal with its `errors` and `response_metadata`. */
export function accepted<T>(checked: Checked<T>): T {
  if (checked.ok) return checked.value
  if (checked.details.length === 0) throw new SlackRefusal(checked.error)
  throw new SlackRefusal(checked.error, {
    // Views report in `response_metadata` alone.
    ...(checked.error === 'invalid_blocks' ? { errors: checked.details } : {}),
    response_metadata: { messages: checked.details.map((line) => `[ERROR] ${line}`) },
  })
}

/**
 * The conversation with this id, if the bot may see it: a private one that it is not in does not
 * exist for it.
 */
export function visibleChannel(state: WorkspaceState, id: string): Channel {
  const channel = state.channels.find((candidate) => candidate.id === id)
  const visible = channel && (channel.kind === 'public' || channel.members.includes(state.botUser))
  if (!channel || !visible) throw new SlackRefusal('channel_not_found')
  return channel
}

/** Checks for a scope that depends on what is asked for, such as the kind of conversation. */
export function requireScope(state: WorkspaceState, needed: string): void {
  if (state.scopes.includes(needed)) return
  throw new SlackRefusal('missing_scope', { needed, provided: state.scopes.join(',') })
}

/** `channels:history`, `groups:history` or `im:history`, by the kind of conversation. */
export function scopeFor(channel: Channel, right: 'history' | 'read'): string {
  const family = { public: 'channels', private: 'groups', im: 'im' }[channel.kind]
  return `${family}:${right}`
}
