import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { euros } from '../cart.ts'
import { COUNTRIES } from '../order-form.ts'
import type { ShopAddress, ShopOrder } from '../types.ts'
import { picture } from './layout.ts'

/** `Office Berlin, Torstr. 1, 10119 Berlin`, with the country where it is not Germany. */
export function addressLine(address: Partial<ShopAddress>): string {
  const { name, street, postalCode, city, country } = address
  const abroad =
    country === undefined || country === 'DE'
      ? []
      : [COUNTRIES[country as keyof typeof COUNTRIES] ?? country]
  return [name, street, `${postalCode} ${city}`, ...abroad].join(', ')
}

/** The answer to an order. Its only heading says so: scripts and people read the same line. */
export function confirmationPage(order: ShopOrder): VNode {
  const delivery =
    order.delivery === 'collect'
      ? 'Ready to collect tomorrow, Oranienstr. 25'
      : 'Standard delivery, 2–3 working days'
  return html`<div class="confirmation">
    <p class="tick" aria-hidden="true"><svg viewBox="0 0 48 48"><circle cx="24" cy="24" r="24" /><path d="m14 25 7 7 14-15" /></svg></p>
    <h1>Thank you, order ${order.number}</h1>
    <p class="lead">We sent a confirmation to ${order.email}.</p>
    <section class="card" aria-label="What you ordered">
      <ul class="bought">
        ${order.lines.map(
          (line) => html`<li>
            ${picture(line.sku)}
            <span>${line.name}<span class="muted small">${line.quantity} × ${euros(line.unitMinor)}</span></span>
            <span class="amount">${euros(line.totalMinor)}</span>
          </li>`,
        )}
      </ul>
      <dl class="facts">
        <div><dt>Paid</dt><dd>${euros(order.totalMinor)}, card ending in ${order.cardLast4}</dd></div>
        <div><dt>Delivery to</dt><dd>${addressLine(order.address)}</dd></div>
        <div><dt>Delivery</dt><dd>${delivery}</dd></div>
      </dl>
    </section>
    <p><a class="button quiet" href="/">Continue shopping</a></p>
  </div>`
}
