import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { EMPTY_CART, withQuantity } from '../cart.ts'
import { PRINTER_PAPER_SKU } from '../catalogue.ts'
import { flowShape } from '../checkout-flows.ts'
import type { OrderForm } from '../order-form.ts'
import type { ShopState } from '../shop-state.ts'
import { CHECKOUT_FLOWS } from '../types.ts'
import { sessionOf } from './visit.ts'

/** Who buys in a prepared checkout. The card is the payment industry's test card: no bank knows it. */
export const DEMO_DETAILS: OrderForm = {
  email: 'office@example.com',
  name: 'Office Berlin',
  street: 'Torstr. 1',
  postalCode: '10119',
  city: 'Berlin',
  country: 'DE',
  delivery: 'standard',
  cardName: 'Ada Lovelace',
  cardNumber: '4242 4242 4242 4242',
  cardExpiry: '12/34',
  cardCvc: '123',
}

const querySchema = z.object({ flow: z.enum(CHECKOUT_FLOWS).catch('form') })

/** Puts two boxes of paper, an address and a card into the browser's session, then shows the checkout. */
export function preparedCheckoutRoute(app: FastifyInstance, shop: ShopState): void {
  app.get('/prepared-checkout', (request, reply) => {
    const session = sessionOf(shop, request, reply)
    const { flow } = querySchema.parse(request.query)
    session.cart = withQuantity(EMPTY_CART, PRINTER_PAPER_SKU, 2)
    session.details = DEMO_DETAILS
    return reply.redirect(flowShape(flow).path, 303)
  })
}
