/** Runs on every page: counts the page view. */
const SHOP = `
navigator.sendBeacon('/collect', JSON.stringify({ event: 'page-view', path: location.pathname }))
`

/** Runs on every checkout page: keeps the summary right, redeems coupons, shows problems. */
const CHECKOUT = `
const summary = document.getElementById('order-summary')
const form = document.getElementById('checkout-form')

function show(state) {
  if (state.address && form) {
    for (const [field, value] of Object.entries(state.address)) {
      const input = form.elements.namedItem(field)
      if (input) input.value = value
    }
  }
  const shownAddress = document.querySelector('[data-address]')
  if (state.address && shownAddress) shownAddress.textContent = state.addressLine
  if (state.total === summary.dataset.total) return
  summary.innerHTML = state.summaryHtml
  summary.dataset.total = state.total
  for (const input of document.querySelectorAll('input[name="total"]')) input.value = state.total
  for (const place of document.querySelectorAll('[data-amount]')) place.textContent = state.amount
  for (const link of document.querySelectorAll('a[data-order-link]')) {
    const address = new URL(link.href)
    address.searchParams.set('total', state.total)
    link.href = address.pathname + address.search
  }
}

let updates
function listen() {
  if (updates && updates.readyState !== EventSource.CLOSED) return
  updates = new EventSource('/checkout/updates')
  updates.addEventListener('state', (event) => show(JSON.parse(event.data)))
  updates.addEventListener('superseded', () => updates.close())
}
listen()
addEventListener('focus', listen)

const coupon = document.getElementById('coupon-form')
coupon?.addEventListener('submit', async (event) => {
  event.preventDefault()
  const answer = await sendJson(coupon.action, coupon)
  document.getElementById('coupon-status').textContent = answer.message
  if (answer.state) show(answer.state)
})

export async function sendJson(address, source) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(Object.fromEntries(new FormData(source))),
  })
  return response.json()
}

export function showProblems(problems) {
  const box = document.getElementById('problems')
  const heading = document.createElement('p')
  heading.textContent = 'Your order was not placed.'
  const list = document.createElement('ul')
  for (const problem of problems) {
    const entry = document.createElement('li')
    entry.textContent = problem.message
    list.append(entry)
  }
  box.replaceChildren(heading, list)
  box.hidden = false
  box.focus()
}
`

const FETCH = `
import { sendJson, showProblems } from '/assets/checkout.js'
const form = document.getElementById('checkout-form')
form.addEventListener('submit', async (event) => {
  event.preventDefault()
  try {
    const answer = await sendJson(form.action, form)
    if (answer.location) location.assign(answer.location)
    else showProblems(answer.problems)
  } catch {
    showProblems([{ message: 'The shop did not answer. Check your orders before you try again.' }])
  }
})
`

const VALIDATED = `
import { sendJson, showProblems } from '/assets/checkout.js'
const form = document.getElementById('checkout-form')

function validateAddress() {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', location.pathname + '/validate-address')
    request.setRequestHeader('content-type', 'application/json')
    request.responseType = 'json'
    request.onload = () => resolve(request.response.problems)
    request.onerror = () => reject(new Error('no answer'))
    const fields = Object.fromEntries(new FormData(form))
    const { csrfToken, email, name, street, postalCode, city, country } = fields
    request.send(JSON.stringify({ csrfToken, email, name, street, postalCode, city, country }))
  })
}

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  try {
    const problems = await validateAddress()
    if (problems.length > 0) return showProblems(problems)
    navigator.sendBeacon('/collect', JSON.stringify({ event: 'order-attempt' }))
    const answer = await sendJson(form.action, form)
    if (answer.location) location.assign(answer.location)
    else showProblems(answer.problems)
  } catch {
    showProblems([{ message: 'The shop did not answer. Check your orders before you try again.' }])
  }
})
`

const DOUBLE_SUBMIT_GUARD = `
const form = document.getElementById('checkout-form')
let sent = false
form.addEventListener('submit', (event) => {
  if (sent) return event.preventDefault()
  sent = true
  event.submitter?.setAttribute('disabled', '')
})
`

const CONFIRM = `
document.getElementById('checkout-form').addEventListener('submit', (event) => {
  if (!confirm('Place order?')) event.preventDefault()
})
`

const ENTER_ONLY = `
const form = document.getElementById('checkout-form')
form.elements.namedItem('cardCvc').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return
  event.preventDefault()
  form.requestSubmit()
})
`

/** The page scripts by file name. Plain text, not modules of ours: they run in the visitor's browser. */
export const SCRIPTS: ReadonlyMap<string, string> = new Map([
  ['shop.js', SHOP],
  ['checkout.js', CHECKOUT],
  ['fetch.js', FETCH],
  ['validated.js', VALIDATED],
  ['double-submit-guard.js', DOUBLE_SUBMIT_GUARD],
  ['confirm.js', CONFIRM],
  ['enter-only.js', ENTER_ONLY],
])
