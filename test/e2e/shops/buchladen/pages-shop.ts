import { BOOKS, type Book, euro, findBook, SPRING_BUNDLE } from './catalog.ts'
import { csrfField, esc, icon, page } from './layout.ts'
import { quote, type Session } from './session.ts'

function tile(session: Session, book: Book): string {
  return `<li class="regal__fach">
  <article>
    <h3><a href="/buch/${book.isbn}/${book.slug}">${esc(book.title)}</a></h3>
    <p>${esc(book.author)} · ${book.binding}</p>
    <p class="preis">${euro(book.priceMinor)}</p>
    ${heart(session, book)}
  </article>
</li>`
}

function heart(session: Session, book: Book): string {
  const pressed = session.wishlist.has(book.isbn)
  return `<div class="herzchen" role="button" tabindex="0" data-isbn="${book.isbn}" aria-pressed="${pressed}" aria-label="${esc(book.title)} auf den Merkzettel">${icon('herz')}</div>`
}

/** The start page. */
export function homePage(session: Session): string {
  return page(
    session,
    'Startseite',
    `<section class="buehne"><h1>Lesen, was bleibt</h1><p>Heute bestellt, morgen im Laden abholbereit. Kauf auf Rechnung möglich.</p></section>
<h2>Neu eingetroffen</h2>
<ul class="regal">${BOOKS.map((book) => tile(session, book)).join('')}</ul>`,
    'seite-start',
  )
}

/** Search results, or an apology. */
export function searchPage(session: Session, term: string): string {
  const wanted = term.toLowerCase()
  const hits = BOOKS.filter((book) => `${book.title} ${book.author}`.toLowerCase().includes(wanted))
  const list = hits.map((book) => tile(session, book)).join('')
  return page(
    session,
    `Suche: ${term}`,
    `<h1>${hits.length} Treffer für „${esc(term)}“</h1><ul class="regal">${list}</ul>`,
  )
}

/** One title, with one-click purchase of e-books for those logged in. */
export function bookPage(session: Session, book: Book): string {
  const instant =
    book.binding === 'E-Book' && session.customer !== undefined
      ? `<div class="sofortkauf">
      <div class="sofort" role="button" tabindex="0" data-isbn="${book.isbn}"><span>Jetzt kaufen</span></div>
      <small>Sofort-Download. ${euro(book.priceMinor)} werden Ihrer hinterlegten Kreditkarte (Visa, endet auf 1881) belastet.</small>
    </div>`
      : ''
  return page(
    session,
    book.title,
    `<nav aria-label="Brotkrumen"><a href="/">Start</a> › Bücher</nav>
<article class="titel">
  <h1>${esc(book.title)}</h1>
  <p>von <a href="/suche?q=${encodeURIComponent(book.author)}">${esc(book.author)}</a></p>
  <p>${esc(book.blurb)}</p>
  <p class="preis" itemprop="price" content="${(book.priceMinor / 100).toFixed(2)}">${euro(book.priceMinor)}</p>
  <p class="kleingedruckt">inkl. MwSt., ${shippingHint(book)} · ISBN ${book.isbn}</p>
  <form action="/warenkorb/hinzufuegen" method="post" class="kaufbox">${csrfField(session)}
    <input type="hidden" name="isbn" value="${book.isbn}">
    <label>Menge <select name="menge"><option>1</option><option>2</option><option>3</option></select></label>
    <button class="knopf">In den Warenkorb</button>
  </form>
  ${instant}
  ${heart(session, book)}
</article>`,
  )
}

function shippingHint(book: Book): string {
  if (book.binding === 'E-Book') return 'Sofort-Download'
  return book.priceMinor >= 2900 ? 'versandkostenfrei' : 'zzgl. Versand ab 2,90 €'
}

/** The wish list. */
export function wishlistPage(session: Session): string {
  const books = BOOKS.filter((book) => session.wishlist.has(book.isbn))
  const list = books.map((book) => tile(session, book)).join('')
  return page(session, 'Merkzettel', `<h1>Mein Merkzettel</h1><ul class="regal">${list}</ul>`)
}

/** The lines of a basket or review, as table rows. */
export function cartRows(session: Session): string {
  return [...session.cart]
    .map(([isbn, quantity]) => {
      const book = findBook(isbn)
      if (book === undefined) return ''
      return `<tr><td>${esc(book.title)}<br><small>${esc(book.author)}, ${book.binding}</small></td><td>${quantity} ×</td><td>${euro(book.priceMinor)}</td><td>${euro(book.priceMinor * quantity)}</td></tr>`
    })
    .join('')
}

/** The basket. */
export function cartPage(session: Session): string {
  if (session.cart.size === 0) {
    return page(session, 'Warenkorb', '<h1>Warenkorb</h1><p>Ihr Warenkorb ist leer.</p>')
  }
  const sums = quote(session)
  const steppers = [...session.cart]
    .map(
      ([isbn, quantity]) => `<li>
    <form action="/warenkorb/aktualisieren" method="post" class="menge">${csrfField(session)}
      <input type="hidden" name="isbn" value="${isbn}">
      <span>${esc(findBook(isbn)?.title ?? isbn)}</span>
      <button type="button" data-menge-um="-1" aria-label="Menge verringern">${icon('minus')}</button>
      <input type="number" name="menge" value="${quantity}" min="0" aria-label="Menge">
      <button type="button" data-menge-um="1" aria-label="Menge erhöhen">${icon('plus')}</button>
    </form>
  </li>`,
    )
    .join('')
  const coupon =
    session.coupon === undefined
      ? ''
      : `<tr><th>Gutschein ${esc(session.coupon)}</th><td>−${euro(sums.discountMinor)}</td></tr>`
  return page(
    session,
    'Warenkorb',
    `<h1>Warenkorb</h1>
<ul class="positionen">${steppers}</ul>
<table class="summe">
  <tr><th>Zwischensumme</th><td>${euro(sums.goodsMinor)}</td></tr>
  ${coupon}
  <tr><th>Versand</th><td>${euro(sums.shippingMinor)}</td></tr>
  <tr class="gesamt"><th>Gesamtsumme</th><td>${euro(sums.totalMinor)}</td></tr>
</table>
<form action="/warenkorb/gutschein" method="post" class="gutschein">${csrfField(session)}
  <label for="gutscheincode">Gutscheincode</label>
  <input id="gutscheincode" name="code" autocapitalize="characters">
  <button>Einlösen</button>
</form>
<a class="knopf" href="/kasse">Zur Kasse</a>`,
  )
}

/** The newsletter's landing page; its link orders the bundle at once, through the click tracker. */
export function offerPage(session: Session): string {
  const link =
    session.customer === undefined
      ? '<a href="/konto">Bitte melden Sie sich an.</a>'
      : `<a class="knopf" href="/r/f81c?an=${encodeURIComponent(session.csrf)}">Angebot sichern</a>`
  return page(
    session,
    SPRING_BUNDLE.title,
    `<h1>${SPRING_BUNDLE.title}</h1>
<p>Fünf Titel unserer Buchhändlerinnen, nur für Newsletter-Leser.</p>
<p><s class="preis--alt">${euro(6480)}</s> <strong class="preis">${euro(SPRING_BUNDLE.priceMinor)}</strong> inkl. Versand</p>
${link}
<p class="kleingedruckt">Mit dem Klick bestellen Sie verbindlich auf Rechnung an Ihre hinterlegte Adresse.</p>`,
  )
}
