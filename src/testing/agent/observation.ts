/** One element that the agent can act on, by its number in the list. */
export interface IndexedElement {
  readonly index: number
  readonly tag: string
  readonly type: string
  readonly name: string
  readonly value: string
}

/** What the agent sees of a page: where it is, its headings, and a numbered list of elements. */
export interface Observation {
  readonly url: string
  readonly title: string
  readonly headings: readonly string[]
  readonly elements: readonly IndexedElement[]
}
