import type { WebClient } from '@slack/web-api'
import { plainLine } from '../../../core/text.ts'
import { BOT_SCOPES } from '../manifest.ts'

const APPS = 'https://api.slack.com/apps'

/** What Slack refused, in its own word, and what to do about it. */
export class SetupRefused extends Error {
  override readonly name = 'SetupRefused'
  readonly remedy: string
  constructor(message: string, remedy: string) {
    super(message)
    this.remedy = remedy
  }
}

/** The app as it is installed in a workspace. */
export interface Install {
  readonly team: string
  readonly teamId: string
  /** Of the Enterprise Grid that the workspace is part of. */
  readonly enterpriseId?: string
  readonly botName: string
  /** Of the scopes that Holdpoint's calls need, those that the token lacks. */
  readonly missingScopes: readonly string[]
}

/** Throws `SetupRefused` when the bot's token is none. */
export async function lookAtInstall(client: WebClient): Promise<Install> {
  const answer = await client.auth.test().catch((error: unknown) => {
    throw refused(
      error,
      `copy the "Bot User OAuth Token" (xoxb-…): ${APPS} → your app → OAuth & Permissions`,
    )
  })
  const scopes: readonly string[] = answer.response_metadata?.scopes ?? []
  return {
    team: plainLine(answer.team ?? 'unknown', 80),
    teamId: answer.team_id ?? 'unknown',
    ...(answer.enterprise_id ? { enterpriseId: answer.enterprise_id } : {}),
    botName: plainLine(answer.user ?? 'the bot', 80),
    missingScopes: BOT_SCOPES.filter((scope) => !scopes.includes(scope)),
  }
}

/** Throws `SetupRefused` unless the bot can read, and so post, in the channel. Needs no scope of its own. */
export async function lookAtChannel(client: WebClient, channel: string): Promise<void> {
  await client.conversations.history({ channel, limit: 1 }).catch((error: unknown) => {
    throw refused(
      error,
      'type /invite @Holdpoint in that channel; take the id from its link (https://…/archives/C…)',
    )
  })
}

/** `client` carries the app-level token. Throws `SetupRefused` when it opens no socket. */
export async function lookAtAppToken(client: WebClient): Promise<void> {
  await client.apps.connections.open({}).catch((error: unknown) => {
    throw refused(
      error,
      `make one with connections:write: ${APPS} → your app → Basic Information → App-Level Tokens (xapp-…), and switch Socket Mode on`,
    )
  })
}

/** Seconds by which Slack's clock differs from this machine's; Slack refuses nothing for it, but we do. */
export async function clockSkewS(apiUrl: string, now: () => number): Promise<number> {
  const response = await fetch(new URL('api.test', apiUrl), {
    method: 'POST',
    signal: AbortSignal.timeout(10_000),
  })
  const theirs = Date.parse(response.headers.get('date') ?? '')
  if (Number.isNaN(theirs)) throw new Error('the answer has no Date header')
  return Math.round(Math.abs(now() - theirs) / 1_000)
}

interface SdkError {
  readonly message?: string
  readonly data?: { readonly error?: string; readonly needed?: string }
}

/** A failed call in words for people. */
export function refused(error: unknown, remedy: string): SetupRefused {
  const { data, message } = error as SdkError
  if (data?.error === undefined) {
    const how = `Slack could not be reached (${message ?? 'unknown'})`
    return new SetupRefused(how, 'check the network, and a proxy if there is one; try again')
  }
  if (data.error !== 'missing_scope') return new SetupRefused(data.error, remedy)
  return new SetupRefused(
    `missing_scope: ${data.needed ?? 'unknown'}`,
    `add ${data.needed ?? 'it'} at ${APPS} → your app → OAuth & Permissions, then install the app again`,
  )
}
