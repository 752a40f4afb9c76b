import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { withCoupon, withQuantity } from '../cart.ts'
import { findProduct } from '../catalogue.ts'
import { cartPage } from '../pages/cart-page.ts'
import type { Session } from '../sessions.ts'
import { currentPrices, type ShopState } from '../shop-state.ts'
import { checkoutState } from './checkout-updates.ts'
import { refuseStalePage, refuseUnknown } from './refuse.ts'
import { bodyFields, isFromOurPage, sendPage, sessionOf, wantsJson } from './visit.ts'

const quantitySchema = z.coerce.number().int().min(0).max(9_999).catch(1)
const couponSchema = z.string().trim().max(40).catch('')

/** The cart: what is in it, how many, which coupon. Nothing here buys. */
export function cartRoutes(app: FastifyInstance, shop: ShopState): void {
  app.get('/cart', (request, reply) => {
    const session = sessionOf(shop, request, reply)
    return sendPage(reply, shop, session, { title: 'Your cart' }, (csrfToken) =>
      cartPage(currentPrices(shop, session), csrfToken),
    )
  })

  app.post('/cart/items', (request, reply) =>
    change(request, reply, (session) => {
      const { sku, quantity } = bodyFields(request)
      const product = findProduct(String(sku))
      if (product === undefined) return false
      const inCart = session.cart.quantities.get(product.sku) ?? 0
      const added = quantitySchema.parse(quantity)
      session.cart = withQuantity(session.cart, product.sku, inCart + added)
      session.notice = `Added to your cart: ${product.name}`
      return true
    }),
  )

  app.post<{ Params: { sku: string } }>('/cart/items/:sku', (request, reply) =>
    change(request, reply, (session) => {
      if (!session.cart.quantities.has(request.params.sku)) return false
      const quantity = quantitySchema.parse(bodyFields(request).quantity)
      session.cart = withQuantity(session.cart, request.params.sku, quantity)
      return true
    }),
  )

  app.post<{ Params: { sku: string } }>('/cart/items/:sku/remove', (request, reply) =>
    change(request, reply, (session) => {
      session.cart = withQuantity(session.cart, request.params.sku, 0)
      return true
    }),
  )

  app.post('/cart/coupon', (request, reply) => {
    const session = sessionOf(shop, request, reply)
    const fromOurPage = isFromOurPage(session, request)
    if (!fromOurPage && !wantsJson(request)) return refuseStalePage(reply, shop, session)
    if (!fromOurPage) return reply.code(403).send({ message: 'Open the page again.' })

    const redeemed = withCoupon(session.cart, couponSchema.parse(bodyFields(request).coupon))
    session.cart = redeemed ?? session.cart
    const message = redeemed ? 'Coupon applied.' : 'We do not know this coupon.'
    if (wantsJson(request)) {
      return reply.code(redeemed ? 200 : 422).send({ message, state: checkoutState(shop, session) })
    }
    session.notice = message
    return reply.redirect('/cart', 303)
  })

  function change(
    request: FastifyRequest,
    reply: FastifyReply,
    apply: (session: Session) => boolean,
  ): FastifyReply {
    const session = sessionOf(shop, request, reply)
    if (!isFromOurPage(session, request)) return refuseStalePage(reply, shop, session)
    if (!apply(session)) return refuseUnknown(reply, shop, session)
    return reply.redirect('/cart', 303)
  }
}
