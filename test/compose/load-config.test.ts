import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findConfig, loadConfig } from '../../src/compose/load-config.ts'
import { temporaryFolder } from '../support/folder.ts'

test('a configuration is found by its name, TypeScript first', async () => {
  const folder = await temporaryFolder()
  expect(findConfig(folder)).toBeUndefined()
  await writeFile(join(folder, 'holdpoint.config.mjs'), 'export default {}')
  expect(findConfig(folder)).toBe(join(folder, 'holdpoint.config.mjs'))
  await writeFile(join(folder, 'holdpoint.config.ts'), 'export default {}')
  expect(findConfig(folder)).toBe(join(folder, 'holdpoint.config.ts'))
})

const refused: Readonly<Record<string, readonly [text: string, says: string]>> = {
  'that exports nothing': ['export const config = {}', 'has no default export'],
  'that throws': ["throw new Error('Set SLACK_BOT_TOKEN')", 'Set SLACK_BOT_TOKEN'],
  'that is none': ['export default 7', 'config: must be an object'],
  'with a wrong member': ['export default { polices: {} }', 'config.polices'],
}
for (const [which, [text, says]] of Object.entries(refused)) {
  test(`a configuration ${which} is refused in words`, async () => {
    const file = join(await temporaryFolder(), 'holdpoint.config.mjs')
    await writeFile(file, text)
    await expect(loadConfig(file)).rejects.toThrow(says)
    await expect(loadConfig(file)).rejects.toMatchObject({ code: 'HP_ERR_OPTION_INVALID' })
  })
}

test('a configuration that is not there is named', async () => {
  await expect(loadConfig('/nowhere/holdpoint.config.ts')).rejects.toThrow(
    '/nowhere/holdpoint.config.ts is not there',
  )
})
