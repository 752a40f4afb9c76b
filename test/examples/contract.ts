import { execFile } from 'node:child_process'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import type { SampleShop } from 'holdpoint/testing'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { filesBelow, root } from '../repo/sources.ts'
import { scripted, type ToolCall } from './models/script.ts'
import { type Protocol, type ScriptedModel, startModel } from './models/server.ts'
import { openShop, runExample, type Stage, workingFolder } from './stage.ts'

export const DONE = 'DONE. Approved by a person; order 10042.'
export const REJECTED =
  'REJECTED, not done: "too expensive". Do not repeat this order; change it to meet the reason, or stop and report.'

/** An example whose loop asks a model. */
export interface Loop {
  /** Its folder in `examples/`. */
  readonly name: string
  readonly protocol: () => Protocol
  /** How the example is told where the model is. */
  readonly env: (model: ScriptedModel) => Readonly<Record<string, string>>
  /** What the model calls until a person has answered; the last one places the order. */
  readonly calls: (shop: SampleShop) => readonly ToolCall[] | Promise<readonly ToolCall[]>
  /** The text for the model within what its SDK makes of a tool's result. Default: all of it. */
  readonly textOf?: (result: string) => string
  /** What the model must have been told by the first of the calls, where that matters. */
  readonly firstTold?: string
}

interface Run extends Stage {
  readonly shop: SampleShop
  readonly model: ScriptedModel
  readonly calls: readonly ToolCall[]
  /** What the model was told by its tools, oldest first. */
  told(): readonly string[]
}

/** What each loop must show: it holds, it goes on once, and it hands the answer to the model. */
export function holdsAndResumes(loop: Loop): void {
  describeInstalled(loop.name, (folder) => {
    test('after an approval it orders once, and the model is told so', async () => {
      const run = await start(loop, folder)
      await run.person.isAsked()
      expectNothingSent(run)
      await run.person.approve()
      expect(await run.ended()).toBe(0)
      expect(run.shop.orders).toHaveLength(1)
      if (loop.firstTold !== undefined) expect(run.told()[0]).toBe(loop.firstTold)
      expect(run.told().at(-1)).toBe(DONE)
      expectModelStopped(run)
    })

    test('after a rejection it orders nothing, and the model is told why', async () => {
      const run = await start(loop, folder)
      await run.person.isAsked()
      expectNothingSent(run)
      await run.person.reject('too expensive')
      expect(await run.ended()).toBe(0)
      expect(run.shop.orders).toHaveLength(0)
      expect(run.told().at(-1)).toBe(REJECTED)
      expectModelStopped(run)
    })
  })
}

/** The tests of one example, where it could be installed; its types are checked beside them. */
export function describeInstalled(name: string, tests: (folder: string) => void): void {
  const installed = inject('examples')[name]
  if (installed === undefined) throw new Error(`examples/${name} was not set up`)
  const folder = 'folder' in installed ? installed.folder : ''
  // Left out: said at the end of the run, and counted as skipped.
  describe.skipIf('leftOut' in installed)(name, () => {
    test('its types hold', async () => {
      const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
      const flags = '--noEmit --strict --module nodenext --target es2024 --skipLibCheck'
      const files = filesBelow(`examples/${name}`, ['.ts']).map((path) => basename(path))
      const args = [tsc, ...flags.split(' '), '--types', 'node', ...files]
      const checked = await promisify(execFile)(process.execPath, args, { cwd: folder }).catch(
        (error: { readonly stdout: string; readonly stderr: string }) => error,
      )
      expect(checked).toEqual({ stdout: '', stderr: '' })
    })
    tests(folder)
  })
}

async function start(loop: Loop, folder: string): Promise<Run> {
  const shop = await openShop()
  const calls = await loop.calls(shop)
  const model = await startModel(loop.protocol(), scripted(calls, loop.textOf))
  onTestFinished(() => model.close())
  const { textOf = (result: string) => result } = loop
  const stage = runExample(join(folder, 'agent.ts'), await workingFolder(folder), {
    SHOP_URL: shop.checkoutUrl,
    ...loop.env(model),
  })
  return { ...stage, shop, model, calls, told: () => model.toolResults.map(textOf) }
}

function expectNothingSent({ shop, model, calls }: Run): void {
  expect(shop.orders).toHaveLength(0)
  expect(shop.requests.filter(({ path }) => path.endsWith('/order'))).toEqual([])
  // The call that is held has not been answered.
  expect(model.toolResults).toHaveLength(calls.length - 1)
}

function expectModelStopped({ model, calls, output }: Run): void {
  expect(model.complaints).toEqual([])
  expect(model.taken).toBe(calls.length + 1)
  expect(model.said).toBeDefined()
  expect(output()).toContain(model.said)
}
