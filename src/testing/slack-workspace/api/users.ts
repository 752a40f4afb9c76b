import { z } from 'zod'
import type { Person } from '../people.ts'
import type { WorkspaceState } from '../state.ts'
import { type Method, method, SlackRefusal } from './method.ts'

export const userMethods: Readonly<Record<string, Method>> = {
  'auth.test': method([], z.object({}), (state) => ({
    url: `${state.url}/`,
    team: state.teamName,
    user: state.people.find(({ id }) => id === state.botUser)?.handle,
    team_id: state.teamId,
    user_id: state.botUser,
    bot_id: state.botId,
    ...(state.enterprise ? { enterprise_id: state.enterprise.id } : {}),
    is_enterprise_install: false,
  })),

  'users.info': method(['users:read'], z.object({ user: z.string() }), (state, args) => {
    const person = state.people.find(({ id }) => id === args.user)
    if (!person) throw new SlackRefusal('user_not_found')
    return { user: userObject(state, person) }
  }),

  'users.lookupByEmail': method(
    ['users:read.email'],
    z.object({ email: z.string() }),
    (state, args) => {
      const wanted = args.email.toLowerCase()
      // Slack finds neither deactivated people nor those of other workspaces by their address.
      const person = state.people.find(
        ({ email, flags, teams }) =>
          email === wanted && !flags.deleted && teams.includes(state.teamId),
      )
      if (!person) throw new SlackRefusal('users_not_found')
      return { user: userObject(state, person) }
    },
  ),
}

function userObject(state: WorkspaceState, person: Person): Record<string, unknown> {
  const { flags } = person
  const names = {
    real_name: person.realName,
    real_name_normalized: person.realName,
    display_name: person.name,
    display_name_normalized: person.name,
  }
  const identity = {
    id: person.id,
    team_id: person.teamId,
    name: person.handle,
    deleted: flags.deleted ?? false,
    is_bot: flags.is_bot ?? false,
    is_app_user: false,
    ...(flags.is_workflow_bot ? { is_workflow_bot: true } : {}),
    ...(flags.is_connector_bot ? { is_connector_bot: true } : {}),
    ...(flags.is_stranger ? { is_stranger: true } : {}),
    updated: 1_700_000_000,
    profile: {
      ...names,
      title: '',
      avatar_hash: '',
      team: person.teamId,
      // The address is left out without the scope, not refused.
      ...(person.email && state.scopes.includes('users:read.email') ? { email: person.email } : {}),
      ...(flags.is_bot ? { bot_id: person.id === state.botUser ? state.botId : '' } : {}),
    },
  }
  const enterprise = flags.is_stranger ? undefined : state.enterprise
  // A deactivated account has lost these fields altogether.
  if (flags.deleted) return identity
  return {
    ...identity,
    color: '9f69e7',
    real_name: person.realName,
    tz: 'Europe/Berlin',
    tz_label: 'Central European Time',
    tz_offset: 3600,
    is_admin: flags.is_admin ?? false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: flags.is_restricted ?? false,
    is_ultra_restricted: flags.is_ultra_restricted ?? false,
    is_email_confirmed: flags.is_email_confirmed ?? false,
    who_can_share_contact_card: 'EVERYONE',
    ...(enterprise
      ? {
          enterprise_user: {
            id: person.id,
            enterprise_id: enterprise.id,
            enterprise_name: enterprise.name,
            is_admin: false,
            is_owner: false,
            is_primary_owner: false,
            teams: person.teams,
          },
        }
      : {}),
  }
}
