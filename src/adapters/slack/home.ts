import type { WebClient } from '@slack/web-api'
import type { SlackOptions } from './options.ts'
import { within } from './within.ts'

const LOOK_UP_MS = 800

/** Where a click came from, as its payload says. */
export interface Origin {
  readonly teamId: string | undefined
  /** On Enterprise Grid. */
  readonly enterpriseId: string | undefined
  /** Of the account that clicked: its workspace, on Enterprise Grid its organisation. */
  readonly userTeamId: string | undefined
}

/** The other half of a person's identity: user ids are unique within an organisation or workspace only. */
export function homeOf({
  teamId,
  enterpriseId,
}: Pick<Origin, 'teamId' | 'enterpriseId'>): string | undefined {
  return enterpriseId ?? teamId
}

/** Whether it happened in this workspace (T…) or organisation (E…). */
export function isAt(home: string, { teamId, enterpriseId }: Origin): boolean {
  return home.startsWith('E') ? enterpriseId === home : teamId === home
}

/** Whether the account is one of here. In a shared channel it can be another company's, with any user id. */
export function isOneOf(home: string, { teamId, enterpriseId, userTeamId }: Origin): boolean {
  return userTeamId !== undefined && [home, teamId, enterpriseId].includes(userTeamId)
}

/** The organisation of the token, or else its workspace: asked once; undefined while Slack does not say. */
export function rememberedHome(
  client: WebClient,
  options: Pick<SlackOptions, 'teamId'>,
): () => Promise<string | undefined> {
  let home = options.teamId
  return async () => {
    if (home !== undefined) return home
    try {
      const { team_id: teamId, enterprise_id: enterpriseId } = await within(
        LOOK_UP_MS,
        client.auth.test(),
      )
      home = homeOf({ teamId, enterpriseId })
    } catch {
      return undefined
    }
    return home
  }
}
