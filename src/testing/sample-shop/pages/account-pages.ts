import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { checkField, problemBox } from './form-fields.ts'
import { csrfField } from './layout.ts'

/** The log-in form; the shop also sells without it. */
export function loginPage(csrfToken: string, failedFor?: string): VNode {
  const problems =
    failedFor === undefined
      ? []
      : [{ field: 'form', message: 'E-mail address or password is wrong.' }]
  const field = checkField({ values: { email: failedFor }, problems })
  return html`<div class="narrow">
    <h1>Log in</h1>
    <p class="muted">You can also order without an account.</p>
    ${problemBox(problems, 'You are not logged in.')}
    <form class="card fields" method="post" action="/login">
      ${csrfField(csrfToken)}
      ${field({ name: 'email', label: 'E-mail', type: 'email', autocomplete: 'username', wide: true })}
      ${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', wide: true })}
      <button type="submit">Log in</button>
    </form>
    <p class="small muted">Sample account: ada@example.com, password “quire”.</p>
  </div>`
}

/** Terms in a few plain sentences. */
export function deliveryPage(): VNode {
  return html`<div class="narrow prose">
    <h1>Delivery and returns</h1>
    <p>We deliver to Germany, Austria, the Netherlands and France, free of charge, within two to three working days. In Berlin you can collect your order from our shop the next day.</p>
    <p>Prices are in euros and include value added tax. Your card is charged when you place the order.</p>
    <p>You may send anything back within 30 days. We pay the postage and return the money to your card.</p>
  </div>`
}

/** Something that did not go as asked: one heading, one sentence, one way on. */
export function messagePage(
  heading: string,
  message: string,
  way: { readonly href: string; readonly label: string } = { href: '/', label: 'To the shop' },
): VNode {
  return html`<div class="empty">
    <h1>${heading}</h1>
    <p>${message}</p>
    <a class="button" href=${way.href}>${way.label}</a>
  </div>`
}
