import type { CheckResult, SetupCheck } from '../../../ports/setup-check.ts'
import { openClient } from '../client.ts'
import type { SlackOptions } from '../options.ts'
import { clockSkewS, lookAtAppToken, lookAtChannel, lookAtInstall, SetupRefused } from './look.ts'

/** Signed clicks are refused from here on; half of it is worth a word. */
const SKEW_LIMIT_S = 300

/** What `holdpoint doctor` asks about a Slack channel, in this order. */
export function slackChecks(options: SlackOptions): readonly SetupCheck[] {
  const checks: SetupCheck[] = [
    { name: 'Slack bot token', run: () => told(() => botToken(options)) },
    { name: 'Slack channel', run: () => told(() => channel(options)) },
    { name: 'Slack clicks', run: () => told(() => clicks(options)) },
    { name: 'clock', run: () => clock(options) },
  ]
  return checks
}

async function botToken(options: SlackOptions): Promise<CheckResult> {
  const install = await lookAtInstall(await openClient(options))
  const { team, teamId, enterpriseId, botName, missingScopes } = install
  if (missingScopes.length > 0) {
    return {
      state: 'failed',
      detail: `${botName} in ${team} lacks ${missingScopes.join(', ')}`,
      remedy:
        'add them at https://api.slack.com/apps → your app → OAuth & Permissions, then install the app again',
    }
  }
  if (options.teamId !== undefined && ![teamId, enterpriseId].includes(options.teamId)) {
    return {
      state: 'failed',
      detail: `the token is of ${team} (${teamId}), and teamId is ${options.teamId}`,
      remedy: 'set teamId to that workspace (or its enterprise), or leave it out',
    }
  }
  return { state: 'ok', detail: `${botName} in ${team} (${teamId}), all scopes` }
}

async function channel(options: SlackOptions): Promise<CheckResult> {
  await lookAtChannel(await openClient(options), options.channelId)
  return { state: 'ok', detail: `${options.channelId}, the bot is a member` }
}

async function clicks({ appToken, ...options }: SlackOptions): Promise<CheckResult> {
  if (appToken !== undefined) {
    await lookAtAppToken(await openClient({ ...options, botToken: appToken }))
    return { state: 'ok', detail: 'by Socket Mode' }
  }
  if (options.signingSecret !== undefined) {
    return { state: 'ok', detail: 'over HTTP, signed; the test card shows whether they arrive' }
  }
  return {
    state: 'note',
    detail: 'none: the messages only link to the page of the request',
    remedy: 'set appToken (Socket Mode), or signingSecret and a request URL',
  }
}

async function clock({ slackApiUrl }: SlackOptions): Promise<CheckResult> {
  const skewS = await clockSkewS(slackApiUrl ?? 'https://slack.com/api/', Date.now)
  const detail = `${skewS} s from Slack's`
  if (skewS < SKEW_LIMIT_S / 2) return { state: 'ok', detail }
  return {
    state: skewS < SKEW_LIMIT_S ? 'note' : 'failed',
    detail,
    remedy: 'set this machine’s clock (NTP): clicks signed more than 5 min away are refused',
  }
}

async function told(look: () => Promise<CheckResult>): Promise<CheckResult> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof SetupRefused)) throw error
    return { state: 'failed', detail: error.message, remedy: error.remedy }
  }
}
