import type { WebClient } from '@slack/web-api'
import { within } from './within.ts'

/** Part of the three seconds that Slack waits for an answer to a click. */
const LOOK_UP_MS = 1_200

/** Whether somebody may answer at all, by what Slack says of them now. */
export type PersonCheck =
  | { readonly fit: true }
  /** `message` is for the person, `why` for the audit. */
  | { readonly fit: false; readonly why: string; readonly message: string }

/** `why`: what is the matter with the account. */
export function unfit(why: string): PersonCheck {
  return { fit: false, why, message: `Your Slack account may not answer: ${why}. Nothing changed.` }
}

/**
 * Asked anew for every answer: people leave, become guests, and a shared channel holds people of other
 * companies. Fails closed: who cannot be looked up does not decide. `home`: the workspace (T…) or
 * organisation (E…) that they must be a member of.
 */
export async function checkPerson(
  client: WebClient,
  user: string,
  home: string,
): Promise<PersonCheck> {
  let facts: Awaited<ReturnType<WebClient['users']['info']>>['user']
  try {
    facts = (await within(LOOK_UP_MS, client.users.info({ user }))).user
  } catch {
    facts = undefined
  }
  if (facts?.id !== user) {
    return {
      fit: false,
      why: 'the person could not be looked up',
      message: 'Slack could not say who you are just now. Nothing changed; please try again.',
    }
  }
  const why = unfitness(facts as PersonFacts, home)
  return why === undefined ? { fit: true } : unfit(why)
}

interface PersonFacts {
  readonly team_id?: string
  readonly deleted?: boolean
  readonly is_bot?: boolean
  readonly is_workflow_bot?: boolean
  readonly is_connector_bot?: boolean
  readonly is_restricted?: boolean
  readonly is_ultra_restricted?: boolean
  readonly is_stranger?: boolean
  readonly is_email_confirmed?: boolean
  readonly enterprise_user?: {
    readonly enterprise_id?: string
    readonly teams?: readonly string[]
  }
}

function unfitness(facts: PersonFacts, home: string): string | undefined {
  if (facts.deleted === true) return 'it is deactivated'
  if (facts.is_bot || facts.is_workflow_bot || facts.is_connector_bot) return 'it is a bot'
  if (facts.is_stranger) return 'it belongs to another company'
  if (facts.is_restricted || facts.is_ultra_restricted) return 'it is a guest'
  // On Enterprise Grid one account belongs to an organisation, and to several workspaces of it.
  const { enterprise_id: enterpriseId, teams = [] } = facts.enterprise_user ?? {}
  if (![facts.team_id, enterpriseId, ...teams].includes(home))
    return 'it belongs to another workspace'
  if (facts.is_email_confirmed === false) return 'its e-mail address is not confirmed'
  return undefined
}
