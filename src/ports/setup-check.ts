/**
 * What one look at the set-up found. `remedy` says what to do, as a command where there is one; it is left
 * out where `detail` says it already, as the message of a wrong option does.
 */
export type CheckResult =
  | { readonly state: 'ok'; readonly detail: string }
  /** Works, but somebody should know. */
  | { readonly state: 'note'; readonly detail: string; readonly remedy?: string }
  | { readonly state: 'failed'; readonly detail: string; readonly remedy?: string }
  /** Another check failed that this one rests on, or it was not asked for. */
  | { readonly state: 'left-out'; readonly detail: string }

/** One question about the set-up, as `holdpoint doctor` asks it. Changes nothing that stays. */
export interface SetupCheck {
  /** What is looked at, in a few words: `Slack bot token`. */
  readonly name: string
  /** May throw: a thrown error is a failed check. */
  run(): Promise<CheckResult>
}
