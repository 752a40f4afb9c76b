import { expect, test } from 'vitest'
import { type SlackChannelOptions, slackChannel } from '../../../src/adapters/slack/index.ts'
import { silentLogger } from '../../../src/ports/log.ts'

const GOOD = { botToken: 'xoxb-1234567890-secret', channelId: 'C0123456789' }

const made = (change: object) => () => slackChannel({ ...GOOD, ...change } as SlackChannelOptions)

test('a token and a channel are enough', () => {
  expect(slackChannel(GOOD).name).toBe('slack')
})

test.each([
  [{ botToken: 'xoxp-1234567890-secret' }, 'slackChannel.botToken: must be a bot token'],
  [{ channelId: '#approvals' }, 'slackChannel.channelId: must be a channel id'],
  [{ signingSecret: 'short' }, 'slackChannel.signingSecret: must be the signing secret'],
  [{ appToken: 'xoxb-1234567890-secret' }, 'slackChannel.appToken: must be an app-level token'],
  [
    { appToken: 'xapp-1-A0123-secret', signingSecret: 'x'.repeat(32) },
    'slackChannel.appToken: is for Socket Mode and signingSecret for HTTP; an app has one of them',
  ],
  [{ teamId: 'acme' }, 'slackChannel.teamId: must be a workspace id'],
  [{ appId: 'holdpoint' }, 'slackChannel.appId: must be an app id'],
  [{ lockScreen: 'none' }, 'slackChannel.lockScreen: must be "full" or "no-amount"'],
  [
    { singingSecret: 'x'.repeat(32) },
    'slackChannel.singingSecret: is unknown; known are botToken, channelId, appToken, signingSecret',
  ],
  [
    { botToken: undefined },
    'slackChannel.botToken: is missing; it must be a bot token (xoxb-…), such as process.env.SLACK_BOT_TOKEN',
  ],
  [{ slackApiUrl: 'http://slack.example/api/' }, 'slackChannel.slackApiUrl: must be https'],
  [
    { slackApiUrl: 'http://127.0.0.1.evil.example/api/' },
    'slackChannel.slackApiUrl: must be https',
  ],
  [{ slackApiUrl: 'ftp://127.0.0.1/' }, 'slackChannel.slackApiUrl: must be https'],
])('%j is refused by name', (change, message) => {
  expect(made(change)).toThrow(message)
  expect(made(change)).toThrow(expect.objectContaining({ code: 'HP_ERR_OPTION_INVALID' }))
})

test('no options at all are refused by name', () => {
  expect(slackChannel as () => unknown).toThrow('slackChannel: is missing; it must be an object')
})

test('a token is never part of an error', () => {
  for (const member of [
    'botToken',
    'appToken',
    'signingSecret',
    'channelId',
    'slackApiUrl',
    'lockScreen',
  ]) {
    expect(made({ [member]: 'xoxp-hidden' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hidden') }),
    )
  }
})

test('a reviewer is named by member id, not by name', async () => {
  const start = slackChannel(GOOD).start({
    identities: { grace: '@grace' },
    names: {},
    clock: { now: () => new Date() },
    logger: silentLogger,
  })
  await expect(start).rejects.toThrow('reviewers.grace.slack: must be a member id')
})
