/** A call into the browser that did not answer in time, or a page that cannot be read. */
export class PageUnreadable extends Error {
  override readonly name: string = 'PageUnreadable'
}

/** A selector that means no element in the window, or several. */
export class TargetUnclear extends PageUnreadable {
  override readonly name = 'TargetUnclear'
}

/**
 * Rejects with `PageUnreadable` after `deadlineMs`. A hung page or an open dialog leaves CDP calls without an
 * answer for good, so no call goes without one. The late answer is dropped.
 */
export function withDeadline<T>(call: Promise<T>, deadlineMs: number, what: string): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new PageUnreadable(`${what}: no answer within ${Math.round(deadlineMs)} ms`)),
      Math.max(0, deadlineMs),
    )
    call.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
