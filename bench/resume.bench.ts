import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPostgres } from '../src/adapters/postgres/pg-sql.ts'
import { openPglite } from '../src/adapters/postgres/pglite-sql.ts'
import { createChecker } from '../src/adapters/signing/index.ts'
import { identityDigest } from '../src/core/action.ts'
import { evidenceDigest } from '../src/core/evidence.ts'
import { termsDigest } from '../src/core/terms.ts'
import { checkVerdict } from '../src/core/verdict.ts'
import { createApprovals } from '../src/deciding/approvals.ts'
import { runDesk } from '../src/deciding/run-desk.ts'
import type { Sql } from '../src/ports/sql.ts'
import { draft, picture } from '../test/support/desk.ts'
import { startTestPostgres } from '../test/support/postgres.ts'
import { loadNow, ms, print, printMachine, times } from './support/report.ts'
import {
  approve,
  type DecidedAt,
  machineNowMs,
  openBenchDesk,
  type Shown,
} from './support/resume-desk.ts'
import { countFrom, quantile, timed } from './support/statistics.ts'

const COUNT = countFrom('COUNT', 300)
const WARM_UP = Math.min(20, COUNT)
/** Between two decisions, so that each meets an idle desk: people do not answer in a row. */
const PAUSE_MS = 20

type Decide = (shown: Shown) => Promise<DecidedAt>

interface Taken {
  readonly floorMs: number[]
  readonly sentMs: number[]
  readonly wokenMs: number[]
  readonly resumedMs: number[]
}

const folder = await mkdtemp(join(tmpdir(), 'holdpoint-bench-'))
const keyFile = join(folder, 'key.json')
try {
  await onPostgres()
  await onPglite()
} finally {
  await rm(folder, { recursive: true, force: true })
}

/** The decision comes from another process, as it does with `holdpoint serve`. */
async function onPostgres(): Promise<void> {
  const server = await startTestPostgres({ durable: true })
  if ('unavailable' in server) {
    console.log(`PostgreSQL: left out (${server.unavailable})`)
    return
  }
  let decider: ChildProcess | undefined
  try {
    const sql = await openPostgres({ connectionString: server.url })
    try {
      printMachine([await settingsOf(sql)])
      const measure = await waiterOn(sql)
      decider = fork(join(import.meta.dirname, 'support/decider.ts'), [server.url, keyFile])
      await once(decider, 'message')
      await measure('PostgreSQL, decided in another process', (shown) => ask(decider, shown))
    } finally {
      decider?.disconnect()
      if (decider !== undefined) await once(decider, 'exit')
      await sql.close()
    }
  } finally {
    await server.stop()
  }
}

async function settingsOf(sql: Sql): Promise<string> {
  const { rows } = await sql.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings
     where name in ('server_version', 'fsync', 'synchronous_commit')`,
  )
  const of = (name: string): string => rows.find((row) => row.name === name)?.setting ?? '?'
  return `PostgreSQL ${of('server_version')} (fsync ${of('fsync')}, synchronous_commit ${of('synchronous_commit')})`
}

async function ask(decider: ChildProcess | undefined, shown: Shown): Promise<DecidedAt> {
  if (decider === undefined) throw new Error('there is no process that decides')
  const done = new AbortController()
  const { signal } = done
  const gone = once(decider, 'exit', { signal }).then(() => {
    throw new Error('the process that decides has ended')
  })
  try {
    const answered = once(decider, 'message', { signal })
    decider.send(shown)
    const [decided] = await Promise.race([answered, gone])
    return decided as DecidedAt
  } finally {
    done.abort()
  }
}

/** Embedded: agent, desk and store's owner are one process. */
async function onPglite(): Promise<void> {
  const sql = await openPglite({ dataDir: join(folder, 'store') })
  try {
    const measure = await waiterOn(sql, { works: true })
    await measure('PGlite, decided in the same process', (shown, desk) => approve(desk, shown))
  } finally {
    await sql.close()
  }
}

/** The agent's side on this database. `works`: it is also the desk that runs the jobs. */
async function waiterOn(sql: Sql, { works = false } = {}) {
  const desk = await openBenchDesk(sql, keyFile)
  await sql.query(
    'create table bench_floor (id bigint generated always as identity, at timestamptz)',
  )
  const approvals = createApprovals(desk)
  const checker = await createChecker([desk.signer.publicJwk])
  const running = works ? await runDesk(desk) : undefined

  const runOnce = async (number: number, decideIt: Decide, taken: Taken | undefined) => {
    const agent = `bench-${number}`
    const asked = draft({ agent, identity: { ...draft().identity, agent } })
    const request = await approvals.open(asked, [picture])
    // As a hold knows them since it was opened.
    const expected = {
      expectedSession: asked.session,
      expectedRequestId: request.id,
      expectedIdentity: identityDigest(asked.identity),
      expectedTermsDigest: termsDigest(asked.terms),
      expectedEvidenceDigest: evidenceDigest(asked.evidence),
      expectedPolicyDigest: request.policyDigest,
    }
    const waiting = (async () => {
      const { verdict } = await approvals.ended(request.id)
      const wokenAtMs = machineNowMs()
      const claims = await checker.check(verdict ?? '')
      checkVerdict(claims, { ...expected, now: desk.clock.now() })
      await approvals.claim(request.id, 'bench')
      return { wokenAtMs, resumedAtMs: machineNowMs() }
    })()
    await pause()
    const floorMs = await timed(() => sql.query('insert into bench_floor (at) values (now())'))
    await pause()
    const [{ sentAtMs, committedAtMs }, { wokenAtMs, resumedAtMs }] = await Promise.all([
      decideIt(request),
      waiting,
    ])
    taken?.floorMs.push(floorMs)
    taken?.sentMs.push(resumedAtMs - sentAtMs)
    taken?.wokenMs.push(wokenAtMs - committedAtMs)
    taken?.resumedMs.push(resumedAtMs - committedAtMs)
  }

  return async (
    title: string,
    decideIt: (shown: Shown, desk: Awaited<ReturnType<typeof openBenchDesk>>) => Promise<DecidedAt>,
  ): Promise<void> => {
    const taken: Taken = { floorMs: [], sentMs: [], wokenMs: [], resumedMs: [] }
    const loadBefore = loadNow()
    for (let number = -WARM_UP; number < COUNT; number += 1) {
      await runOnce(number, (shown) => decideIt(shown, desk), number < 0 ? undefined : taken)
    }
    await running?.close()
    await desk.store.close()
    report(`${title}: n=${COUNT} paced, load ${loadBefore} → ${loadNow()}`, taken)
  }
}

/** Pacing, not waiting for something. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS / 2))
}

function report(title: string, taken: Taken): void {
  const floorMs = quantile(taken.floorMs, 0.5)
  const row = (name: string, all: readonly number[], target = ''): readonly string[] => {
    const [p50, p99] = [quantile(all, 0.5), quantile(all, 0.99)]
    return [name, ms(p50), times(p50 / floorMs), ms(p99), times(p99 / floorMs), target]
  }
  print({
    title,
    columns: ['', 'p50', 'of a commit', 'p99', 'of a commit', 'target p50'],
    rows: [
      row('commit of one row', taken.floorMs),
      row('decision committed → agent awake', taken.wokenMs),
      row('decision committed → verified and claimed', taken.resumedMs, '≤ 4×'),
      row('decision handed in → verified and claimed', taken.sentMs),
    ],
  })
}
