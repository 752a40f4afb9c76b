import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A site with one page that nothing has to be held on. */
export interface PlainSite {
  readonly url: string
  close(): Promise<void>
}

/**
 * An account page: an ordinary form, and a button that only changes what the page shows. `/data`
 * answers GET and POST. Nothing on it is a purchase, so every act is one that passes.
 */
const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Your account</title><link rel="icon" href="data:,"></head>
<body>
<main>
  <h1>Your account</h1>
  <form action="/save" method="post">
    <label>Name <input name="name" value="Ada Lovelace"></label>
    <label>E-mail <input name="email" type="email" value="ada@mail.example"></label>
    <label>Language <select name="language"><option>English<option>Deutsch</select></label>
    <label>About you <textarea name="about">Likes engines.</textarea></label>
    <label><input type="checkbox" name="news"> Send me the newsletter</label>
    <button>Save</button>
  </form>
  <p>Shown <output id="count">0</output> times</p>
  <button type="button" id="more">Show more</button>
  <ul>${Array.from({ length: 12 }, (_, index) => `<li>Entry ${index + 1}</li>`).join('')}</ul>
</main>
<script>
  const count = document.getElementById('count')
  document.getElementById('more').addEventListener('click', () => {
    count.textContent = String(Number(count.textContent) + 1)
  })
</script>
</body>
</html>`

export async function startPlainSite(): Promise<PlainSite> {
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      const isPage = request.url === '/'
      response.setHeader('content-type', isPage ? 'text/html' : 'application/json')
      response.setHeader('cache-control', 'no-store')
      response.end(isPage ? PAGE : '{"saved":true}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
