import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium, expect, test } from '@playwright/test'
import { launchOptions } from 'holdpoint'
import { scriptedReviewer, startSlackWorkspace } from 'holdpoint/testing'

let folder = ''
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-demo-'))
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

interface Demo {
  readonly output: () => string
  readonly exited: Promise<number | null>
  kill(signal: NodeJS.Signals): void
}

function demo(...args: readonly string[]): Demo {
  return demoWith({}, ...args)
}

function demoWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Demo {
  const child = spawn(
    process.execPath,
    ['--conditions=@holdpoint/source', resolve('src/cli/main.ts'), 'demo', ...args],
    {
      cwd: folder,
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        OPENAI_API_KEY: undefined,
        SLACK_BOT_TOKEN: undefined,
        SLACK_CHANNEL_ID: undefined,
        ...env,
      },
    },
  )
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const exited = new Promise<number | null>((done) => child.on('exit', done))
  return { output: () => text, exited, kill: (signal) => child.kill(signal) }
}

test('demo --answer approve: one order, and the transcript says so', async () => {
  test.setTimeout(240_000)
  const run = demo('--answer', 'approve')
  expect(await run.exited, run.output()).toBe(0)
  expect(run.output()).toMatch(
    /■ HELD {3}HP-\d+ {2}Pay 182\.40 EUR to shop\.example\. {2}Nothing sent, 0 orders\./,
  )
  expect(run.output()).toContain('✓ APPROVED by Grace')
  expect(run.output()).toContain('✓ DONE   order 10042 · the shop counts 1 order')
  expect(run.output()).toContain(' · npx holdpoint replay last\n')
})

test('demo --answer reject: no order, and the agent reads the reason and stops', async () => {
  test.setTimeout(240_000)
  const run = demo('--answer', 'reject')
  expect(await run.exited, run.output()).toBe(0)
  expect(run.output()).toContain('REJECTED, not done: "Too expensive"')
  expect(run.output()).toContain('⛔ REJECTED by Grace: too expensive. Nothing sent, 0 orders.')
})

test('demo --answer approve --attack price: refused, no order, and the next card shows the difference', async () => {
  test.setTimeout(240_000)
  const run = demo('--answer', 'approve', '--attack', 'price')
  expect(await run.exited, run.output()).toBe(0)
  expect(run.output()).toContain('182.40 → 199.00 EUR after approval. Nothing sent, 0 orders.')
})

test('demo --answer none: nobody answers, it expires, no order', async () => {
  test.setTimeout(240_000)
  const run = demo('--answer', 'none')
  expect(await run.exited, run.output()).toBe(0)
  expect(run.output()).toContain('nobody answered. Nothing sent, 0 orders.')
})

test('an interrupted demo leaves no lock', async () => {
  test.setTimeout(240_000)
  const run = demo()
  await expect.poll(run.output, { timeout: 120_000 }).toContain('■ HELD')
  run.kill('SIGINT')
  expect(await run.exited, run.output()).toBe(130)
  expect(existsSync(join(folder, '.holdpoint/demo/owner.json'))).toBe(false)
  const again = demo('--answer', 'reject')
  expect(await again.exited, again.output()).toBe(0)
})

test('a wrong option is named, with what it must be', async () => {
  const run = demo('--answer', 'maybe')
  expect(await run.exited).toBe(1)
  expect(run.output()).toContain('--answer: is "maybe"; it must be approve or reject or none')
  // The message says it all: no general advice below it.
  expect(run.output().trimEnd().split('\n')).toHaveLength(1)
})

test('an attack after an approval is refused where nobody answers', async () => {
  const run = demo('--attack', 'price', '--answer', 'none')
  expect(await run.exited).toBe(1)
  expect(run.output()).toContain(
    '--attack: comes after an approval; leave it out, or --answer none',
  )
})

test('demo --attack price by hand: the new card waits for its answer too, and nothing more runs', async () => {
  test.setTimeout(240_000)
  const browser = await chromium.launch(await launchOptions())
  try {
    const run = demo('--attack', 'price')
    await expect.poll(run.output, { timeout: 120_000 }).toMatch(/■ HELD.*Answer: /)
    const inbox = /Answer: (http:\/\/[^/\s]+)/.exec(run.output())?.[1] ?? ''
    const grace = scriptedReviewer(await browser.newPage(), inbox, 'grace')
    const held = () => [...run.output().matchAll(/■ HELD +(HP-\d+)/g)].map(([, id]) => id ?? '')
    await grace.approve(held()[0] ?? '')
    await expect.poll(run.output, { timeout: 60_000 }).toContain('✗ REFUSED')
    await expect.poll(() => held().length).toBe(2)
    expect(run.output()).not.toContain(' Try: ')
    await grace.approve(held()[1] ?? '')
    expect(await run.exited, run.output()).toBe(0)
    expect(run.output()).toContain(
      `○ ${held()[1]} approved by Grace: the agent has stopped, so nothing more runs, 0 orders.`,
    )
    // Without a terminal nobody could press Enter.
    expect(run.output()).not.toContain('stays open')
  } finally {
    await browser.close()
  }
})

test('what to try is named as it works: in a clone by npm run, elsewhere by npx', async () => {
  test.setTimeout(240_000)
  const run = demoWith({ HOLDPOINT_CLONE: '1' }, '--answer', 'reject')
  expect(await run.exited, run.output()).toBe(0)
  expect(run.output()).toContain(' · npm run replay -- last\n')
})

test('half of a Slack workspace is named, and --answer with a real one is refused', async () => {
  const half = demoWith({ SLACK_BOT_TOKEN: 'xoxb-1' })
  expect(await half.exited).toBe(1)
  expect(half.output()).toContain('SLACK_CHANNEL_ID: must be set too')
  const both = demoWith({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_CHANNEL_ID: 'C1' }, '--answer', 'reject')
  expect(await both.exited).toBe(1)
  expect(both.output()).toContain('--answer: needs the local inbox')
})

test('with a workspace in the environment the card goes there, and is answered on its page', async () => {
  test.setTimeout(240_000)
  const slack = await startSlackWorkspace()
  const browser = await chromium.launch(await launchOptions())
  try {
    const run = demoWith({
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_CHANNEL_ID: slack.channelId,
      SLACK_API_URL: slack.apiUrl,
    })
    await expect.poll(run.output, { timeout: 120_000 }).toContain('■ HELD')
    const link = /Answer: (\S+)/.exec(run.output())?.[1] ?? ''
    const page = await browser.newPage()
    await page.goto(link)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL(/\/requests\/HP-\d+$/)
    await page.getByRole('button', { name: 'Approve 182.40 EUR' }).click()
    expect(await run.exited, run.output()).toBe(0)
    expect(run.output()).toContain('the shop counts 1 order')
    await page.goto(slack.url)
    await expect(page.getByText(/order 10042 placed/i).first()).toBeVisible()
  } finally {
    await browser.close()
    await slack.close()
  }
})
