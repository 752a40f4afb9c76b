import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { render } from 'preact-render-to-string'
import { euros, type PricedCart } from '../cart.ts'

/** What is bought and what it costs, line by line. */
export function OrderSummary(props: { readonly prices: PricedCart }): VNode {
  const { prices } = props
  return html`<table class="summary">
    <caption class="unseen">Items in your order</caption>
    <thead>
      <tr><th scope="col">Item</th><th scope="col">Qty<span class="unseen"> (quantity)</span></th><th scope="col">Unit price</th><th scope="col">Amount</th></tr>
    </thead>
    <tbody>
      ${prices.lines.map(
        (line) => html`<tr>
          <td>${line.name}</td>
          <td>${line.quantity}</td>
          <td>${euros(line.unitMinor)}</td>
          <td>${euros(line.totalMinor)}</td>
        </tr>`,
      )}
    </tbody>
    <${SummaryFoot} prices=${prices} columns=${3} />
  </table>`
}

/** The same as HTML text, for pages that are open already. */
export function orderSummaryHtml(prices: PricedCart): string {
  return render(html`<${OrderSummary} prices=${prices} />`)
}

/** Subtotal, delivery, coupon, total and tax; `columns` is how many cells the label spans. */
export function SummaryFoot(props: {
  readonly prices: PricedCart
  readonly columns: number
}): VNode {
  const { prices, columns } = props
  const row = (label: string, amount: string, kind = ''): VNode =>
    html`<tr class=${kind}><th scope="row" colspan=${columns}>${label}</th><td>${amount}</td></tr>`
  return html`<tfoot>
    ${row('Subtotal', euros(prices.subtotalMinor))}
    ${row('Delivery', 'Free')}
    ${prices.adjustments.map(({ label, amountMinor }) => row(label, euros(amountMinor)))}
    ${row('Total', euros(prices.totalMinor), 'total')}
    ${row(`Includes ${prices.vatPercent}% VAT`, euros(prices.vatMinor), 'tax')}
  </tfoot>`
}
