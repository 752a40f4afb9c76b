/** Short ways to write blocks, valid unless told otherwise. */
export const plain = (text: string, more = {}) => ({ type: 'plain_text', text, ...more })
export const mrkdwn = (text: string, more = {}) => ({ type: 'mrkdwn', text, ...more })
export const x = (length: number) => 'x'.repeat(length)
export const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index))

export const header = (text: unknown) => ({ type: 'header', text })
export const section = (more: object) => ({ type: 'section', ...more })
export const context = (elements: unknown) => ({ type: 'context', elements })
export const actions = (...elements: unknown[]) => ({ type: 'actions', elements })
export const button = (more = {}) => ({
  type: 'button',
  text: plain('Go'),
  action_id: 'go',
  ...more,
})
export const option = (value: string, more = {}) => ({ text: plain(value || 'x'), value, ...more })
export const select = (more = {}) => ({
  type: 'static_select',
  action_id: 'pick',
  placeholder: plain('Pick'),
  options: [option('a')],
  ...more,
})
export const overflow = (options: unknown) => ({ type: 'overflow', action_id: 'more', options })
export const image = (more: object) => ({ type: 'image', alt_text: 'a', ...more })
export const confirm = (more: object) => button({ confirm: { text: plain('Sure?'), ...more } })
export const rich = (...elements: unknown[]) => ({ type: 'rich_text', elements })
export const PAGE = 'https://shop.example/a.png'
