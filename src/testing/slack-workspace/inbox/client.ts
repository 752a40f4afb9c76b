import type { LivePage } from './live-client.ts'

/**
 * What a person does in the inbox, sent to the workspace: clicks, confirm dialogs, modals, messages.
 * Runs in the browser, as its own source text: it must not refer to anything outside itself.
 */
export function inboxClient(live: LivePage): {
  use(control: HTMLElement, option: HTMLElement): void
} {
  const byId = (id: string) => document.getElementById(id) as HTMLElement

  const post = async (path: string, body: Record<string, unknown>): Promise<unknown> => {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as: document.body.dataset.as, ...body }),
    }).catch(() => undefined)
    if (response?.ok) return response.json()
    const reason = response ? await response.text() : 'It is not running any more.'
    live.toast('Local workspace', reason)
    return undefined
  }

  const confirmed = (control: HTMLElement): Promise<boolean> => {
    const id = control.dataset.confirm
    if (!id) return Promise.resolve(true)
    const dialog = byId(id) as HTMLDialogElement
    dialog.returnValue = ''
    dialog.showModal()
    return new Promise((resolve) => {
      const settle = () => resolve(dialog.returnValue === 'confirm')
      dialog.addEventListener('close', settle, { once: true })
    })
  }

  const use = async (control: HTMLElement, option?: HTMLElement) => {
    const { target, block, action } = control.dataset
    const url = option ? option.dataset.url : control.dataset.url
    if (!(await confirmed(control))) return
    if (url) window.open(url, '_blank', 'noopener')
    control.setAttribute('aria-busy', 'true')
    await post('/inbox/click', { target, block, action, selected: option?.dataset.value })
    control.removeAttribute('aria-busy')
  }

  const submitView = async (form: HTMLFormElement) => {
    for (const place of form.querySelectorAll('[data-error]')) place.textContent = ''
    for (const field of form.querySelectorAll('[aria-invalid]')) {
      field.removeAttribute('aria-invalid')
    }
    const values = Object.fromEntries(new FormData(form))
    const view = form.dataset.submitView
    const answer = (await post('/inbox/submit', { view, values })) as
      | { errors?: Record<string, string> }
      | undefined
    let first: HTMLElement | undefined
    for (const [block, message] of Object.entries(answer?.errors ?? {})) {
      const place = form.querySelector(`[data-error="${CSS.escape(block)}"]`)
      if (place) place.textContent = message
      const field = block ? form.querySelector<HTMLElement>(`[name="${CSS.escape(block)}"]`) : null
      field?.setAttribute('aria-invalid', 'true')
      first ??= field ?? undefined
    }
    first?.focus()
  }

  const say = async (form: HTMLFormElement) => {
    const text = String(new FormData(form).get('text') ?? '').trim()
    if (text === '') return
    form.reset()
    const { channel } = document.body.dataset
    await post('/inbox/say', { channel, threadTs: form.dataset.thread, text })
  }

  const navigate = async (address: string) => {
    history.pushState(null, '', address)
    await live.refresh(false)
  }

  const enlarge = (picture: HTMLElement) => {
    const box = byId('lightbox') as HTMLDialogElement
    const image = box.querySelector('img') as HTMLImageElement
    image.src = picture.dataset.enlarge ?? ''
    image.alt = picture.querySelector('img')?.alt ?? ''
    box.showModal()
  }

  const setSidebar = (open: boolean) => {
    document.body.classList.toggle('sidebar-open', open)
    document.querySelector('[data-sidebar]')?.setAttribute('aria-expanded', String(open))
  }

  document.addEventListener('click', (event) => {
    const target = event.target as Element
    const closest = (selector: string) => target.closest<HTMLElement>(selector)
    const anchor = target.closest<HTMLAnchorElement>('a[data-nav]')
    if (anchor && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault()
      void navigate(anchor.href)
    }
    const button = closest('[data-click]')
    if (button) void use(button)
    const closer = closest('[data-close-view]')
    if (closer) void post('/inbox/close', { view: closer.dataset.closeView })
    const picture = closest('[data-enlarge]')
    if (picture) enlarge(picture)
    const isOpen = document.body.classList.contains('sidebar-open')
    setSidebar(closest('[data-sidebar]') !== null && !isOpen)
  })

  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement
    if (form.dataset.submitView === undefined && form.dataset.say === undefined) return
    event.preventDefault()
    void (form.dataset.submitView === undefined ? say(form) : submitView(form))
  })

  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    if (document.querySelector('dialog[open], .menu:popover-open')) return
    setSidebar(false)
    document.querySelector<HTMLElement>('[data-close-thread]')?.click()
  })

  // Escape asks a modal to close; the workspace closes it, and may tell the app.
  document.addEventListener(
    'cancel',
    (event) => {
      const { view } = (event.target as HTMLElement).dataset
      if (view === undefined) return
      event.preventDefault()
      void post('/inbox/close', { view })
    },
    true,
  )

  byId('viewing-as').addEventListener('change', (event) => {
    const address = new URL(location.href)
    address.searchParams.set('as', (event.target as HTMLSelectElement).value)
    location.assign(address)
  })

  return { use: (control, option) => void use(control, option) }
}
