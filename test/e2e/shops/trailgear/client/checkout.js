import {
  applyPromo,
  completeCheckout,
  fetchBag,
  rest,
  saveDraft,
  setDelivery,
  track,
  usd,
  verifyAddress,
} from './api.js'
import { sums } from './bag.js'
import { showThanks } from './main.js'

const modal = document.querySelector('#checkout')
const find = (selector) => modal.querySelector(selector)
let bag

function layout() {
  const { draft } = bag
  const field = (name, label, autocomplete) =>
    `<label>${label} <input name="${name}" autocomplete="${autocomplete}" value="${draft[name] ?? ''}"></label>`
  return `<div class="panel">
  <button type="button" class="icon-btn" aria-label="Close checkout">✕</button>
  <h2>Checkout</h2>
  <form id="co-form" novalidate>
    <input type="hidden" name="checkoutId" value="${bag.id}">
    <h3>Contact &amp; shipping</h3>
    ${field('email', 'Email', 'email')}${field('name', 'Full name', 'name')}
    ${field('line1', 'Address', 'address-line1')}${field('city', 'City', 'address-level2')}
    ${field('zip', 'ZIP code', 'postal-code')}
    <p data-verdict role="status"></p>
    <fieldset><legend>Delivery</legend>
      <label><input type="radio" name="delivery" value="ground"> Ground, 3–5 days ($7.95, free over $99)</label>
      <label><input type="radio" name="delivery" value="two_day"> 2-day ($14.50)</label>
      <label><input type="radio" name="delivery" value="pickup"> Pick up in Boulder (free)</label>
    </fieldset>
    <fieldset><legend>Payment</legend>
      <label><input type="radio" name="pay" value="CARD" checked> Credit or debit card</label>
      <label><input type="radio" name="pay" value="PAY_IN_4"> Pay in 4</label>
      <label><input type="radio" name="pay" value="TRAILPAY"> TrailPay</label>
      <div data-card>
        <label>Card number <input name="number" inputmode="numeric" autocomplete="cc-number" placeholder="1234 1234 1234 1234"></label>
        <label>Expiry <input name="exp" autocomplete="cc-exp" placeholder="MM / YY"></label>
        <label>CVC <input name="cvc" inputmode="numeric" autocomplete="cc-csc"></label>
      </div>
      <p data-later hidden></p>
    </fieldset>
    <div class="promo"><input aria-label="Promo code" placeholder="Promo code"><button type="button">Apply</button><span role="status"></span></div>
    <div data-sums></div>
    <label><input type="checkbox" name="terms"> I agree to the <a href="#terms">Terms of Sale</a> and Return Policy</label>
    <button class="pay-btn"><svg viewBox="0 0 24 24" width="14" aria-hidden="true"><path d="M6 10h12v10H6zM8 10V7a4 4 0 0 1 8 0v3"/></svg> <span data-label></span></button>
    <p role="alert"></p>
  </form>
  <div data-trailpay hidden></div>
  <p class="fine" data-draft role="status"></p>
</div>`
}

function paint() {
  const kind = find('[name=pay]:checked').value
  find('[data-sums]').innerHTML = sums(bag)
  find('[data-card]').hidden = kind !== 'CARD'
  find('[data-later]').hidden = kind !== 'PAY_IN_4'
  find('[data-later]').textContent =
    `4 interest-free payments of ${usd(Math.ceil(bag.totalMinor / 4))}`
  find('[data-label]').textContent = kind === 'CARD' ? `Pay ${usd(bag.totalMinor)}` : 'Continue'
  find('.pay-btn').hidden = kind === 'TRAILPAY'
  const frame = find('[data-trailpay]')
  frame.hidden = kind !== 'TRAILPAY'
  frame.innerHTML =
    kind === 'TRAILPAY'
      ? `<iframe title="TrailPay secure payment" src="/trailpay/widget?session=${bag.id}"></iframe>`
      : ''
}

const values = () => Object.fromEntries(new FormData(find('#co-form')))

async function store() {
  const { email, name, line1, city, zip } = values()
  await saveDraft({ email, name, line1, city, zip })
  find('[data-draft]').textContent = 'Your details are saved.'
}

async function checkAddress() {
  const { line1, city, zip } = values()
  const { verdict } = await verifyAddress({ line1, city, zip, country: 'US' })
  const isGood = verdict === 'DELIVERABLE'
  find('[data-verdict]').textContent = isGood ? 'Address verified' : 'Please check your address'
  return isGood
}

async function promo() {
  const box = find('.promo')
  try {
    bag = await applyPromo(box.querySelector('input').value)
    box.querySelector('[role=status]').textContent = `${bag.promo} applied`
    paint()
  } catch (error) {
    box.querySelector('[role=status]').textContent = error.message
  }
}

async function pay(event) {
  event.preventDefault()
  const button = find('.pay-btn')
  const alert = find('[role=alert]')
  const { checkoutId, number, exp, cvc, terms, pay: kind } = values()
  if (button.disabled) return
  if (terms === undefined) {
    alert.textContent = 'Please agree to the Terms of Sale.'
    return
  }
  button.disabled = true
  alert.textContent = ''
  track('checkout_submit', { value: bag.totalMinor / 100, currency: 'USD', method: kind })
  try {
    if (!(await checkAddress())) throw new Error('Please check your address.')
    await store()
    const payment = { kind }
    if (kind === 'CARD') {
      payment.token = (await rest('POST', '/vault/v1/tokens', { number, exp, cvc })).token
    }
    const order = await completeCheckout({ checkoutId, amount: bag.totalMinor, payment })
    track('purchase', { transaction: order.number, value: bag.totalMinor / 100 })
    await showThanks(order.number)
  } catch (error) {
    alert.textContent = error.message || 'Something went wrong. You have not been charged.'
    button.disabled = false
  }
}

export async function openCheckout() {
  bag = await fetchBag()
  modal.innerHTML = layout()
  find(`[name=delivery][value=${bag.delivery}]`).checked = true
  paint()
  modal.hidden = false

  find('[aria-label="Close checkout"]').onclick = () => {
    modal.hidden = true
  }
  find('#co-form').addEventListener('submit', pay)
  find('#co-form').addEventListener('change', async ({ target }) => {
    if (target.name === 'delivery') {
      bag = await setDelivery(target.value)
      paint()
    }
    if (target.name === 'pay') {
      track('add_payment_info', { method: target.value })
      paint()
    }
    if (['email', 'name', 'line1', 'city', 'zip'].includes(target.name)) await store()
    if (target.name === 'zip') await checkAddress()
  })
  find('.promo button').onclick = promo
  find('.promo input').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    promo()
  })
}
