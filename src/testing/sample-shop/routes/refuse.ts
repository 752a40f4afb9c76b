import type { FastifyReply } from 'fastify'
import { messagePage } from '../pages/account-pages.ts'
import type { Session } from '../sessions.ts'
import type { ShopState } from '../shop-state.ts'
import { sendPage } from './visit.ts'

/** Answers 403 to a form that did not come from a page of this visit. */
export function refuseStalePage(
  reply: FastifyReply,
  shop: ShopState,
  session: Session,
): FastifyReply {
  return sendPage(reply, shop, session, { title: 'Page too old', status: 403 }, () =>
    messagePage(
      'This page is too old',
      'Nothing was changed. Open the page again and repeat what you did.',
    ),
  )
}

/** Answers 404. */
export function refuseUnknown(
  reply: FastifyReply,
  shop: ShopState,
  session: Session,
): FastifyReply {
  return sendPage(reply, shop, session, { title: 'Not found', status: 404 }, () =>
    messagePage('We do not have this page', 'Perhaps the address has a typing error.'),
  )
}
