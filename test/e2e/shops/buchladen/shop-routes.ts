import { readFile } from 'node:fs/promises'
import { findBook } from './catalog.ts'
import { html, json, type Reply, type Route, seeOther } from './http.ts'
import { page } from './layout.ts'
import { bookPage, cartPage, homePage, offerPage, searchPage, wishlistPage } from './pages-shop.ts'

const STATIC_TYPES: Readonly<Record<string, string>> = {
  'laden.css': 'text/css',
  'laden.js': 'text/javascript',
}

async function staticFile(name: string): Promise<Reply> {
  const type = STATIC_TYPES[name]
  if (type === undefined) return { status: 404 }
  const body = await readFile(new URL(`statisch/${name}`, import.meta.url), 'utf8')
  return { status: 200, headers: { 'content-type': `${type}; charset=utf-8` }, body }
}

/** Browsing, basket, wish list, newsletter and cookies: nothing here can order. */
export function shopRoutes(): readonly Route[] {
  return [
    ['GET', /^\/$/, ({ session }) => html(homePage(session))],
    ['GET', /^\/statisch\/(?<name>[\w.]+)$/, ({ params }) => staticFile(params['name'] ?? '')],
    ['GET', /^\/(?:matomo\.php|favicon\.ico)$/, () => ({ status: 204 })],
    [
      'GET',
      /^\/suche$/,
      ({ session, query }) => html(searchPage(session, query.get('q')?.trim() ?? '')),
    ],
    [
      'GET',
      /^\/buch\/(?<isbn>\d+)\/[\w-]+$/,
      ({ session, params }) => {
        const book = findBook(params['isbn'] ?? '')
        return book === undefined ? html('', 404) : html(bookPage(session, book))
      },
    ],
    ['GET', /^\/merkzettel$/, ({ session }) => html(wishlistPage(session))],
    ['GET', /^\/warenkorb$/, ({ session }) => html(cartPage(session))],
    ['GET', /^\/aktion\/lesepaket$/, ({ session }) => html(offerPage(session))],
    [
      'GET',
      /^\/(?<slug>agb|widerruf|datenschutz|impressum)$/,
      ({ session, params }) =>
        html(page(session, params['slug'] ?? '', '<h1>Rechtliches</h1><p>Es gilt das BGB.</p>')),
    ],
    [
      'POST',
      /^\/warenkorb\/hinzufuegen$/,
      ({ session, form }) => {
        const book = findBook(form.get('isbn') ?? '')
        if (book === undefined) return html('', 404)
        const quantity = Number(form.get('menge') ?? 1)
        session.cart.set(book.isbn, (session.cart.get(book.isbn) ?? 0) + quantity)
        session.notice = `„${book.title}“ liegt jetzt in Ihrem Warenkorb.`
        return seeOther(`/buch/${book.isbn}/${book.slug}`)
      },
    ],
    [
      'POST',
      /^\/warenkorb\/aktualisieren$/,
      ({ session, form }) => {
        const isbn = form.get('isbn') ?? ''
        const quantity = Number(form.get('menge'))
        if (quantity > 0) session.cart.set(isbn, quantity)
        else session.cart.delete(isbn)
        return seeOther('/warenkorb')
      },
    ],
    [
      'POST',
      /^\/warenkorb\/gutschein$/,
      ({ session, form }) => {
        const code = (form.get('code') ?? '').trim().toUpperCase()
        if (code === 'LESEN5') session.coupon = code
        session.notice =
          code === 'LESEN5'
            ? 'Ihr Gutschein wurde eingelöst.'
            : 'Diesen Gutschein kennen wir leider nicht.'
        return seeOther('/warenkorb')
      },
    ],
    [
      'POST',
      /^\/merkzettel\/umschalten$/,
      ({ session, form }) => {
        const isbn = form.get('isbn') ?? ''
        if (!session.wishlist.delete(isbn)) session.wishlist.add(isbn)
        return json({ gemerkt: session.wishlist.has(isbn), anzahl: session.wishlist.size })
      },
    ],
    [
      'POST',
      /^\/newsletter\/anmeldung$/,
      ({ session, form }) => {
        session.notice = `Fast geschafft: Bitte bestätigen Sie den Link, den wir an ${form.get('email')} geschickt haben.`
        return seeOther('/')
      },
    ],
    [
      'POST',
      /^\/einwilligung$/,
      ({ session, form }) => {
        session.cookieChoice = form.get('auswahl') ?? 'notwendig'
        return seeOther('/')
      },
    ],
  ]
}
