import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { runMcp } from '../../src/compose/mcp.ts'
import { temporaryFolder } from '../support/folder.ts'

const streams = () => ({ input: new PassThrough(), output: new PassThrough() })

test('a data folder that is a file is refused by the option’s name, before anything is served', async () => {
  const file = join(await temporaryFolder(), 'owner.json')
  await writeFile(file, '{}')
  await expect(runMcp({ ...streams(), dataDir: file })).rejects.toThrow('--data-dir')
})

test('an agent’s name that none can have is refused by the option’s name', async () => {
  await expect(runMcp({ ...streams(), agent: 'a b\n' })).rejects.toThrow('--agent')
})
