import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** Which process, so exactly that a recycled pid is not taken for it. */
export interface ProcessIdentity extends Place {
  readonly pid: number
  /** When it started, in the system's own words; missing where nobody says. */
  readonly started?: string
}

/** Where a pid means something: a machine, and on Linux one boot of it and one pid namespace. */
interface Place {
  readonly host: string
  readonly boot?: string
  readonly pidSpace?: string
}

/** `unknown`: it lives, or lived, where this process cannot look (another machine, boot or container). */
export type Liveness = 'alive' | 'dead' | 'unknown'

/** This process. */
export function ownIdentity(): ProcessIdentity {
  const started = startOf(process.pid)
  return { pid: process.pid, ...(started !== undefined && { started }), ...ownPlace() }
}

/** Whether that process still runs. */
export function livenessOf(other: ProcessIdentity): Liveness {
  const here = ownPlace()
  if (other.host !== here.host || other.boot !== here.boot || other.pidSpace !== here.pidSpace) {
    return 'unknown'
  }
  if (!exists(other.pid)) return 'dead'
  // A pid is free for others once its process has ended.
  return other.started === undefined || other.started === startOf(other.pid) ? 'alive' : 'dead'
}

function ownPlace(): Place {
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim())
  const pidSpace = attempt(() => readlinkSync('/proc/self/ns/pid'))
  return {
    host: hostname(),
    ...(boot !== undefined && { boot }),
    ...(pidSpace !== undefined && { pidSpace }),
  }
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // It is there, and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    return attempt(() => {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // The name before the last bracket may hold spaces and brackets. State is the 3rd field of
      // the line, the start the 22nd.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      // A zombie has ended; only its parent has not taken notice.
      return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : fields[19]
    })
  }
  if (process.platform === 'win32') return undefined
  return attempt(() =>
    execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim(),
  )
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
