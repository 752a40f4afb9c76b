import { HoldpointError } from '../core/errors.ts'
import { type Channel, ChannelBug, ChannelBusy, type MessageRef } from '../ports/channel.ts'
import type { StoredDelivery } from '../ports/store.ts'
import type { Desk } from './desk.ts'
import { lockRequest, notFound } from './locked.ts'
import { factsOf, type MessageFacts, markOf, messageOf } from './message.ts'
import { safeError } from './safe-error.ts'

/** How long one call of a channel may take, and how long an attempt keeps others away. */
const SHOW_MS = 60_000
const ATTEMPT_MS = 90_000
/** How often one attempt shows a request that goes on changing under it. */
const MAX_ROUNDS = 5

/**
 * Makes every channel's message agree with the store. Called after every change, and again after a
 * failure; a message that agrees already is left alone. One channel's failure does not stop the others;
 * in the end it rejects with `HP_ERR_CHANNEL_FAILED`, so that the queue tries again.
 *
 * Two calls for one request never show at once in one channel: an attempt is written into the delivery's
 * row, under the request's lock, before the channel is called. Whoever finds one under way leaves it
 * to that attempt, which looks again before it ends, and comes back should it never end. `attempts` is
 * the fencing token: what an attempt that was given up still writes is dropped.
 */
export async function deliver(desk: Desk, requestId: string): Promise<void> {
  const failures = await Promise.all(
    desk.channels.map((channel) => deliverTo(desk, channel, requestId)),
  )
  const failed = failures.find((failure) => failure !== undefined)
  if (failed !== undefined) throw failed
}

interface Attempt {
  readonly facts: MessageFacts
  readonly delivery: StoredDelivery
  /** Where the message stood, and whether an earlier attempt's answer is not known. */
  readonly before: { readonly ref?: MessageRef; readonly attemptedAt?: Date }
  readonly sessionRef: MessageRef | undefined
}

/** The error to retry for, if any. */
async function deliverTo(
  desk: Desk,
  channel: Channel,
  requestId: string,
): Promise<HoldpointError | undefined> {
  let next = await begin(desk, channel, requestId)
  for (let round = 1; next !== undefined; round += 1) {
    const attempt = next
    try {
      const shown = await show(desk, channel, attempt)
      next = await succeeded(desk, attempt, shown, round < MAX_ROUNDS)
    } catch (error) {
      return failed(desk, attempt, error)
    }
  }
  return undefined
}

/** Writes that an attempt is under way; undefined when there is nothing to show, or somebody is at it. */
async function begin(
  desk: Desk,
  channel: Channel,
  requestId: string,
): Promise<Attempt | undefined> {
  return desk.store.transaction(async (tx) => {
    const now = desk.clock.now()
    const facts = await factsOf(tx, await lockRequest(tx, requestId), now)
    const earlier = (await tx.deliveries(requestId)).find((row) => row.channel === channel.name)
    if (earlier?.shown === markOf(facts)) return undefined
    // A question that ended before anybody was asked is not shown.
    if (earlier === undefined && facts.request.state !== 'pending') return undefined
    if (earlier !== undefined && isUnderWay(earlier, now)) {
      await tx.enqueue('deliver', requestId, new Date(earlier.updatedAt.getTime() + ATTEMPT_MS))
      return undefined
    }
    const { lastError: _, shown: __, ...rest } = earlier ?? { requestId, channel: channel.name }
    const delivery: StoredDelivery = {
      ...rest,
      attemptedAt: now,
      attempts: (earlier?.attempts ?? 0) + 1,
      updatedAt: now,
    }
    await tx.saveDelivery(delivery)
    const before = {
      ...(earlier?.ref === undefined ? {} : { ref: earlier.ref }),
      ...(earlier?.attemptedAt === undefined ? {} : { attemptedAt: earlier.attemptedAt }),
    }
    return { facts, delivery, before, sessionRef: await tx.sessionRef(requestId, channel.name) }
  })
}

function isUnderWay(delivery: StoredDelivery, now: Date): boolean {
  return (
    delivery.attemptedAt !== undefined &&
    delivery.lastError === undefined &&
    delivery.updatedAt.getTime() + ATTEMPT_MS > now.getTime()
  )
}

type Shown = Awaited<ReturnType<Channel['show']>>

/** Outside of every transaction: a provider may take its time. */
async function show(desk: Desk, channel: Channel, attempt: Attempt): Promise<Shown> {
  const message = await messageOf(desk, attempt.facts, attempt.sessionRef)
  const checkpoint = async (ref: MessageRef): Promise<void> => {
    await save(desk, attempt, (current) => ({ ...current, ref, updatedAt: desk.clock.now() }))
  }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${SHOW_MS} ms`)), SHOW_MS)
  })
  try {
    return await Promise.race([channel.show(message, attempt.before, checkpoint), late])
  } finally {
    clearTimeout(timer)
  }
}

/** Writes where the message stands. Gives the next round if the request changed meanwhile. */
async function succeeded(
  desk: Desk,
  attempt: Attempt,
  shown: Shown,
  mayGoOn: boolean,
): Promise<Attempt | undefined> {
  const { requestId, channel } = attempt.delivery
  return desk.store.transaction(async (tx) => {
    const now = desk.clock.now()
    const facts = await factsOf(tx, await lockRequest(tx, requestId), now)
    const current = (await tx.deliveries(requestId)).find((row) => row.channel === channel)
    if (current?.attempts !== attempt.delivery.attempts) return undefined
    const shownMark = markOf(attempt.facts)
    const isChanged = markOf(facts) !== shownMark
    const goesOn = isChanged && mayGoOn
    const { attemptedAt: _, ...rest } = current
    const delivery: StoredDelivery = {
      ...rest,
      ref: shown.ref,
      ...(goesOn ? { attemptedAt: now } : {}),
      // A message that wants another call is not done, though it shows all there is.
      ...(shown.againAfterMs === undefined ? { shown: shownMark } : {}),
      deliveredAt: current.deliveredAt ?? now,
      updatedAt: now,
    }
    await tx.saveDelivery(delivery)
    if (current.deliveredAt === undefined) {
      await tx.appendAudit({
        event: 'channel.notified',
        requestId,
        actor: `channel:${channel}`,
        details: { attempts: current.attempts },
        at: now,
      })
    }
    if (shown.againAfterMs !== undefined) {
      await tx.enqueue('deliver', requestId, new Date(now.getTime() + shown.againAfterMs))
    }
    if (isChanged && !mayGoOn) await tx.enqueue('deliver', requestId)
    return goesOn ? { ...attempt, facts, delivery, before: { ref: shown.ref } } : undefined
  })
}

/** Writes the failure down. Gives the error to retry for; none if that is useless or arranged already. */
async function failed(
  desk: Desk,
  attempt: Attempt,
  error: unknown,
): Promise<HoldpointError | undefined> {
  const { requestId, channel, attempts } = attempt.delivery
  const lastError = safeError(error)
  desk.logger.warn('a channel failed', { requestId, channel, attempts, error: lastError })
  await save(
    desk,
    attempt,
    // `attemptedAt` stays: nobody knows whether the message stands, so the next attempt looks first.
    (current) => ({ ...current, lastError, updatedAt: desk.clock.now() }),
    async (tx) => {
      await tx.appendAudit({
        event: 'channel.failed',
        requestId,
        actor: `channel:${channel}`,
        details: { attempts, error: lastError },
        at: desk.clock.now(),
      })
      if (error instanceof ChannelBusy) {
        const later = new Date(desk.clock.now().getTime() + error.retryAfterMs)
        await tx.enqueue('deliver', requestId, later)
      }
    },
  )
  if (error instanceof ChannelBug || error instanceof ChannelBusy) return undefined
  return new HoldpointError(
    'HP_ERR_CHANNEL_FAILED',
    `${channel} did not take ${requestId}: ${lastError}`,
    {},
    { cause: error },
  )
}

/** Changes the delivery's row, unless a later attempt has taken over. */
async function save(
  desk: Desk,
  attempt: Attempt,
  next: (current: StoredDelivery) => StoredDelivery,
  also?: (tx: Parameters<Parameters<Desk['store']['transaction']>[0]>[0]) => Promise<void>,
): Promise<void> {
  const { requestId, channel, attempts } = attempt.delivery
  await desk.store.transaction(async (tx) => {
    if ((await tx.lock(requestId)) === undefined) throw notFound(requestId)
    const current = (await tx.deliveries(requestId)).find((row) => row.channel === channel)
    if (current?.attempts !== attempts) return
    await tx.saveDelivery(next(current))
    await also?.(tx)
  })
}
