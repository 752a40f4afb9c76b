// Who is asked, where, and for how long. The owner writes this; an agent never does.
// Slack: a bot with chat:write, files:write, channels:history, groups:history and users:read, member of
// the channel. Its interactivity URL is https://<your tunnel>/callbacks/slack.
import { defineConfig, definePolicy } from 'holdpoint'
import { slackChannel } from 'holdpoint/slack'

const MINUTE_MS = 60_000

/** A variable that must be there: without a signing secret no click could be believed. */
function required(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '') throw new Error(`Set ${name}`)
  return value
}

export default defineConfig({
  channels: [
    slackChannel({
      botToken: required('SLACK_BOT_TOKEN'),
      channelId: required('SLACK_CHANNEL_ID'),
      signingSecret: required('SLACK_SIGNING_SECRET'),
    }),
  ],
  reviewers: {
    grace: { name: 'Grace', slack: required('SLACK_REVIEWER_ID') },
    ada: { name: 'Ada' }, // acted for: she never approves her own agent's actions
  },
  // "desk" is whoever holds the link that the terminal prints; leave it out to have Slack only.
  policy: definePolicy({ reviewers: ['grace', 'desk'], expiresAfterMs: 30 * MINUTE_MS }),
})
