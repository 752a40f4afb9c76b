import type { ShopOrder } from './types.ts'

/** The orders that were counted, and those who wait for one. */
export interface OrderBook {
  readonly orders: readonly ShopOrder[]
  find(orderNumber: number): ShopOrder | undefined
  count(order: Omit<ShopOrder, 'number' | 'placedAt'>): ShopOrder
  waitFor(count: number, timeoutMs: number): Promise<void>
  close(): void
}

export function createOrderBook(firstOrderNumber: number): OrderBook {
  const orders: ShopOrder[] = []
  let closed = false
  const waiters = new Set<{ check(): void; fail(reason: string): void }>()

  return {
    orders,
    find: (orderNumber) => orders.find((order) => order.number === orderNumber),
    count(draft) {
      const number = firstOrderNumber + orders.length
      const order = { ...draft, number, placedAt: new Date() }
      orders.push(order)
      for (const waiter of waiters) waiter.check()
      return order
    },
    waitFor(count, timeoutMs) {
      if (orders.length >= count) return Promise.resolve()
      if (closed) return Promise.reject(new Error('The shop is closed'))
      return new Promise((resolve, reject) => {
        const end = (): void => {
          clearTimeout(timer)
          waiters.delete(waiter)
        }
        const waiter = {
          check: () => {
            if (orders.length < count) return
            end()
            resolve()
          },
          fail: (reason: string) => {
            end()
            reject(new Error(`The shop counted ${orders.length} of ${count} orders ${reason}`))
          },
        }
        const timer = setTimeout(() => waiter.fail(`within ${timeoutMs} ms`), timeoutMs)
        waiters.add(waiter)
      })
    },
    close() {
      closed = true
      for (const waiter of waiters) waiter.fail('before it closed')
    },
  }
}
