/**
 * The calls that a database handle has promised an answer to, so that closing it, or losing it,
 * answers every one of them: a caller that waits for ever would be a hold that nobody can end.
 */
export class InFlight {
  readonly #rejects = new Set<(error: Error) => void>()
  #refusal: Error | undefined
  #onEmpty: (() => void) | undefined

  run<T>(call: () => Promise<T>): Promise<T> {
    if (this.#refusal) return Promise.reject(this.#refusal)
    return new Promise<T>((resolve, reject) => {
      this.#rejects.add(reject)
      call()
        .then(resolve, reject)
        .finally(() => {
          this.#rejects.delete(reject)
          if (this.#rejects.size === 0) this.#onEmpty?.()
        })
    })
  }

  /** New calls reject with `error`. Those under way go on. */
  refuse(error: Error): void {
    this.#refusal ??= error
  }

  /** New calls reject with `error`, and so do those under way. */
  abort(error: Error): void {
    this.refuse(error)
    for (const reject of this.#rejects) reject(error)
    this.#rejects.clear()
    this.#onEmpty?.()
  }

  /** Resolves when nothing is under way any more, at the latest after `graceMs`. */
  async settled(graceMs: number): Promise<void> {
    if (this.#rejects.size === 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, graceMs)
      this.#onEmpty = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
