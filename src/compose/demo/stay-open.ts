import type { Readable } from 'node:stream'

/** Waits for Enter, for the end of the input, or for `signal`. Nothing is left listening. */
export function untilEnter(input: Readable, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const onData = (chunk: Buffer | string): void => {
      if (/[\r\n]/.test(chunk.toString())) end()
    }
    const end = (): void => {
      input.off('data', onData).off('end', end).off('error', end)
      signal.removeEventListener('abort', end)
      // A terminal that is still read would keep the process alive.
      input.pause()
      resolve()
    }
    if (signal.aborted) return end()
    signal.addEventListener('abort', end, { once: true })
    input.on('data', onData).on('end', end).on('error', end)
  })
}
