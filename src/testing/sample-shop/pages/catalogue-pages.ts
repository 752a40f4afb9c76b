import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { euros, MAX_QUANTITY } from '../cart.ts'
import { PRINTER_PAPER_SKU, PRODUCTS, type Product } from '../catalogue.ts'
import { csrfField, picture } from './layout.ts'

/** The front page. */
export function homePage(csrfToken: string): VNode {
  return html`<div>
    <section class="hero">
      <div>
        <h1>Paper, pens and the rest of the desk</h1>
        <p>Good stationery for offices and kitchen tables, delivered free within three working days.</p>
        <a class="button" href=${`/products/${PRINTER_PAPER_SKU}`}>See our printer paper</a>
      </div>
      ${picture(PRINTER_PAPER_SKU)}
    </section>
    <h2>All products</h2>
    <${ProductList} products=${PRODUCTS} csrfToken=${csrfToken} />
  </div>`
}

/** What a search found. */
export function searchPage(query: string, products: readonly Product[], csrfToken: string): VNode {
  const found = products.length === 1 ? '1 product' : `${products.length} products`
  return html`<div>
    <h1>${query === '' ? 'All products' : `Results for “${query}”`}</h1>
    <p class="muted">${found}</p>
    ${
      products.length === 0
        ? html`<p>Nothing matches. Try one word, such as “paper”, or <a href="/">see all products</a>.</p>`
        : html`<section>
            <h2 class="unseen">Products</h2>
            <${ProductList} products=${products} csrfToken=${csrfToken} />
          </section>`
    }
  </div>`
}

/** One product. */
export function productPage(product: Product, csrfToken: string): VNode {
  return html`<div>
    <nav class="trail" aria-label="Breadcrumb"><a href="/">All products</a></nav>
    <article class="product">
      ${picture(product.sku)}
      <div>
        <h1>${product.name}</h1>
        <p class="lead">${product.tagline}</p>
        <p class="price">${euros(product.unitMinor)} <span class="muted small">incl. VAT, free delivery</span></p>
        <form class="buy" method="post" action="/cart/items">
          ${csrfField(csrfToken)}
          <input type="hidden" name="sku" value=${product.sku} />
          <label for="quantity">Quantity</label>
          <input id="quantity" name="quantity" type="number" min="1" max=${MAX_QUANTITY} value="1" required />
          <button type="submit">Add to cart</button>
        </form>
        <p class="stock">In stock, with you in 2–3 working days</p>
        <p>${product.description}</p>
        <ul class="details">${product.details.map((detail) => html`<li>${detail}</li>`)}</ul>
      </div>
    </article>
  </div>`
}

function ProductList(props: {
  readonly products: readonly Product[]
  readonly csrfToken: string
}): VNode {
  return html`<ul class="shelf">
    ${props.products.map(
      (product) => html`<li class="tile">
        ${picture(product.sku)}
        <div class="tile-text">
          <h3><a href=${`/products/${product.sku}`}>${product.name}</a></h3>
          <p class="muted">${product.tagline}</p>
        </div>
        <form method="post" action="/cart/items">
          ${csrfField(props.csrfToken)}
          <input type="hidden" name="sku" value=${product.sku} />
          <input type="hidden" name="quantity" value="1" />
          <span class="price">${euros(product.unitMinor)}</span>
          <button type="submit" class="quiet">Add to cart<span class="unseen">: ${product.name}</span></button>
        </form>
      </li>`,
    )}
  </ul>`
}
