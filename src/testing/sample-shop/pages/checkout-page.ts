import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { decimal, euros, type PricedCart } from '../cart.ts'
import type { FlowShape } from '../checkout-flows.ts'
import { COUNTRIES, type FieldProblem, type OrderForm } from '../order-form.ts'
import { couponForm } from './cart-page.ts'
import { addressLine } from './confirmation-page.ts'
import { checkField, problemBox } from './form-fields.ts'
import { csrfField } from './layout.ts'
import { OrderSummary } from './order-summary.ts'

/** What a checkout page shows. */
export interface CheckoutView {
  readonly shape: FlowShape
  readonly prices: PricedCart
  readonly values: Partial<Record<keyof OrderForm, string>>
  readonly problems: readonly FieldProblem[]
  readonly csrfToken: string
}

/** Address, delivery, card and order summary on one page. */
export function checkoutPage(view: CheckoutView): VNode {
  const { shape, csrfToken } = view
  const usesSavedCard = shape.trigger === 'link'
  return html`<div>
    <h1>Checkout</h1>
    ${problemBox(view.problems, 'Your order was not placed.')}
    <div class="columns checkout">
      ${
        usesSavedCard
          ? html`<div class="contents"><${SavedDetails} ...${view} /><${SummaryCard} ...${view} /></div>`
          : html`<form id="checkout-form" class="contents" method="post" action=${shape.orderPath} target=${shape.newTab ? '_blank' : undefined}>
              ${csrfField(csrfToken)}
              <input type="hidden" name="total" value=${decimal(view.prices.totalMinor)} />
              <input type="hidden" name="currency" value="EUR" />
              <div class="stack">
                <${AddressFields} ...${view} />
                <${DeliveryFields} ...${view} />
                <${CardFields} ...${view} />
              </div>
              <${SummaryCard} ...${view} />
            </form>`
      }
      <div class="after-summary">${couponForm(view.prices.coupon, csrfToken)}</div>
    </div>
  </div>`
}

function AddressFields(view: CheckoutView): VNode {
  const field = checkField(view)
  const country = view.values.country ?? 'DE'
  return html`<fieldset class="card">
    <legend>Delivery address</legend>
    <div class="fields">
      ${field({ name: 'email', label: 'E-mail', type: 'email', autocomplete: 'email' })}
      ${field({ name: 'name', label: 'Recipient or company', autocomplete: 'shipping name' })}
      ${field({ name: 'street', label: 'Street and number', autocomplete: 'shipping address-line1', wide: true })}
      ${field({ name: 'postalCode', label: 'Postal code', autocomplete: 'shipping postal-code' })}
      ${field({ name: 'city', label: 'City', autocomplete: 'shipping address-level2' })}
      <p class="field wide">
        <label for="country">Country</label>
        <select id="country" name="country" autocomplete="shipping country" required>
          ${Object.entries(COUNTRIES).map(([code, name]) => html`<option value=${code} selected=${code === country}>${name}</option>`)}
        </select>
      </p>
    </div>
  </fieldset>`
}

function DeliveryFields(view: CheckoutView): VNode {
  const chosen = view.values.delivery ?? 'standard'
  const option = (value: string, label: string, hint: string): VNode => html`<label class="option">
    <input type="radio" name="delivery" value=${value} checked=${value === chosen} required />
    <span>${label}<span class="muted small">${hint}</span></span>
    <span class="amount">Free</span>
  </label>`
  return html`<fieldset class="card">
    <legend>Delivery</legend>
    <div class="options">
      ${option('standard', 'Standard delivery', '2–3 working days')}
      ${option('collect', 'Collect from our shop', 'Oranienstr. 25, ready tomorrow')}
    </div>
  </fieldset>`
}

function CardFields(view: CheckoutView): VNode {
  const field = checkField(view)
  return html`<fieldset class="card">
    <legend>Payment card</legend>
    <div class="fields">
      ${field({ name: 'cardName', label: 'Name on card', autocomplete: 'cc-name', wide: true })}
      ${field({ name: 'cardNumber', label: 'Card number', autocomplete: 'cc-number', numeric: true, wide: true })}
      ${field({ name: 'cardExpiry', label: 'Expiry date (MM/YY)', autocomplete: 'cc-exp', numeric: true })}
      ${field({ name: 'cardCvc', label: 'Security code (CVC)', autocomplete: 'cc-csc', numeric: true })}
    </div>
  </fieldset>`
}

function SavedDetails({ values }: CheckoutView): VNode {
  return html`<div class="stack">
    <section class="card">
      <h2>Delivery address</h2>
      <p data-address>${addressLine(values)}</p>
      <p class="muted small">Standard delivery, 2–3 working days, free</p>
    </section>
    <section class="card">
      <h2>Payment card</h2>
      <p>Saved card ending in ${values.cardNumber?.slice(-4)}</p>
      <p class="muted small">Or <a href="/checkout">use another card or address</a></p>
    </section>
  </div>`
}

function SummaryCard(view: CheckoutView): VNode {
  return html`<aside class="card summary-card" aria-labelledby="summary-heading">
    <h2 id="summary-heading">Your order</h2>
    <div id="order-summary" data-total=${decimal(view.prices.totalMinor)} aria-live="polite">
      <${OrderSummary} prices=${view.prices} />
    </div>
    <${OrderTrigger} ...${view} />
    <p class="small muted">By ordering you accept our <a href="/delivery">terms of delivery and returns</a>.</p>
  </aside>`
}

function OrderTrigger({ shape, prices, csrfToken }: CheckoutView): VNode {
  if (shape.trigger === 'enter') {
    return html`<p class="hint">Press <kbd>Enter</kbd> in the security code to place your order.</p>`
  }
  if (shape.trigger === 'link') {
    const query = new URLSearchParams({
      csrfToken,
      total: decimal(prices.totalMinor),
      currency: 'EUR',
    })
    const address = `${shape.linkPath ?? shape.orderPath}?${query}`
    return html`<a class="button wide" data-order-link href=${address}>Place order</a>`
  }
  return html`<button type="submit" class="wide">Place order${
    shape.amountOnButton
      ? html`<span> · <span data-amount>${euros(prices.totalMinor)}</span></span>`
      : null
  }</button>`
}
