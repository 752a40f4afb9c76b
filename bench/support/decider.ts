/** @file The desk's process of the resume bench: is told a request, approves it, says when. */

import { openPostgres } from '../../src/adapters/postgres/pg-sql.ts'
import { runDesk } from '../../src/deciding/run-desk.ts'
import { approve, openBenchDesk, type Shown } from './resume-desk.ts'

const [url, keyFile] = process.argv.slice(2)
if (url === undefined || keyFile === undefined || process.send === undefined) {
  throw new Error('this file is started by resume.bench.ts')
}
const sql = await openPostgres({ connectionString: url })
const desk = await openBenchDesk(sql, keyFile)
// With its jobs, as a server has them: what a decision sets in motion competes with the waking agent.
const running = await runDesk(desk)
process.on('message', (shown: Shown) => {
  void approve(desk, shown).then((decided) => process.send?.(decided))
})
process.once('disconnect', async () => {
  await running.close()
  await desk.store.close()
  await sql.close()
})
process.send('ready')
