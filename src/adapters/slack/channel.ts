import type { WebClient } from '@slack/web-api'
import type { Channel, ChannelMessage, Notice } from '../../ports/channel.ts'
import { messageBlocks } from './blocks.ts'
import { fallbackText } from './fallback-text.ts'
import { keepPost } from './keep-post.ts'
import { noticeContent } from './notice.ts'
import type { SlackOptions } from './options.ts'
import type { Thread } from './post.ts'
import { outcomeBlocks, recordBlocks } from './thread-blocks.ts'
import { type MessageView, stageOf, viewOf } from './view.ts'
import { type KeptPost, refOf, threadOf, tsOf, type Work } from './work.ts'

/** Keeps one message, and its thread, in agreement with the store. */
export function messages(
  client: WebClient,
  options: SlackOptions,
  identities: Readonly<Record<string, string>>,
): Channel {
  return {
    name: 'slack',
    identities,
    async show(message, state, checkpoint) {
      const work: Work = {
        client,
        channelId: options.channelId,
        requestId: message.request.id,
        openedAt: message.request.openedAt,
        lookFirst: state.attemptedAt !== undefined,
        startedMs: performance.now(),
        ref: new Map(Object.entries(state.ref ?? {})),
        save: () => checkpoint(refOf(work)),
      }
      const view = viewOf(message, options, identities)
      const againAfterMs = await showAll(work, message, view)
      return { ref: refOf(work), ...(againAfterMs === undefined ? {} : { againAfterMs }) }
    },
  }
}

/** The message first: nothing in the thread may keep people from answering. */
async function showAll(
  work: Work,
  message: ChannelMessage,
  view: MessageView,
): Promise<number | undefined> {
  const { images } = message
  const stage = stageOf(view.request)
  const isAsking = stage === 'asking'
  const session = message.sessionRef && threadOf(message.sessionRef)
  const again = await keepPost(work, {
    part: 'message',
    picture: isAsking ? (images.crop ?? images.full) : undefined,
    ...(session === undefined ? {} : { thread: { ...session, broadcast: true } }),
    // A question that ended before anybody was asked is not shown.
    mayPost: isAsking,
    content: (picture, revision) => {
      const shown = { ...view, picture, revision }
      return { text: fallbackText(shown), blocks: messageBlocks(shown) }
    },
  })
  const thread = threadOf(refOf(work))
  if (thread === undefined) return again
  for (const notice of message.notices) await sayOnce(work, notice, view, thread)
  if (again !== undefined) return again

  const record = await keepPost(work, { ...recordOf(work, images, view), thread })
  // An order that is being placed has no outcome yet.
  if (isAsking || stage === 'placing') return record
  const outcome = await keepPost(work, {
    part: 'outcome',
    picture: images.after,
    mayPost: true,
    thread,
    content: (picture, revision) => ({
      text: fallbackText(view),
      blocks: outcomeBlocks({ ...view, picture, revision }),
    }),
  })
  return record ?? outcome
}

/** A reply of its own, since a message that is changed rings nobody's phone. */
async function sayOnce(
  work: Work,
  notice: Notice,
  view: MessageView,
  thread: Thread,
): Promise<void> {
  if (tsOf(work, notice.kind) !== undefined) return
  await keepPost(work, {
    part: notice.kind,
    picture: undefined,
    thread,
    mayPost: true,
    content: (_, revision) => noticeContent(notice, { ...view, revision }),
  })
}

/** The full picture and all terms. Equal all along, so that it is posted once. */
function recordOf(work: Work, images: ChannelMessage['images'], view: MessageView): KeptPost {
  // Without a crop the message shows the full picture already.
  const fileId = images.crop === undefined ? work.ref.get('message.fileId') : undefined
  return {
    part: 'thread',
    picture: images.full,
    mayPost: true,
    ...(typeof fileId === 'string' ? { fileId } : {}),
    content: (picture, revision) => ({
      text: `${view.request.id}: full picture and terms`,
      blocks: recordBlocks({ ...view, picture, revision }),
    }),
  }
}
