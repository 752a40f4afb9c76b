import { html } from 'htm/preact'
import type { ComponentChildren, VNode } from 'preact'
import { render } from 'preact-render-to-string'
import { productPicture, SHOP_MARK } from '../assets/pictures.ts'

/** What every page needs to know about the visit. */
export interface PageFrame {
  readonly title: string
  readonly csrfToken: string
  readonly cartCount: number
  readonly customer: string | undefined
  readonly notice?: string | undefined
  readonly query?: string
  /** Names of module scripts in `/assets/`, besides the shop's own. */
  readonly scripts?: readonly string[]
}

/** A whole page as HTML text. */
export function renderPage(frame: PageFrame, content: ComponentChildren): string {
  return `<!doctype html>${render(html`<${Page} ...${frame}>${content}<//>`)}`
}

/** The hidden field that proves that a form came from a page of this visit. */
export function csrfField(csrfToken: string): VNode {
  return html`<input type="hidden" name="csrfToken" value=${csrfToken} />`
}

/** A product's picture in a frame. */
export function picture(sku: string): VNode {
  return html`<span class="picture" dangerouslySetInnerHTML=${{ __html: productPicture(sku) }} />`
}

function Page(frame: PageFrame & { readonly children: ComponentChildren }): VNode {
  const scripts = ['shop.js', ...(frame.scripts ?? [])]
  return html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>${frame.title} · Quire Stationery</title>
      <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
      <link rel="stylesheet" href="/assets/shop.css" />
      ${scripts.map((name) => html`<script type="module" src=${`/assets/${name}`}></script>`)}
    </head>
    <body>
      <a class="skip" href="#content">Skip to the content</a>
      <${Header} ...${frame} />
      <main id="content" tabindex="-1">
        ${frame.notice === undefined ? null : html`<p class="notice" role="status">${frame.notice}</p>`}
        ${frame.children}
      </main>
      <${Footer} />
    </body>
  </html>`
}

function Header({ query, cartCount, customer, csrfToken }: PageFrame): VNode {
  return html`<header class="top">
    <div class="bar">
      <a class="brand" href="/">
        <span class="mark" dangerouslySetInnerHTML=${{ __html: SHOP_MARK }} />
        <span>Quire</span><span class="brand-more"> Stationery</span>
      </a>
      <form class="search" role="search" action="/search" method="get">
        <label class="unseen" for="search">Search products</label>
        <input id="search" type="search" name="q" value=${query ?? ''} placeholder="Search products" />
        <button type="submit" class="quiet">Search</button>
      </form>
      <nav aria-label="Your account">
        ${
          customer === undefined
            ? html`<a href="/login">Log in</a>`
            : html`<form method="post" action="/logout">
                ${csrfField(csrfToken)}
                <span class="customer">${customer}</span>
                <button type="submit" class="as-link">Log out</button>
              </form>`
        }
        <a class="cart-link" href="/cart">Cart <span class="badge">${cartCount}<span class="unseen"> ${cartCount === 1 ? 'item' : 'items'}</span></span></a>
      </nav>
    </div>
  </header>`
}

function Footer(): VNode {
  return html`<footer class="bottom">
    <div class="bar">
      <p>Free delivery, 30 days to return. <a href="/delivery">Delivery and returns</a></p>
      <p class="small">Quire is a sample shop for tests and demos. Nothing is sold, no card is charged.</p>
    </div>
  </footer>`
}
