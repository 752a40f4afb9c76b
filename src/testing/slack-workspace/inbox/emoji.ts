/** The emoji codes that messages are likely to use; others are shown as they were written. */
const EMOJI: Readonly<Record<string, string>> = {
  white_check_mark: '✅',
  heavy_check_mark: '✔️',
  no_entry: '⛔',
  no_entry_sign: '🚫',
  warning: '⚠️',
  x: '❌',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  lock: '🔒',
  eyes: '👀',
  bell: '🔔',
  robot_face: '🤖',
  shopping_trolley: '🛒',
  credit_card: '💳',
  wastebasket: '🗑️',
  email: '📧',
  tada: '🎉',
  thumbsup: '👍',
  '+1': '👍',
  thumbsdown: '👎',
  '-1': '👎',
  red_circle: '🔴',
  large_green_circle: '🟢',
  smile: '😄',
}

/** Replaces `:codes:` by their signs. */
export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+-]+):/g, (code, name: string) =>
    Object.hasOwn(EMOJI, name) ? (EMOJI[name] ?? code) : code,
  )
}
