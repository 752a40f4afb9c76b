import { openStore } from '../../src/adapters/postgres/store.ts'
import { createSigner } from '../../src/adapters/signing/index.ts'
import { definePolicy } from '../../src/core/policy.ts'
import { decide } from '../../src/deciding/decide.ts'
import type { Desk } from '../../src/deciding/desk.ts'
import { proofOfSession } from '../../src/deciding/proof.ts'
import { silentLogger } from '../../src/ports/log.ts'
import type { Sql } from '../../src/ports/sql.ts'

/** What a reviewer's screen says of a request. */
export interface Shown {
  readonly id: string
  readonly termsDigest: string
  readonly evidenceDigest: string
}

/** When a decision was handed in and when its transaction had committed, on the machine's one clock. */
export interface DecidedAt {
  readonly sentAtMs: number
  readonly committedAtMs: number
}

/** A clock that all processes of the machine share; `performance.now()` starts anew in each. */
export function machineNowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

export async function openBenchDesk(sql: Sql, keyFile: string): Promise<Desk> {
  return {
    store: await openStore(sql, { logger: silentLogger }),
    signer: await createSigner({ keyFile }),
    policy: definePolicy({
      reviewers: ['grace'],
      expiresAfterMs: 15 * 60_000,
      maxOpenPerAgent: 100,
      maxNewPerHour: 1_000,
    }),
    channels: [],
    names: { grace: 'Grace' },
    publicUrl: 'http://127.0.0.1',
    clock: { now: () => new Date() },
    logger: silentLogger,
  }
}

export async function approve(desk: Desk, shown: Shown): Promise<DecidedAt> {
  const sentAtMs = machineNowMs()
  await decide(desk, {
    requestId: shown.id,
    answer: 'approve',
    proof: proofOfSession('grace', shown.id),
    expectedTermsDigest: shown.termsDigest,
    expectedEvidenceDigest: shown.evidenceDigest,
  })
  return { sentAtMs, committedAtMs: machineNowMs() }
}
