/** The id in a channel's link (`https://acme.slack.com/archives/C0123456789/p17…`) or the id itself. */
export function channelIdOf(given: string): string | undefined {
  const text = given.trim()
  const id = /^[CGD][A-Z0-9]{6,}$/
  if (id.test(text)) return text
  const url = URL.parse(text)
  if (url === null) return undefined
  // https://x.slack.com/archives/C…, https://app.slack.com/client/T…/C…
  return url.pathname.split('/').find((part) => id.test(part))
}
