import type { FastifyInstance, FastifyReply } from 'fastify'
import { EMPTY_CART } from '../cart.ts'
import { FLOW_SHAPES, type FlowShape } from '../checkout-flows.ts'
import { type FieldProblem, type OrderForm, readOrderForm } from '../order-form.ts'
import { checkoutPage } from '../pages/checkout-page.ts'
import { confirmationPage } from '../pages/confirmation-page.ts'
import type { Session } from '../sessions.ts'
import { currentPrices, type ShopState } from '../shop-state.ts'
import { answerOrder } from './answer-order.ts'
import { refuseUnknown } from './refuse.ts'
import { bodyFields, isFromOurPage, sendPage, sessionOf } from './visit.ts'

const ADDRESS_FIELDS = new Set(['email', 'name', 'street', 'postalCode', 'city', 'country'])

/** The checkout in all its shapes, and the confirmation. */
export function checkoutRoutes(app: FastifyInstance, shop: ShopState): void {
  for (const shape of FLOW_SHAPES) {
    app.get(shape.path, (request, reply) => {
      const session = sessionOf(shop, request, reply)
      if (session.cart.quantities.size === 0) return reply.redirect('/cart', 303)
      const hasSavedCard = session.details.cardNumber !== undefined
      if (shape.trigger === 'link' && !hasSavedCard) return reply.redirect('/checkout', 303)
      return sendCheckout(reply, shop, session, shape)
    })
    orderRoute(app, shop, shape)
  }

  app.post('/checkout/validated/validate-address', (request, reply) => {
    const session = sessionOf(shop, request, reply)
    const stale = [{ field: 'form', message: 'This page is too old. Open the checkout again.' }]
    if (!isFromOurPage(session, request)) return reply.code(403).send({ problems: stale })
    const { problems } = readOrderForm(bodyFields(request), new Date())
    return reply.send({ problems: problems.filter(({ field }) => ADDRESS_FIELDS.has(field)) })
  })

  app.get<{ Params: { number: string } }>('/orders/:number', (request, reply) => {
    const session = sessionOf(shop, request, reply)
    const order = shop.book.find(Number(request.params.number))
    // Order numbers are easy to guess: without this, anyone could read anyone's address.
    if (order === undefined || !session.orderNumbers.has(order.number)) {
      return refuseUnknown(reply, shop, session)
    }
    session.cart = EMPTY_CART
    return sendPage(reply, shop, session, { title: `Order ${order.number}` }, () =>
      confirmationPage(order),
    )
  })
}

function orderRoute(app: FastifyInstance, shop: ShopState, shape: FlowShape): void {
  const { flow, orderPath } = shape
  if (shape.trigger !== 'link') {
    app.post(orderPath, (request, reply) => {
      const session = sessionOf(shop, request, reply)
      const fields = bodyFields(request)
      return answerOrder(shop, request, reply, { session, flow, fields }, (status, problems) =>
        sendCheckout(reply, shop, session, shape, { status, problems, fields }),
      )
    })
    return
  }
  // No HEAD beside these: it would buy too.
  app.get<{ Querystring: Record<string, string> }>(
    orderPath,
    { exposeHeadRoute: false },
    (request, reply) => {
      const session = sessionOf(shop, request, reply)
      const { csrfToken, total, currency } = request.query
      const fields = { ...session.details, csrfToken, total, currency }
      return answerOrder(shop, request, reply, { session, flow, fields }, (status, problems) =>
        sendCheckout(reply, shop, session, shape, { status, problems }),
      )
    },
  )
  if (shape.linkPath !== undefined) {
    app.get<{ Querystring: Record<string, string> }>(shape.linkPath, (request, reply) =>
      reply.redirect(`${orderPath}?${new URLSearchParams(request.query)}`, 302),
    )
  }
}

/** The checkout page, fresh or with what is wrong with it. */
function sendCheckout(
  reply: FastifyReply,
  shop: ShopState,
  session: Session,
  shape: FlowShape,
  refused?: {
    readonly status: number
    readonly problems: readonly FieldProblem[]
    readonly fields?: Readonly<Record<string, unknown>>
  },
): FastifyReply {
  const swapped = shop.trouble.current('swap-recipient')?.address
  const typed = refused?.fields === undefined ? {} : withoutCard(refused.fields)
  const values = { ...(refused?.fields ? {} : session.details), ...typed, ...swapped }
  const scripts = shape.script === undefined ? ['checkout.js'] : ['checkout.js', shape.script]
  const page = { title: 'Checkout', scripts, status: refused?.status ?? 200 }
  return sendPage(reply, shop, session, page, (csrfToken) =>
    checkoutPage({
      shape,
      csrfToken,
      prices: currentPrices(shop, session),
      values,
      problems: refused?.problems ?? [],
    }),
  )
}

/** What was typed, to be shown again. Card number and security code are never sent back. */
function withoutCard(
  fields: Readonly<Record<string, unknown>>,
): Partial<Record<keyof OrderForm, string>> {
  const { cardNumber, cardCvc, ...rest } = fields
  return Object.fromEntries(
    Object.entries(rest).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
