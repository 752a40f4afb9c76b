import { clearBag, fetchBag, rest, track } from './api.js'
import { openBag, showBagCount } from './bag.js'
import { openOneTap, renderCatalog } from './catalog.js'

const $ = (selector) => document.querySelector(selector)

export async function showThanks(number) {
  $('#checkout').hidden = true
  $('#bag').hidden = true
  history.pushState({}, '', `/orders/${number}`)
  $('#app').innerHTML = `<h1>Thanks! We're packing it.</h1><p>Order <b>${number}</b></p>`
  showBagCount(await clearBag())
}

let debounce
$('#q').addEventListener('input', ({ target }) => {
  clearTimeout(debounce)
  debounce = setTimeout(() => renderCatalog(target.value), 150)
})

$('#bag-btn').addEventListener('click', () => openBag())
$('#account-btn').addEventListener('click', () => {
  if ($('#who').textContent !== '') location.assign('/account/orders')
  else $('#signin').hidden = !$('#signin').hidden
})

$('#signin').addEventListener('submit', async (event) => {
  event.preventDefault()
  try {
    const { name } = await rest(
      'POST',
      '/api/session',
      Object.fromEntries(new FormData(event.target)),
    )
    $('#who').textContent = name
    $('#signin').hidden = true
    track('login')
    await renderCatalog($('#q').value)
  } catch (error) {
    $('#signin [role=alert]').textContent = error.message
  }
})

$('#news').addEventListener('submit', async (event) => {
  event.preventDefault()
  const { message } = await rest(
    'POST',
    '/api/newsletter',
    Object.fromEntries(new FormData(event.target)),
  )
  $('#news [role=status]').textContent = message
})

window.addEventListener('message', ({ data, origin }) => {
  if (origin === location.origin && data?.trailpay === 'paid') showThanks(data.number)
})

track('page_view', { referrer: document.referrer })
const [{ name }, bag] = await Promise.all([rest('GET', '/api/session'), fetchBag()])
$('#who').textContent = name ?? ''
showBagCount(bag)
await renderCatalog('')
const quick = new URLSearchParams(location.search).get('quick')
if (quick !== null) await openOneTap(quick)
