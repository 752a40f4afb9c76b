import type { Dom } from './dom.ts'

export type Recent = ReturnType<typeof makeRecent>

/**
 * The last reading, for as long as the page stands as it was read. The guard reads right before it lets a
 * click happen; reading the same page again at that very click would keep the click waiting.
 */
export function makeRecent(dom: Dom) {
  /** A click that waited longer for its element is read anew. */
  const KEEP_MS = 1_000
  const MAX_ROOTS = 50
  let kept:
    | { json: string; element: WeakRef<Element>; at: number; changes: MutationObserver }
    | undefined

  const drop = (changes: MutationObserver): void => {
    changes.disconnect()
    if (kept?.changes === changes) kept = undefined
  }

  return {
    /** `roots`: everything that was read. What cannot all be watched is not kept. */
    keep: (json: string, element: Element | undefined, roots: Node[]): void => {
      if (kept !== undefined) drop(kept.changes)
      const others = roots.some((root) => dom.nodeType(root) === 9 && root !== document)
      if (element === undefined || others || roots.length > MAX_ROOTS) return
      const changes = new MutationObserver((_, observer) => drop(observer))
      const all = { subtree: true, childList: true, attributes: true, characterData: true }
      for (const root of roots) changes.observe(root, all)
      kept = { json, element: new WeakRef(element), at: performance.now(), changes }
    },
    /** The last reading as JSON, if it is of this target and nothing has changed since. */
    of: (element: Element | undefined): string | undefined => {
      if (kept === undefined || element === undefined) return undefined
      const { json, at, changes } = kept
      // What the page has just done is not told to the observer before the task ends.
      if (changes.takeRecords().length > 0 || performance.now() - at > KEEP_MS) {
        drop(changes)
        return undefined
      }
      return kept.element.deref() === element ? json : undefined
    },
  }
}
