import { optionInvalid } from '../../core/errors.ts'

/** Postgres cuts a longer identifier in LISTEN without an error, and refuses it in `pg_notify`. */
const maxChannelBytes = 63

/** One call of `Sql.listen`. */
export interface Subscription {
  readonly channel: string
  readonly onPayload: (payload: string) => void
  readonly onReconnect: (() => void) | undefined
}

/** Who listens to what. Both adapters keep one connection (or session) and share it among all of these. */
export class Listeners {
  readonly #byChannel = new Map<string, Set<Subscription>>()
  readonly #onError: (error: unknown) => void

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  channels(): readonly string[] {
    return [...this.#byChannel.keys()]
  }

  add(subscription: Subscription): void {
    const others = this.#byChannel.get(subscription.channel)
    if (others) others.add(subscription)
    else this.#byChannel.set(subscription.channel, new Set([subscription]))
  }

  /** Whether that was the last one on its channel, so that the channel is to be left. */
  remove(subscription: Subscription): boolean {
    const all = this.#byChannel.get(subscription.channel)
    if (!all?.delete(subscription) || all.size > 0) return false
    return this.#byChannel.delete(subscription.channel)
  }

  notify(channel: string, payload: string): void {
    for (const { onPayload } of [...(this.#byChannel.get(channel) ?? [])]) {
      this.#call(() => onPayload(payload))
    }
  }

  reconnected(): void {
    for (const { onReconnect } of [...this.#byChannel.values()].flatMap((all) => [...all])) {
      if (onReconnect) this.#call(onReconnect)
    }
  }

  // A listener that throws must not keep the others from hearing, nor take the process down.
  #call(listener: () => void): void {
    try {
      listener()
    } catch (error) {
      this.#onError(error)
    }
  }
}

/** The channel as an identifier in LISTEN and UNLISTEN, which take no parameters. */
export function quoteChannel(channel: string): string {
  const bytes = Buffer.byteLength(channel)
  if (bytes === 0 || bytes > maxChannelBytes || channel.includes('\0')) {
    throw optionInvalid('channel', `expected 1 to ${maxChannelBytes} bytes without NUL`)
  }
  return `"${channel.replaceAll('"', '""')}"`
}
