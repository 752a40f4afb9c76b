import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FieldProblem } from '../order-form.ts'
import { messagePage } from '../pages/account-pages.ts'
import { placeOrder } from '../place-order.ts'
import type { Session } from '../sessions.ts'
import type { ShopState } from '../shop-state.ts'
import type { CheckoutFlow } from '../types.ts'
import { sendPage, wantsJson } from './visit.ts'

/** An order as it came in. */
export interface OrderRequest {
  readonly session: Session
  readonly flow: CheckoutFlow
  readonly fields: Readonly<Record<string, unknown>>
}

/**
 * Places the order and answers, or misbehaves. Those who sent JSON get JSON; a refused form comes back
 * as the checkout page, which `showProblems` makes.
 */
export async function answerOrder(
  shop: ShopState,
  request: FastifyRequest,
  reply: FastifyReply,
  order: OrderRequest,
  showProblems: (status: number, problems: readonly FieldProblem[]) => FastifyReply,
): Promise<FastifyReply> {
  const slow = shop.trouble.current('slow')
  if (slow !== undefined) await delay(slow.delayMs, undefined, { signal: shop.closing })

  const scripted = shop.trouble.current('answer')
  if (scripted !== undefined && scripted.counted !== true) {
    return answerScripted(shop, request, reply, order.session, scripted)
  }
  const result = placeOrder(shop, order.session, order.flow, order.fields)
  if (result.kind === 'refused') {
    const { status, problems } = result
    return wantsJson(request)
      ? reply.code(status).send({ problems })
      : showProblems(status, problems)
  }
  if (shop.trouble.current('drop-after-commit') !== undefined) {
    reply.hijack()
    request.raw.socket.destroy()
    return reply
  }
  if (scripted !== undefined) {
    return answerScripted(shop, request, reply, order.session, scripted)
  }
  const location = `/orders/${result.order.number}`
  if (wantsJson(request)) return reply.code(201).send({ location })
  return reply.redirect(location, 303)
}

function answerScripted(
  shop: ShopState,
  request: FastifyRequest,
  reply: FastifyReply,
  session: Session,
  answer: { readonly status: number; readonly location?: string },
): FastifyReply {
  if (answer.location !== undefined) return reply.redirect(answer.location, answer.status)
  const message = 'We could not take your order at the moment.'
  if (wantsJson(request)) {
    return reply.code(answer.status).send({ problems: [{ field: 'form', message }] })
  }
  return sendPage(reply, shop, session, { title: 'Order', status: answer.status }, () =>
    messagePage('Something went wrong', message, { href: '/cart', label: 'Back to the cart' }),
  )
}
