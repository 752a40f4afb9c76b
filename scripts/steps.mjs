/** @file How the set-up talks: one line per step on stderr, a dot every few seconds while it works. */

const DOT_EVERY_MS = 3_000

/** Something a person has to mend. Shown as plain text, without a stack. */
export class SetUpError extends Error {
  name = 'SetUpError'
}

/** Prints one line. On stderr, so that what a command prints can still be piped. */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/** Runs `work` as one line: what it does, dots while it lasts, how long it took. */
export async function step(text, work) {
  const startedAt = Date.now()
  process.stderr.write(` · ${text} `)
  const dots = setInterval(() => process.stderr.write('.'), DOT_EVERY_MS)
  try {
    const result = await work()
    process.stderr.write(` ${Math.round((Date.now() - startedAt) / 1000)} s\n`)
    return result
  } catch (error) {
    process.stderr.write(' failed\n')
    throw error
  } finally {
    clearInterval(dots)
  }
}

/** Runs a script's main part: its exit code is what `main` returns, or 1 with a plain message. */
export async function runMain(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    // Anything else is a fault of the script itself, and its stack is what mends it.
    say(error instanceof SetUpError ? `\n${error.message}` : String(error?.stack ?? error))
    process.exitCode = 1
  }
}
