import cookie from '@fastify/cookie'
import Fastify from 'fastify'
import type { TestShop } from '../test-shop.ts'
import { addPageRoutes } from './page-routes.ts'
import { addRestRoutes } from './rest-routes.ts'
import { HARMLESS_SCENARIOS } from './scenarios-harmless.ts'
import { ORDER_SCENARIOS } from './scenarios-orders.ts'
import { createOrders, createVisitors } from './state.ts'

/** Starts an American outdoor shop that lives in the browser: JSON, GraphQL, drawer and modal. */
export async function startTrailgear(): Promise<TestShop> {
  const app = Fastify({ forceCloseConnections: true })
  const orders = createOrders()
  const visitors = createVisitors()
  await app.register(cookie)
  addPageRoutes(app, visitors, orders)
  addRestRoutes(app, visitors, orders)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    name: 'trailgear',
    url,
    orderCount: () => orders.count(),
    scenarios: [...ORDER_SCENARIOS, ...HARMLESS_SCENARIOS],
    close: () => app.close(),
  }
}
