import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ChannelMessage, MessageRef, Notice } from '../../../src/ports/channel.ts'
import {
  type SlackWorkspace,
  type StoredMessage,
  startSlackWorkspace,
} from '../../../src/testing/slack-workspace/index.ts'
import { clientFor } from '../../testing/slack-workspace-kit.ts'
import { type Bench, bench, decided, message, PNG, request } from './kit.ts'

let workspace: SlackWorkspace
let slack: Bench
beforeEach(async () => {
  workspace = await startSlackWorkspace({ fileReadyDelayMs: 0 })
  slack = await bench(workspace)
})
afterEach(() => workspace.close())

const standing = (): readonly StoredMessage[] =>
  workspace.messages(workspace.channelId).filter(({ deleted }) => !deleted)
const shows = (post: StoredMessage | undefined, what: string): boolean =>
  JSON.stringify(post?.blocks).includes(what)
const remove = (ts: string | undefined) =>
  clientFor(workspace).chat.delete({ channel: workspace.channelId, ts: String(ts) })

const notice = (kind: Notice['kind'], ...reviewers: string[]): Notice => ({
  kind,
  reviewers,
  dueAt: new Date(),
})

describe('notices', () => {
  const reminded = (...notices: Notice[]): ChannelMessage => message({ notices })
  const REMINDER = notice('reminder', 'grace')

  test('each is said once in the thread, though the message is shown again', async () => {
    await slack.show()
    await slack.show(reminded(REMINDER))
    await slack.show(reminded(REMINDER))
    await slack.show(reminded(REMINDER, notice('last-call', 'grace')))
    const [card, record, ...said] = standing()
    expect(said.map(({ threadTs }) => threadTs)).toEqual([card?.ts, card?.ts])
    expect(record?.threadTs).toBe(card?.ts)
    expect(shows(said[0], 'still waits')).toBe(true)
    expect(shows(said[1], 'last call')).toBe(true)
    expect(said.every((each) => shows(each, `<@${workspace.users.grace}>`))).toBe(true)
  })

  test('one that was said is not said otherwise when fewer people are left', async () => {
    await slack.show(reminded(notice('reminder', 'grace', 'ada')))
    const before = standing()
    await slack.show(reminded(notice('reminder', 'ada')))
    expect(standing()).toEqual(before)
  })

  test.each(['commit_then_drop', 'http500', 'drop_before'] as const)(
    'after %s it stands once',
    async (kind) => {
      await slack.show()
      workspace.faults.add({ method: 'chat.postMessage', kind })
      await expect(slack.show(reminded(REMINDER))).rejects.toThrow()
      await slack.show(reminded(REMINDER))
      expect(standing().filter((each) => shows(each, 'still waits'))).toHaveLength(1)
    },
  )

  test('one is said though the picture is not there yet', async () => {
    workspace.faults.add({ method: 'upload', kind: 'http500', times: 100 })
    expect((await slack.show(reminded(REMINDER))).againAfterMs).toBeGreaterThan(0)
    expect(standing().filter((each) => shows(each, 'still waits'))).toHaveLength(1)
  })

  test('one stands in the channel when somebody has deleted the question', async () => {
    await slack.show()
    await remove(standing()[0]?.ts)
    await slack.show(reminded(REMINDER))
    const said = standing().filter((each) => shows(each, 'still waits'))
    expect(said).toHaveLength(1)
    expect(said[0]?.threadTs).toBeUndefined()
  })
})

describe('a session', () => {
  let root: string
  let second: Bench
  let sessionRef: MessageRef

  const asked = (change: Parameters<typeof request>[0] = {}): ChannelMessage =>
    message({ request: request({ id: 'HP-42', ...change }), sessionRef })
  const own = () =>
    standing().filter(({ metadata }) => metadata?.event_payload.request_id === 'HP-42')

  beforeEach(async () => {
    await slack.show()
    root = standing()[0]?.ts ?? ''
    sessionRef = slack.ref ?? {}
    second = await bench(workspace)
  })

  test('has one thread, whose later questions stand in the channel as well', async () => {
    await second.show(asked())
    const [card, record] = own()
    expect(card).toMatchObject({ threadTs: root, broadcast: true })
    expect(shows(card, 'hp_approve')).toBe(true)
    expect(record).toMatchObject({ threadTs: root, broadcast: false })
    expect(shows(record, 'HP-42 · captured')).toBe(true)
  })

  test('has its notices and outcomes in that thread too', async () => {
    await second.show(asked())
    await second.show({ ...asked(), notices: [notice('reminder', 'grace')] })
    const execution = { state: 'succeeded', token: 1, label: 'order 10043' } as const
    const done = decided('approve', { id: 'HP-42', execution })
    await second.show({ ...message({ request: done, images: { full: PNG } }), sessionRef })
    const [card, , reminder, outcome] = own()
    expect(shows(card, 'Order 10043 placed')).toBe(true)
    expect(reminder).toMatchObject({ threadTs: root, broadcast: false })
    expect(outcome).toMatchObject({ threadTs: root, broadcast: false })
    expect(shows(outcome, 'HP-42 · ✅ Order 10043 placed')).toBe(true)
  })

  test('has a third question in the thread of the first, whichever it follows', async () => {
    await second.show(asked())
    const third = await bench(workspace)
    const ref = second.ref ?? {}
    await third.show({ ...message({ request: request({ id: 'HP-43' }) }), sessionRef: ref })
    expect(standing().at(-1)).toMatchObject({ threadTs: root })
  })

  test.each(['commit_then_drop', 'http500', 'drop_before'] as const)(
    'has each question once after %s',
    async (kind) => {
      workspace.faults.add({ method: 'chat.postMessage', kind })
      await expect(second.show(asked())).rejects.toThrow()
      await second.show(asked())
      expect(own().map(({ broadcast, threadTs }) => [broadcast, threadTs])).toEqual([
        [true, root],
        [false, root],
      ])
    },
  )

  test('finds a question again that was posted before its thread was known', async () => {
    workspace.faults.add({ method: 'chat.postMessage', kind: 'commit_then_drop' })
    await expect(second.show({ ...asked(), sessionRef: {} })).rejects.toThrow()
    await second.show(asked())
    const [card, record] = own()
    expect(card).toMatchObject({ broadcast: false })
    expect(card?.threadTs).toBeUndefined()
    expect(record?.threadTs).toBe(card?.ts)
  })

  test('finds a question again though the thread has been deleted since', async () => {
    workspace.faults.add({ method: 'chat.postMessage', kind: 'commit_then_drop' })
    await expect(second.show(asked())).rejects.toThrow()
    await remove(root)
    await second.show(asked())
    expect(own().filter((each) => shows(each, 'hp_approve'))).toHaveLength(1)
  })

  test('whose first message was deleted asks in the channel', async () => {
    await remove(root)
    await second.show(asked())
    const [card, record] = own()
    expect(card).toMatchObject({ broadcast: false })
    expect(card?.threadTs).toBeUndefined()
    expect(record?.threadTs).toBe(card?.ts)
  })

  test('keeps its record when only the question was deleted, which is asked again', async () => {
    await second.show(asked())
    await remove(own()[0]?.ts)
    await second.show(asked({ says: 'another word' }))
    expect(own().map(({ broadcast, threadTs }) => [broadcast, threadTs])).toEqual([
      [false, root],
      [true, root],
    ])
  })
})
