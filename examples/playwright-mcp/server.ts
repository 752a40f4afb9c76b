// Playwright MCP on a context that Holdpoint guards. An MCP client starts this file (stdio) in the place of
// `npx @playwright/mcp`. A tool whose act is held waits 50 s for a person, as clients give up after 60.
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import * as mcp from '@modelcontextprotocol/sdk/types.js'
import { createConnection } from '@playwright/mcp'
import { awaitOutcome, createHoldpoint, guardContext, launchOptions, runAction } from 'holdpoint'
import { chromium } from 'playwright'

const waitMs = 50_000
const holdpoint = await createHoldpoint() // prints on standard error where a person answers
const browser = await chromium.launch(await launchOptions(holdpoint))
const context = await browser.newContext()
const guarded = await guardContext(holdpoint, context, { agent: 'mcp', onBehalfOf: 'ada', waitMs })

// `never`: its types are those of the copy of Playwright that it brings along.
const connection = await createConnection({}, async () => context as never)
const playwright = new Client({ name: 'guarded', version: '1.0.0' })
const [near, far] = InMemoryTransport.createLinkedPair()
await Promise.all([connection.connect(far), playwright.connect(near)])

// Not all of its tools: browser_run_code_unsafe runs code in this process, where no guard counts.
const TOOLS =
  /^browser_(?:click|fill_form|hover|navigate|press_key|select_option|snapshot|tabs|type)$/
const WAIT: mcp.Tool = {
  name: 'wait_for_approval',
  description: 'Waits for the answer to a request that is HELD, and says how it ended',
  inputSchema: { type: 'object', properties: { request_id: { type: 'string' } } },
}

const server = new Server({ name: 'guarded', version: '1.0.0' }, { capabilities: { tools: {} } })
server.setRequestHandler(mcp.ListToolsRequestSchema, async () => {
  const { tools } = await playwright.listTools()
  return { tools: [...tools.filter(({ name }) => TOOLS.test(name)), WAIT] }
})
server.setRequestHandler(mcp.CallToolRequestSchema, async ({ params }, { signal }) => {
  if (params.name === WAIT.name) {
    const id = String(params.arguments?.request_id)
    const { forModel } = await awaitOutcome(guarded, id, { waitMs, signal })
    return { content: [{ type: 'text', text: forModel }] }
  }
  if (!TOOLS.test(params.name)) throw new Error(`There is no tool "${params.name}"`)
  const outcome = await runAction(guarded, { signal }, () =>
    playwright.callTool(params, undefined, { timeout: 2 * waitMs }),
  )
  // Empty when nothing was held: then the tool's own result is the answer.
  const answer = outcome.forModel === '' ? [] : [{ type: 'text', text: outcome.forModel }]
  const shown = 'value' in outcome ? mcp.CallToolResultSchema.parse(outcome.value) : undefined
  return { ...shown, content: [...answer, ...(shown?.content ?? [])] }
})
await server.connect(new StdioServerTransport())

process.stdin.once('end', async () => {
  await browser.close()
  await holdpoint.close()
})
