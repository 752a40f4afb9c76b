import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  type Invitation,
  inviteFirstReviewer,
} from '../../../../src/adapters/slack/setup/first-reviewer.ts'
import {
  type SlackWorkspace,
  startSlackWorkspace,
} from '../../../../src/testing/slack-workspace/index.ts'
import { clientFor } from '../../../testing/slack-workspace-kit.ts'

const DIGITS = '042317'

let workspace: SlackWorkspace
let invitation: Invitation
let app: Server

beforeEach(async () => {
  workspace = await startSlackWorkspace()
  app = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const form = new URLSearchParams(Buffer.concat(chunks).toString())
    const answer = await invitation.hear(JSON.parse(form.get('payload') ?? '{}'))
    response.setHeader('content-type', 'application/json')
    response.end(answer === undefined ? '' : JSON.stringify(answer))
  }).listen(0, '127.0.0.1')
  await once(app, 'listening')
  workspace.setInteractivityUrl(`http://127.0.0.1:${(app.address() as AddressInfo).port}/`)
  invitation = await inviteFirstReviewer({
    client: clientFor(workspace),
    channelId: workspace.channelId,
    teamId: workspace.teamId,
    digits: DIGITS,
  })
})
afterEach(async () => {
  app.close()
  await workspace.close()
})

type Who = keyof SlackWorkspace['users']

async function type(who: Who, digits: string) {
  const [message] = workspace.messages(workspace.channelId)
  await workspace.click(who, String(message?.ts), 'hp_become_reviewer')
  const view = workspace.views(workspace.users[who]).at(-1)
  return workspace.submitView(who, String(view?.id), { hp_digits: digits })
}

const pending = Symbol('pending')
const stateNow = () => Promise.race([invitation.reviewer, Promise.resolve(pending)])

test('who types the digits of the terminal is the first reviewer, however they are spaced', async () => {
  await type('grace', '042 317')
  expect(await invitation.reviewer).toEqual({ userId: workspace.users.grace, name: 'Grace' })
  const [message] = workspace.messages(workspace.channelId)
  expect(JSON.stringify(message?.blocks)).toContain('is the first reviewer')
})

test('wrong digits are refused in the form, and nobody becomes it', async () => {
  const { answer } = await type('ada', '111111')
  expect(answer).toContain('not the six digits')
  expect(await stateNow()).toBe(pending)
  await type('grace', DIGITS)
  expect(await invitation.reviewer).toMatchObject({ userId: workspace.users.grace })
})

test('after five wrong tries nothing is taken any more, not even the right digits', async () => {
  for (let round = 0; round < 5; round += 1) await type('ada', '111111')
  await expect(invitation.reviewer).rejects.toThrow('too many wrong digits')
  const { answer } = await type('ada', DIGITS)
  expect(answer).toContain('Too many wrong digits')
})

test('a guest who reads the digits over a shoulder does not become it', async () => {
  const { answer } = await type('guest', DIGITS)
  expect(answer).toContain('may not answer')
  expect(await stateNow()).toBe(pending)
})

test('a set-up that is stopped says so where its button stood', async () => {
  await invitation.withdraw()
  const [message] = workspace.messages(workspace.channelId)
  expect(JSON.stringify(message?.blocks)).toContain('was stopped')
})
