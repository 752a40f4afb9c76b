/** The shop's style sheet: light and dark, phone to desktop, no images, no web fonts. */
export const STYLES = `
:root {
  color-scheme: light dark;
  --page: #f7f5f0; --surface: #ffffff; --ink: #1e2433; --muted: #5b6272; --line: #dfdbd1; --line-strong: #858b99;
  --accent: #27478c; --accent-strong: #1b3468; --on-accent: #ffffff; --tint: #e9eef9;
  --good: #1f6b47; --bad: #a82331; --bad-tint: #fcebec; --radius: 10px;
  --shadow: 0 1px 2px rgb(30 36 51 / .05), 0 4px 16px rgb(30 36 51 / .05);
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171d; --surface: #1d212a; --ink: #ece9e2; --muted: #a5acba; --line: #323845; --line-strong: #7c8597;
    --accent: #9ab8ff; --accent-strong: #bcd0ff; --on-accent: #0f1a33; --tint: #232d44;
    --good: #6fd0a0; --bad: #ff9aa4; --bad-tint: #3a2126; --shadow: 0 1px 2px rgb(0 0 0 / .3);
  }
  .picture svg { filter: brightness(.8); }
}
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--page); color: var(--ink);
  font: 16px/1.5 -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
h1 { font-size: clamp(1.6rem, 1.2rem + 1.6vw, 2.1rem); line-height: 1.2; letter-spacing: -.015em; margin: 0 0 1.1rem; text-wrap: balance; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 0 0 1rem; }
.card > h2 { margin-bottom: .8rem; }
.card > p:last-child { margin-bottom: 0; }
h3 { font-size: 1rem; line-height: 1.35; margin: 0; }
p { margin: 0 0 .75rem; }
a { color: var(--accent); text-underline-offset: .2em; }
a:hover { color: var(--accent-strong); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
main:focus { outline: none; }
main { flex: 1; width: 100%; max-width: 1140px; margin: 0 auto; padding: 1.75rem 1.25rem 3.5rem; }
.bar { max-width: 1140px; margin: 0 auto; padding: .75rem 1.25rem; display: flex; align-items: center; gap: .9rem 1.5rem; flex-wrap: wrap; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -999px; top: 0; z-index: 2; background: var(--surface); padding: .6rem 1rem; }
.skip:focus { left: 0; }
.muted { color: var(--muted); }
.small { font-size: .875rem; }
.lead { font-size: 1.1rem; color: var(--muted); }
.price { font-weight: 650; font-variant-numeric: tabular-nums; }
.amount { margin-left: auto; font-variant-numeric: tabular-nums; white-space: nowrap; }
.notice { background: var(--tint); border-left: 4px solid var(--accent); border-radius: 4px; padding: .7rem 1rem; margin-bottom: 1.5rem; }

.top { background: var(--surface); border-bottom: 1px solid var(--line); }
.brand { display: flex; align-items: center; gap: .55rem; font-weight: 750; font-size: 1.15rem; letter-spacing: -.01em; color: var(--ink); text-decoration: none; }
.brand-more { font-weight: 400; margin-left: -.5rem; white-space: pre; }
.mark svg { display: block; width: 30px; height: 30px; }
.search { flex: 1 1 260px; display: flex; gap: .5rem; max-width: 470px; }
.top nav { display: flex; align-items: center; gap: 1.25rem; margin-left: auto; }
.top nav form { display: flex; align-items: center; gap: .6rem; }
.top nav a { color: var(--ink); text-decoration: none; padding: .35rem 0; }
.top nav a:hover { text-decoration: underline; }
.customer { font-weight: 600; }
.badge { display: inline-block; min-width: 1.55rem; padding: 0 .4rem; border-radius: 99px; background: var(--accent); color: var(--on-accent); font-size: .85rem; font-weight: 650; text-align: center; }
.bottom { background: var(--surface); border-top: 1px solid var(--line); color: var(--muted); }
.bottom .bar { justify-content: space-between; padding-block: 1.1rem; }
.bottom p { margin: 0; }

button, .button {
  display: inline-block; min-height: 44px; padding: .55rem 1.2rem; border: 1px solid transparent; border-radius: 8px; cursor: pointer;
  background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 650; line-height: 1.5; text-align: center; text-decoration: none;
}
button:hover, .button:hover { background: var(--accent-strong); color: var(--on-accent); }
button:disabled { opacity: .55; cursor: default; }
.quiet { background: transparent; border-color: var(--line-strong); color: var(--ink); font-weight: 550; }
.quiet:hover { background: var(--tint); color: var(--ink); }
button.small { min-height: 36px; padding: .25rem .7rem; }
.as-link { min-height: 36px; padding: 0 .25rem; background: none; color: var(--accent); font-weight: 400; text-decoration: underline; text-underline-offset: .2em; }
.as-link:hover { background: none; color: var(--accent-strong); }
.wide { width: 100%; }
label, legend { font-weight: 550; }
input, select {
  width: 100%; min-height: 44px; padding: .5rem .75rem; border: 1px solid var(--line-strong); border-radius: 8px;
  background: var(--surface); color: var(--ink); font: inherit;
}
input[type=number] { width: 5.2rem; }
input[type=radio] { width: 1.2rem; min-height: 0; height: 1.2rem; margin: 0; accent-color: var(--accent); flex: none; }
::placeholder { color: var(--muted); opacity: 1; }
[aria-invalid=true] { border-color: var(--bad); border-width: 2px; }
.field-problem { display: block; margin-top: .3rem; font-size: .875rem; color: var(--bad); }
.problems { background: var(--bad-tint); border-left: 4px solid var(--bad); border-radius: 4px; padding: .8rem 1rem; margin-bottom: 1.5rem; }
.problems p { font-weight: 650; margin: 0; }
.problems ul { margin: .3rem 0 0; padding-left: 1.2rem; }

.picture { display: block; overflow: hidden; border-radius: 8px; line-height: 0; }
.picture svg { width: 100%; height: 100%; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); padding: 1.25rem; margin: 0; box-shadow: var(--shadow); min-width: 0; }
.hero { display: grid; grid-template-columns: 1.25fr 1fr; align-items: center; background: var(--tint); border-radius: 16px; overflow: hidden; margin-bottom: 2.5rem; }
.hero > div { padding: 2.25rem 2.5rem; }
.hero p { font-size: 1.1rem; max-width: 34rem; margin-bottom: 1.4rem; }
.hero .picture { border-radius: 0; height: 100%; min-height: 250px; }
.shelf { list-style: none; margin: 0; padding: 0; display: grid; gap: 1.25rem; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); }
.tile { position: relative; display: flex; flex-direction: column; background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); overflow: hidden; box-shadow: var(--shadow); }
.tile .picture { border-radius: 0; aspect-ratio: 24 / 17; }
.tile-text { padding: 1rem 1rem 0; flex: 1; }
.tile-text p { margin: .2rem 0 .6rem; font-size: .9rem; }
.tile h3 a { color: inherit; text-decoration: none; }
.tile h3 a::after { content: ""; position: absolute; inset: 0; }
.tile:hover { border-color: var(--line-strong); }
.tile:hover h3 a { text-decoration: underline; }
.tile form { padding: 0 1rem 1rem; display: flex; align-items: center; justify-content: space-between; gap: .5rem; }
.tile button { position: relative; padding-inline: .8rem; }
.trail { margin-bottom: 1rem; font-size: .9rem; }
.product { display: grid; grid-template-columns: 1.1fr 1fr; gap: 2.5rem; align-items: start; }
.product h1 { margin-bottom: .4rem; }
.product .price { font-size: 1.5rem; }
.product .price .small { font-size: .9rem; font-weight: 400; }
.product > .picture { border-radius: 16px; }
.buy { display: flex; align-items: center; gap: .75rem; flex-wrap: wrap; margin: 1.25rem 0 1rem; }
.stock { color: var(--good); font-weight: 550; }
.details { padding-left: 1.2rem; color: var(--muted); }

.columns { display: grid; grid-template-columns: minmax(0, 1fr) 400px; gap: 1.25rem; align-items: start; }
.contents { display: contents; }
.stack { display: grid; gap: 1.25rem; min-width: 0; }
.after-summary { grid-column: 2; }
.checkout .stack { grid-row: 1 / span 2; }
.checkout { grid-template-rows: auto 1fr; }
fieldset.card { padding-top: 0; }
fieldset legend { float: left; width: 100%; padding: 1.1rem 0 .8rem; font-size: 1.2rem; line-height: 1.3; font-weight: 700; }
fieldset legend + * { clear: both; }
.fields { display: grid; grid-template-columns: 1fr 1fr; gap: .9rem 1rem; }
.field { margin: 0; }
.fields .wide, .fields button { grid-column: 1 / -1; }
.field label { display: block; margin-bottom: .25rem; font-size: .9rem; }
.options { display: grid; gap: .6rem; }
.option { display: flex; align-items: center; gap: .75rem; padding: .7rem .9rem; border: 1px solid var(--line); border-radius: 8px; cursor: pointer; }
.option:has(:checked) { border-color: var(--accent); background: var(--tint); }
.option .small { display: block; font-weight: 400; }
.summary { width: 100%; border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; margin-bottom: 1.1rem; }
.summary th, .summary td { padding: .5rem 0 .5rem .7rem; text-align: right; vertical-align: top; }
.summary th:first-child, .summary td:first-child { padding-left: 0; text-align: left; }
.summary td:not(:first-child) { white-space: nowrap; }
.summary thead th { color: var(--muted); font-weight: 500; font-size: .82rem; white-space: nowrap; border-bottom: 1px solid var(--line); }
.summary tbody td { border-bottom: 1px solid var(--line); }
.summary tfoot th { font-weight: 400; }
.summary tfoot th, .summary tfoot td { padding-block: .3rem; }
.summary tbody + tfoot tr:first-child > * { padding-top: .8rem; }
.summary .total th, .summary .total td { font-size: 1.25rem; font-weight: 700; padding-top: .7rem; }
.summary .tax th, .summary .tax td { color: var(--muted); font-size: .82rem; padding-top: 0; }
.summary-card > p.small { margin: .8rem 0 0; }
.coupon { padding: 1rem 1.25rem; }
.coupon label { font-size: .9rem; }
.coupon p { margin: .4rem 0 0; }
.coupon p:empty { display: none; }
.row { display: flex; gap: .5rem; margin-top: .25rem; }
.row button { flex: none; }
.hint { background: var(--tint); border-radius: 8px; padding: .8rem 1rem; margin: 0; }
kbd { font: inherit; font-size: .85rem; border: 1px solid var(--line-strong); border-bottom-width: 2px; border-radius: 5px; padding: .1rem .4rem; background: var(--surface); }
.cart-lines { list-style: none; padding-block: .25rem; }
.cart-lines li { display: grid; grid-template: "picture text amount" auto "picture form form" 1fr / 118px 1fr auto; gap: .5rem 1.1rem; padding: 1.1rem 0; }
.cart-lines li + li { border-top: 1px solid var(--line); }
.cart-lines .picture { grid-area: picture; height: 88px; }
.cart-lines .amount { grid-area: amount; }
.cart-line-text { grid-area: text; display: grid; }
.cart-line-text a { color: inherit; font-weight: 600; text-decoration: none; }
.cart-line-text a:hover { text-decoration: underline; }
.cart-lines form { grid-area: form; display: flex; align-items: center; gap: .5rem; }
.cart-lines input { width: 4.4rem; min-height: 36px; padding: .2rem .5rem; }

.confirmation { max-width: 640px; margin: 1rem auto 0; text-align: center; }
.confirmation h1 { margin-bottom: .4rem; }
.confirmation .card { text-align: left; margin: 1.5rem 0; }
.tick svg { width: 60px; height: 60px; fill: var(--good); }
.tick path { fill: none; stroke: var(--surface); stroke-width: 4; stroke-linecap: round; stroke-linejoin: round; }
.bought { list-style: none; margin: 0; padding: 0; }
.bought li { display: flex; align-items: center; gap: 1rem; padding-bottom: .9rem; }
.bought .picture { width: 76px; height: 56px; flex: none; }
.bought .small { display: block; }
.facts { margin: 0; border-top: 1px solid var(--line); padding-top: .9rem; display: grid; gap: .4rem; }
.facts div { display: flex; gap: 1rem; }
.facts dt { flex: 0 0 6.5rem; color: var(--muted); }
.facts dd { margin: 0; }
.narrow { max-width: 460px; margin: 0 auto; }
.narrow.prose { max-width: 640px; }
.narrow .card { margin-bottom: 1rem; }
.empty { max-width: 480px; margin: 3rem auto; text-align: center; }

@media (max-width: 860px) {
  .columns, .product { grid-template-columns: minmax(0, 1fr); }
  .after-summary { grid-column: auto; }
  .checkout .stack { grid-row: auto; }
  .product { gap: 1.25rem; }
}
@media (max-width: 620px) {
  main { padding: 1.25rem 1rem 2.5rem; }
  .bar { padding-inline: 1rem; }
  .brand-more { display: none; }
  .search { order: 3; flex-basis: 100%; max-width: none; }
  .hero { grid-template-columns: 1fr; margin-bottom: 1.75rem; }
  .hero > div { padding: 1.5rem 1.25rem; }
  .hero .picture { min-height: 0; height: auto; }
  .card { padding: 1rem; }
  .cart-lines li { grid-template: "picture text" auto "picture amount" 1fr "form form" auto / 104px 1fr; gap: .4rem 1rem; }
  .cart-lines .picture { height: 78px; }
  .cart-lines .amount { margin-left: 0; }
}
@media (prefers-reduced-motion: no-preference) {
  button, .button, .tile { transition: background-color .15s, border-color .15s; }
}
`
