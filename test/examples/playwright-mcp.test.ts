import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import type { SampleShop } from 'holdpoint/testing'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { eventually } from '../support/eventually.ts'
import { DONE, describeInstalled, REJECTED } from './contract.ts'
import { environment, openShop, type Person, personAt, workingFolder } from './stage.ts'

const textPart = z.strictObject({ type: z.literal('text'), text: z.string() })
const toolResult = z.object({
  content: z.array(textPart).min(1),
  isError: z.literal(false).optional(),
})

/** An MCP client as an agent has one, and the server that it has started. */
interface Session {
  readonly client: Client
  readonly person: Person
  /** The texts of a tool's result; fails for an error. */
  call(name: string, input?: Readonly<Record<string, unknown>>): Promise<readonly string[]>
  /** Opens the shop's checkout; gives the call that clicks "Place order". */
  checkout(shop: SampleShop): Promise<() => Promise<readonly string[]>>
}

async function connect(folder: string, file = 'server.ts'): Promise<Session> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [join(folder, file)],
    cwd: await workingFolder(folder),
    env: environment({}),
    stderr: 'pipe',
  })
  let output = ''
  transport.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const client = new Client({ name: 'agent', version: '1.0.0' })
  onTestFinished(async ({ task }) => {
    await client.close()
    if (task.result?.state === 'fail') console.log(`The server printed:\n${output}`)
  })
  await client.connect(transport)
  const call: Session['call'] = async (name, input = {}) => {
    const { content } = toolResult.parse(await client.callTool({ name, arguments: input }))
    return content.map((part) => part.text)
  }
  return {
    client,
    call,
    person: personAt(() => output),
    async checkout(shop) {
      await call('browser_navigate', { url: shop.checkoutUrl })
      const [snapshot] = await call('browser_snapshot')
      const target = /button "Place order".*\[ref=(\w+)\]/.exec(snapshot ?? '')?.[1]
      return () => call('browser_click', { element: 'Place order', target })
    },
  }
}

/** A variant of the example beside it; a change that finds nothing to change fails. */
async function variant(folder: string, name: string, change: readonly [string, string]) {
  const text = await readFile(join(folder, 'server.ts'), 'utf8')
  expect(text).toContain(change[0])
  await writeFile(join(folder, name), text.replace(...change))
  return name
}

describeInstalled('playwright-mcp', (folder) => {
  test('it offers a browser, and nothing that runs code beside it', async () => {
    const { client, call } = await connect(folder)
    const names = (await client.listTools()).tools.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['browser_click', 'wait_for_approval']))
    expect(names.filter((name) => /code|evaluate|upload|drop/.test(name))).toEqual([])
    await expect(call('browser_run_code_unsafe', { code: 'async () => 1' })).rejects.toThrow(
      'There is no tool "browser_run_code_unsafe"',
    )
  })

  test('after an approval it orders once, and the model is told so', async () => {
    const shop = await openShop()
    const { checkout, person } = await connect(folder)
    const clicked = (await checkout(shop))()
    await person.isAsked()
    expect(shop.orders).toHaveLength(0)
    await person.approve()
    expect((await clicked)[0]).toBe(DONE)
    expect(shop.orders).toHaveLength(1)
  })

  test('after a rejection it orders nothing, and the model is told why', async () => {
    const shop = await openShop()
    const { checkout, person } = await connect(folder)
    const clicked = (await checkout(shop))()
    await person.isAsked()
    await person.reject('too expensive')
    expect(await clicked).toEqual([REJECTED])
    expect(shop.orders).toHaveLength(0)
  })

  test('when nobody answers in time, wait_for_approval does what was approved later', async () => {
    const shop = await openShop()
    const impatient = await variant(folder, 'impatient.ts', ['waitMs = 50_000', 'waitMs = 2_000'])
    const { call, checkout, person } = await connect(folder, impatient)
    const [held] = await (await checkout(shop))()
    expect(held).toMatch(/^HELD, not done\. .* Call wait_for_approval\("HP-1"\)/)
    expect(shop.orders).toHaveLength(0)
    await person.approve()
    await eventually(async () => {
      expect(await call('wait_for_approval', { request_id: 'HP-1' })).toEqual([DONE])
    })
    expect(shop.orders).toHaveLength(1)
  })

  test('a context of the copy of Playwright that MCP brings along is guarded too', async () => {
    const shop = await openShop()
    const other = await variant(folder, 'other-copy.ts', [
      "import { chromium } from 'playwright'",
      `import { createRequire } from 'node:module'
       const { resolve } = createRequire(import.meta.url)
       const { chromium } = createRequire(resolve('@playwright/mcp'))('playwright')`,
    ])
    const { checkout, person } = await connect(folder, other)
    const clicked = (await checkout(shop))()
    await person.isAsked()
    expect(shop.orders).toHaveLength(0)
    await person.approve()
    expect((await clicked)[0]).toBe(DONE)
    expect(shop.orders).toHaveLength(1)
  })
})
