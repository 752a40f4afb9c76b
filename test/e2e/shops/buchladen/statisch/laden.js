const csrf = document.querySelector('meta[name="csrf"]').content

// Statistik, wie Matomo sie ohne eigenes Skript zählt.
new Image().src = `/matomo.php?idsite=3&rec=1&action_name=${encodeURIComponent(document.title)}&url=${encodeURIComponent(location.href)}`

async function sende(pfad, felder) {
  const antwort = await fetch(pfad, {
    method: 'POST',
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
    body: new URLSearchParams({ ...felder, _csrf_token: csrf }),
  })
  if (!antwort.ok) throw new Error(`${pfad}: ${antwort.status}`)
  return antwort.json()
}

function alsKnopf(element, tat) {
  element.addEventListener('click', tat)
  element.addEventListener('keydown', (ereignis) => {
    if (ereignis.key !== 'Enter' && ereignis.key !== ' ') return
    ereignis.preventDefault()
    tat()
  })
}

for (const herz of document.querySelectorAll('.herzchen')) {
  alsKnopf(herz, async () => {
    const { gemerkt, anzahl } = await sende('/merkzettel/umschalten', { isbn: herz.dataset.isbn })
    herz.setAttribute('aria-pressed', String(gemerkt))
    document.querySelector('#merk-zaehler').textContent = anzahl
  })
}

for (const sofort of document.querySelectorAll('.sofort')) {
  let unterwegs = false
  alsKnopf(sofort, async () => {
    if (unterwegs) return
    unterwegs = true
    sofort.setAttribute('aria-busy', 'true')
    try {
      const { weiter } = await sende('/sofort/download', { artikel: sofort.dataset.isbn })
      location.assign(weiter)
    } catch {
      sofort.insertAdjacentHTML('afterend', '<p role="alert">Das hat leider nicht geklappt.</p>')
      sofort.removeAttribute('aria-busy')
      unterwegs = false
    }
  })
}

for (const stufe of document.querySelectorAll('[data-menge-um]')) {
  stufe.addEventListener('click', () => {
    const feld = stufe.parentElement.querySelector('input[type="number"]')
    feld.value = String(Math.max(0, Number(feld.value) + Number(stufe.dataset.mengeUm)))
    feld.form.requestSubmit()
  })
}

const paypal = document.querySelector('form[target="paypal_fenster"]')
paypal?.addEventListener('submit', () => {
  window.open('', 'paypal_fenster', 'popup,width=480,height=720')
  document.querySelector('#paypal-hinweis').hidden = false
})
