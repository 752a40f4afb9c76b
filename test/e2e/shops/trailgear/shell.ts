/** The page that every address of the app serves; the scripts fill it. */
export function shell(csrf: string): string {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="csrf-token" content="${csrf}">
  <title>Trailgear. Gear that goes further</title>
  <link rel="stylesheet" href="/assets/trailgear.css">
  <script type="module" src="/assets/main.js"></script>
</head>
<body>
  <p class="strip">Free ground shipping over $99. <a href="/drops">Member drops</a></p>
  <header class="bar">
    <a class="brand" href="/">trail<b>gear</b></a>
    <input id="q" type="search" aria-label="Search gear" placeholder="Search gear">
    <button id="account-btn" class="icon-btn" aria-label="Account">
      <svg viewBox="0 0 24 24" width="20" aria-hidden="true"><path d="M12 12a4 4 0 1 0-4-4 4 4 0 0 0 4 4zm-8 8a8 8 0 0 1 16 0z"/></svg>
      <span id="who"></span>
    </button>
    <button id="bag-btn" class="icon-btn" aria-label="Open bag">
      <svg viewBox="0 0 24 24" width="20" aria-hidden="true"><path d="M6 8h12l1 12H5zM9 8a3 3 0 0 1 6 0"/></svg>
      <span class="badge" data-bag-count>0</span>
    </button>
  </header>
  <form id="signin" class="popover" hidden>
    <label>Email <input type="email" name="email" autocomplete="username"></label>
    <label>Password <input type="password" name="password" autocomplete="current-password"></label>
    <button>Sign in</button>
    <p role="alert"></p>
  </form>
  <main id="app"></main>
  <aside id="bag" class="drawer" role="dialog" aria-label="Your bag" hidden></aside>
  <div id="checkout" class="modal" role="dialog" aria-modal="true" aria-label="Checkout" hidden></div>
  <dialog id="one-tap"></dialog>
  <footer>
    <form id="news">
      <label>Trail notes, twice a month <input type="email" name="email" placeholder="you@example.com"></label>
      <button aria-label="Sign up for the newsletter">→</button>
      <p role="status"></p>
    </form>
    <small>© Trailgear Inc., Boulder, CO. Prices in USD.</small>
  </footer>
</body>
</html>`
}
