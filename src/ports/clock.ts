/** The time, injected so that tests stand still. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }
