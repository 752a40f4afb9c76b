/**
 * @file `node scripts/run.mjs <demo|replay|example|test|check|lint|bench|docs> …`: sets up what is missing, then runs it.
 *
 * Read by whatever Node is found: no dependency, and nothing newer than Node 18.
 */

import { runMain, SetUpError, say } from './steps.mjs'

await runMain(async () => {
  if (Number(process.versions.node.split('.')[0]) < 18) {
    throw new SetUpError(
      `Holdpoint's set-up needs Node 18 or newer, and this is Node ${process.versions.node}: https://nodejs.org`,
    )
  }
  // Imported only now, as an older Node could not read them and would say something else.
  const { COMMANDS, needsBrowser } = await import('./plan.mjs')
  const { ensurePackages, findRuntime, root } = await import('./packages.mjs')
  const { runForeground, stoppedCode } = await import('./children.mjs')
  const { commands } = await import('./commands.mjs')

  const [command, ...args] = process.argv.slice(2)
  if (!COMMANDS.includes(command)) {
    throw new SetUpError(`Usage: node scripts/run.mjs ${COMMANDS.join('|')} [arguments]`)
  }
  const startedAt = Date.now()
  const installed = await ensurePackages()
  const runtime = findRuntime()
  if (needsBrowser(command)) {
    const { node, flags } = runtime
    const code = await runForeground(node, [...flags, 'scripts/browser.mjs'], { cwd: root })
    if (code !== 0 || stoppedCode() !== undefined) return code || stoppedCode()
  }
  if (installed) say(` ✓ set-up done in ${Math.round((Date.now() - startedAt) / 1000)} s`)
  return commands[command](runtime, args)
})
