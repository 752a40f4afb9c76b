import { euro } from './catalog.ts'
import { csrfField, esc, page } from './layout.ts'
import { cartRows } from './pages-shop.ts'
import { type Order, PAYMENT, quote, type Session, SHIPPING } from './session.ts'

const STEPS = ['Adresse', 'Versand', 'Zahlung', 'Prüfen'] as const

function checkoutPage(session: Session, step: (typeof STEPS)[number], main: string): string {
  const steps = STEPS.map(
    (name) => `<li${name === step ? ' aria-current="step"' : ''}>${name}</li>`,
  ).join('')
  return page(session, `Kasse: ${step}`, `<ol class="schritte">${steps}</ol>${main}`, 'kasse')
}

/** Log in or go on as a guest. */
export function checkoutEntryPage(session: Session): string {
  return page(
    session,
    'Kasse',
    `<h1>Wie möchten Sie fortfahren?</h1>
<section><h2>Ich bin bereits Kunde</h2>${loginForm(session, '/kasse/adresse')}</section>
<section><h2>Ohne Konto</h2><a class="knopf knopf--leise" href="/kasse/adresse?gast=1">Als Gast fortfahren</a></section>`,
  )
}

/** The log-in form; `next` is where it leads. */
export function loginForm(session: Session, next: string): string {
  return `<form action="/konto/anmelden" method="post" class="anmeldung">${csrfField(session)}
  <input type="hidden" name="ziel" value="${esc(next)}">
  <label class="feld">E-Mail <input type="email" name="benutzer" autocomplete="username" required></label>
  <label class="feld">Passwort <input type="password" name="kennwort" autocomplete="current-password" required></label>
  <button class="knopf">Anmelden</button>
</form>`
}

/** Step 1. */
export function addressPage(session: Session): string {
  return checkoutPage(
    session,
    'Adresse',
    `<h1>Liefer- und Rechnungsadresse</h1>
<form action="/kasse/adresse" method="post">${csrfField(session)}
  <label class="feld">Anrede <select name="anrede"><option value="">Bitte wählen</option><option>Frau</option><option>Herr</option><option>keine Angabe</option></select></label>
  <label class="feld">Vor- und Nachname* <input name="name" autocomplete="name" required></label>
  <label class="feld">Straße und Hausnummer* <input name="strasse" autocomplete="street-address" required></label>
  <label class="feld">PLZ* <input name="plz" inputmode="numeric" pattern="[0-9]{5}" autocomplete="postal-code" required></label>
  <label class="feld">Ort* <input name="ort" autocomplete="address-level2" required></label>
  <label class="feld">E-Mail* <input type="email" name="email" autocomplete="email" required></label>
  <label class="feld">Telefon (für Rückfragen) <input type="tel" name="telefon" autocomplete="tel"></label>
  <button class="knopf" type="submit">Weiter zum Versand</button>
</form>`,
  )
}

/** Step 2. */
export function shippingPage(session: Session): string {
  const choices = Object.entries(SHIPPING)
    .map(
      ([key, { label, priceMinor }]) =>
        `<label class="feld"><input type="radio" name="versandart" value="${key}"${key === session.shipping ? ' checked' : ''}> ${label} <span>${priceMinor === 0 ? 'kostenlos' : euro(priceMinor)}</span></label>`,
    )
    .join('')
  return checkoutPage(
    session,
    'Versand',
    `<h1>Versandart</h1>
<form action="/kasse/versand" method="post">${csrfField(session)}
  <fieldset><legend>Wie sollen wir liefern?</legend>${choices}</fieldset>
  <a href="/kasse/adresse">Zurück</a> <button class="knopf">Weiter zur Zahlung</button>
</form>`,
  )
}

/** Step 3. */
export function paymentPage(session: Session): string {
  return checkoutPage(
    session,
    'Zahlung',
    `<h1>Zahlungsart</h1>
<form action="/kasse/zahlung" method="post">${csrfField(session)}
  <fieldset class="zahlarten"><legend>Wie möchten Sie zahlen?</legend>
    <label class="feld"><input type="radio" name="zahlart" value="rechnung" checked> Kauf auf Rechnung (14 Tage)</label>
    <label class="feld"><input type="radio" name="zahlart" value="paypal"> PayPal</label>
    <label class="feld"><input type="radio" name="zahlart" value="karte"> Kreditkarte</label>
    <div class="kartenfelder">
      <label class="feld">Kartennummer <input name="kartennummer" inputmode="numeric" autocomplete="cc-number"></label>
      <label class="feld">Gültig bis <input name="ablauf" placeholder="MM/JJ" autocomplete="cc-exp"></label>
      <label class="feld">Prüfziffer <input name="pruefziffer" inputmode="numeric" autocomplete="cc-csc"></label>
    </div>
  </fieldset>
  <a href="/kasse/versand">Zurück</a> <button class="knopf">Weiter zur Übersicht</button>
</form>`,
  )
}

/** Step 4: the review page with the button that § 312j BGB asks for. */
export function reviewPage(session: Session): string {
  const sums = quote(session)
  const address = session.address
  const payment = session.payment ?? 'rechnung'
  const byPaypal = payment === 'paypal'
  return checkoutPage(
    session,
    'Prüfen',
    `<h1>Bitte prüfen Sie Ihre Angaben</h1>
<div class="spalten">
  <section><h2>Lieferung an</h2><address>${esc(address?.name ?? '')}<br>${esc(address?.street ?? '')}<br>${esc(address?.postcode ?? '')} ${esc(address?.city ?? '')}</address><a href="/kasse/adresse">Ändern</a></section>
  <section><h2>Versand</h2><p>${SHIPPING[session.shipping].label}</p><a href="/kasse/versand">Ändern</a></section>
  <section><h2>Zahlung</h2><p>${PAYMENT[payment]}${session.cardEnding === undefined ? '' : ` (endet auf ${esc(session.cardEnding)})`}</p><a href="/kasse/zahlung">Ändern</a></section>
</div>
<table class="artikelliste"><thead><tr><th>Artikel</th><th>Menge</th><th>Einzelpreis</th><th>Summe</th></tr></thead><tbody>${cartRows(session)}</tbody></table>
<table class="summe">
  <tr><th>Zwischensumme</th><td>${euro(sums.goodsMinor)}</td></tr>
  ${sums.discountMinor === 0 ? '' : `<tr><th>Gutschein</th><td>−${euro(sums.discountMinor)}</td></tr>`}
  <tr><th>Versandkosten</th><td>${euro(sums.shippingMinor)}</td></tr>
  <tr class="gesamt"><th>Gesamtsumme</th><td>${euro(sums.totalMinor)}</td></tr>
  <tr><th>darin enthaltene MwSt. (7 %)</th><td>${euro(sums.vatMinor)}</td></tr>
</table>
<p class="treue">Mit dieser Bestellung sammeln Sie ${Math.floor(sums.goodsMinor / 100)} Lesepunkte.</p>
<form id="abschluss" action="/kasse/abschluss" method="post"${byPaypal ? ' target="paypal_fenster"' : ''}>${csrfField(session)}
  <input type="hidden" name="vorgang" value="${session.checkoutId}">
  <label class="feld">Ihre Bestellreferenz (optional) <input name="referenz" maxlength="40"></label>
  <label class="feld haken"><input type="checkbox" name="agb" value="1" required> Ich habe die <a href="/agb" target="_blank">AGB</a> und die <a href="/widerruf" target="_blank">Widerrufsbelehrung</a> gelesen und bin einverstanden.</label>
  <button class="knopf knopf--gross" data-qa="abschluss">${byPaypal ? 'Kaufen mit PayPal' : 'Zahlungspflichtig bestellen'}</button>
</form>
<p id="paypal-hinweis" hidden>Bitte schließen Sie die Zahlung im PayPal-Fenster ab.</p>
<aside class="empfehlung"><h2>Wird oft dazu gekauft</h2><p>Lesezeichen-Set „Leinen“, 3 Stück – 7,95 €</p></aside>`,
  )
}

/** The thank-you page. */
export function thanksPage(session: Session, order: Order): string {
  return page(
    session,
    'Vielen Dank',
    `<h1>Vielen Dank für Ihre Bestellung!</h1>
<p>Bestellnummer <strong>${order.number}</strong>, Betrag ${euro(order.totalMinor)}. Eine Bestätigung ist per E-Mail unterwegs.</p>`,
  )
}

/** What the payment service's window shows after the order. */
export function paypalPage(order: Order): string {
  return `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>PayPal</title></head>
<body><h1>PayPal</h1><p>Sie zahlen ${euro(order.totalMinor)} an Buchladen am Markt. Zahlung autorisiert (${order.number}).</p></body></html>`
}
