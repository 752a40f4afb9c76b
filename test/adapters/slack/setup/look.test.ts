import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { channelIdOf } from '../../../../src/adapters/slack/setup/channel-link.ts'
import {
  clockSkewS,
  lookAtChannel,
  lookAtInstall,
  SetupRefused,
} from '../../../../src/adapters/slack/setup/look.ts'
import { personByEmail } from '../../../../src/adapters/slack/setup/people.ts'
import {
  type SlackWorkspace,
  startSlackWorkspace,
} from '../../../../src/testing/slack-workspace/index.ts'
import { clientFor } from '../../../testing/slack-workspace-kit.ts'

let workspace: SlackWorkspace

beforeEach(async () => {
  workspace = await startSlackWorkspace()
})
afterEach(() => workspace.close())

const refusal = async (look: Promise<unknown>): Promise<SetupRefused> => {
  const error = await look.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof SetupRefused) return error
  throw new Error(`it was not refused: ${error}`)
}

test('a bot token that is good names its workspace, and lacks nothing', async () => {
  expect(await lookAtInstall(clientFor(workspace))).toMatchObject({
    teamId: workspace.teamId,
    missingScopes: [],
  })
})

test('a bot token that is none is refused, with where to find it', async () => {
  const { message, remedy } = await refusal(lookAtInstall(clientFor(workspace, 'xoxb-wrong-1')))
  expect(message).toBe('invalid_auth')
  expect(remedy).toContain('OAuth & Permissions')
})

test('scopes that the token lacks are named', async () => {
  const scopes = ['chat:write', 'files:write', 'channels:history', 'groups:history'] as const
  const narrow = await startSlackWorkspace({ scopes })
  try {
    const { missingScopes } = await lookAtInstall(clientFor(narrow))
    expect(missingScopes).toEqual(['users:read', 'users:read.email'])
  } finally {
    await narrow.close()
  }
})

test('a channel that the bot is in is taken; another is refused with the invitation to type', async () => {
  await lookAtChannel(clientFor(workspace), workspace.channelId)
  const { remedy } = await refusal(lookAtChannel(clientFor(workspace), 'C0NOSUCHONE'))
  expect(remedy).toContain('/invite @Holdpoint')
})

test('a Slack that does not answer is said to be out of reach', async () => {
  const gone = clientFor(workspace)
  await workspace.close()
  const { message } = await refusal(lookAtInstall(gone))
  expect(message).toContain('could not be reached')
})

test('the clock is compared with Slack’s own', async () => {
  expect(await clockSkewS(workspace.apiUrl, Date.now)).toBeLessThanOrEqual(1)
  expect(await clockSkewS(workspace.apiUrl, () => Date.now() - 600_000)).toBeGreaterThan(598)
})

test('a person is found by address; a guest, and somebody unknown, are not taken', async () => {
  const client = clientFor(workspace)
  expect(await personByEmail(client, 'grace@example.com', workspace.teamId)).toMatchObject({
    userId: workspace.users.grace,
  })
  expect(await personByEmail(client, 'nobody@example.com', workspace.teamId)).toContain('nobody')
  expect(await personByEmail(client, 'grace@example.com', 'T0ELSEWHERE')).toContain(
    'another workspace',
  )
})

describe('a channel is read from', () => {
  const forms: Readonly<Record<string, string>> = {
    'its id': 'C0123456789',
    'its link': 'https://acme.slack.com/archives/C0123456789',
    'the link of a message in it': 'https://acme.slack.com/archives/C0123456789/p1795270000000100',
    'the address of the web client': 'https://app.slack.com/client/T0123456789/C0123456789',
    'a link with blanks around it': '  https://acme.slack.com/archives/C0123456789?x=1 ',
  }
  for (const [form, text] of Object.entries(forms)) {
    test(form, () => expect(channelIdOf(text)).toBe('C0123456789'))
  }
  test('nothing else', () => {
    for (const text of ['#general', 'general', '', 'https://acme.slack.com/', 'c0123456789']) {
      expect(channelIdOf(text)).toBeUndefined()
    }
  })
})
