import type { Channel, ChannelMessage, DeliveryState, MessageRef } from '../../src/ports/channel.ts'

type Shown = Awaited<ReturnType<Channel['show']>>

/** One call of `show`, as the channel saw it. */
export interface Show {
  readonly message: ChannelMessage
  readonly state: DeliveryState
  readonly checkpoint: (ref: MessageRef) => Promise<void>
}

/** A channel that writes down what it is given, and checks that it is never called twice at once for one request. */
export interface FakeChannel extends Channel {
  readonly shows: readonly Show[]
  /** Answers the next calls, one each; afterwards every call succeeds. */
  next(...answers: readonly ((show: Show) => Promise<Shown> | Shown)[]): void
}

/** Makes one. */
export function fakeChannel(name = 'fake'): FakeChannel {
  const shows: Show[] = []
  const answers: ((show: Show) => Promise<Shown> | Shown)[] = []
  const busy = new Set<string>()
  return {
    name,
    identities: { ada: 'U1', grace: 'U2' },
    shows,
    next(...more) {
      answers.push(...more)
    },
    async show(message, state, checkpoint) {
      const { id } = message.request
      if (busy.has(id)) throw new Error(`${name} is shown ${id} twice at once`)
      busy.add(id)
      const show = { message, state, checkpoint }
      shows.push(show)
      try {
        const answer = answers.shift()
        return answer === undefined ? { ref: { ts: `posted-${id}` } } : await answer(show)
      } finally {
        busy.delete(id)
      }
    },
  }
}
