/** @file The commands of package.json, run by the Node that the set-up found. Each gives an exit code. */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { runForeground, stoppedCode } from './children.mjs'
import { docsTools, ensurePackages, root } from './packages.mjs'
import { planBenches, planExample, planTests } from './plan.mjs'
import { say } from './steps.mjs'
import { closingLine, playwrightTotals, totalsOf, vitestTotals } from './totals.mjs'

const reports = join(root, 'node_modules', '.cache', 'holdpoint')
// Written by the tests' own set-up when a part of them could not run on this machine.
const leftOutFile = join(reports, 'left-out.txt')

export const commands = { demo, replay, example, test, check, lint, bench, docs }

function demo(runtime, args) {
  // It names commands to try, and in a clone `npx holdpoint` is none.
  return run(runtime, ['src/cli/main.ts', 'demo', ...args], { HOLDPOINT_CLONE: '1' })
}

function replay(runtime, args) {
  return run(runtime, ['src/cli/main.ts', 'replay', ...args])
}

function example(runtime, args) {
  const plan = planExample(args, readdirSync(join(root, 'examples')))
  if (plan.file === undefined) {
    say(`Which example? There are: ${plan.names.join(', ')}`)
    return 1
  }
  return run(runtime, [`examples/${plan.file}`, ...plan.args])
}

async function test(runtime, args) {
  const plan = planTests(args, { hasE2e: existsSync(join(root, 'playwright.config.ts')) })
  mkdirSync(reports, { recursive: true })
  rmSync(leftOutFile, { force: true })

  const runs = []
  if (plan.vitest) runs.push(await vitest(runtime, plan.vitest))
  if (plan.playwright && stoppedCode() === undefined) {
    runs.push(await playwrightTest(runtime, plan.playwright))
  }
  if (plan.examples && stoppedCode() === undefined) {
    const config = ['--config', 'test/examples/vitest.config.ts']
    runs.push(await vitest(runtime, [...config, ...plan.examples], 'examples.json'))
  }
  if (stoppedCode() !== undefined) return stoppedCode()

  console.log(`\n${closingLine(runs.map(totalsOf))}`)
  if (existsSync(leftOutFile)) console.log(readFileSync(leftOutFile, 'utf8').trim())
  return runs.find((each) => each.exitCode !== 0)?.exitCode ?? 0
}

async function vitest(runtime, args, report = 'vitest.json') {
  const reportFile = fresh(report)
  const exitCode = await run(runtime, [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
    ...args,
  ])
  return { exitCode, reportFile, count: vitestTotals }
}

async function playwrightTest(runtime, args) {
  const reportFile = fresh('playwright.json')
  const exitCode = await run(
    runtime,
    ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json', ...args],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile },
  )
  return { exitCode, reportFile, count: playwrightTotals }
}

/** Where a runner writes its report; one of an earlier run must not be read for this one. */
function fresh(name) {
  const path = join(reports, name)
  rmSync(path, { force: true })
  return path
}

async function lint(runtime) {
  say(' · format and lint (biome)')
  const biome = await run(runtime, ['node_modules/@biomejs/biome/bin/biome', 'check', '.'])
  if (stoppedCode() !== undefined) return biome
  say(' · types (tsc)')
  const types = await run(runtime, ['node_modules/typescript/bin/tsc', '-p', '.'])
  return biome || types
}

async function check(runtime, args) {
  const linted = await lint(runtime)
  if (stoppedCode() !== undefined) return linted
  const tested = await test(runtime, args)
  if (linted !== 0) console.log('format, lint or types failed, see above')
  return linted || tested
}

async function bench(runtime, args) {
  const folder = join(root, 'bench')
  const all = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.bench.ts'))
        .sort()
    : []
  const plan = planBenches(args, all)
  if (plan.files.length === 0) {
    say(
      `No such bench. There are: ${all.map((file) => file.replace('.bench.ts', '')).join(', ') || 'none'}`,
    )
    return 1
  }
  let failed = 0
  for (const file of plan.files) {
    say(` · bench/${file}`)
    failed = (await run(runtime, [`bench/${file}`, ...plan.args])) || failed
    if (stoppedCode() !== undefined) return failed
  }
  return failed
}

/** The API reference, in `docs/api` or the folder that the first argument names. */
async function docs(runtime, [folder = join(root, 'docs', 'api')]) {
  await ensurePackages(docsTools)
  return run(runtime, [join(docsTools, 'api-reference.mjs'), folder])
}

function run({ node, flags }, args, env = {}) {
  return runForeground(node, [...flags, ...args], {
    cwd: root,
    // What a test or a tool starts as "node" must be the same Node.
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`, ...env },
  })
}
