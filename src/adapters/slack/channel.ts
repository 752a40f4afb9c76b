import type { WebClient } from '@slack/web-api'
import type { Channel, ChannelMessage } from '../../ports/channel.ts'
import { messageBlocks } from './blocks.ts'
import { fallbackText } from './fallback-text.ts'
import { type KeptPost, keepPost, refOf, tsOf, type Work } from './keep-post.ts'
import type { SlackOptions } from './options.ts'
import { outcomeBlocks, recordBlocks } from './thread-blocks.ts'
import { type MessageView, stageOf, viewOf } from './view.ts'

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
      const againAfterMs = await showAll(work, message, viewOf(message, options, identities))
      return { ref: refOf(work), ...(againAfterMs === undefined ? {} : { againAfterMs }) }
    },
  }
}

/** The message first: nothing in the thread may keep people from answering. */
async function showAll(
  work: Work,
  { images }: ChannelMessage,
  view: MessageView,
): Promise<number | undefined> {
  const stage = stageOf(view.request)
  const isAsking = stage === 'asking'
  const again = await keepPost(work, {
    part: 'message',
    picture: isAsking ? (images.crop ?? images.full) : undefined,
    // A question that ended before anybody was asked is not shown.
    mayPost: isAsking,
    content: (picture, revision) => {
      const shown = { ...view, picture, revision }
      return { text: fallbackText(shown), blocks: messageBlocks(shown) }
    },
  })
  const threadTs = tsOf(work, 'message')
  if (again !== undefined || threadTs === undefined) return again

  const record = await keepPost(work, { ...recordOf(work, images, view), threadTs })
  // An order that is being placed has no outcome yet.
  if (isAsking || stage === 'placing') return record
  const outcome = await keepPost(work, {
    part: 'outcome',
    picture: images.after,
    mayPost: true,
    threadTs,
    content: (picture, revision) => ({
      text: fallbackText(view),
      blocks: outcomeBlocks({ ...view, picture, revision }),
    }),
  })
  return record ?? outcome
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
