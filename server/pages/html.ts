import { html as template } from 'htm/preact'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'

/** Markup as a tagged template; every value is escaped. There is no way to put raw markup in. */
export const html: (strings: TemplateStringsArray, ...values: readonly unknown[]) => VNode =
  template as never

/** A whole page. `refreshSeconds` only where nobody types. */
export function pageOf(parts: {
  readonly title: string
  readonly body: unknown
  readonly refreshSeconds?: number
}): string {
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      ${parts.refreshSeconds === undefined ? null : html`<meta http-equiv="refresh" content=${String(parts.refreshSeconds)} />`}
      <title>${parts.title}</title>
      <link rel="stylesheet" href="/style.css" />
    </head>
    <body>
      <main>${parts.body}</main>
    </body>
  </html>`
  return `<!doctype html>${renderToString(page)}`
}
