import { plainLine } from '../../../core/text.ts'

/** What Slack says of a person, as far as a name is made of it. */
export interface NamedUser {
  readonly id?: string
  readonly name?: string
  readonly profile?: { readonly display_name?: string; readonly real_name?: string }
}

/** As Slack shows it, for a terminal: people write there what they like, control codes too. */
export function personName({ id = '', name, profile }: NamedUser): string {
  const names = [profile?.display_name, profile?.real_name, name]
  return names.map((given) => plainLine(given ?? '', 80)).find((given) => given !== '') ?? id
}
