import type { WebClient } from '@slack/web-api'
import { checkPerson } from '../person.ts'
import type { FirstReviewer } from './first-reviewer.ts'
import { personName } from './person-name.ts'

/** Finds a person of the workspace by e-mail address, or says in words for people why not. */
export async function personByEmail(
  client: WebClient,
  email: string,
  teamId: string,
): Promise<FirstReviewer | string> {
  const found = await client.users.lookupByEmail({ email }).catch((error: unknown) => {
    const { data } = error as { readonly data?: { readonly error?: string } }
    return data?.error ?? 'Slack could not be reached'
  })
  if (typeof found === 'string') {
    return found === 'users_not_found' ? `nobody in this workspace has ${email}` : found
  }
  const { user } = found
  if (user?.id === undefined) return `nobody in this workspace has ${email}`
  const person = await checkPerson(client, user.id, teamId)
  if (!person.fit) return person.why
  return { userId: user.id, name: personName(user) }
}
