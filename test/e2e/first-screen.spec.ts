import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchOptions } from 'holdpoint'
import { chromium } from 'playwright'

/** The first TypeScript block of the README. */
async function firstScreen(): Promise<string> {
  const readme = await readFile('README.md', 'utf8')
  const block = /```ts\n([\s\S]*?)```/.exec(readme)?.[1]
  if (block === undefined) throw new Error('README.md has no ts block')
  return block
}

test('the first screen of the README runs as it stands', async () => {
  test.setTimeout(180_000)
  const folder = await mkdtemp(join(tmpdir(), 'holdpoint-readme-'))
  await mkdir(join(folder, 'node_modules'))
  await symlink(resolve('.'), join(folder, 'node_modules', 'holdpoint'))
  await symlink(resolve('node_modules/playwright'), join(folder, 'node_modules', 'playwright'))
  await writeFile(join(folder, 'first.ts'), await firstScreen())
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  const child = spawn(process.execPath, ['--conditions=@holdpoint/source', 'first.ts'], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const exited = new Promise<number | null>((done) => child.on('exit', done))
  const browser = await chromium.launch(await launchOptions())
  try {
    await expect.poll(() => output, { timeout: 90_000 }).toMatch(/answer at http\S+/)
    await expect.poll(() => output, { timeout: 60_000 }).toMatch(/HELD HP-1/)
    const link = /answer at (http\S+)/.exec(output)?.[1] ?? ''
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
    await page.goto(link)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('img').first()).toBeVisible()
    await page.getByRole('button', { name: 'Approve 182.40 EUR' }).click()
    expect(await exited).toBe(0)
    expect(output).toContain('Thank you, order 10042')
  } finally {
    child.kill()
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  }
})
