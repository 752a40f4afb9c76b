import type { WebClient } from '@slack/web-api'
import { within } from './within.ts'

/** Part of the three seconds that Slack waits for an answer to a click. */
const LOOK_UP_MS = 1_200

/** Whether somebody may answer at all, by what Slack says of them now. */
export type PersonCheck =
  | { readonly fit: true }
  /** `message` is for the person, `why` for the audit. */
  | { readonly fit: false; readonly why: string; readonly message: string }

/**
 * Asked anew for every answer: people leave, become guests, and a shared channel holds people of other
 * companies. Fails closed: who cannot be looked up does not decide.
 */
export async function checkPerson(
  client: WebClient,
  user: string,
  teamId: string,
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
  const why = unfitness(facts as PersonFacts, teamId)
  if (why === undefined) return { fit: true }
  return { fit: false, why, message: `Your Slack account may not answer: ${why}. Nothing changed.` }
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
  readonly enterprise_user?: { readonly teams?: readonly string[] }
}

function unfitness(facts: PersonFacts, teamId: string): string | undefined {
  if (facts.deleted === true) return 'it is deactivated'
  if (facts.is_bot || facts.is_workflow_bot || facts.is_connector_bot) return 'it is a bot'
  if (facts.is_stranger) return 'it belongs to another company'
  if (facts.is_restricted || facts.is_ultra_restricted) return 'it is a guest'
  // On Enterprise Grid one account belongs to several workspaces.
  const teams = [facts.team_id, ...(facts.enterprise_user?.teams ?? [])]
  if (!teams.includes(teamId)) return 'it belongs to another workspace'
  if (facts.is_email_confirmed === false) return 'its e-mail address is not confirmed'
  return undefined
}
