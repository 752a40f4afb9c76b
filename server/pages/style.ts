/** One sheet for all pages: light and dark, phone first, no fonts or pictures from elsewhere. */
export const STYLE = `
:root { color-scheme: light dark; --bg: #f5f5f2; --card: #fff; --ink: #1b1d21; --faint: #5d636c; --line: #dcdcd6; --go: #0b6b3a; --go-ink: #fff; --stop: #b3261e; --warn: #7a4b00; --warn-bg: #fff3d6; --ins: #d7f5df; --del: #fbdcd9; --focus: #0b57d0 }
@media (prefers-color-scheme: dark) { :root { --bg: #14161a; --card: #1e2127; --ink: #eceef1; --faint: #a4abb6; --line: #363b44; --go: #37b871; --go-ink: #06210f; --stop: #ff8a80; --warn: #ffd27a; --warn-bg: #3a2e12; --ins: #173d25; --del: #4a1f1c; --focus: #8ab4f8 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--bg); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif }
main { max-width: 46rem; margin: 0 auto; padding: .75rem; display: grid; gap: .75rem; grid-template-columns: minmax(0, 1fr) }
h1 { font-size: 1.5rem; line-height: 1.2; margin: .25rem 0; overflow-wrap: anywhere }
h2 { font-size: 1rem; margin: 0 0 .5rem }
a { color: inherit }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px }
.bar { display: flex; justify-content: space-between; align-items: center; gap: 1rem; color: var(--faint) }
.bar form { display: flex; gap: .75rem; align-items: center }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1rem }
.message { margin-top: 10vh }
.faint { color: var(--faint) }
.state { margin: 0; font-weight: 600; color: var(--faint) }
.state.pending { color: var(--warn) } .state.approved { color: var(--go) } .state.rejected { color: var(--stop) }
figure { margin: 1rem 0 } figure img { display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: 8px }
table { border-collapse: collapse; width: 100% }
caption { text-align: left; font-weight: 600; padding-bottom: .25rem }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-top: 1px solid var(--line); font-weight: 400; overflow-wrap: anywhere }
th[scope=row] { color: var(--faint); width: 30% }
.amount td { font-size: 1.35rem; font-weight: 700 }
.changed { background: var(--warn-bg); border-radius: 8px; padding: .75rem; margin: .75rem 0 }
.changed td { font-weight: 700 } ins { background: var(--ins); text-decoration: none; padding: 0 .25rem } del { background: var(--del); padding: 0 .25rem }
.warnings, .notice { background: var(--warn-bg); color: var(--warn); border-radius: 8px; padding: .6rem .75rem .6rem 1.75rem; margin: .75rem 0 } .notice { padding-left: .75rem }
.answers { display: grid; gap: .75rem; margin-top: 1rem }
.button { display: inline-block; font: inherit; font-weight: 700; min-height: 48px; padding: .6rem 1.25rem; border-radius: 10px; border: 2px solid var(--line); background: transparent; color: var(--ink); cursor: pointer; text-decoration: none }
.button.approve { background: var(--go); border-color: var(--go); color: var(--go-ink); width: 100%; font-size: 1.1rem }
.button.reject { border-color: var(--stop); color: var(--stop) }
.quiet { font: inherit; background: none; border: 0; text-decoration: underline; color: inherit; cursor: pointer; min-height: 44px }
form.reject { display: grid; gap: .4rem } form.reject input[name=reason] { font: inherit; min-height: 48px; padding: .5rem .75rem; border: 1px solid var(--faint); border-radius: 10px; background: var(--card); color: var(--ink); width: 100% }
.list { list-style: none; padding: 0; margin: 0; display: grid; gap: .5rem } .row { display: grid; gap: .1rem }
.audit { padding-left: 1.25rem; font-size: .9rem } time { color: var(--faint) }
summary { cursor: pointer; font-weight: 600; min-height: 32px }
@media (min-width: 40rem) { main { padding: 1.5rem } h1 { font-size: 1.9rem } }
`
