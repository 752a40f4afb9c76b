import type { WebClient } from '@slack/web-api'
import { expect, test } from 'vitest'
import { checkPerson } from '../../../src/adapters/slack/person.ts'

const TEAM = 'T0TEAM00001'
const MEMBER = { id: 'U0GRACE0001', team_id: TEAM, deleted: false, is_email_confirmed: true }

/** What becomes of somebody of whom Slack says this. */
const checked = (user: object | undefined, home = TEAM) =>
  checkPerson(
    { users: { info: async () => ({ ok: true, user }) } } as unknown as WebClient,
    MEMBER.id,
    home,
  )

test('an ordinary member may answer', async () => {
  expect(await checked(MEMBER)).toEqual({ fit: true })
})

test('on Enterprise Grid it is enough to be a member of this workspace among others', async () => {
  const user = { ...MEMBER, team_id: 'T0HOME00001', enterprise_user: { teams: [TEAM] } }
  expect(await checked(user)).toEqual({ fit: true })
})

test.each([
  [{ team_id: 'E0ORG000001' }, true],
  [{ enterprise_user: { enterprise_id: 'E0ORG000001', teams: [] } }, true],
  [{ team_id: 'E0OTHER0001' }, false],
  [{ enterprise_user: { enterprise_id: 'E0OTHER0001', teams: [TEAM] } }, false],
])('for an organisation it takes a member of it: %j is one: %s', async (change, fit) => {
  expect(await checked({ ...MEMBER, ...change }, 'E0ORG000001')).toMatchObject({ fit })
})

test.each([
  [{ deleted: true }, 'it is deactivated'],
  [{ is_bot: true }, 'it is a bot'],
  [{ is_workflow_bot: true }, 'it is a bot'],
  [{ is_connector_bot: true }, 'it is a bot'],
  [{ is_stranger: true }, 'it belongs to another company'],
  [{ is_restricted: true }, 'it is a guest'],
  [{ is_ultra_restricted: true }, 'it is a guest'],
  [{ team_id: 'T0OTHER0001' }, 'it belongs to another workspace'],
  [{ team_id: undefined }, 'it belongs to another workspace'],
  [{ is_email_confirmed: false }, 'its e-mail address is not confirmed'],
  [{ id: 'U0MALLORY01' }, 'the person could not be looked up'],
])('%j may not answer', async (change, why) => {
  expect(await checked({ ...MEMBER, ...change })).toMatchObject({ fit: false, why })
})

test('an answer without a person is no answer', async () => {
  expect(await checked(undefined)).toMatchObject({
    fit: false,
    why: 'the person could not be looked up',
  })
})
