/**
 * Select and overflow menus in the page: a button and a list box. Nothing is chosen by moving along
 * the list, only by Enter, space or a click, as the choice acts at once. Runs in the browser, as its
 * own source text.
 */
export function menuClient(use: (control: HTMLElement, option: HTMLElement) => void): void {
  const menuOf = (opener: HTMLElement) =>
    document.getElementById(opener.dataset.menu ?? '') as HTMLElement
  const openerOf = (menu: Element) =>
    document.querySelector<HTMLElement>(`[data-menu="${CSS.escape(menu.id)}"]`)
  const options = (menu: Element) => [...menu.querySelectorAll<HTMLElement>('[role=option]')]
  const openMenu = () => document.querySelector<HTMLElement>('.menu:popover-open')

  const close = (menu: HTMLElement, refocus: boolean) => {
    if (menu.matches(':popover-open')) menu.hidePopover()
    const opener = openerOf(menu)
    opener?.setAttribute('aria-expanded', 'false')
    if (refocus) opener?.focus()
  }

  const open = (opener: HTMLElement) => {
    const menu = menuOf(opener)
    menu.showPopover()
    const below = opener.getBoundingClientRect()
    const size = menu.getBoundingClientRect()
    const gap = 4
    const fits = below.bottom + gap + size.height <= innerHeight
    const top = fits ? below.bottom + gap : Math.max(gap, below.top - gap - size.height)
    menu.style.top = `${top}px`
    menu.style.left = `${Math.max(gap, Math.min(below.left, innerWidth - size.width - gap))}px`
    opener.setAttribute('aria-expanded', 'true')
    const chosen = menu.querySelector<HTMLElement>('[aria-selected=true]')
    ;(chosen ?? options(menu)[0])?.focus()
  }

  const choose = (menu: HTMLElement, option: HTMLElement) => {
    const opener = openerOf(menu)
    close(menu, true)
    if (opener) use(opener, option)
  }

  document.addEventListener('click', (event) => {
    const target = event.target as Element
    const shown = openMenu()
    const opener = target.closest<HTMLElement>('[data-menu]')
    const option = target.closest<HTMLElement>('.menu [role=option]')
    if (shown && option) return choose(shown, option)
    if (shown && !target.closest('.menu')) close(shown, false)
    if (opener && menuOf(opener) !== shown) open(opener)
  })

  document.addEventListener('keydown', (event) => {
    const active = document.activeElement as HTMLElement | null
    if (!active) return
    const opener = active.closest<HTMLElement>('[data-menu]')
    if (opener && ['ArrowDown', 'ArrowUp'].includes(event.key)) {
      event.preventDefault()
      return open(opener)
    }
    const menu = openMenu()
    if (!menu?.contains(active)) return
    const list = options(menu)
    const at = list.indexOf(active)
    const to: Record<string, number> = {
      ArrowDown: Math.min(at + 1, list.length - 1),
      ArrowUp: Math.max(at - 1, 0),
      Home: 0,
      End: list.length - 1,
    }
    const next = list[to[event.key] ?? -1]
    if (next) next.focus()
    else if (event.key === 'Enter' || event.key === ' ') choose(menu, active)
    else if (event.key === 'Escape') close(menu, true)
    else if (event.key === 'Tab') return close(menu, true)
    else if (event.key.length === 1) {
      const letter = event.key.toLowerCase()
      const rest = [...list.slice(at + 1), ...list]
      rest.find((option) => option.textContent?.trim().toLowerCase().startsWith(letter))?.focus()
    } else return
    event.preventDefault()
  })
}
