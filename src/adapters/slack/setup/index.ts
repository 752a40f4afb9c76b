import type { WebClient } from '@slack/web-api'
import { silentLogger } from '../../../ports/log.ts'
import { openClient } from '../client.ts'
import { checkOptions } from '../options.ts'
import { openSocket } from '../socket.ts'
import { type FirstReviewer, type Invitation, inviteFirstReviewer } from './first-reviewer.ts'
import { type Install, lookAtAppToken, lookAtChannel, lookAtInstall } from './look.ts'
import { personByEmail } from './people.ts'

export { channelIdOf } from './channel-link.ts'
export type { FirstReviewer } from './first-reviewer.ts'
export { type Install, SetupRefused } from './look.ts'

/** Slack as `holdpoint init` sees it: each step checks what was typed before the next is asked. */
export interface SlackSetup {
  botToken(token: string): Promise<Install>
  appToken(token: string): Promise<void>
  channel(channelId: string): Promise<void>
  /** Who types these digits into Slack. */
  firstReviewer(digits: string, signal: AbortSignal): Promise<FirstReviewer>
  byEmail(email: string): Promise<FirstReviewer | string>
}

/** `apiUrl`: another Slack than slack.com, by https or on this machine. */
export function slackSetup(apiUrl: string | undefined): SlackSetup {
  let bot: { readonly client: WebClient; readonly install: Install } | undefined
  let app = ''
  let channelId = ''
  const clientOf = (token: string): Promise<WebClient> =>
    openClient({
      // The address is checked as the channel checks it: a token goes to no other place.
      ...checkOptions({
        botToken: 'xoxb-checked-below',
        channelId: 'C0000000',
        ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
      }),
      botToken: token,
    })
  const installed = () => {
    if (bot === undefined) throw new Error('the bot token comes first')
    return bot
  }
  return {
    async botToken(token) {
      const client = await clientOf(token)
      const install = await lookAtInstall(client)
      bot = { client, install }
      return install
    },
    async appToken(token) {
      await lookAtAppToken(await clientOf(token))
      app = token
    },
    async channel(id) {
      await lookAtChannel(installed().client, id)
      channelId = id
    },
    async firstReviewer(digits, signal) {
      const { client, install } = installed()
      const { teamId } = install
      const options = { appToken: app, slackApiUrl: apiUrl }
      let invitation: Invitation | undefined
      // Listening first: a click that comes before anybody listens is lost.
      const socket = await openSocket(options, silentLogger, async (payload) =>
        invitation?.hear(payload),
      )
      try {
        invitation = await inviteFirstReviewer({ client, channelId, teamId, digits })
        return await Promise.race([invitation.reviewer, aborted(signal)])
      } catch (error) {
        await invitation?.withdraw()
        throw error
      } finally {
        await socket.close()
      }
    },
    byEmail: (email) => personByEmail(installed().client, email, installed().install.teamId),
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    if (signal.aborted) reject(signal.reason)
  })
}
