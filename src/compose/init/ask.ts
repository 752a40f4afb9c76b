import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** Somebody at a terminal. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly output: NodeJS.WritableStream
}

/** Asks one thing after the other. Ctrl-C and the end of input reject with an `AbortError`. */
export interface Questions {
  /** Aborts with Ctrl-C, which is a key here and no signal, also while nothing is asked. */
  readonly stopped: AbortSignal
  ask(question: string): Promise<string>
  /** What is typed or pasted does not show, and stands in no history. */
  askHidden(question: string): Promise<string>
  close(): void
}

export function openQuestions({ input, output }: Terminal, signal: AbortSignal): Questions {
  let hidden = false
  const screen = new Writable({
    write(chunk, _encoding, done) {
      if (!hidden) output.write(chunk)
      done()
    },
  })
  const lines = createInterface({ input, output: screen, terminal: true, historySize: 0 })
  const stop = new AbortController()
  lines.once('close', () => stop.abort())
  lines.once('SIGINT', () => stop.abort())
  const either = AbortSignal.any([signal, stop.signal])
  const ask = async (question: string): Promise<string> =>
    (await lines.question(question, { signal: either })).trim()
  return {
    stopped: either,
    ask,
    async askHidden(question) {
      output.write(question)
      hidden = true
      try {
        return await ask('')
      } finally {
        hidden = false
        output.write('\n')
      }
    },
    close: () => lines.close(),
  }
}
