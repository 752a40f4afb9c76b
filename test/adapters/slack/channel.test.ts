import type { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findOwn } from '../../../src/adapters/slack/find-own.ts'
import { ChannelBug, ChannelBusy } from '../../../src/ports/channel.ts'
import {
  type SlackWorkspace,
  type StoredMessage,
  startSlackWorkspace,
} from '../../../src/testing/slack-workspace/index.ts'
import { type Bench, bench, decided, message, PNG, request } from './kit.ts'

let workspace: SlackWorkspace
let slack: Bench
beforeEach(async () => {
  workspace = await startSlackWorkspace({ fileReadyDelayMs: 0 })
  slack = await bench(workspace)
})
afterEach(async () => {
  await slack.instance.close?.()
  await workspace.close()
})

const posts = (): readonly StoredMessage[] =>
  workspace.messages(workspace.channelId).filter(({ threadTs }) => threadTs === undefined)
const replies = (): readonly StoredMessage[] =>
  workspace.messages(workspace.channelId).filter(({ threadTs }) => threadTs !== undefined)
const calls = (method: string): number =>
  workspace.calls().filter((call) => call.method === method).length
const shows = (post: StoredMessage | undefined, what: string): boolean =>
  JSON.stringify(post?.blocks).includes(what)

test('a request is posted once, with its picture and Approve, and its record is in the thread', async () => {
  const shown = await slack.show()
  expect(shown.againAfterMs).toBeUndefined()
  expect(posts()).toHaveLength(1)
  expect(shows(posts()[0], '"slack_file"')).toBe(true)
  expect(shows(posts()[0], 'Approve 182.40 EUR')).toBe(true)
  expect(replies()).toHaveLength(1)
  expect(replies()[0]?.threadTs).toBe(posts()[0]?.ts)
  expect(shows(replies()[0], '"slack_file"')).toBe(true)
  expect(shows(replies()[0], 'Card: ••4242')).toBe(true)
})

test('what everybody in the channel can read of it holds no secret, and links are not unfurled', async () => {
  await slack.show()
  for (const each of workspace.messages(workspace.channelId)) {
    expect(Object.keys(each.metadata?.event_payload ?? {})).toEqual([
      'request_id',
      'opened_at',
      'part',
    ])
    expect(each).toMatchObject({ unfurlLinks: false, unfurlMedia: false })
    expect(JSON.stringify(each)).not.toMatch(/xox|xapp/)
    expect(JSON.stringify(each)).not.toContain(workspace.signingSecret)
  }
})

test('a message that agrees already is left alone', async () => {
  await slack.show()
  const before = workspace.calls().length
  await slack.show()
  expect(workspace.calls().slice(before)).toEqual([])
})

test('a picture that is slow to upload does not keep the message back', async () => {
  workspace.faults.add({ method: 'upload', kind: 'slow', ms: 2_500 })
  const startedMs = Date.now()
  const showing = slack.show()
  await expect.poll(() => posts().length, { interval: 20, timeout: 3_000 }).toBe(1)
  // Two seconds, and a little for a machine that is busy with other tests.
  expect(Date.now() - startedMs).toBeLessThan(2_400)
  expect(shows(posts()[0], 'hp_approve')).toBe(false)
  expect(shows(posts()[0], 'hp_reject')).toBe(true)
  expect((await showing).againAfterMs).toBeGreaterThan(0)
  await slack.show()
  expect(posts()).toHaveLength(1)
  expect(shows(posts()[0], 'hp_approve')).toBe(true)
  expect(calls('files.getUploadURLExternal')).toBe(2)
})

test('a picture that is still scanned leaves Approve out until it stands in the message', async () => {
  await workspace.close()
  workspace = await startSlackWorkspace({ fileReadyDelayMs: 2_000 })
  slack = await bench(workspace)
  const first = await slack.show()
  expect(first.againAfterMs).toBe(1_000)
  expect(shows(posts()[0], 'hp_approve')).toBe(false)
  expect(shows(posts()[0], 'Approve appears with it')).toBe(true)
  expect(replies()).toEqual([])

  let again = first.againAfterMs
  while (again !== undefined) again = (await slack.show()).againAfterMs
  expect(posts()).toHaveLength(1)
  expect(shows(posts()[0], 'hp_approve')).toBe(true)
  expect(shows(posts()[0], '"slack_file"')).toBe(true)
  expect(replies()).toHaveLength(1)
})

test('a picture that Slack never takes is given up, and the page answers', async () => {
  workspace.faults.add({
    method: 'files.getUploadURLExternal',
    kind: 'error',
    error: 'file_uploads_disabled',
    times: 2,
  })
  expect((await slack.show()).againAfterMs).toBeUndefined()
  expect(shows(posts()[0], 'hp_approve')).toBe(false)
  expect(shows(posts()[0], 'behind Open')).toBe(true)
})

test('a failing upload is tried again later, and ends without a picture', async () => {
  workspace.faults.add({ method: 'upload', kind: 'http500', times: 100 })
  const waits: (number | undefined)[] = []
  for (let round = 0; round < 7; round += 1) waits.push((await slack.show()).againAfterMs)
  expect(waits.slice(0, 3)).toEqual([1_000, 2_000, 4_000])
  expect(posts()).toHaveLength(1)
  expect(shows(posts()[0], 'could not be shown')).toBe(true)
  expect(shows(posts()[0], 'hp_approve')).toBe(false)

  const before = calls('files.getUploadURLExternal')
  await slack.show(message({ request: request({ says: 'another word' }), images: { crop: PNG } }))
  expect(calls('files.getUploadURLExternal')).toBe(before)
})

test('a picture in a format that Slack does not show is not uploaded', async () => {
  const webp = Buffer.from('RIFF0000WEBP')
  await slack.show(message({ images: { full: webp } }))
  expect(calls('files.getUploadURLExternal')).toBe(0)
  expect(shows(posts()[0], 'could not be shown')).toBe(true)
})

test('without a crop the full picture is uploaded once for message and thread', async () => {
  await slack.show(message({ images: { full: PNG } }))
  expect(calls('files.getUploadURLExternal')).toBe(1)
  expect(shows(replies()[0], '"slack_file"')).toBe(true)
})

test.each(['commit_then_drop', 'http500', 'drop_before'] as const)(
  'after %s the next attempt looks, and one message stands',
  async (kind) => {
    workspace.faults.add({ method: 'chat.postMessage', kind })
    await expect(slack.show()).rejects.not.toBeInstanceOf(ChannelBug)
    await slack.show()
    expect(calls('conversations.history')).toBe(1)
    expect(posts()).toHaveLength(1)
    expect(shows(posts()[0], 'hp_approve')).toBe(true)
    expect(replies()).toHaveLength(1)
    expect(calls('files.completeUploadExternal')).toBe(2)
  },
)

test('a reply that was posted and lost is found in the thread', async () => {
  await slack.show()
  slack.ref = Object.fromEntries(
    Object.entries(slack.ref ?? {}).filter(([key]) => key !== 'thread.ts'),
  )
  slack.isUnknown = true
  await slack.show()
  expect(replies()).toHaveLength(1)
})

test('the same metadata from another app is not taken for our message', async () => {
  const metadata = {
    event_type: 'holdpoint_approval',
    event_payload: { request_id: 'HP-41', opened_at: '2026-11-21T12:00:00.000Z', part: 'message' },
  }
  const client = {
    auth: { test: async () => ({ bot_id: 'B0OURS' }) },
    conversations: {
      history: async ({ cursor }: { cursor?: string }) =>
        cursor === undefined
          ? {
              messages: [{ ts: '2.0', bot_id: 'B0OTHER', metadata }],
              response_metadata: { next_cursor: 'more' },
            }
          : { messages: [{ ts: '1.0', bot_id: 'B0OURS', metadata }] },
    },
  } as unknown as WebClient
  const openedAt = new Date('2026-11-21T12:00:00Z')
  const purpose = { requestId: 'HP-41', openedAt, part: 'message' }
  const look = (change: object) => findOwn(client, 'C0APPROVALS', { ...purpose, ...change })
  expect(await look({})).toEqual({ ts: '1.0' })
  expect(await look({ requestId: 'HP-4' })).toBeUndefined()
  // Another store, whose request has the same number.
  expect(await look({ openedAt: new Date('2026-11-21T12:00:01Z') })).toBeUndefined()
})

test('a fresh delivery does not look, and never posts by the SDK a second time', async () => {
  workspace.faults.add({ method: 'chat.postMessage', kind: 'http500' })
  await expect(slack.show()).rejects.toThrow()
  expect(calls('conversations.history')).toBe(0)
  expect(calls('chat.postMessage')).toBe(1)
})

test('a rate limit says when to come back', async () => {
  workspace.faults.add({ method: 'chat.postMessage', kind: 'ratelimited', retryAfterS: 7 })
  const error = await slack.show().catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ChannelBusy)
  expect((error as ChannelBusy).retryAfterMs).toBe(7_000)
})

test.each(['channel_not_found', 'invalid_auth', 'msg_blocks_too_long'])(
  '%s is not tried again',
  async (error) => {
    workspace.faults.add({ method: 'chat.postMessage', kind: 'error', error })
    await expect(slack.show()).rejects.toBeInstanceOf(ChannelBug)
  },
)

test('an update that failed within Slack is retried', async () => {
  await slack.show()
  workspace.faults.add({ method: 'chat.update', kind: 'error', error: 'update_failed' })
  const says = message({ request: request({ says: 'another word' }) })
  const thrown = await slack.show(says).catch((reason: unknown) => reason)
  expect(thrown).not.toBeInstanceOf(ChannelBug)
  await slack.show(says)
  expect(shows(posts()[0], 'another word')).toBe(true)
})

test.each(['internal_error', 'fatal_error'])(
  '%s may have been done, so it is retried',
  async (error) => {
    workspace.faults.add({ method: 'chat.postMessage', kind: 'error', error })
    const thrown = await slack.show().catch((reason: unknown) => reason)
    expect(thrown).toBeInstanceOf(Error)
    expect(thrown).not.toBeInstanceOf(ChannelBug)
  },
)

test('an answer takes the buttons away, and the outcome is told once in the thread', async () => {
  await slack.show()
  const placing = decided('approve', { execution: { state: 'started', token: 1 } })
  await slack.show(message({ request: placing }))
  expect(shows(posts()[0], 'hp_')).toBe(false)
  expect(shows(posts()[0], 'placing order')).toBe(true)
  expect(replies()).toHaveLength(1)

  const done = decided('approve', {
    execution: { state: 'succeeded', token: 1, label: 'order 10042' },
  })
  const images = { crop: PNG, full: PNG, after: PNG }
  await slack.show(message({ request: done, images }))
  await slack.show(message({ request: done, images }))
  expect(posts()).toHaveLength(1)
  expect(replies()).toHaveLength(2)
  expect(shows(replies()[1], 'Order 10042 placed')).toBe(true)
  expect(shows(replies()[1], '"slack_file"')).toBe(true)
})

test('a picture of afterwards that comes late joins the outcome', async () => {
  await slack.show()
  const done = decided('approve', { execution: { state: 'succeeded', token: 1 } })
  await slack.show(message({ request: done }))
  expect(shows(replies()[1], '"slack_file"')).toBe(false)
  await slack.show(message({ request: done, images: { full: PNG, after: PNG } }))
  expect(replies()).toHaveLength(2)
  expect(shows(replies()[1], '"slack_file"')).toBe(true)
})

test('a post that was done and lost is updated under other block ids', async () => {
  workspace.faults.add({ method: 'chat.postMessage', kind: 'commit_then_drop' })
  await expect(slack.show()).rejects.toThrow()
  await slack.show(message({ request: request({ says: 'another word' }) }))
  expect(posts()).toHaveLength(1)
  expect(shows(posts()[0], 'another word')).toBe(true)
})

test('an update that was done and lost is followed by one with other block ids', async () => {
  await slack.show()
  workspace.faults.add({ method: 'chat.update', kind: 'commit_then_drop' })
  const saying = (says: string) => message({ request: request({ says }) })
  await expect(slack.show(saying('another word'))).rejects.toThrow()
  await slack.show(saying('the last word'))
  expect(posts()).toHaveLength(1)
  expect(shows(posts()[0], 'the last word')).toBe(true)
})

test('a question that ended before anybody was asked is not posted', async () => {
  await slack.show(message({ request: request({ state: 'expired' }) }))
  expect(workspace.messages(workspace.channelId)).toEqual([])
})

test('a message that somebody deleted is asked again while it waits, and not afterwards', async () => {
  await slack.show()
  const remove = async (): Promise<void> => {
    await fetch(`${workspace.apiUrl}chat.delete`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${workspace.botToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ channel: workspace.channelId, ts: posts().at(-1)?.ts }),
    })
  }
  await remove()
  const says = message({ request: request({ says: 'another word' }) })
  await slack.show(says)
  expect(posts().filter(({ deleted }) => !deleted)).toHaveLength(1)
  await remove()
  await slack.show(message({ request: decided('approve') }))
  expect(posts().filter(({ deleted }) => !deleted)).toHaveLength(0)
})
