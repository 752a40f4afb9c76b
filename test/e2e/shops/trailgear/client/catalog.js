import { addToBag, graphql, rest, track, usd } from './api.js'
import { showBagCount } from './bag.js'

const app = document.querySelector('#app')
const dialog = document.querySelector('#one-tap')
let products = []

function card({ sku, name, tagline, priceMinor, isWished, canOneTap }) {
  const bolt = canOneTap
    ? `<button class="icon-btn" data-bolt="${sku}" aria-label="1-Tap ${name}">⚡</button>`
    : ''
  return `<article class="card" data-sku="${sku}">
    <h3>${name}</h3><p>${tagline}</p><p class="price">${usd(priceMinor)}</p>
    <button class="btn" data-add="${sku}">Add to bag</button>
    <span class="heart icon-btn" role="button" tabindex="0" data-heart="${sku}" aria-pressed="${isWished}" aria-label="Save ${name}">♥</span>
    ${bolt}
  </article>`
}

export async function renderCatalog(term) {
  products = await rest('GET', `/api/catalog?q=${encodeURIComponent(term)}`)
  app.innerHTML = `<p role="status">${products.length} items</p><div class="grid">${products.map(card).join('')}</div>`
}

app.addEventListener('click', async ({ target }) => {
  const element = target.closest('[data-add],[data-heart],[data-bolt]')
  if (element === null) return
  const { add, heart, bolt } = element.dataset
  if (add !== undefined) {
    const product = products.find(({ sku }) => sku === add)
    track('add_to_cart', { sku: add, value: product.priceMinor / 100, currency: 'USD' })
    showBagCount(await addToBag(add))
  }
  if (heart !== undefined) {
    const wished = element.getAttribute('aria-pressed') !== 'true'
    await rest(wished ? 'PUT' : 'DELETE', `/api/wishlist/${heart}`)
    element.setAttribute('aria-pressed', String(wished))
  }
  if (bolt !== undefined) await openOneTap(bolt)
})

/** Asks once before the stored card is charged. */
export async function openOneTap(sku) {
  const product = products.find((candidate) => candidate.sku === sku)
  const quote = await graphql(
    'OneTapQuote',
    'query OneTapQuote($sku: ID!) { oneTapQuote(sku: $sku) { subtotalMinor shippingMinor taxMinor totalMinor } }',
    { sku },
  )
  dialog.innerHTML = `<h2>${product.name}</h2>
    <p>${usd(quote.subtotalMinor)} + ${usd(quote.shippingMinor)} shipping + ${usd(quote.taxMinor)} tax</p>
    <p>Charge <b>${usd(quote.totalMinor)}</b> to Visa •••• 4242 and ship to 18 Alder Ct?</p>
    <button data-no>Not now</button> <button class="btn" data-yes>Confirm</button>
    <p role="status"></p>`
  dialog.querySelector('[data-no]').onclick = () => dialog.close()
  dialog.querySelector('[data-yes]').onclick = async ({ target }) => {
    target.disabled = true
    const status = dialog.querySelector('[role=status]')
    try {
      const { number } = await graphql(
        'OneTap',
        'mutation OneTap($sku: ID!, $amount: Int!) { oneTapCreate(sku: $sku, amount: $amount) { number } }',
        { sku, amount: quote.totalMinor },
      )
      status.textContent = `Order ${number} is on its way.`
    } catch (error) {
      status.textContent = error.message
      target.disabled = false
    }
  }
  dialog.showModal()
}
