/** The longest time that a timer can be set for; longer than any policy's deadline. */
export const LONGEST_MS = 2 ** 31 - 1

/** The promise, or `late` when it takes too long. */
export function within<T>(promise: Promise<T>, limitMs: number, late: T): Promise<T> {
  let timer: NodeJS.Timeout
  const limit = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), Math.min(limitMs, LONGEST_MS))
  })
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer))
}
