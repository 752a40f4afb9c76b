import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { manifest } from './manifest.ts'
import { emptyProject, INSTALL_MS, type Project, packed, RUN_MS } from './packed.ts'
import { OLD_TYPESCRIPT } from './packed-types.ts'

let project: Project

/** The package alone: no Playwright, no Slack, no OpenAI. Node's types, as everybody has who writes for Node. */
beforeAll(async () => {
  project = await emptyProject()
  await project.install('--omit=peer', packed().tarball, OLD_TYPESCRIPT, '@types/node@22')
  return () => project.remove()
}, INSTALL_MS)

const peers = Object.keys(manifest.peerDependencies)

test('none of the peers came along', async () => {
  for (const peer of peers) {
    const missing = readFile(join(project.folder, 'node_modules', peer, 'package.json'))
    await expect(missing).rejects.toMatchObject({ code: 'ENOENT' })
  }
})

// Each in a process of its own: which one comes first must not matter.
test('what needs openai says so, and what to install', { timeout: RUN_MS }, async () => {
  const failed = project.evaluate(`
    import { isHoldpointError } from 'holdpoint'
    import { openaiBrain } from 'holdpoint/testing'
    process.on('uncaughtException', (error) => {
      console.error(isHoldpointError(error, 'HP_ERR_OPTION_INVALID'), error.message)
      process.exit(1)
    })
    await openaiBrain()`)
  await expect(failed).rejects.toMatchObject({
    stderr: expect.stringMatching(/^true .*npm install openai$/m),
  })
})

test('the demo says that Playwright has to be installed', { timeout: RUN_MS }, async () => {
  await expect(project.run('npx', 'holdpoint', 'demo')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('npm install playwright'),
  })
})
