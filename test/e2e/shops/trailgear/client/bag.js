import { fetchBag, track, usd } from './api.js'
import { openCheckout } from './checkout.js'

const drawer = document.querySelector('#bag')

export function showBagCount(bag) {
  document.querySelector('[data-bag-count]').textContent = bag.count
}

export function sums(bag) {
  const discount =
    bag.discountMinor > 0 ? `<dt>${bag.promo}</dt><dd>−${usd(bag.discountMinor)}</dd>` : ''
  const shipping = bag.shippingMinor === 0 ? 'FREE' : usd(bag.shippingMinor)
  return `<dl class="sums">
    <dt>Subtotal</dt><dd>${usd(bag.subtotalMinor)}</dd>${discount}
    <dt>Shipping</dt><dd>${shipping}</dd>
    <dt>Sales tax (CO 7.75%)</dt><dd>${usd(bag.taxMinor)}</dd>
    <dt class="total">Total</dt><dd class="total" data-total>${usd(bag.totalMinor)}</dd>
  </dl>`
}

export async function openBag() {
  const bag = await fetchBag()
  const lines = bag.lines
    .map(
      ({ name, quantity, priceMinor }) =>
        `<li>${quantity} × ${name} <span>${usd(priceMinor)}</span></li>`,
    )
    .join('')
  drawer.innerHTML = `<button class="icon-btn" aria-label="Close bag">✕</button>
    <h2>Your bag</h2>
    ${
      bag.count === 0
        ? '<p>Nothing in here yet.</p>'
        : `<ul>${lines}</ul>${sums(bag)}
    <button class="btn" data-checkout>Checkout</button>
    <p>or</p>
    <div class="tp-express" role="button" tabindex="0" aria-label="TrailPay Express"><b>Trail</b>Pay ›</div>
    <p class="fine">TrailPay Express charges your TrailPay balance and ships to the address stored there.</p>`
    }`
  drawer.hidden = false
  drawer.querySelector('[aria-label="Close bag"]').onclick = () => {
    drawer.hidden = true
  }
  drawer.querySelector('[data-checkout]')?.addEventListener('click', () => {
    track('begin_checkout', { value: bag.totalMinor / 100, currency: 'USD' })
    drawer.hidden = true
    openCheckout()
  })
  drawer.querySelector('.tp-express')?.addEventListener('click', () => {
    track('express_click', { wallet: 'trailpay', value: bag.totalMinor / 100 })
    window.open(`/trailpay/express?bag=${bag.id}`, 'trailpay', 'popup,width=420,height=640')
  })
}
