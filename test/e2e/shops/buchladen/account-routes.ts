import { findBook, SPRING_BUNDLE } from './catalog.ts'
import { found, html, json, type Reply, type Route, seeOther, type Visit } from './http.ts'
import {
  accountPage,
  findPastOrder,
  loginPage,
  type PastOrder,
  pastOrderPage,
  repeatOrderPage,
} from './pages-account.ts'
import type { Orders } from './session.ts'

/** The one customer who has an account. */
export const CUSTOMER = {
  email: 'ada.brunnen@beispiel.de',
  password: 'Papierflieger-7',
  name: 'Ada Brunnen',
}

/** Log-in, past orders, and the short ways to buy that stored payment data makes possible. */
export function accountRoutes(orders: Orders): readonly Route[] {
  const place = (totalMinor: number) => `/bestellung/danke/${orders.place(totalMinor).number}`
  const total = (order: PastOrder) => order.goodsMinor + order.shippingMinor

  return [
    [
      'GET',
      /^\/konto$/,
      ({ session, query }) =>
        html(
          session.customer === undefined
            ? loginPage(session, query.has('fehler'))
            : accountPage(session),
        ),
    ],
    [
      'POST',
      /^\/konto\/anmelden$/,
      ({ session, form }) => {
        const isKnown =
          form.get('benutzer') === CUSTOMER.email && form.get('kennwort') === CUSTOMER.password
        if (!isKnown) return seeOther('/konto?fehler=1')
        session.customer = CUSTOMER.name
        return seeOther(form.get('ziel') === '/kasse/adresse' ? '/kasse/adresse' : '/konto')
      },
    ],
    [
      'POST',
      /^\/konto\/abmelden$/,
      ({ session }) => {
        session.customer = undefined
        return seeOther('/')
      },
    ],
    [
      'GET',
      /^\/konto\/bestellungen\/(?<number>[\w-]+)$/,
      (visit) => withPastOrder(visit, (order) => html(pastOrderPage(visit.session, order))),
    ],
    [
      'GET',
      /^\/konto\/bestellungen\/(?<number>[\w-]+)\/wiederholen$/,
      (visit) => withPastOrder(visit, (order) => html(repeatOrderPage(visit.session, order))),
    ],
    [
      'POST',
      /^\/konto\/bestellungen\/(?<number>[\w-]+)\/wiederholen$/,
      (visit) => withPastOrder(visit, (order) => seeOther(place(total(order)))),
    ],
    [
      'GET',
      /^\/konto\/bestellungen\/(?<number>[\w-]+)\/nachkauf$/,
      (visit) =>
        withPastOrder(visit, (order) =>
          visit.query.get('schluessel') === visit.session.csrf
            ? found(place(total(order)))
            : seeOther('/konto'),
        ),
    ],
    // The newsletter's click tracker: nothing in its address says that it leads to an order.
    [
      'GET',
      /^\/r\/f81c$/,
      ({ query }) => found(`/paket/${SPRING_BUNDLE.key}/abruf?k=${query.get('an')}`),
    ],
    [
      'GET',
      /^\/paket\/fruehling\/abruf$/,
      ({ session, query }) =>
        session.customer !== undefined && query.get('k') === session.csrf
          ? found(place(SPRING_BUNDLE.priceMinor))
          : seeOther('/konto'),
    ],
    [
      'POST',
      /^\/sofort\/download$/,
      ({ session, form }) => {
        const book = findBook(form.get('artikel') ?? '')
        if (book === undefined || session.customer === undefined) return { status: 409 }
        return json({ weiter: place(book.priceMinor) })
      },
    ],
  ]
}

function withPastOrder(visit: Visit, answer: (order: PastOrder) => Reply): Reply {
  const order = findPastOrder(visit.params['number'])
  if (visit.session.customer === undefined) return seeOther('/konto')
  return order === undefined ? html('<h1>Seite nicht gefunden</h1>', 404) : answer(order)
}
