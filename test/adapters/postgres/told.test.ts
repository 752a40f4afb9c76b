import { expect, onTestFinished, test } from 'vitest'
import { migrate } from '../../../src/adapters/postgres/migrate.ts'
import { migrations } from '../../../src/adapters/postgres/sql/index.ts'
import { openStore } from '../../../src/adapters/postgres/store.ts'
import { silentLogger } from '../../../src/ports/log.ts'
import { newRequest } from '../../contracts/store-kit.ts'
import { databases } from '../../support/databases.ts'

test('what ended before anybody could ask to be told is no news after the update', async () => {
  const sql = await databases().at(-1)?.open()
  if (sql === undefined) throw new Error('there is no database')
  onTestFinished(() => sql.close())
  await migrate(sql, migrations.slice(0, 2))
  const { identityDigest, termsDigest, evidenceDigest, policyDigest } = newRequest()
  await sql.query(
    `insert into holdpoint.requests (state, agent, session, kind, risk, title, identity,
       identity_digest, terms, terms_digest, evidence, evidence_digest, findings, policy,
       policy_digest, opened_at, expires_at, closed_at)
     select state, 'shopper', 's-1', 'purchase', 'high', 'Pay', '{}', $1, '{}', $2, '{}', $3, '[]',
       '{}', $4, now(), now() + interval '1 hour', case when state = 'expired' then now() end
     from unnest(array['expired', 'pending']) as state`,
    [identityDigest, termsDigest, evidenceDigest, policyDigest],
  )
  const store = await openStore(sql, { logger: silentLogger })
  onTestFinished(() => store.close())
  expect(await store.untold({ except: [], limit: 10 })).toEqual([])
  await store.transaction((tx) =>
    tx.updateRequest('HP-2', { state: 'withdrawn', closedAt: new Date() }),
  )
  expect(await store.untold({ except: [], limit: 10 })).toMatchObject([{ id: 'HP-2' }])
})
