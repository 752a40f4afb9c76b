import type { SlackEnterprise, SlackUserIds } from './handle.ts'

type PersonKey = keyof SlackUserIds | Exclude<keyof SlackEnterprise, 'id'>

/** A user as `users.info` describes one, in the words used here. */
export interface Person {
  readonly key: PersonKey
  readonly id: string
  readonly handle: string
  readonly name: string
  readonly realName: string
  readonly email?: string
  readonly teamId: string
  /** The workspaces of the enterprise that the person is a member of. Without one: their own. */
  readonly teams: readonly string[]
  /** Whether the person can open the inbox and click there. */
  readonly signsIn: boolean
  readonly flags: {
    readonly deleted?: true
    readonly is_bot?: true
    readonly is_workflow_bot?: true
    readonly is_connector_bot?: true
    readonly is_restricted?: true
    readonly is_ultra_restricted?: true
    readonly is_stranger?: true
    readonly is_email_confirmed?: boolean
    readonly is_admin?: true
  }
}

/** A conversation. A direct message with the bot has the person's id in `with`. */
export interface Channel {
  readonly id: string
  readonly name: string
  readonly kind: 'public' | 'private' | 'im'
  readonly archived: boolean
  readonly topic: string
  readonly members: readonly string[]
  readonly with?: string
}

const PARTNER_TEAM_ID = 'T0PARTNER01'
export const SISTER_ID = 'U0SISTER001'
export const TRANSFER_ID = 'U0TRANSFER1'
const SISTER_TEAM_ID = 'T0SISTER001'

/** The cast. Ids have Slack's form and stay the same from run to run, so that logs can be compared. */
export function cast(teamId: string, appName: string, inEnterprise: boolean): readonly Person[] {
  const member = (
    key: PersonKey,
    id: string,
    realName: string,
    flags: Person['flags'] = {},
  ): Person => {
    const name = realName.split(' ')[0] ?? realName
    const handle = realName.toLowerCase().replaceAll(' ', '.')
    return {
      key,
      id,
      handle,
      name,
      realName,
      email: `${name.toLowerCase()}@example.com`,
      teamId,
      teams: [teamId],
      signsIn: true,
      flags: { is_email_confirmed: true, ...flags },
    }
  }
  const program = (key: PersonKey, id: string, name: string, flags: Person['flags']): Person => ({
    key,
    id,
    handle: name.toLowerCase().replaceAll(' ', '_'),
    name,
    realName: name,
    teamId,
    teams: [teamId],
    signsIn: false,
    flags: { is_email_confirmed: false, ...flags },
  })
  const { email: _unshared, ...stranger } = member('stranger', 'U0STRANGER1', 'Sam Partner', {
    is_stranger: true,
  })
  const fromSister = inEnterprise
    ? [
        { ...member('sister', SISTER_ID, 'Sofia Sister'), teams: [SISTER_TEAM_ID] },
        { ...member('transfer', TRANSFER_ID, 'Theo Transfer'), teams: [SISTER_TEAM_ID, teamId] },
      ].map((person) => ({ ...person, teamId: SISTER_TEAM_ID }))
    : []
  return [
    member('grace', 'U0GRACE0001', 'Grace Hopper', { is_admin: true }),
    member('ada', 'U0ADA000001', 'Ada Lovelace'),
    member('mallory', 'U0MALLORY01', 'Mallory Archer'),
    member('guest', 'U0GUEST0001', 'Gus Guest', { is_restricted: true }),
    member('singleChannelGuest', 'U0GUEST0002', 'Uma Guest', {
      is_restricted: true,
      is_ultra_restricted: true,
    }),
    { ...stranger, teamId: PARTNER_TEAM_ID, teams: [PARTNER_TEAM_ID] },
    member('unconfirmed', 'U0UNCONFIRM', 'Una Newcomer', { is_email_confirmed: false }),
    member('outsider', 'U0OUTSIDER1', 'Otto Outsider'),
    ...fromSister,
    { ...member('deleted', 'U0DELETED01', 'Dora Gone', { deleted: true }), signsIn: false },
    program('bot', 'U0HPBOT0001', appName, { is_bot: true }),
    program('workflowBot', 'U0WORKFLOW1', 'Workflow', { is_bot: true, is_workflow_bot: true }),
    program('connectorBot', 'U0CONNECTOR', 'Connector', { is_bot: true, is_connector_bot: true }),
  ]
}

/** The conversations that exist from the start; direct messages are opened later. */
export function conversations(channelId: string, people: readonly Person[]): Channel[] {
  const away: readonly string[] = ['outsider', 'deleted', 'workflowBot', 'connectorBot']
  const everybody = people.filter((person) => !away.includes(person.key)).map(({ id }) => id)
  const staff = everybody.filter((id) => id !== 'U0STRANGER1' && !id.startsWith('U0GUEST'))
  const withoutBot = staff.filter((id) => id !== 'U0HPBOT0001')
  const base = { archived: false, topic: '' }
  return [
    {
      ...base,
      id: channelId,
      name: 'approvals',
      kind: 'private',
      topic: 'What browser agents want to do, and who says yes',
      members: everybody,
    },
    { ...base, id: 'C0GENERAL01', name: 'general', kind: 'public', members: staff },
    { ...base, id: 'C0NOTJOINED', name: 'random', kind: 'public', members: withoutBot },
    { ...base, id: 'C0HIDDEN001', name: 'board', kind: 'private', members: withoutBot },
    {
      ...base,
      id: 'C0ARCHIVED1',
      name: 'old-approvals',
      kind: 'public',
      archived: true,
      members: staff,
    },
  ]
}

/** Finds a person by id (`U…`) or by the key used in `workspace.users` (`grace`). */
export function findPerson(people: readonly Person[], idOrKey: string): Person | undefined {
  return people.find((person) => person.id === idOrKey || person.key === idOrKey)
}
