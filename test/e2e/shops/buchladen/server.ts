import type { TestShop } from '../test-shop.ts'
import { accountRoutes } from './account-routes.ts'
import { checkoutRoutes } from './checkout-routes.ts'
import { serve } from './http.ts'
import { HARMLESS_SCENARIOS } from './scenarios-harmless.ts'
import { ORDER_SCENARIOS } from './scenarios-orders.ts'
import { createOrders } from './session.ts'
import { shopRoutes } from './shop-routes.ts'

/** Starts a German bookshop rendered on the server: forms, urlencoded bodies, redirects. */
export async function startBuchladen(): Promise<TestShop> {
  const orders = createOrders()
  const server = await serve([...shopRoutes(), ...checkoutRoutes(orders), ...accountRoutes(orders)])
  return {
    name: 'buchladen',
    url: server.url,
    orderCount: () => orders.count(),
    scenarios: [...ORDER_SCENARIOS, ...HARMLESS_SCENARIOS],
    close: () => server.close(),
  }
}
