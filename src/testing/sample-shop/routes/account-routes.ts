import type { FastifyInstance } from 'fastify'
import { loginPage } from '../pages/account-pages.ts'
import type { ShopState } from '../shop-state.ts'
import { DEMO_DETAILS } from './prepared-checkout.ts'
import { refuseStalePage } from './refuse.ts'
import { bodyFields, isFromOurPage, rememberSession, sendPage, sessionOf } from './visit.ts'

const ACCOUNT = { email: 'ada@example.com', password: 'quire', name: 'Ada' } as const

/** Log-in and log-out. A customer's address is known at the checkout, a card never is. */
export function accountRoutes(app: FastifyInstance, shop: ShopState): void {
  app.get('/login', (request, reply) => {
    const session = sessionOf(shop, request, reply)
    return sendPage(reply, shop, session, { title: 'Log in' }, (csrfToken) => loginPage(csrfToken))
  })

  app.post('/login', (request, reply) => {
    const session = sessionOf(shop, request, reply)
    if (!isFromOurPage(session, request)) return refuseStalePage(reply, shop, session)
    const { email, password } = bodyFields(request)
    if (email !== ACCOUNT.email || password !== ACCOUNT.password) {
      return sendPage(reply, shop, session, { title: 'Log in', status: 401 }, (csrfToken) =>
        loginPage(csrfToken, String(email ?? '')),
      )
    }
    const { cardName, cardNumber, cardExpiry, cardCvc, ...address } = DEMO_DETAILS
    const renewed = shop.sessions.renew(session)
    renewed.customer = ACCOUNT.name
    renewed.details = { ...address, email: ACCOUNT.email, ...session.details }
    renewed.notice = `Hello, ${ACCOUNT.name}.`
    rememberSession(reply, renewed)
    return reply.redirect('/', 303)
  })

  app.post('/logout', (request, reply) => {
    const session = sessionOf(shop, request, reply)
    if (!isFromOurPage(session, request)) return refuseStalePage(reply, shop, session)
    session.customer = undefined
    session.details = {}
    return reply.redirect('/', 303)
  })
}
