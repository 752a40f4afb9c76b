import type { WebClient } from '@slack/web-api'
import { describe, expect, test } from 'vitest'
import { openHearing } from '../../../src/adapters/slack/hearing.ts'
import { checkOptions, type SlackChannelOptions } from '../../../src/adapters/slack/options.ts'
import { readInteraction } from '../../../src/adapters/slack/payload.ts'
import type { ChannelAnswer } from '../../../src/ports/channel.ts'
import { silentLogger } from '../../../src/ports/log.ts'
import { EVIDENCE_DIGEST, TERMS_DIGEST } from './kit.ts'

const GRACE = 'U0GRACE0001'

/** What Slack says of the token and of Grace. */
interface Install {
  readonly token: object
  readonly grace: object
}

const WORKSPACE: Install = {
  token: { team_id: 'T0ONE000001' },
  grace: { id: GRACE, team_id: 'T0ONE000001' },
}
const ORGANISATION: Install = {
  token: { team_id: 'T0ONE000001', enterprise_id: 'E0ORG000001' },
  grace: {
    id: GRACE,
    team_id: 'E0ORG000001',
    enterprise_user: { enterprise_id: 'E0ORG000001', teams: ['T0ONE000001', 'T0TWO000001'] },
  },
}

/** Where a click came from, in the words of Slack's payload. */
interface From {
  readonly team?: object | null
  readonly enterprise?: object | null
  readonly account?: string
}

async function clicked({ token, grace }: Install, from: From, options: object = {}) {
  const answers: ChannelAnswer[] = []
  const client = {
    auth: { test: async () => token },
    users: { info: async () => ({ user: grace }) },
    chat: { postEphemeral: async () => ({}) },
  }
  const hearing = openHearing(
    client as unknown as WebClient,
    checkOptions({
      botToken: 'xoxb-1234567890',
      channelId: 'C0123456789',
      ...options,
    } as SlackChannelOptions),
    {
      identities: { grace: GRACE },
      names: {},
      clock: { now: () => new Date() },
      logger: silentLogger,
    },
  )
  const interaction = readInteraction({
    type: 'block_actions',
    user: { id: GRACE, team_id: from.account },
    team: from.team,
    enterprise: from.enterprise,
    api_app_id: 'A0APP000001',
    trigger_id: '1.2.3',
    actions: [
      {
        action_id: 'hp_approve',
        block_id: `hp1.HP-41.${TERMS_DIGEST}.${EVIDENCE_DIGEST}.1`,
        action_ts: '1.0',
        value: 'HP-41',
      },
    ],
  })
  if (interaction === undefined) throw new Error('it was not read')
  const reply = await hearing.hear(interaction, {
    async answer(answer) {
      answers.push(answer)
      return { accepted: true, message: '' }
    },
    async looked() {},
    editable: async () => [],
    async signInLink() {
      return undefined
    },
    async refused() {},
  })
  return { ...reply, answers }
}

const ONE = { id: 'T0ONE000001' }
const TWO = { id: 'T0TWO000001' }
const ORG = { id: 'E0ORG000001' }
const OTHER_ORG = { id: 'E0OTHER0001' }

test.each<[what: string, install: Install, from: From]>([
  ['the workspace itself', WORKSPACE, { team: ONE, account: ONE.id }],
  ['the organisation', ORGANISATION, { team: ONE, enterprise: ORG, account: ORG.id }],
  ['another of its workspaces', ORGANISATION, { team: TWO, enterprise: ORG, account: ORG.id }],
  [
    'an app installed for all of it',
    ORGANISATION,
    { team: null, enterprise: ORG, account: ORG.id },
  ],
  [
    'an organisation named with the workspace',
    ORGANISATION,
    { team: { ...ONE, enterprise_id: ORG.id }, enterprise: null, account: ORG.id },
  ],
])('a click from %s counts', async (_what, install, from) => {
  const { answers, refused } = await clicked(install, from)
  expect(refused).toBeUndefined()
  expect(answers).toMatchObject([{ identity: GRACE }])
})

describe('the same user id is somebody else', () => {
  test.each<[what: string, install: Install, from: From]>([
    ['in another workspace', WORKSPACE, { team: TWO, account: TWO.id }],
    ['in no workspace', WORKSPACE, { team: null, account: ONE.id }],
    [
      'in another organisation',
      ORGANISATION,
      { team: ONE, enterprise: OTHER_ORG, account: ORG.id },
    ],
    ['outside of any organisation', ORGANISATION, { team: ONE, account: ONE.id }],
  ])('%s, which is not heard at all', async (_what, install, from) => {
    const { answers, isForeign, refused } = await clicked(install, from)
    expect(answers).toEqual([])
    expect([isForeign, refused]).toEqual([true, 'another workspace'])
  })

  test.each<[what: string, install: Install, from: From]>([
    [
      "with another company's account in a shared channel",
      WORKSPACE,
      { team: ONE, account: TWO.id },
    ],
    ['with an account that names no workspace', WORKSPACE, { team: ONE }],
    [
      'with an account of another organisation',
      ORGANISATION,
      { team: ONE, enterprise: ORG, account: OTHER_ORG.id },
    ],
  ])('%s, who is refused', async (_what, install, from) => {
    const { answers, refused } = await clicked(install, from)
    expect(answers).toEqual([])
    expect(refused).toBe(`${GRACE} on HP-41: it belongs to another workspace`)
  })
})

test.each([
  ['T0ONE000001', ONE, true],
  ['T0ONE000001', TWO, false],
  ['E0ORG000001', TWO, true],
  ['E0OTHER0001', ONE, false],
])('with teamId %s a click from %j counts: %s', async (teamId, team, counts) => {
  const from = { team, enterprise: ORG, account: ORG.id }
  const { answers } = await clicked(ORGANISATION, from, { teamId })
  expect(answers).toHaveLength(counts ? 1 : 0)
})

test('Slack saying nothing of the token is no workspace, so nothing is decided', async () => {
  const { answers, refused } = await clicked({ ...WORKSPACE, token: {} }, { team: ONE })
  expect(answers).toEqual([])
  expect(refused).toBe('the workspace could not be looked up')
})

test('equal clicks in two organisations are two', async () => {
  const keyOf = async (enterprise: { id: string }) => {
    const grace = { ...ORGANISATION.grace, team_id: enterprise.id }
    const install = { token: { enterprise_id: enterprise.id }, grace }
    const { answers } = await clicked(install, { team: ONE, enterprise, account: enterprise.id })
    return answers[0]?.dedupeKey
  }
  expect(await keyOf(ORG)).not.toBe(await keyOf(OTHER_ORG))
})
