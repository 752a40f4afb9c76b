import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { asTested, subPaths } from './manifest.ts'
import { emptyProject, INSTALL_MS, type Project, packed, RUN_MS } from './packed.ts'
import { everyUseOf, OLD_TYPESCRIPT, typeErrors } from './packed-types.ts'
import { root } from './sources.ts'

let project: Project

/** A person's own empty folder, with the packed package installed as the README says. */
beforeAll(async () => {
  project = await emptyProject()
  const beside = ['playwright', '@types/node'].map(asTested)
  await project.install(packed().tarball, ...beside, OLD_TYPESCRIPT)
  return () => project.remove()
}, INSTALL_MS)

async function namesIn(specifier: string): Promise<readonly string[]> {
  const names = `Object.keys(await import('${specifier}')).sort()`
  return JSON.parse(await project.evaluate(`console.log(JSON.stringify(${names}))`)) as string[]
}

test('it carries the built code and what people read, and no sources or tests', () => {
  const { files } = packed()
  const expected = ['README.md', 'SECURITY.md', 'CHANGELOG.md', 'LICENSE', 'package.json']
  expect(files).toEqual(expect.arrayContaining([...expected, 'dist/src/index.js']))
  const strays = files.filter((path) => !/^(?:dist|docs)\//.test(path) && !expected.includes(path))
  expect(strays).toEqual([])
  expect(files.filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))).toEqual([])
})

test('publint finds nothing in it', { timeout: RUN_MS }, async () => {
  const publint = join(root, 'node_modules', '.bin', 'publint')
  const { stdout } = await project.run(publint, packed().tarball, '--strict')
  expect(stdout).toContain('All good!')
})

test('its types resolve for every ES module and bundler, entry by entry', {
  timeout: RUN_MS,
}, async () => {
  const attw = join(root, 'node_modules', '.bin', 'attw')
  const { stdout } = await project.run(attw, packed().tarball, '--profile', 'esm-only')
  const entries = subPaths.length + 2 // the root and package.json
  expect(stdout.match(/^node16 \(from ESM\): 🟢/gm)).toHaveLength(entries)
  expect(stdout.match(/^bundler: 🟢/gm)).toHaveLength(entries)
})

test('the root gives the public names', { timeout: RUN_MS }, async () => {
  expect(await namesIn('holdpoint')).toEqual([
    'HoldpointError',
    'awaitOutcome',
    'createHoldpoint',
    'defaultPolicy',
    'defineChannel',
    'defineConfig',
    'defineGuard',
    'definePolicy',
    'guardContext',
    'isHoldpointError',
    'launchOptions',
    'onVerdict',
    'runAction',
  ])
})

/** Files that Node loads for an import, from the project's `node_modules` on. */
async function filesLoadedBy(specifier: string): Promise<readonly string[]> {
  const loaded = await project.evaluate(`
    import { registerHooks } from 'node:module'
    const seen = []
    registerHooks({
      load(url, context, next) {
        seen.push(url)
        return next(url, context)
      },
    })
    await import('${specifier}')
    console.log(JSON.stringify(seen))`)
  return (JSON.parse(loaded) as string[]).flatMap((url) => url.split('/node_modules/')[1] ?? [])
}

test('the root loads nothing that only a desk, a page, a picture or a channel needs', {
  timeout: RUN_MS,
}, async () => {
  const files = await filesLoadedBy('holdpoint')
  const packages = files.map((file) => /^(?:@[^/]+\/)?[^/]+/.exec(file)?.[0])
  expect([...new Set(packages)].sort()).toEqual(['holdpoint', 'zod'])
  // A small part of the package's files: each takes part of a millisecond, in every start of every agent.
  expect(files.filter((file) => file.startsWith('holdpoint/')).length).toBeLessThan(50)
})

test('what a guard imports loads nothing beside itself', { timeout: RUN_MS }, async () => {
  const files = await filesLoadedBy('holdpoint/guard')
  expect(files.filter((file) => !file.startsWith('holdpoint/dist/src/core/'))).toEqual([])
})

test('its types fit those of Playwright', { timeout: RUN_MS }, async () => {
  expect(await typeErrors(project, '5.9', 'Bundler', everyUseOf('playwright'))).toBe('')
})

test('npx holdpoint --help says which commands there are', { timeout: RUN_MS }, async () => {
  const { stdout } = await project.run('npx', 'holdpoint', '--help')
  expect(stdout).toContain('holdpoint <command>')
  for (const command of ['demo', 'replay', 'slack']) expect(stdout).toContain(`\n  ${command} `)
})

test('a command that does not exist is said and fails', { timeout: RUN_MS }, async () => {
  await expect(project.run('npx', 'holdpoint', 'approve')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('there is no command "approve"'),
  })
})

test('the inbox that stands in for Slack needs nothing beside', { timeout: RUN_MS }, async () => {
  const said = await project.evaluate(`
    import { createHoldpoint, defineConfig } from 'holdpoint'
    import { LOCAL_PEOPLE, localInbox } from 'holdpoint/testing'
    const reviewers = { grace: { name: 'Grace', slack: LOCAL_PEOPLE.grace } }
    const config = defineConfig({ channels: [localInbox()], reviewers })
    const holdpoint = await createHoldpoint({ config })
    await holdpoint.close()
    console.log('opened and closed')`)
  expect(said).toContain('opened and closed')
})

test('npx holdpoint demo needs no clone, and may be asked as npm run is', {
  timeout: RUN_MS,
}, async () => {
  const { stdout } = await project.run('npx', 'holdpoint', 'demo', '--', '--answer', 'approve')
  expect(stdout).toMatch(/■ HELD .*Nothing sent, 0 orders\./)
  expect(stdout).toContain('✓ DONE   order 10042 · the shop counts 1 order')
})

/** As docs/install.md says: Holdpoint and Playwright read files beside their own code. */
const EXTERNALS = ['holdpoint', 'playwright']

test('an agent bundled without the documented externals is held all the same', {
  timeout: RUN_MS,
}, async () => {
  await project.write('reading.ts', "export const PRESSED: string = 'Place order'\n")
  await project.write(
    'agent.ts',
    `import { createHoldpoint, guardContext, launchOptions, runAction } from 'holdpoint'
     import { startSampleShop } from 'holdpoint/testing'
     import { chromium } from 'playwright'
     import { z } from 'zod'
     import { PRESSED } from './reading'

     const shop = await startSampleShop()
     const holdpoint = await createHoldpoint()
     const browser = await chromium.launch(await launchOptions(holdpoint))
     const context = await browser.newContext()
     const guarded = await guardContext(holdpoint, context, { agent: 'shopper', waitMs: 100 })
     const page = await context.newPage()
     await page.goto(shop.checkoutUrl)
     const press = () => page.getByRole('button', { name: PRESSED }).click()
     const { status } = await runAction(guarded, {}, press)
     console.log(z.string().parse(status), shop.orders.length)
     await browser.close()
     await holdpoint.close()
     await shop.close()`,
  )
  await project.run(
    join(root, 'node_modules', '.bin', 'esbuild'),
    'agent.ts',
    '--bundle',
    '--platform=node',
    '--format=esm',
    '--outfile=agent.mjs',
    ...EXTERNALS.map((name) => `--external:${name}`),
  )
  const { stdout } = await project.run('node', 'agent.mjs')
  expect(stdout.trim()).toBe('held 0')
})
