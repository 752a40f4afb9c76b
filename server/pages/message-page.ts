import { html, pageOf } from './html.ts'

/** A page with one thing to say. */
export function messagePage(parts: { title: string; text: string; back?: string }): string {
  return pageOf({
    title: parts.title,
    body: html`<section class="card message">
      <h1>${parts.title}</h1>
      <p>${parts.text}</p>
      ${parts.back === undefined ? null : html`<p><a class="button" href=${parts.back}>Look at it again</a></p>`}
    </section>`,
  })
}
