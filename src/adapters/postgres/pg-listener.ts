import pg from 'pg'
import { Listeners, quoteChannel, type Subscription } from './listeners.ts'
import { SerialQueue } from './serial-queue.ts'
import { fromPgError, storeUnavailable } from './store-errors.ts'
import { deadline } from './timing.ts'

const heartbeatMs = 10_000
const answerTimeoutMs = 5_000
const firstRetryMs = 100
const longestRetryMs = 10_000

/**
 * The one connection on which a process listens: opened for the first listener, opened again with
 * growing pauses when it breaks. A heartbeat finds the connection that broke without a word (a
 * firewall, a laptop that slept) and the pooler that gave our session to somebody else.
 */
export class PgListener {
  readonly #config: pg.ClientConfig
  readonly #onError: (error: unknown) => void
  readonly #listeners: Listeners
  /** Channels on which LISTEN was answered on the present connection. */
  readonly #inForce = new Set<string>()
  /** `pg` wants one statement at a time on a connection. */
  readonly #statements = new SerialQueue()
  #connecting: Promise<pg.Client> | undefined
  #client: pg.Client | undefined
  #heartbeat: NodeJS.Timeout | undefined
  #retry: NodeJS.Timeout | undefined
  #retries = 0
  #wasConnected = false
  #closed = false

  constructor(config: pg.ClientConfig, onError: (error: unknown) => void) {
    this.#config = { ...config, keepAliveInitialDelayMillis: heartbeatMs }
    this.#onError = onError
    this.#listeners = new Listeners(onError)
  }

  async listen(subscription: Subscription): Promise<{ close(): Promise<void> }> {
    const { channel } = subscription
    const identifier = quoteChannel(channel)
    this.#listeners.add(subscription)
    try {
      // Once more, as the first try may be what finds out that the connection is gone.
      await this.#listen(channel, identifier).catch(() => this.#listen(channel, identifier))
    } catch (error) {
      this.#listeners.remove(subscription)
      throw fromPgError(error)
    }
    return {
      close: async () => {
        if (!this.#listeners.remove(subscription)) return
        this.#inForce.delete(channel)
        // A connection that breaks now has forgotten the channel anyway.
        if (this.#client) await this.#send(this.#client, `unlisten ${identifier}`).catch(() => {})
      },
    }
  }

  async #listen(channel: string, identifier: string): Promise<void> {
    const client = await this.#connect()
    try {
      await this.#send(client, `listen ${identifier}`)
    } catch (error) {
      this.#lost(client, error)
      throw error
    }
    if (client !== this.#client) throw storeUnavailable('the listening connection broke')
    this.#inForce.add(channel)
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#retry)
    clearTimeout(this.#heartbeat)
    const client = this.#client ?? (await this.#connecting?.catch(() => undefined))
    this.#client = undefined
    if (client) await end(client)
  }

  #connect(): Promise<pg.Client> {
    if (this.#closed) return Promise.reject(storeUnavailable('the database connection was closed'))
    this.#connecting ??= this.#open().catch((error) => {
      this.#connecting = undefined
      this.#retryLater()
      throw error
    })
    return this.#connecting
  }

  async #open(): Promise<pg.Client> {
    clearTimeout(this.#retry)
    const client = new pg.Client(this.#config)
    client.on('error', (error) => this.#lost(client, error))
    client.on('end', () => this.#lost(client, new Error('the listening connection ended')))
    client.on('notification', ({ channel, payload }) => {
      this.#listeners.notify(channel, payload ?? '')
    })
    const channels = this.#listeners.channels()
    try {
      await client.connect()
      for (const channel of channels) await this.#send(client, `listen ${quoteChannel(channel)}`)
      if (this.#closed) throw storeUnavailable('the database connection was closed')
    } catch (error) {
      void end(client)
      throw error
    }
    this.#client = client
    for (const channel of channels) this.#inForce.add(channel)
    this.#beatLater(client)
    if (this.#wasConnected) this.#listeners.reconnected()
    this.#wasConnected = true
    return client
  }

  #lost(client: pg.Client, error: unknown): void {
    if (this.#closed || this.#client !== client) return
    clearTimeout(this.#heartbeat)
    this.#client = undefined
    this.#connecting = undefined
    this.#inForce.clear()
    void end(client)
    this.#onError(error)
    this.#retryLater()
  }

  #retryLater(): void {
    if (this.#closed) return
    const pauseMs = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(this.#retries, 10))
    this.#retries++
    // Half of it at random: after a restart of the server not everybody comes in the same instant.
    this.#retry = setTimeout(() => this.#tryAgain(), pauseMs * (0.5 + Math.random() / 2))
  }

  #tryAgain(): void {
    if (this.#closed || this.#listeners.channels().length === 0) return
    this.#connect().catch(this.#onError)
  }

  #beatLater(client: pg.Client): void {
    this.#heartbeat = setTimeout(() => {
      this.#beat(client).catch((error) => this.#lost(client, error))
    }, heartbeatMs)
  }

  async #beat(client: pg.Client): Promise<void> {
    const expected = [...this.#inForce]
    const { rows } = await this.#send<{ channel: string }>(
      client,
      'select pg_listening_channels() as channel',
    )
    const actual = new Set(rows.map((row) => row.channel))
    if (!expected.every((channel) => actual.has(channel) || !this.#inForce.has(channel))) {
      throw new Error('the session that listened was given away (a pooler in transaction mode?)')
    }
    this.#retries = 0
    if (client === this.#client) this.#beatLater(client)
  }

  #send<Row extends pg.QueryResultRow>(
    client: pg.Client,
    text: string,
  ): Promise<pg.QueryResult<Row>> {
    return this.#statements.run(() => deadline(client.query<Row>(text), answerTimeoutMs, text))
  }
}

// A connection whose other end is gone would wait for a good-bye that never comes.
async function end(client: pg.Client): Promise<void> {
  await deadline(client.end(), answerTimeoutMs, 'disconnect').catch(() => {})
}
