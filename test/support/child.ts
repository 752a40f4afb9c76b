import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

/** A process of its own, for tests about crashes and about two processes at once. */
export interface Child {
  readonly pid: number
  /** The next line that it prints; rejects if it ends first. */
  line(): Promise<string>
  /** Writes a line to its standard input. */
  say(line: string): void
  /** Ends it as a crash does, and waits until it is gone. */
  kill(): Promise<void>
}

/**
 * Runs an ES module given as text. In it, `source(path)` is the address of a file of the repository,
 * for `await import(…)`, and `lines` iterates over what is said to it.
 */
export function startChild(code: string): Child {
  const root = JSON.stringify(pathToFileURL(`${import.meta.dirname}/../../`).href)
  const prelude = `
    import { createInterface } from 'node:readline'
    const source = (path) => new URL(path, ${root}).href
    const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
    process.stdin.on('end', () => process.exit())
  `
  const child: ChildProcess = spawn(
    process.execPath,
    ['--conditions=@holdpoint/source', '--input-type=module', '-e', prelude + code],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const { stdin, stdout, pid } = child
  if (!stdin || !stdout || pid === undefined) throw new Error('the child did not start')
  const gone = once(child, 'exit')
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]()
  return {
    pid,
    async line() {
      const { value, done } = await lines.next()
      if (done) throw new Error('the child ended without a further line')
      return value
    },
    say: (line) => {
      stdin.write(`${line}\n`)
    },
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
  }
}
