/** The value that `share` of the others do not exceed; 0.5 is the median. NaN without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Milliseconds that `run` takes. */
export async function timed(run: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now()
  await run()
  return performance.now() - startedAtMs
}

/**
 * The list turned by `by` places: whoever goes first in one round goes last in another, so that no
 * variant always meets the machine in the same state.
 */
export function rotated<T>(list: readonly T[], by: number): readonly T[] {
  const start = by % list.length
  return [...list.slice(start), ...list.slice(0, start)]
}

/** A whole number from the environment, for shorter runs while something is being built. */
export function countFrom(name: string, fallback: number): number {
  const given = process.env[name]
  if (given === undefined || given === '') return fallback
  const count = Number(given)
  if (!Number.isInteger(count) || count < 1) {
    throw new TypeError(`${name} is "${given}"; it must be a whole number from 1`)
  }
  return count
}
