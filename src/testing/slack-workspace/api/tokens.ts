import type { WorkspaceState } from '../state.ts'
import type { ReadBody } from './body.ts'
import { type Method, SlackRefusal } from './method.ts'

/** The scopes of the call's token, or a refusal if it is none for this method. */
export function scopesOf(
  state: WorkspaceState,
  method: Method,
  body: Pick<ReadBody, 'bearer' | 'formToken'>,
): readonly string[] {
  const token = body.bearer ?? body.formToken
  if (!token) throw new SlackRefusal('not_authed')
  const isAppLevel = token.startsWith('xapp-')
  if (isAppLevel !== (method.token === 'app')) throw new SlackRefusal('not_allowed_token_type')
  const known = isAppLevel ? state.appToken : state.botToken
  // The app-level token counts in the header alone.
  if (token !== known || (isAppLevel && !body.bearer)) throw new SlackRefusal('invalid_auth')
  return isAppLevel ? state.appScopes : state.scopes
}

/** Any one of the method's scopes is enough. */
export function requireScopes(method: Method, granted: readonly string[]): void {
  const [needed] = method.scopes
  if (needed === undefined || method.scopes.some((scope) => granted.includes(scope))) return
  throw new SlackRefusal('missing_scope', { needed, provided: granted.join(',') })
}
