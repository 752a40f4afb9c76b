/**
 * What a new window shows while the request that opened it is held. An aborted first navigation would
 * leave a window that Playwright never shows and nothing can be replayed in (measured with `target=_blank`
 * forms); a page without script keeps it open, true whatever the decision becomes.
 */
const HTML = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Held</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;margin:4rem auto;max-width:34rem;padding:0 1rem}</style>
</head><body><h1>Held</h1><p>Holdpoint stopped what this window was about to send. Nothing has left.
It goes on once a person has approved it.</p></body></html>`

export const STAND_IN = {
  responseCode: 200,
  responseHeaders: [
    { name: 'content-type', value: 'text/html; charset=utf-8' },
    { name: 'cache-control', value: 'no-store' },
    {
      name: 'content-security-policy',
      value: "default-src 'none'; style-src 'unsafe-inline'",
    },
  ],
  body: Buffer.from(HTML).toString('base64'),
}
