import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const stopTimeoutMs = 10_000

const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=60',
  'shared_buffers=32MB',
]
/** Of a test: lost data is no loss, and waiting for the disk is. */
const careless = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

/** How a server is started. */
export interface ServerOptions {
  /** Waits for the disk as a server in use does. Default false. */
  readonly durable?: boolean
}

/**
 * Starts a server from the programs in `bin`, in a temporary folder of its own. It may not answer yet.
 * `stop` leaves nothing, and neither does a test run that is interrupted.
 */
export async function startServer(
  bin: string,
  { durable = false }: ServerOptions = {},
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const who = account()
  // Another user must be able to reach it; a TMPDIR in root's home would be closed to it.
  const folder = await mkdtemp(join(who ? '/tmp' : tmpdir(), 'holdpoint-postgres-'))
  const data = join(folder, 'data')
  let running: ChildProcess | undefined

  const run = (program: string, args: readonly string[]): Promise<number | null> => {
    const child = spawn(join(bin, program), ['-D', data, ...args], {
      ...who,
      cwd: folder,
      stdio: 'ignore',
      // A group of its own: Ctrl-C is for us, and `initdb` can be ended together with its helpers.
      detached: true,
    })
    running = child
    return new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', resolve)
    })
  }
  const onExit = () => {
    if (running) endNow(running, data)
    removeNow(folder)
  }
  // A signal that nobody handles ends the process without its `exit`.
  const onTerm = () => process.exit(143)
  process.once('exit', onExit).once('SIGTERM', onTerm)
  const clear = async () => {
    process.off('exit', onExit).off('SIGTERM', onTerm)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }

  try {
    const password = randomBytes(16).toString('hex')
    const passwordFile = join(folder, 'password')
    await writeFile(passwordFile, password, { mode: 0o600 })
    await chmod(folder, 0o700)
    if (who) for (const path of [folder, passwordFile]) await chown(path, who.uid, who.gid)
    const code = await run('initdb', [
      ...['-U', 'test', '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
      ...['--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'],
    ])
    if (code !== 0) throw new Error(`initdb failed (exit code ${code})`)
    const port = await freePort()
    const given = [...settings, ...(durable ? [] : careless), `port=${port}`]
    const ended = run(
      'postgres',
      given.flatMap((setting) => ['-c', setting]),
    ).catch(() => null)
    const server = running
    return {
      url: `postgres://test:${password}@127.0.0.1:${port}/postgres`,
      async stop() {
        // SIGINT: end now, do not wait for clients.
        server?.kill('SIGINT')
        const forced = setTimeout(() => server?.kill('SIGKILL'), stopTimeoutMs)
        await ended
        clearTimeout(forced)
        await clear()
      },
    }
  } catch (error) {
    await clear()
    throw error
  }
}

/** PostgreSQL refuses to run as root: whom to run it as instead. */
function account(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: 'pipe' }))
      return { uid: id('-u'), gid: id('-g') }
    } catch {
      // No such user here.
    }
  }
  return { uid: 65_534, gid: 65_534 }
}

// An `exit` handler cannot await, and what is about to end may still write a file.
function endNow(child: ChildProcess, data: string): void {
  const isServer = child.spawnfile.endsWith('postgres')
  try {
    // The server ends its own helpers on SIGQUIT; `initdb` has to be taken with its group.
    if (isServer) child.kill('SIGQUIT')
    else if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {
    return
  }
  // The server deletes this file last.
  waitUntil(() => !isServer || !existsSync(join(data, 'postmaster.pid')))
}

function removeNow(folder: string): void {
  waitUntil(() => {
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch {
      // A file came in between.
    }
    return !existsSync(folder)
  })
}

function waitUntil(done: () => boolean): void {
  const clock = new Int32Array(new SharedArrayBuffer(4))
  for (let waitedMs = 0; !done() && waitedMs < stopTimeoutMs; waitedMs += 50) {
    Atomics.wait(clock, 0, 0, 50)
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
