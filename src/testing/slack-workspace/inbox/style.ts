/** The inbox's style sheet: Slack's measures and colours, light and dark, desktop and phone. */
export const INBOX_STYLE = `
:root {
  --text: #1d1c1d; --quiet: #616061; --page: #fff; --raised: #fff; --hover: #f8f8f8; --line: #dddddd;
  --field: #868686; --link: #1264a3; --code: #c01343; --code-bg: #f6f6f6; --sidebar: #3f0e40;
  --sidebar-text: #d8c5dd; --sidebar-on: #1164a3; --primary: #007a5a; --danger: #e01e5a;
  --mark: #fef9ec; --mark-line: #ecb22e; --mention: #e8f5fa; --you: #fdf2c8; --you-text: #7c5a00;
  --alert: #c01343; --alert-bg: #fdf1f4; --note: #ffe9a8; --note-text: #3b2c00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #d1d2d3; --quiet: #ababad; --page: #1a1d21; --raised: #222529; --hover: #222529;
    --line: #3b3d41; --field: #7d7e81; --link: #4aa8e0; --code: #e8a5b5; --code-bg: #2a2d31;
    --sidebar: #19171d; --sidebar-text: #bcabbc; --sidebar-on: #1164a3; --primary: #148567;
    --danger: #d72b5f; --mark: #302b1c; --mark-line: #b98b1e; --mention: #1b3244; --you: #4a3f17;
    --you-text: #f2cf73; --alert: #ff8aa8; --alert-bg: #3a1f28; --note: #4a3c12; --note-text: #ffe9a8;
  }
}
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body {
  display: flex; flex-direction: column; color: var(--text); background: var(--page);
  font: 15px/1.46668 Slack-Lato, Lato, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans',
    'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', sans-serif;
}
h1, h2, h3, p, ol, ul { margin: 0; padding: 0; }
ol, ul { list-style: none; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
button, input, select, textarea { font: inherit; color: inherit; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.messages:focus-visible { outline-offset: -3px; }
.quiet { color: var(--quiet); font-size: 12px; }

.stand-in {
  display: flex; justify-content: space-between; align-items: center; gap: 12px; flex: none;
  padding: 4px 16px; font-size: 13px; background: var(--note); color: var(--note-text);
}
.stand-in label { display: flex; align-items: center; gap: 8px; }
.stand-in select {
  padding: 2px 4px; border: 1px solid currentColor; border-radius: 4px;
  background: var(--page); color: var(--text);
}
.app { position: relative; display: flex; flex: 1; min-height: 0; }
.sidebar { flex: none; width: 220px; overflow: auto; padding: 0 8px; background: var(--sidebar); color: var(--sidebar-text); }
.workspace-name { padding: 13px 8px; font-size: 18px; font-weight: 900; color: #fff; }
.sidebar h2 { padding: 10px 8px 4px; font-size: 13px; font-weight: 600; }
.sidebar a { display: flex; align-items: center; gap: 8px; padding: 3px 8px; border-radius: 6px; color: inherit; }
.sidebar a:hover { background: #ffffff1f; text-decoration: none; }
.sidebar a[aria-current] { background: var(--sidebar-on); color: #fff; }
.sign { display: inline-block; width: 14px; text-align: center; flex: none; opacity: .8; }

.main, .thread { display: flex; flex-direction: column; min-width: 0; min-height: 0; }
.main { flex: 1; }
.thread { flex: 0 1 400px; border-left: 1px solid var(--line); }
.head { display: flex; align-items: center; gap: 12px; flex: none; height: 50px; padding: 0 20px; border-bottom: 1px solid var(--line); }
.head h1, .head h2 { display: flex; align-items: center; gap: 6px; font-size: 18px; font-weight: 900; white-space: nowrap; }
.head p { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; font-size: 13px; }
.head-menu { display: none; border: 0; background: none; font-size: 20px; padding: 6px 10px; margin-left: -10px; }
.thread-close { margin-left: auto; padding: 6px 10px; border-radius: 4px; color: var(--quiet); }
.thread-close:hover { background: var(--hover); text-decoration: none; }
.notice { margin: 12px 20px 0; padding: 10px 14px; border-radius: 8px; background: var(--mention); }

.messages { flex: 1; overflow: auto; padding: 8px 0 12px; overscroll-behavior: contain; }
.messages > :first-child { margin-top: auto; }
.day { position: relative; margin: 12px 0; text-align: center; font-size: 13px; font-weight: 700; }
.day::before { content: ''; position: absolute; inset: 50% 0 auto; border-top: 1px solid var(--line); }
.day span { position: relative; display: inline-block; padding: 3px 14px; border: 1px solid var(--line); border-radius: 24px; background: var(--page); }
.message { position: relative; display: flex; gap: 8px; padding: 8px 20px; }
.message:hover { background: var(--hover); }
.message article { flex: 1; min-width: 0; }
.message.highlighted { background: var(--mark); box-shadow: inset 3px 0 var(--mark-line); }
.message.ephemeral { background: var(--hover); }
.only-you::before { content: '◉ '; }
.avatar { flex: none; width: 36px; height: 36px; border-radius: 8px; display: grid; place-items: center; color: #fff; font-weight: 700; font-size: 17px; }
.avatar-app { background: #24323f; border: 2px solid #ecb22e; }
.avatar-0 { background: #2c699a; } .avatar-1 { background: #9a3b5a; } .avatar-2 { background: #3f7d4e; }
.avatar-3 { background: #7a4fa3; } .avatar-4 { background: #a3622a; }
.byline { display: flex; align-items: baseline; gap: 8px; line-height: 22px; }
.byline b { font-weight: 900; }
.app-tag { padding: 0 4px; border-radius: 2px; font-size: 10px; font-weight: 700; line-height: 14px; background: var(--line); color: var(--quiet); }
.silence { width: fit-content; margin: 6px 0 2px; padding: 4px 10px; border: 1px solid currentColor; border-radius: 6px; font-size: 13px; font-weight: 700; color: var(--alert); background: var(--alert-bg); }
.thread-link { display: inline-block; margin-top: 6px; padding: 3px 8px 3px 0; font-size: 13px; }
.reply-link { position: absolute; top: 6px; right: 20px; padding: 2px 8px; border: 1px solid var(--line); border-radius: 6px; background: var(--raised); font-size: 12px; opacity: 0; }
.message:hover .reply-link, .reply-link:focus { opacity: 1; }
.replies-rule { display: flex; align-items: center; gap: 10px; padding: 4px 20px; }
.replies-rule::after { content: ''; flex: 1; border-top: 1px solid var(--line); }

.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.block { margin: 4px 0; max-width: 640px; }
.block:empty { margin: 0; }
.block h3 { margin: 4px 0; font-size: 18px; line-height: 1.35; font-weight: 900; overflow-wrap: anywhere; }
.block hr { margin: 12px 0; border: 0; border-top: 1px solid var(--line); }
.block-context { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; color: var(--quiet); font-size: 13px; }
.section { display: flex; gap: 16px; }
.section-body { flex: 1; min-width: 0; }
.fields { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 16px; margin-top: 4px; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; }
.text pre, .rich-text pre, pre { margin: 4px 0; padding: 8px; border: 1px solid var(--line); border-radius: 4px; background: var(--code-bg); white-space: pre-wrap; overflow-wrap: anywhere; }
pre, code { font: 12px/1.5 Monaco, Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
code { padding: 2px 3px 1px; border: 1px solid var(--line); border-radius: 3px; background: var(--code-bg); color: var(--code); }
pre code { padding: 0; border: 0; }
blockquote { margin: 4px 0; padding-left: 12px; border-left: 4px solid var(--line); }
.rich-text ul { list-style: disc; padding-left: 24px; } .rich-text ol { list-style: decimal; padding-left: 24px; }
.mention { padding: 0 2px 1px; border-radius: 3px; background: var(--mention); color: var(--link); }
.mention-you { background: var(--you); color: var(--you-text); }
.image-title { margin-bottom: 4px; font-size: 13px; color: var(--quiet); }
.image-large { display: block; padding: 0; border: 0; border-radius: 8px; background: none; cursor: zoom-in; max-width: 100%; }
.image-large img { display: block; width: auto; height: auto; max-width: min(100%, 480px); max-height: 360px; border: 1px solid var(--line); border-radius: 8px; }
.image-thumb img { width: 88px; height: 88px; object-fit: cover; border-radius: 8px; }
.image-tiny img { width: 20px; height: 20px; object-fit: cover; border-radius: 2px; vertical-align: middle; }
.image-elsewhere { display: flex; flex-direction: column; padding: 16px; border: 1px dashed var(--field); border-radius: 8px; font-size: 13px; }

.button {
  display: inline-flex; align-items: center; justify-content: center; gap: 6px; min-height: 36px; max-width: 100%;
  padding: 4px 14px; border: 1px solid var(--field); border-radius: 8px; background: var(--raised); font-weight: 700;
  font-size: 14px; cursor: pointer; overflow-wrap: anywhere;
}
.button:hover { box-shadow: 0 1px 3px #0003; background: var(--hover); }
.button-primary { border-color: var(--primary); background: var(--primary); color: #fff; }
.button-danger { border-color: var(--danger); background: var(--danger); color: #fff; }
.button-primary:hover { background: color-mix(in srgb, var(--primary) 88%, #000); }
.button-danger:hover { background: color-mix(in srgb, var(--danger) 88%, #000); }
.button[aria-busy=true] { opacity: .6; }
.button-select { font-weight: 400; }
.button-select::after { content: '▾'; color: var(--quiet); }
.menu-anchor { display: inline-flex; }
.menu {
  position: fixed; inset: auto; margin: 0; padding: 8px 0; min-width: 180px; max-width: min(340px, 94vw); max-height: 60vh; overflow: auto;
  border: 1px solid var(--line); border-radius: 8px; background: var(--raised); color: var(--text); box-shadow: 0 4px 16px #0004;
}
.menu li { padding: 5px 20px; min-height: 32px; cursor: pointer; }
.menu li:hover, .menu li:focus { background: var(--sidebar-on); color: #fff; outline: 0; border-radius: 0; }

.composer { display: flex; gap: 8px; flex: none; padding: 4px 20px 16px; }
.composer input { flex: 1; min-width: 0; padding: 9px 12px; border: 1px solid var(--field); border-radius: 8px; background: var(--raised); }

.dialog { width: min(520px, 94vw); max-height: 90vh; padding: 0; border: 0; border-radius: 8px; background: var(--raised); color: var(--text); box-shadow: 0 8px 32px #0006; }
.dialog::backdrop { background: #0009; }
.dialog h2 { font-size: 20px; font-weight: 900; }
.confirm h2 { padding: 20px 24px 0; }
.dialog-head { display: flex; justify-content: space-between; align-items: center; padding: 16px 24px; }
.dialog-close { border: 0; border-radius: 4px; background: none; padding: 6px 10px; color: var(--quiet); cursor: pointer; }
.dialog-body { padding: 8px 24px; overflow: auto; }
.dialog-foot { display: flex; justify-content: flex-end; flex-wrap: wrap; gap: 12px; padding: 16px 24px; }
.field { display: flex; flex-direction: column; gap: 6px; margin: 8px 0; }
.field label { font-weight: 700; } .optional { font-weight: 400; color: var(--quiet); }
.field input, .field textarea, .field select { width: 100%; padding: 8px 12px; border: 1px solid var(--field); border-radius: 6px; background: var(--page); }
.field [aria-invalid=true] { border-color: var(--alert); }
.field-error, .form-error { color: var(--alert); font-size: 13px; font-weight: 700; } .hint { font-size: 13px; color: var(--quiet); }
.lightbox { max-width: 96vw; max-height: 96vh; padding: 8px; border: 0; border-radius: 8px; background: var(--raised); }
.lightbox::backdrop { background: #000c; }
.lightbox form { text-align: right; } .lightbox img { display: block; max-width: 100%; margin-top: 8px; }
#toasts { position: fixed; top: 44px; right: 16px; display: grid; gap: 8px; width: min(340px, 90vw); pointer-events: none; z-index: 5; }
.toast { padding: 10px 14px; border: 1px solid var(--line); border-radius: 8px; background: var(--raised); box-shadow: 0 4px 16px #0004; font-size: 13px; overflow-wrap: anywhere; }
.toast b { display: block; }

@media (max-width: 760px) {
  .stand-in { padding: 4px 12px; } .stand-in p span { display: none; }
  .head { padding: 0 12px; } .message { padding: 8px 12px; } .composer { padding: 4px 12px 12px; }
  .head-menu { display: block; } .head p { display: none; }
  .sidebar { position: absolute; inset: 0 auto 0 0; width: min(80vw, 300px); z-index: 4; visibility: hidden; transform: translateX(-100%); }
  .sidebar-open .sidebar { visibility: visible; transform: none; box-shadow: 0 0 0 100vmax #0008; }
  .thread { position: absolute; inset: 0; z-index: 3; border: 0; background: var(--page); }
  .app:has(> .thread) .main { visibility: hidden; }
  .button, .menu li { min-height: 44px; } .actions .button { padding: 8px 16px; font-size: 15px; } .menu li { padding: 10px 20px; }
  .fields { grid-template-columns: 1fr; } .image-large img { max-height: none; max-width: 100%; }
  .composer input, .field input, .field textarea, .field select { min-height: 44px; font-size: 16px; }
}
@media (hover: none) { .reply-link { opacity: 1; } }
@media (prefers-reduced-motion: no-preference) {
  .highlighted { animation: glow 1.6s ease-out; } .sidebar { transition: transform .15s; }
  @keyframes glow { from { background: var(--mark-line); } }
}
`

/** A small square for the tab. */
export const INBOX_ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#3f0e40"/><path d="M9 8v16M23 8v16M9 16h14" stroke="#ecb22e" stroke-width="4" stroke-linecap="round"/></svg>`
