import type { AddressInfo } from 'node:net'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import fastify, { type FastifyInstance } from 'fastify'
import { createOrderBook } from './order-book.ts'
import { messagePage } from './pages/account-pages.ts'
import { keepRequestLog } from './request-log.ts'
import { accountRoutes } from './routes/account-routes.ts'
import { assetRoutes } from './routes/asset-routes.ts'
import { cartRoutes } from './routes/cart-routes.ts'
import { catalogueRoutes } from './routes/catalogue-routes.ts'
import { checkoutRoutes } from './routes/checkout-routes.ts'
import { checkoutUpdatesRoute, notifyCheckouts } from './routes/checkout-updates.ts'
import { preparedCheckoutRoute } from './routes/prepared-checkout.ts'
import { refuseUnknown } from './routes/refuse.ts'
import { sendPage, sessionOf } from './routes/visit.ts'
import { createSessions } from './sessions.ts'
import type { ShopState } from './shop-state.ts'
import { createTrouble } from './trouble.ts'
import type { SampleShop, SampleShopOptions } from './types.ts'
import { requireWholeNumber } from './whole-number.ts'

const MAX_BODY_BYTES = 64 * 1024
const WAIT_MS = 10_000

/**
 * Starts a small stationery shop on 127.0.0.1, for tests and demos. Everything in it is real except the
 * goods and the money: it counts what it sold, and it can be told to misbehave.
 */
export async function startSampleShop(options: SampleShopOptions = {}): Promise<SampleShop> {
  const { port = 0, firstOrderNumber = 10_042, hostname = '127.0.0.1' } = options
  requireWholeNumber('port', port, 0, 65_535)
  requireWholeNumber('firstOrderNumber', firstOrderNumber, 1, 999_999_999)
  if (!/^[a-z0-9.-]+$/i.test(hostname)) throw new TypeError('"hostname" must be a host name')

  const closing = new AbortController()
  const shop: ShopState = {
    sessions: createSessions(),
    book: createOrderBook(firstOrderNumber),
    trouble: createTrouble(),
    closing: closing.signal,
  }
  const app = fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true })
  const requests = keepRequestLog(app)
  await app.register(cookie)
  await app.register(formbody)
  addRoutes(app, shop)
  await app.listen({ host: '127.0.0.1', port })

  const url = `http://${hostname}:${(app.server.address() as AddressInfo).port}`
  const close = async (): Promise<void> => {
    closing.abort()
    shop.book.close()
    await app.close()
  }
  return {
    url,
    checkoutUrl: `${url}/prepared-checkout`,
    checkoutUrlFor: (flow) => `${url}/prepared-checkout?flow=${flow}`,
    orders: shop.book.orders,
    requests,
    misbehave: (change) => {
      shop.trouble.apply(change)
      notifyCheckouts(shop)
    },
    waitForOrder: (count, { timeoutMs = WAIT_MS } = {}) => shop.book.waitFor(count, timeoutMs),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function addRoutes(app: FastifyInstance, shop: ShopState): void {
  assetRoutes(app)
  catalogueRoutes(app, shop)
  cartRoutes(app, shop)
  accountRoutes(app, shop)
  preparedCheckoutRoute(app, shop)
  checkoutUpdatesRoute(app, shop)
  checkoutRoutes(app, shop)

  app.setNotFoundHandler((request, reply) =>
    refuseUnknown(reply, shop, sessionOf(shop, request, reply)),
  )
  app.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const status = error.statusCode ?? 500
    return sendPage(reply, shop, sessionOf(shop, request, reply), { title: 'Error', status }, () =>
      messagePage('Something went wrong', 'We could not answer. Nothing was ordered.'),
    )
  })
}
