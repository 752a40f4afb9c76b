/** The lines that the demo prints. Plain functions of facts, so that a test holds them to `messages.md`. */
export const transcript = {
  ready(facts: {
    browser: string
    store: string
    firstStartMs?: number
    shopPort: number
    orders: number
    inbox: string
  }): string {
    const first =
      facts.firstStartMs === undefined ? '' : ` (first start ${seconds(facts.firstStartMs)})`
    return ` ✓ browser ${facts.browser}   ✓ store ${facts.store}${first}   ✓ shop :${facts.shopPort}, ${orders(facts.orders)}   ✓ ${facts.inbox}\n`
  },

  task(task: string, brain: string): string {
    return ` agent: "${task}"${brain === 'scripted' ? '' : ` (${brain})`}\n`
  },

  step(number: number, text: string): string {
    return `   ${number} ${text}\n`
  },

  held(facts: { requestId: string; title: string; orders: number; answerAt: string }): string {
    return ` ■ HELD   ${facts.requestId}  ${facts.title}.  Nothing sent, ${orders(facts.orders)}.   Answer: ${facts.answerAt}\n`
  },

  /** `same`: the page has been read again, and nothing in it differs from what was approved. */
  approved(facts: { by: string; afterMs: number; same: boolean }): string {
    const again = facts.same ? '      page read again: same total, items, address, card' : ''
    return ` ✓ APPROVED by ${facts.by} after ${seconds(facts.afterMs)}${again}\n`
  },

  done(facts: { label: string; orders: number; channel: 'thread' | 'page' }): string {
    return ` ✓ DONE   ${facts.label} · the shop counts ${orders(facts.orders)} · "after" picture is ${facts.channel === 'thread' ? 'in the thread' : 'on the page'}\n`
  },

  rejected(facts: { by: string; reason: string; orders: number }): string {
    return ` ⛔ REJECTED by ${facts.by}: ${facts.reason}. Nothing sent, ${orders(facts.orders)}.\n`
  },

  refused(facts: { changed: string; orders: number; next?: string }): string {
    const next = facts.next === undefined ? '' : ` ${facts.next} shows the difference.`
    return ` ✗ REFUSED   ${facts.changed} after approval. Nothing sent, ${orders(facts.orders)}.${next}\n`
  },

  nobody(facts: { requestId: string; orders: number }): string {
    return ` ○ EXPIRED   ${facts.requestId}: nobody answered. Nothing sent, ${orders(facts.orders)}.\n`
  },

  other(status: string, orders_: number): string {
    return ` ✗ ${status.toUpperCase()}   the shop counts ${orders(orders_)}.\n`
  },

  told(text: string): string {
    return ` agent reads: ${text}\n`
  },

  /** The new request after a refusal: nothing waits for its answer any more. */
  answered(facts: { requestId: string; state: string; by?: string; orders: number }): string {
    const by = facts.by === undefined ? '' : ` by ${facts.by}`
    return ` ○ ${facts.requestId} ${facts.state}${by}: the agent has stopped, so nothing more runs, ${orders(facts.orders)}.\n`
  },

  /** Each command works where the person is: a clone has no `holdpoint` for npx to find. */
  next({ attackTried, inClone }: { attackTried: boolean; inClone: boolean }): string {
    const [demo, replay] = inClone
      ? ['npm run demo --', 'npm run replay -- last']
      : ['npx holdpoint demo', 'npx holdpoint replay last']
    const attack = attackTried
      ? ''
      : `${demo} --attack price (the total rises after you approve) · `
    return ` Try: ${attack}${replay}\n`
  },

  staysOpen({ place, url }: { place: 'inbox' | 'page'; url: string }): string {
    return ` The ${place} stays open at ${url}. Press Enter or Ctrl-C to end.\n`
  },
}

function orders(count: number): string {
  return `${count} ${count === 1 ? 'order' : 'orders'}`
}

function seconds(ms: number): string {
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`
}
