import { digestOf } from '../../core/canonical.ts'
import { ChannelBug, ChannelBusy } from '../../ports/channel.ts'
import { findOwn, type Place } from './find-own.ts'
import { type Content, Gone, NoThread, NotReady, post, type Thread, update } from './post.ts'
import { pictureExtension, upload } from './upload.ts'
import type { PictureState } from './view.ts'
import { within } from './within.ts'
import { type KeptPost, stands, storedText, tsOf, type Work } from './work.ts'

/** A message never waits longer for its picture: it is posted without, and updated. */
const PICTURE_WITHIN_MS = 1_600
const FIRST_WAIT_MS = 150
const WAIT_GROWTH = 1.7
/** 1, 2, 4 … seconds between the attempts to put a late picture in; then the message stays without. */
const MAX_LATE_TRIES = 7
const FIRST_LATE_MS = 1_000
/** The desk gives up an attempt after a minute and may start another, which must be the only one to post. */
const POST_WITHIN_MS = 45_000

/**
 * Posts, or updates what differs from what was shown last, and nothing else. Gives the time after
 * which to call again when the picture is not in yet. Stored after every part, so that a killed worker
 * goes on there.
 */
export async function keepPost(work: Work, kept: KeptPost): Promise<number | undefined> {
  await adopt(work, kept)
  const { ref } = work
  const tries = Number(ref.get(`${kept.part}.tries`) ?? 0)
  const { picture } = kept
  if (picture === undefined) return putWhole(work, kept, { state: 'none' })
  if (pictureExtension(picture) === undefined || tries >= MAX_LATE_TRIES) {
    return putWhole(work, kept, { state: 'failed' })
  }
  const untilMs = performance.now() + PICTURE_WITHIN_MS
  const uploading = fileIdOf(work, kept, picture)
  const early = await settled(within(PICTURE_WITHIN_MS, uploading))
  if ('value' in early && (await putWhenReady(work, kept, early.value, untilMs))) return undefined

  // Post now, and wait for the picture afterwards: people may reject, or open the page.
  const isBug = 'error' in early && early.error instanceof ChannelBug
  const givesUp = isBug || tries + 1 >= MAX_LATE_TRIES
  ref.set(`${kept.part}.tries`, isBug ? MAX_LATE_TRIES : tries + 1)
  await putWhole(work, kept, { state: givesUp ? 'failed' : 'coming' })
  // Not left running: its file id is to be stored.
  const late = await settled(uploading)
  if (givesUp) return undefined
  const waitMs = FIRST_LATE_MS * 2 ** tries
  const isBusy = 'error' in late && late.error instanceof ChannelBusy
  return isBusy ? Math.max(waitMs, late.error.retryAfterMs) : waitMs
}

/** After an attempt whose answer is not known: looks for the post before it posts again. */
async function adopt(work: Work, { part, thread }: KeptPost): Promise<void> {
  const { client, channelId, requestId, openedAt, ref } = work
  if (!work.lookFirst || ref.has(`${part}.ts`)) return
  const own = await findOwn(client, channelId, { requestId, openedAt, part }, thread)
  if (own === undefined) return
  stands(work, part, own)
  // The lost attempt has used up the block ids of its revision.
  ref.set(`${part}.revision`, Number(ref.get(`${part}.revision`) ?? 0) + 1)
  await work.save()
}

async function fileIdOf(work: Work, kept: KeptPost, picture: Uint8Array): Promise<string> {
  const key = `${kept.part}.fileId`
  const known = kept.fileId ?? storedText(work.ref.get(key))
  if (known !== undefined) return known
  const name = `${work.requestId}-${kept.part}.${pictureExtension(picture)}`
  const fileId = await upload(work.client, picture, name)
  work.ref.set(key, fileId)
  await work.save()
  return fileId
}

/** Tries while only the picture is in the way; false when its time is up. */
async function putWhenReady(
  work: Work,
  kept: KeptPost,
  fileId: string,
  untilMs: number,
): Promise<boolean> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs *= WAIT_GROWTH) {
    try {
      await putWhole(work, kept, { state: 'shown', fileId })
      return true
    } catch (error) {
      if (!(error instanceof NotReady)) throw error
      if (performance.now() + waitMs > untilMs) return false
      await new Promise((resolve) => setTimeout(resolve, waitMs))
    }
  }
}

/** Posts or updates, unless it shows this already. */
async function putWhole(work: Work, kept: KeptPost, picture: PictureState): Promise<undefined> {
  const { ref } = work
  const { part } = kept
  // The revision makes block ids new, so it is left out of what is compared.
  const shown = digestOf('holdpoint.slack/1', JSON.stringify(kept.content(picture, 0)))
  if (ref.has(`${part}.ts`) && ref.get(`${part}.shown`) === shown) return
  const revision = Number(ref.get(`${part}.revision`) ?? 0) + 1
  const content = kept.content(picture, revision)
  const isThere =
    (await updated(work, kept, content, revision)) || (await posted(work, kept, content))
  if (!isThere) return
  ref.set(`${part}.revision`, revision)
  ref.set(`${part}.shown`, shown)
  await work.save()
}

async function updated(
  work: Work,
  { part }: KeptPost,
  content: Content,
  revision: number,
): Promise<boolean> {
  const { client, channelId, ref } = work
  const ts = tsOf(work, part)
  if (ts === undefined) return false
  try {
    await update(client, channelId, ts, content)
    return true
  } catch (error) {
    if (error instanceof NotReady) throw error
    if (error instanceof Gone) {
      // Somebody deleted the message. A thread of its own is out of sight with it; but what was said
      // to people there has been said.
      const isRoot = part === 'message' && !ref.has('message.root')
      for (const lost of isRoot ? ['message', 'thread', 'outcome'] : [part])
        ref.delete(`${lost}.ts`)
      if (part === 'message') ref.delete('message.root')
      return false
    }
    // It may have been done all the same: then the block ids are used up, and what it shows is not known.
    ref.set(`${part}.revision`, revision)
    ref.delete(`${part}.shown`)
    await work.save()
    throw error
  }
}

async function posted(work: Work, kept: KeptPost, content: Content): Promise<boolean> {
  const { part, thread } = kept
  if (!kept.mayPost) return false
  if (performance.now() - work.startedMs > POST_WITHIN_MS) throw new Error('Slack took too long')
  stands(work, part, await postedAt(work, part, content, thread))
  await work.save()
  return true
}

async function postedAt(
  work: Work,
  part: KeptPost['part'],
  content: Content,
  thread: Thread | undefined,
): Promise<Place> {
  const { client, channelId, requestId, openedAt } = work
  try {
    const ts = await post(client, channelId, { requestId, openedAt, part }, content, thread)
    return thread === undefined ? { ts } : { ts, rootTs: thread.rootTs }
  } catch (error) {
    if (!(error instanceof NoThread)) throw error
    return postedAt(work, part, content, undefined)
  }
}

type Settled<T> = { readonly value: T } | { readonly error: unknown }

async function settled<T>(work: Promise<T>): Promise<Settled<T>> {
  try {
    return { value: await work }
  } catch (error) {
    return { error }
  }
}
