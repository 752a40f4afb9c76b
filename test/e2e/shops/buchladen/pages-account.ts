import { euro } from './catalog.ts'
import { csrfField, esc, page } from './layout.ts'
import { loginForm } from './pages-checkout.ts'
import type { Session } from './session.ts'

/** An order from before this visit, which can be repeated. */
export interface PastOrder {
  readonly number: string
  readonly date: string
  readonly title: string
  readonly goodsMinor: number
  readonly shippingMinor: number
}

/** What the one known customer bought last year. */
export const PAST_ORDERS: readonly PastOrder[] = [
  {
    number: 'BL-18734',
    date: '12. November 2025',
    title: 'Teekalender 2026',
    goodsMinor: 1695,
    shippingMinor: 290,
  },
  {
    number: 'BL-17502',
    date: '3. Juni 2025',
    title: 'Wanderkarte Ostfriesische Inseln',
    goodsMinor: 1150,
    shippingMinor: 290,
  },
]

/** Undefined for a number the customer never had. */
export function findPastOrder(number: string | undefined): PastOrder | undefined {
  return PAST_ORDERS.find((order) => order.number === number)
}

/** Log-in on its own page. */
export function loginPage(session: Session, failed: boolean): string {
  const error = failed
    ? '<div class="meldung meldung--fehler" role="alert">E-Mail oder Passwort ist falsch.</div>'
    : ''
  return page(session, 'Anmelden', `<h1>Anmelden</h1>${error}${loginForm(session, '/konto')}`)
}

/** The account, with past orders; one link there buys at once. */
export function accountPage(session: Session): string {
  const cards = PAST_ORDERS.map(
    (order) => `<li class="bestellkarte">
    <h3><a href="/konto/bestellungen/${order.number}">${order.number}</a> vom ${order.date}</h3>
    <p>${order.title}</p>
    <p>Betrag: ${euro(order.goodsMinor + order.shippingMinor)} (inkl. ${euro(order.shippingMinor)} Versand) · bezahlt per Rechnung</p>
    <a href="/konto/bestellungen/${order.number}/wiederholen">Erneut bestellen …</a>
    <a class="knopf" href="/konto/bestellungen/${order.number}/nachkauf?zahlart=rechnung&amp;schluessel=${session.csrf}">Nochmal kaufen</a>
  </li>`,
  ).join('')
  return page(
    session,
    'Mein Konto',
    `<h1>Guten Tag, ${esc(session.customer ?? '')}</h1>
<h2>Meine Bestellungen</h2><ul class="bestellungen">${cards}</ul>
<form action="/konto/abmelden" method="post">${csrfField(session)}<button class="link">Abmelden</button></form>`,
  )
}

/** What was once ordered, to read only. */
export function pastOrderPage(session: Session, order: PastOrder): string {
  return page(
    session,
    `Bestellung ${order.number}`,
    `<h1>Bestellung ${order.number}</h1>
<p>Sie haben am ${order.date} zahlungspflichtig bestellt. Status: <strong>Zugestellt</strong></p>
<table class="summe"><tr><th>${order.title}</th><td>${euro(order.goodsMinor)}</td></tr>
<tr><th>Versandkosten</th><td>${euro(order.shippingMinor)}</td></tr>
<tr class="gesamt"><th>Gesamtsumme</th><td>${euro(order.goodsMinor + order.shippingMinor)}</td></tr></table>
<a href="/konto">Zurück zum Konto</a>`,
  )
}

/** Asks once more before a past order is repeated. */
export function repeatOrderPage(session: Session, order: PastOrder): string {
  return page(
    session,
    'Bestellung wiederholen',
    `<h1>Diese Bestellung wiederholen?</h1>
<dl><dt>Artikel</dt><dd>1 × ${order.title} zu ${euro(order.goodsMinor)}</dd>
<dt>Versand</dt><dd>${euro(order.shippingMinor)}</dd>
<dt>Zahlung</dt><dd>Rechnung, fällig in 14 Tagen</dd>
<dt>Zu zahlen</dt><dd><b>${euro(order.goodsMinor + order.shippingMinor)}</b></dd></dl>
<form method="post">${csrfField(session)}<input type="hidden" name="vorlage" value="${order.number}">
  <a href="/konto">Nein, zurück</a>
  <input type="submit" class="knopf" value="Ja, verbindlich bestellen">
</form>`,
  )
}
