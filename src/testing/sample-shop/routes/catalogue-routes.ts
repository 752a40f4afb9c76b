import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { findProduct, searchProducts } from '../catalogue.ts'
import { deliveryPage } from '../pages/account-pages.ts'
import { homePage, productPage, searchPage } from '../pages/catalogue-pages.ts'
import type { ShopState } from '../shop-state.ts'
import { refuseUnknown } from './refuse.ts'
import { sendPage, sessionOf } from './visit.ts'

const searchSchema = z.object({ q: z.string().trim().max(100).catch('') })

/** Looking around: front page, search, products. */
export function catalogueRoutes(app: FastifyInstance, shop: ShopState): void {
  app.get('/', (request, reply) => {
    const session = sessionOf(shop, request, reply)
    return sendPage(reply, shop, session, { title: 'Paper, pens and more' }, homePage)
  })

  app.get('/search', (request, reply) => {
    const session = sessionOf(shop, request, reply)
    const { q: query } = searchSchema.parse(request.query)
    const products = searchProducts(query)
    return sendPage(reply, shop, session, { title: 'Search', query }, (csrfToken) =>
      searchPage(query, products, csrfToken),
    )
  })

  app.get<{ Params: { sku: string } }>('/products/:sku', (request, reply) => {
    const session = sessionOf(shop, request, reply)
    const product = findProduct(request.params.sku)
    if (product === undefined) return refuseUnknown(reply, shop, session)
    return sendPage(reply, shop, session, { title: product.name }, (csrfToken) =>
      productPage(product, csrfToken),
    )
  })

  app.get('/delivery', (request, reply) => {
    const session = sessionOf(shop, request, reply)
    return sendPage(reply, shop, session, { title: 'Delivery and returns' }, deliveryPage)
  })
}
