import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { configText, reviewerId, setEnv, writeNew } from '../../../src/compose/init/files.ts'
import { temporaryFolder } from '../../support/folder.ts'

describe('a reviewer’s id', () => {
  test('is the first name, in letters that fit into a log', () => {
    expect(reviewerId('Grace Hopper', [])).toBe('grace')
    expect(reviewerId('José María', [])).toBe('jose')
  })
  test('is numbered when it is taken', () => {
    expect(reviewerId('Grace Kelly', ['grace'])).toBe('grace2')
    expect(reviewerId('Grace Jones', ['grace', 'grace2'])).toBe('grace3')
  })
  test('is a word of ours when the name has no such letters', () => {
    expect(reviewerId('王小明', [])).toBe('reviewer')
    expect(reviewerId('007', [])).toBe('reviewer')
    expect(reviewerId('', ['reviewer'])).toBe('reviewer2')
  })
})

describe('the configuration', () => {
  test('names every reviewer, and lets each decide', () => {
    const text = configText(
      [
        { id: 'grace', name: 'Grace', slack: 'U0GRACE' },
        { id: 'ada', name: 'Ada', slack: 'U0ADA' },
      ],
      false,
    )
    expect(text).toContain(`grace: { name: "Grace", slack: 'U0GRACE' }`)
    expect(text).toContain(`reviewers: ['grace', 'ada']`)
    expect(text).not.toContain('slackApiUrl')
  })
  test('holds a hostile display name as text, not as code', () => {
    const text = configText(
      [{ id: 'eve', name: '"}, x: process.exit() //\u2028', slack: 'U1' }],
      false,
    )
    expect(text).toContain(String.raw`name: "\"}, x: process.exit() // "`)
  })
})

describe('.env', () => {
  test('is made for its owner only', async () => {
    const folder = await temporaryFolder()
    await setEnv(folder, { SLACK_BOT_TOKEN: 'xoxb-1' })
    expect(await readFile(join(folder, '.env'), 'utf8')).toBe('SLACK_BOT_TOKEN=xoxb-1\n')
    expect((await stat(join(folder, '.env'))).mode & 0o777).toBe(0o600)
  })
  test('keeps the lines of others, and replaces its own', async () => {
    const folder = await temporaryFolder()
    const before = '# mine\nDATABASE_URL=x\nexport SLACK_BOT_TOKEN=old\nSLACK_BOT_TOKEN_2=other\n\n'
    await writeFile(join(folder, '.env'), before, { mode: 0o644 })
    await setEnv(folder, { SLACK_BOT_TOKEN: 'xoxb-new' })
    expect(await readFile(join(folder, '.env'), 'utf8')).toBe(
      '# mine\nDATABASE_URL=x\nSLACK_BOT_TOKEN_2=other\nSLACK_BOT_TOKEN=xoxb-new\n',
    )
    expect((await stat(join(folder, '.env'))).mode & 0o777).toBe(0o600)
  })
  test('is kept out of a repository', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, '.git'))
    await writeFile(join(folder, '.gitignore'), 'node_modules')
    await setEnv(folder, { A: '1' })
    await setEnv(folder, { A: '2' })
    expect(await readFile(join(folder, '.gitignore'), 'utf8')).toBe(
      'node_modules\n.env\n.holdpoint/\n',
    )
  })
})

test('.env of a package is kept out of the repository that it is part of', async () => {
  const repository = await temporaryFolder()
  await mkdir(join(repository, '.git'))
  const folder = join(repository, 'packages', 'shopper')
  await mkdir(folder, { recursive: true })
  await setEnv(folder, { A: '1' })
  expect(await readFile(join(folder, '.gitignore'), 'utf8')).toBe('.env\n.holdpoint/\n')
})

test('a file that is there is never written over', async () => {
  const file = join(await temporaryFolder(), 'holdpoint.config.ts')
  await writeNew(file, 'first')
  await expect(writeNew(file, 'second')).rejects.toThrow('EEXIST')
  expect(await readFile(file, 'utf8')).toBe('first')
})
