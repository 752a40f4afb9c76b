import { SECOND_LEVELS } from '../../../core/site.ts'

/** Hosts whose customers get a name each: the customer's label belongs to the part that counts. */
const SHARED_HOSTS = new Set(
  'github.io gitlab.io pages.dev workers.dev vercel.app netlify.app web.app firebaseapp.com herokuapp.com appspot.com azurewebsites.net cloudfront.net fly.dev onrender.com myshopify.com blogspot.com wordpress.com r2.dev surge.sh ngrok.io ngrok-free.app repl.co glitch.me'.split(
    ' ',
  ),
)

/** An origin in the parts that a reviewer should weigh differently. */
export interface OriginParts {
  readonly scheme: string
  /** Subdomains: whoever owns the rest may write anything here. */
  readonly before: string
  /** The name somebody registered. */
  readonly registrable: string
  readonly port: string
}

/**
 * Splits an origin for display. A short list stands in for the public suffix list: it decides what is
 * printed bold and nothing else.
 */
export function originParts(origin: string): OriginParts {
  let url: URL
  try {
    url = new URL(origin)
  } catch {
    return { scheme: '', before: '', registrable: origin, port: '' }
  }
  if (url.hostname === '') {
    return { scheme: url.protocol, before: '', registrable: url.pathname, port: '' }
  }
  const scheme = `${url.protocol}//`
  const port = url.port === '' ? '' : `:${url.port}`
  const labels = url.hostname.split('.')
  if (labels.length < 3 || /^[\d.]+$|^\[/.test(url.hostname)) {
    return { scheme, before: '', registrable: url.hostname, port }
  }
  const [top = '', second = ''] = [labels.at(-1), labels.at(-2)]
  const shared =
    SHARED_HOSTS.has(`${second}.${top}`) || (top.length === 2 && SECOND_LEVELS.has(second))
  const count = shared ? 3 : 2
  return {
    scheme,
    before: labels
      .slice(0, -count)
      .map((label) => `${label}.`)
      .join(''),
    registrable: labels.slice(-count).join('.'),
    port,
  }
}
