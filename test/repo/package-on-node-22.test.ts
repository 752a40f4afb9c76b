import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { manifest } from './manifest.ts'
import { emptyProject, INSTALL_MS, type Project, packed, RUN_MS } from './packed.ts'
import { everyUseOf, typeErrors } from './packed-types.ts'

/** The oldest of everything that package.json admits. */
const NODE = '22.18.0'
const PLAYWRIGHT_CORE = '1.60.0'

let tools: Project
let project: Project

/** A project on the oldest Node, with `playwright-core` only. Its npm refuses packages that need a newer Node. */
beforeAll(async () => {
  tools = await emptyProject()
  await tools.install(`node@${NODE}`)
  const bin = join(tools.folder, 'node_modules', 'node', 'bin')
  project = await emptyProject(join(bin, process.platform === 'win32' ? 'node.exe' : 'node'))
  await project.install(
    '--engine-strict',
    packed().tarball,
    `playwright-core@${PLAYWRIGHT_CORE}`,
    '@types/node@22',
  )
  return () => Promise.all([project.remove(), tools.remove()])
}, INSTALL_MS)

test('these are the floors that package.json names, and this is that Node', async () => {
  expect(manifest.engines.node).toBe(`>=${NODE.replace(/\.0$/, '')}`)
  expect(manifest.peerDependencies['playwright-core']).toBe(
    `>=${PLAYWRIGHT_CORE.replace(/\.0$/, '')}`,
  )
  expect(manifest.peerDependencies['playwright']).toBe(manifest.peerDependencies['playwright-core'])
  expect((await project.evaluate('console.log(process.versions.node)')).trim()).toBe(NODE)
})

test('CommonJS imports it and opens a desk', { timeout: RUN_MS }, async () => {
  await project.write(
    'agent.cjs',
    `import('holdpoint').then(async ({ createHoldpoint }) => {
       const holdpoint = await createHoldpoint()
       console.log(holdpoint.mode)
       await holdpoint.close()
     })`,
  )
  const { stdout } = await project.run('node', 'agent.cjs')
  expect(stdout.trim()).toBe('embedded')
})

test('a configuration in TypeScript is read as it stands', { timeout: RUN_MS }, async () => {
  await project.write(
    'holdpoint.config.mts',
    `import { defineConfig, definePolicy, type HoldpointConfig } from 'holdpoint'
     const policy = definePolicy({ reviewers: ['grace'] })
     const config: HoldpointConfig = { reviewers: { grace: { name: 'Grace' } }, policy }
     export default defineConfig(config)`,
  )
  const read = await project.evaluate(`
    const { default: config } = await import('./holdpoint.config.mts')
    console.log(config.policy.reviewers)`)
  expect(read.trim()).toBe("[ 'grace' ]")
})

test('the types fit those of playwright-core', { timeout: RUN_MS }, async () => {
  expect(await typeErrors(project, '7', 'NodeNext', everyUseOf('playwright-core'))).toBe('')
})

test('an order is held, approved and placed once', { timeout: RUN_MS }, async () => {
  const { stdout } = await project.run('npx', 'holdpoint', 'demo', '--answer', 'approve')
  expect(stdout).toMatch(/■ HELD .*Nothing sent, 0 orders\./)
  expect(stdout).toContain('✓ DONE   order 10042 · the shop counts 1 order')
})
