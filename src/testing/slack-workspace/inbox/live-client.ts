/** What the other parts of the page's script use of the live page. */
export interface LivePage {
  refresh(announce: boolean): Promise<void>
  toast(from: string, text: string): void
}

/**
 * Keeps the page equal to what the server renders: whenever something changed, the page is fetched
 * again and the parts that differ are put in place. Runs in the browser, as its own source text: it
 * must not refer to anything outside itself.
 */
export function liveClient(
  formatDate: (
    timestampS: number,
    format: string,
    nowMs: number,
    timeZone: string | undefined,
  ) => string,
): LivePage {
  /** How each part looked as the server sent it, to see what has changed. */
  const sent = new Map<string, string>()
  const REGIONS = ['sidebar', 'head', 'notice']
  const NEAR_BOTTOM_PX = 80
  const TOAST_MS = 6000

  const byId = (id: string) => document.getElementById(id) as HTMLElement
  const all = <T extends Element = HTMLElement>(selector: string, root: ParentNode = document) => [
    ...root.querySelectorAll<T>(selector),
  ]

  const dress = (root: ParentNode) => {
    for (const time of all('time[data-at]', root)) {
      const { at, format } = time.dataset
      time.textContent = formatDate(Number(at), format ?? '', Date.now(), undefined)
    }
  }

  const showViews = () => {
    for (const dialog of all<HTMLDialogElement>('dialog[data-view]')) {
      if (!dialog.open) dialog.showModal()
    }
  }

  const remember = (root: ParentNode) => {
    for (const item of all('.messages > li, #views > dialog', root)) {
      sent.set(item.id, item.outerHTML)
    }
  }

  /** Swaps an element; the focus moves to the same control of the new one, else to the new one. */
  const replaceWith = (old: Element, fresh: Element) => {
    const active = document.activeElement as HTMLElement | null
    const hadFocus = active !== null && old.contains(active)
    const key = active?.dataset.focus
    old.replaceWith(fresh)
    dress(fresh)
    if (!hadFocus) return
    const again = key && fresh.querySelector<HTMLElement>(`[data-focus="${CSS.escape(key)}"]`)
    ;(again || (fresh as HTMLElement)).focus({ preventScroll: true })
  }

  /** Makes a list's children equal to the server's, touching only those that differ. */
  const reconcile = (list: HTMLElement, fresh: HTMLElement, added: (item: HTMLElement) => void) => {
    const stick = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_BOTTOM_PX
    const wanted = [...fresh.children] as HTMLElement[]
    const ids = new Set(wanted.map(({ id }) => id))
    for (const child of [...list.children]) {
      if (ids.has(child.id)) continue
      if (child.contains(document.activeElement)) list.focus()
      child.remove()
      sent.delete(child.id)
    }
    for (const [index, item] of wanted.entries()) {
      const before = sent.get(item.id)
      const source = item.outerHTML
      const old = document.getElementById(item.id)
      if (old && before === source) continue
      sent.set(item.id, source)
      if (old) {
        replaceWith(old, item)
        continue
      }
      list.insertBefore(item, list.children[index] ?? null)
      dress(item)
      added(item)
    }
    if (stick) list.scrollTop = list.scrollHeight
  }

  const toast = (from: string, text: string) => {
    const box = document.createElement('div')
    box.className = 'toast'
    const name = document.createElement('b')
    name.textContent = from
    box.append(name, text)
    byId('toasts').append(box)
    setTimeout(() => box.remove(), TOAST_MS)
  }

  const highlighted = () => document.querySelector<HTMLElement>('.messages > .highlighted')

  const replaceRegion = (id: string, fresh: Document) => {
    const next = fresh.getElementById(id)
    if (!next || sent.get(id) === next.outerHTML) return
    sent.set(id, next.outerHTML)
    replaceWith(byId(id), next)
  }

  const replaceThread = (fresh: HTMLElement) => {
    byId('thread').replaceWith(fresh)
    remember(fresh)
    dress(fresh)
    fresh.querySelector<HTMLElement>('.messages')?.focus({ preventScroll: true })
  }

  const refreshOnce = async (announce: boolean) => {
    const response = await fetch(location.href, { headers: { accept: 'text/html' } })
    if (!response.ok) return
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
    const part = (id: string) => fresh.getElementById(id) as HTMLElement
    const before = highlighted()?.id
    const added = ({ dataset }: HTMLElement) => {
      if (announce && dataset.notify) toast(dataset.from ?? '', dataset.notify)
    }
    document.title = fresh.title
    document.body.dataset.channel = fresh.body.dataset.channel ?? ''
    for (const id of REGIONS) replaceRegion(id, fresh)
    if (part('thread').dataset.thread !== byId('thread').dataset.thread) {
      replaceThread(part('thread'))
    } else if (part('thread').dataset.thread) {
      reconcile(byId('thread-messages'), part('thread-messages'), added)
    }
    reconcile(byId('messages'), part('messages'), added)
    reconcile(byId('views'), part('views'), () => {})
    showViews()
    if (highlighted()?.id !== before) highlighted()?.scrollIntoView({ block: 'center' })
  }

  let running: Promise<void> | undefined
  let again = false

  const refresh = (announce: boolean): Promise<void> => {
    if (running) {
      again = true
      return running
    }
    running = refreshOnce(announce)
      .catch(() => {})
      .finally(() => {
        running = undefined
        if (!again) return
        again = false
        void refresh(announce)
      })
    return running
  }

  remember(document)
  for (const id of REGIONS) sent.set(id, byId(id).outerHTML)
  dress(document)
  showViews()
  const first = highlighted()
  if (first) first.scrollIntoView({ block: 'center' })
  else byId('messages').scrollTop = byId('messages').scrollHeight

  window.addEventListener('popstate', () => void refresh(false))
  const live = new EventSource('/inbox/live')
  live.addEventListener('change', () => void refresh(true))
  // Whatever happened while the connection was down is fetched now.
  live.addEventListener('open', () => {
    document.body.dataset.live = 'yes'
    void refresh(true)
  })

  return { refresh, toast }
}
