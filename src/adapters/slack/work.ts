import type { WebClient } from '@slack/web-api'
import type { MessageRef, Notice } from '../../ports/channel.ts'
import type { Place } from './find-own.ts'
import type { Content, Thread } from './post.ts'
import type { PictureState } from './view.ts'

/** One message or reply, kept in agreement with what it shall show. */
export interface KeptPost {
  readonly part: 'message' | 'thread' | 'outcome' | Notice['kind']
  /** Undefined when it shall have none. */
  readonly picture: Uint8Array | undefined
  /** The picture is uploaded already, for another post. */
  readonly fileId?: string
  /** Where to post it; without it, or when there is no such thread any more, in the channel. */
  readonly thread?: Thread
  /** False: only what was posted before is updated. */
  readonly mayPost: boolean
  content(picture: PictureState, revision: number): Content
}

/** One `show()`: what it works with, and what is stored of a request's posts. */
export interface Work {
  readonly client: WebClient
  readonly channelId: string
  readonly requestId: string
  readonly openedAt: Date
  /** An earlier attempt's answer is not known: look before posting. */
  readonly lookFirst: boolean
  readonly startedMs: number
  readonly ref: Map<string, string | number | boolean>
  /** Stores the reference as it now stands. */
  save(): Promise<void>
}

export function refOf(work: Work): MessageRef {
  return Object.fromEntries(work.ref)
}

/** The `ts` of a part's message, once it stands. */
export function tsOf({ ref }: Work, part: KeptPost['part']): string | undefined {
  return storedText(ref.get(`${part}.ts`))
}

/** The thread that a request's message stands in: its session's, or its own. */
export function threadOf(ref: MessageRef): Thread | undefined {
  const rootTs = storedText(ref['message.root']) ?? storedText(ref['message.ts'])
  return rootTs === undefined ? undefined : { rootTs, broadcast: false }
}

/** Remembers where a part stands. Replies are found by their message's thread. */
export function stands({ ref }: Work, part: KeptPost['part'], { ts, rootTs }: Place): void {
  ref.set(`${part}.ts`, ts)
  if (part === 'message' && rootTs !== undefined) ref.set('message.root', rootTs)
}

/** A text that was stored. */
export function storedText(value: string | number | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
