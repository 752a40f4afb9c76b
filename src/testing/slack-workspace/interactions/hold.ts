import type { Delivery, DeliveryHold } from '../deliveries.ts'

/** Where deliveries can be made to wait. */
export interface DeliveryGate {
  /** Runs `deliver` at once, or when it is released. */
  pass(deliver: () => Promise<Delivery>): Promise<Delivery>
  hold(): DeliveryHold
}

export function createDeliveryGate(): DeliveryGate {
  /** Each sends one delivery. Undefined while nothing is held. */
  let queue: (() => Promise<Delivery>)[] | undefined

  return {
    pass(deliver) {
      const held = queue
      if (!held) return deliver()
      const { promise, resolve, reject } = Promise.withResolvers<Delivery>()
      held.push(() => {
        deliver().then(resolve, reject)
        return promise
      })
      return promise
    },
    hold() {
      if (queue) throw new TypeError('deliveries are held already')
      const held: (() => Promise<Delivery>)[] = []
      queue = held
      return {
        get waiting() {
          return held.length
        },
        async release(order = held.map((_, index) => index)) {
          const sends = order.flatMap((index) => held[index] ?? [])
          if (sends.length !== held.length || new Set(order).size !== held.length) {
            throw new TypeError(`"order" must name each of the ${held.length} that wait once`)
          }
          if (queue === held) queue = undefined
          held.length = 0
          const deliveries: Delivery[] = []
          for (const send of sends) deliveries.push(await send())
          return deliveries
        },
      }
    },
  }
}
