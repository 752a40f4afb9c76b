/** Second levels under country codes where anybody may register a third: `co.uk`, `com.au`. */
export const SECOND_LEVELS: ReadonlySet<string> = new Set(
  'ac co com edu gob gouv gov govt go gv id ltd me mil mod ne net nom nhs nic or org plc police sch web'.split(
    ' ',
  ),
)

/**
 * The part of an origin's host that somebody registered: `dm.de` of `www.dm.de`. A short list stands in
 * for the public suffix list and errs to the careful side: customers of one shared host count as one
 * site, so what they send each other is judged and not passed as another site's.
 */
export function siteOf(origin: string): string {
  const host = URL.canParse(origin) ? new URL(origin).hostname : origin
  if (/^[\d.]+$/.test(host) || host.includes(':')) return host
  const labels = host.split('.')
  const shared = labels.at(-1)?.length === 2 && SECOND_LEVELS.has(labels.at(-2) ?? '')
  return labels.slice(shared ? -3 : -2).join('.')
}
