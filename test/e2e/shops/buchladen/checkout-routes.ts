import { html, type Reply, type Route, seeOther, type Visit } from './http.ts'
import {
  addressPage,
  checkoutEntryPage,
  paymentPage,
  paypalPage,
  reviewPage,
  shippingPage,
  thanksPage,
} from './pages-checkout.ts'
import { finishCheckout, type Orders, PAYMENT, quote, type Session, SHIPPING } from './session.ts'

/** Guest check-out in four steps; only `/kasse/abschluss` orders. */
export function checkoutRoutes(orders: Orders): readonly Route[] {
  return [
    [
      'GET',
      /^\/kasse$/,
      ({ session }) =>
        session.cart.size === 0
          ? seeOther('/warenkorb')
          : session.customer === undefined
            ? html(checkoutEntryPage(session))
            : seeOther('/kasse/adresse'),
    ],
    ['GET', /^\/kasse\/adresse$/, ({ session }) => html(addressPage(session))],
    ['POST', /^\/kasse\/adresse$/, saveAddress],
    ['GET', /^\/kasse\/versand$/, ({ session }) => html(shippingPage(session))],
    [
      'POST',
      /^\/kasse\/versand$/,
      ({ session, form }) => {
        session.shipping = keyOf(SHIPPING, form.get('versandart')) ?? session.shipping
        return seeOther('/kasse/zahlung')
      },
    ],
    ['GET', /^\/kasse\/zahlung$/, ({ session }) => html(paymentPage(session))],
    [
      'POST',
      /^\/kasse\/zahlung$/,
      ({ session, form }) => {
        session.payment = keyOf(PAYMENT, form.get('zahlart'))
        session.cardEnding =
          session.payment === 'karte' ? form.get('kartennummer')?.slice(-4) : undefined
        return seeOther('/kasse/pruefen')
      },
    ],
    [
      'GET',
      /^\/kasse\/pruefen$/,
      ({ session }) => (isComplete(session) ? html(reviewPage(session)) : seeOther('/kasse')),
    ],
    [
      'POST',
      /^\/kasse\/abschluss$/,
      ({ session, form }) => {
        if (!isComplete(session)) return seeOther('/warenkorb')
        if (form.get('agb') !== '1' || form.get('vorgang') !== session.checkoutId) {
          session.notice = 'Bitte stimmen Sie den AGB zu.'
          return seeOther('/kasse/pruefen')
        }
        const order = orders.place(quote(session).totalMinor)
        return seeOther(
          session.payment === 'paypal'
            ? `/paypal/checkoutnow?token=EC-${order.number}`
            : `/bestellung/danke/${order.number}`,
        )
      },
    ],
    ['GET', /^\/bestellung\/danke\/(?<number>[\w-]+)$/, (visit) => thanks(visit, orders)],
    [
      'GET',
      /^\/paypal\/checkoutnow$/,
      ({ session, query }) => {
        const order = orders.find(query.get('token')?.replace(/^EC-/, '') ?? '')
        if (order === undefined) return html('', 404)
        finishCheckout(session)
        return html(paypalPage(order))
      },
    ],
  ]
}

/** The basket is emptied here and not by the order itself, so a doubled order is counted twice. */
function thanks({ session, params }: Visit, orders: Orders): Reply {
  const order = orders.find(params['number'] ?? '')
  if (order === undefined) return html('', 404)
  finishCheckout(session)
  return html(thanksPage(session, order))
}

function saveAddress({ session, form }: Visit): Reply {
  const field = (name: string) => (form.get(name) ?? '').trim()
  if (field('name') === '' || !/^\d{5}$/.test(field('plz'))) return seeOther('/kasse/adresse')
  session.address = {
    salutation: field('anrede'),
    name: field('name'),
    street: field('strasse'),
    postcode: field('plz'),
    city: field('ort'),
    email: field('email'),
  }
  return seeOther('/kasse/versand')
}

function isComplete(session: Session): boolean {
  return session.cart.size > 0 && session.address !== undefined && session.payment !== undefined
}

function keyOf<T extends object>(choices: T, key: string | null): keyof T | undefined {
  return key !== null && Object.hasOwn(choices, key) ? (key as keyof T) : undefined
}
