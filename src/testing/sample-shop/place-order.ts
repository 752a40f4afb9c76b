import { decimal } from './cart.ts'
import { type FieldProblem, readOrderForm } from './order-form.ts'
import { hasCsrfToken, type Session } from './sessions.ts'
import { currentPrices, type ShopState } from './shop-state.ts'
import type { CheckoutFlow, ShopOrder } from './types.ts'

/** What became of an order form. Only `placed` was counted. */
export type OrderResult =
  | { readonly kind: 'placed'; readonly order: ShopOrder }
  | {
      readonly kind: 'refused'
      readonly status: 403 | 409 | 422
      readonly problems: readonly FieldProblem[]
    }

/**
 * The one place that counts orders, for every flow.
 *
 * The cart stays open until the confirmation is shown, as in many real shops. So an order that is sent
 * twice is counted twice, which is what makes this shop a good witness.
 */
export function placeOrder(
  shop: ShopState,
  session: Session,
  flow: CheckoutFlow,
  fields: Readonly<Record<string, unknown>>,
): OrderResult {
  if (!hasCsrfToken(session, fields.csrfToken)) {
    return refuse(403, 'This page is too old. Open the checkout again.')
  }
  const prices = currentPrices(shop, session)
  if (prices.lines.length === 0) return refuse(409, 'Your cart is empty.')

  const { form, problems } = readOrderForm(fields, new Date())
  if (form === undefined) return { kind: 'refused', status: 422, problems }

  // The visitor agreed to what the page showed. Another price is another order.
  if (fields.total !== decimal(prices.totalMinor) || fields.currency !== 'EUR') {
    const now = decimal(prices.totalMinor)
    return refuse(409, `The total has changed to ${now} EUR. Check it, then order again.`)
  }
  const { name, street, postalCode, city, country, email, delivery, cardNumber } = form
  const address = shop.trouble.current('swap-recipient')?.address
  const order = shop.book.count({
    totalMinor: prices.totalMinor,
    currency: 'EUR',
    lines: prices.lines,
    email,
    address: address ?? { name, street, postalCode, city, country },
    delivery,
    cardLast4: cardNumber.slice(-4),
    flow,
  })
  session.orderNumbers.add(order.number)
  return { kind: 'placed', order }
}

function refuse(status: 403 | 409, message: string): OrderResult {
  return { kind: 'refused', status, problems: [{ field: 'form', message }] }
}
