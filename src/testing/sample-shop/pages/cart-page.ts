import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { euros, MAX_QUANTITY, type PricedCart } from '../cart.ts'
import type { ShopOrderLine } from '../types.ts'
import { csrfField, picture } from './layout.ts'
import { SummaryFoot } from './order-summary.ts'

/** The cart with its quantities, the coupon and the way to the checkout. */
export function cartPage(prices: PricedCart, csrfToken: string): VNode {
  if (prices.lines.length === 0) {
    return html`<div class="empty">
      <h1>Your cart is empty</h1>
      <p>When you add something, it waits here.</p>
      <a class="button" href="/">See all products</a>
    </div>`
  }
  return html`<div>
    <h1>Your cart</h1>
    <div class="columns">
      <ul class="cart-lines card">
        ${prices.lines.map((line) => html`<${CartLine} line=${line} csrfToken=${csrfToken} />`)}
      </ul>
      <aside class="stack" aria-label="Summary">
        <div class="card">
          <table class="summary">
            <caption class="unseen">Cart total</caption>
            <${SummaryFoot} prices=${prices} columns=${1} />
          </table>
          <a class="button wide" href="/checkout">Go to checkout</a>
        </div>
        ${couponForm(prices.coupon, csrfToken)}
      </aside>
    </div>
  </div>`
}

/** The form that redeems a coupon; it buys nothing. */
export function couponForm(coupon: string | undefined, csrfToken: string): VNode {
  return html`<form id="coupon-form" class="card coupon" method="post" action="/cart/coupon">
    ${csrfField(csrfToken)}
    <label for="coupon">Coupon code</label>
    <div class="row">
      <input id="coupon" name="coupon" value=${coupon ?? ''} autocomplete="off" spellcheck=${false} required />
      <button type="submit" class="quiet">Apply coupon</button>
    </div>
    <p id="coupon-status" class="small muted" role="status"></p>
  </form>`
}

function CartLine(props: { readonly line: ShopOrderLine; readonly csrfToken: string }): VNode {
  const { line } = props
  const id = `quantity-${line.sku}`
  return html`<li>
    ${picture(line.sku)}
    <div class="cart-line-text">
      <a href=${`/products/${line.sku}`}>${line.name}</a>
      <span class="muted small">${euros(line.unitMinor)} each</span>
    </div>
    <form method="post" action=${`/cart/items/${line.sku}`}>
        ${csrfField(props.csrfToken)}
        <label class="small" for=${id}>Quantity<span class="unseen"> of ${line.name}</span></label>
        <input id=${id} name="quantity" type="number" min="0" max=${MAX_QUANTITY} value=${line.quantity} required />
        <button type="submit" class="quiet small">Update<span class="unseen"> ${line.name}</span></button>
        <button type="submit" class="as-link small" formaction=${`/cart/items/${line.sku}/remove`} formnovalidate>
          Remove<span class="unseen"> ${line.name}</span>
        </button>
    </form>
    <strong class="amount">${euros(line.totalMinor)}</strong>
  </li>`
}
