import type { Session } from './session.ts'

/** Escapes text for HTML content and quoted attributes. */
export function esc(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** The hidden field every form carries. */
export function csrfField(session: Session): string {
  return `<input type="hidden" name="_csrf_token" value="${session.csrf}">`
}

const ICON_PATHS = {
  lupe: 'M10 4a6 6 0 1 0 3.7 10.7l4.8 4.8 1-1-4.8-4.8A6 6 0 0 0 10 4z',
  konto: 'M12 12a4 4 0 1 0-4-4 4 4 0 0 0 4 4zm-8 8a8 8 0 0 1 16 0z',
  herz: 'M12 20s-7-4.4-9-9a5 5 0 0 1 9-4 5 5 0 0 1 9 4c-2 4.6-9 9-9 9z',
  korb: 'M4 6h2l2 10h10l2-7H8M9 20a1 1 0 1 0 0-2 1 1 0 0 0 0 2zm8 0a1 1 0 1 0 0-2 1 1 0 0 0 0 2z',
  minus: 'M5 12h14',
  plus: 'M5 12h14M12 5v14',
} as const

/** A decorative icon; its button or link carries the name. */
export function icon(name: keyof typeof ICON_PATHS): string {
  return `<svg class="icon icon--${name}" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" focusable="false"><path d="${ICON_PATHS[name]}"/></svg>`
}

/** A whole page with header, notice, cookie bar and footer. */
export function page(session: Session, title: string, main: string, bodyClass = ''): string {
  const notice = session.notice
  session.notice = undefined
  return `<!doctype html>
<html lang="de">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="csrf" content="${session.csrf}">
  <title>${esc(title)} | Buchladen am Markt</title>
  <link rel="stylesheet" href="/statisch/laden.css">
  <script src="/statisch/laden.js" defer></script>
</head>
<body class="${bodyClass}">
${header(session)}
${notice === undefined ? '' : `<div class="meldung meldung--erfolg" role="status">${esc(notice)}</div>`}
<main id="inhalt">${main}</main>
${session.cookieChoice === undefined ? cookieBar(session) : ''}
${footer(session)}
</body>
</html>`
}

function header(session: Session): string {
  const pieces = [...session.cart.values()].reduce((sum, quantity) => sum + quantity, 0)
  return `<header class="kopf">
  <a class="kopf__logo" href="/">Buchladen <em>am Markt</em></a>
  <form class="suche" role="search" action="/suche" method="get">
    <label class="nur-vorlesen" for="suchfeld">Suche</label>
    <input id="suchfeld" type="search" name="q" placeholder="Titel, Autorin, ISBN …" autocomplete="off">
    <button aria-label="Suche starten">${icon('lupe')}</button>
  </form>
  <nav class="kopf__konto" aria-label="Konto und Warenkorb">
    <a href="/konto" aria-label="Mein Konto">${icon('konto')}</a>
    <a href="/merkzettel" aria-label="Merkzettel">${icon('herz')}<span class="zaehler" id="merk-zaehler">${session.wishlist.size}</span></a>
    <a href="/warenkorb" aria-label="Warenkorb, ${pieces} Artikel">${icon('korb')}<span class="zaehler">${pieces}</span></a>
  </nav>
</header>`
}

function cookieBar(session: Session): string {
  return `<section class="cookies" aria-label="Cookie-Einstellungen">
  <p>Wir verwenden Cookies, damit der Warenkorb funktioniert, und mit Ihrer Zustimmung auch für Statistik.</p>
  <form action="/einwilligung" method="post">${csrfField(session)}
    <button class="knopf knopf--leise" name="auswahl" value="notwendig">Nur notwendige</button>
    <button class="knopf" name="auswahl" value="alle">Alle akzeptieren</button>
  </form>
</section>`
}

function footer(session: Session): string {
  return `<footer class="fuss">
  <form class="newsletter" action="/newsletter/anmeldung" method="post">${csrfField(session)}
    <h2>Post aus dem Buchladen</h2>
    <label for="nl-mail">E-Mail-Adresse</label>
    <input id="nl-mail" type="email" name="email" required placeholder="name@beispiel.de">
    <input class="honigtopf" type="text" name="webseite" tabindex="-1" autocomplete="off" aria-hidden="true">
    <label class="haken"><input type="checkbox" name="einwilligung" value="1" required> Ja, ich möchte den Newsletter erhalten (Abmeldung jederzeit möglich).</label>
    <button type="submit" class="knopf">Jetzt anmelden</button>
  </form>
  <ul><li><a href="/agb">AGB</a></li><li><a href="/widerruf">Widerrufsbelehrung</a></li><li><a href="/datenschutz">Datenschutz</a></li><li><a href="/impressum">Impressum</a></li></ul>
  <p class="kleingedruckt">Alle Preise inkl. gesetzl. MwSt., ggf. zzgl. Versandkosten. Ab 29,00 € versandkostenfrei.</p>
</footer>`
}
