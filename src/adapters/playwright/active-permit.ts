import type { RequestFacts, RequestField } from '../../core/action.ts'
import { compareEntries, compareMembers } from '../../core/body.ts'
import {
  answerOf,
  type CommittingRequest,
  type Permit,
  type PermitAnswer,
  withUsed,
} from '../../core/permit.ts'
import type { PageSummary } from '../../core/summary.ts'
import type { FieldChange } from '../../core/terms.ts'
import type { Cleared } from '../../holding/hold.ts'
import type { ReleaseAnswer } from './gate/network-gate.ts'
import type { Tab } from './tab.ts'

/** A cleared action while it runs: what may leave, what has left, and what came back. */
export class ActivePermit {
  readonly cleared: Cleared
  readonly guard: string
  /** The page as it was read just before the start; requests are judged against it. */
  readonly page: PageSummary | undefined
  /** What the native form would send, computed at start; undefined when there is no form. */
  readonly entries: readonly RequestField[] | undefined
  /** The tab of the action; the outcome is read there, unless another one sent the request. */
  readonly tab: Tab
  /** The frame that sent the committing request. */
  frameId: string | undefined
  /** Something that nobody recognised left meanwhile: then "nothing was sent" is not certain. */
  strayed = false
  drift: readonly FieldChange[] | undefined
  #permit: Permit
  #left = Promise.withResolvers<'left' | 'drifted' | 'nothing'>()
  #answered = Promise.withResolvers<ReleaseAnswer>()

  constructor(parts: {
    readonly cleared: Cleared
    readonly guard: string
    readonly tab: Tab
    readonly page?: PageSummary | undefined
    readonly entries?: readonly RequestField[] | undefined
  }) {
    this.cleared = parts.cleared
    this.guard = parts.guard
    this.page = parts.page
    this.entries = parts.entries
    this.tab = parts.tab
    this.#permit = {
      requestId: parts.cleared.request.id,
      terms: parts.cleared.terms,
      used: new Set(),
    }
  }

  /** What the permit says to a committing request, its address and bytes included. */
  answer(request: CommittingRequest, facts: RequestFacts): PermitAnswer {
    const answer = answerOf(this.#permit, request)
    if (answer.answer !== 'release') return answer
    const changed = this.#otherBody(facts)
    if (changed.length > 0) return { answer: 'drifted', changed }
    // Approved was this form; what its script sends elsewhere on the site is another question.
    const form = this.page?.form
    const elsewhere =
      facts.resourceType === 'document' &&
      form?.method.toLowerCase() === 'post' &&
      form.action !== facts.url.replace(/[?#].*$/, '')
    return elsewhere ? { answer: 'ask', slot: answer.slot } : answer
  }

  /** How the bytes differ from what the form held when people were asked. */
  #otherBody(facts: RequestFacts): readonly FieldChange[] {
    if (this.entries === undefined || facts.body === 'none') return []
    if (facts.resourceType !== 'document') return compareMembers(this.entries, facts.fields)
    if (facts.body === 'urlencoded' || facts.body === 'multipart') {
      return compareEntries(this.entries, facts.fields)
    }
    // The bytes of a file on disk are not shown to anybody; its name stands among the entries.
    if (this.entries.some(({ value }) => value.startsWith('file: '))) return []
    return [{ field: 'form', approved: 'as shown', now: 'sent in a way that cannot be read' }]
  }

  /** Before `sent` is written: from here on the slot is used, even if writing fails. */
  use(slot: string): void {
    this.#permit = withUsed(this.#permit, slot)
  }

  get hasLeft(): boolean {
    return this.#permit.used.size > 0
  }

  /**
   * Whether a request is the approved element's own: its link's address, or its form's action and
   * method. A guard may not know it by its looks; the person approved this very one.
   */
  isOwn(method: string, url: string): boolean {
    const address = url.replace(/[?#].*$/, '')
    const { form, target } = this.page ?? {}
    const ownForm =
      form !== undefined && form.action === address && form.method.toUpperCase() === method
    return ownForm || (method === 'GET' && target?.href === address)
  }

  onLeft(frameId: string): void {
    this.frameId = frameId
    this.#left.resolve('left')
  }

  onDrift(changed: readonly FieldChange[]): void {
    this.drift = changed
    this.#left.resolve('drifted')
  }

  /** It is certain that no committing request has left. */
  onNothingLeft(): void {
    this.#left.resolve('nothing')
  }

  onAnswer(answer: ReleaseAnswer): void {
    this.#answered.resolve(answer)
  }

  /** Resolves when the first committing request has left or was refused as drifted. */
  get left(): Promise<'left' | 'drifted' | 'nothing'> {
    return this.#left.promise
  }

  /** The first committing request's answer. */
  get answered(): Promise<ReleaseAnswer> {
    return this.#answered.promise
  }
}
