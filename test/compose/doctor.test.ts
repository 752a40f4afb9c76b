import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { runDoctor } from '../../src/compose/doctor/run-doctor.ts'
import {
  type SlackWorkspace,
  startSlackWorkspace,
} from '../../src/testing/slack-workspace/index.ts'
import { eventually } from '../support/eventually.ts'
import { temporaryFolder } from '../support/folder.ts'

const SLACK = pathToFileURL(`${import.meta.dirname}/../../src/adapters/slack/index.ts`).href

let folder: string
let printed: string

beforeEach(async () => {
  folder = await temporaryFolder()
  printed = ''
})

function doctor(options: { readonly card?: boolean; readonly signal?: AbortSignal } = {}) {
  return runDoctor({
    folder,
    card: options.card ?? false,
    out: (text) => {
      printed += text
    },
    signal: options.signal ?? new AbortController().signal,
  })
}

/** The line of a check, and what to do about it below. */
const lineOf = (name: string): string =>
  printed.match(new RegExp(`^ . ${name} [^\\n]*(\\n {3}→[^\\n]*)?`, 'm'))?.[0] ?? 'no such line'

test('in an empty folder nothing fails, nothing is left behind, and the next step is named', async () => {
  expect(await doctor()).toBe(0)
  expect(lineOf('configuration')).toContain('npx holdpoint init')
  expect(lineOf('browser')).toContain('✓')
  await expect(stat(join(folder, '.holdpoint'))).rejects.toThrow('ENOENT')
})

test('a verdict key that others can read fails, with what it must be', async () => {
  await mkdir(join(folder, '.holdpoint'))
  await writeFile(join(folder, '.holdpoint', 'verdict-key.json'), '{}', { mode: 0o644 })
  expect(await doctor()).toBe(1)
  expect(lineOf('verdict key')).toContain('✗')
  expect(lineOf('verdict key')).toContain('mode 600')
  expect(printed).toContain('1 of the lines above failed')
})

test('a key that is none fails, and is not replaced by another', async () => {
  await mkdir(join(folder, '.holdpoint'))
  const file = join(folder, '.holdpoint', 'verdict-key.json')
  await writeFile(file, '{"kty":"secret"}', { mode: 0o600 })
  expect(await doctor()).toBe(1)
  expect(lineOf('verdict key')).toContain('not an Ed25519 key')
  expect(lineOf('verdict key')).not.toContain('secret')
  expect(await readFile(file, 'utf8')).toBe('{"kty":"secret"}')
})

test('a configuration that cannot be read fails by its name', async () => {
  await writeFile(join(folder, 'holdpoint.config.mjs'), 'export default { polices: 1 }')
  expect(await doctor()).toBe(1)
  expect(lineOf('configuration')).toContain('config.polices')
})

describe('with Slack', () => {
  let workspace: SlackWorkspace

  beforeEach(async () => {
    workspace = await startSlackWorkspace({ socketMode: true })
  })
  afterEach(() => workspace.close())

  async function configure(change: object = {}): Promise<void> {
    const options = {
      botToken: workspace.botToken,
      appToken: workspace.appToken,
      channelId: workspace.channelId,
      slackApiUrl: workspace.apiUrl,
      ...change,
    }
    const text = `import { slackChannel } from '${SLACK}'
      export default {
        channels: [slackChannel(${JSON.stringify(options)})],
        reviewers: { grace: { name: 'Grace', slack: '${workspace.users.grace}' } },
        policy: { reviewers: ['grace'] },
      }`
    await writeFile(join(folder, 'holdpoint.config.mjs'), text)
  }

  /** A browser and a store are opened before. */
  const cardOnItsWay = (): Promise<void> =>
    eventually(() => expect(printed).toContain('a card is on its way'), 60_000)

  test('every line is good, and the card goes the whole way', async () => {
    await configure()
    const code = doctor({ card: true })
    await cardOnItsWay()
    const card = () =>
      workspace
        .messages(workspace.channelId)
        .find(({ blocks }) => JSON.stringify(blocks).includes('hp_approve'))
    await eventually(() => expect(card()).toBeDefined())
    await workspace.click('grace', String(card()?.ts), 'hp_approve')
    expect(await code).toBe(0)
    expect(lineOf('Slack bot token')).toContain('✓')
    expect(lineOf('Slack channel')).toContain('the bot is a member')
    expect(lineOf('Slack clicks')).toContain('Socket Mode')
    expect(lineOf('clock')).toContain('✓')
    expect(lineOf('test card')).toContain('✓ test card            held, approved by a click')
    expect(printed).not.toContain(workspace.botToken)
  })

  const wrong: Readonly<Record<string, readonly [change: object, line: string, says: string]>> = {
    'a bot token that is none': [
      { botToken: 'xoxb-wrong-token' },
      'Slack bot token',
      'OAuth & Permissions',
    ],
    'an app token that is none': [
      { appToken: 'xapp-1-A0WRONG-1-wrong' },
      'Slack clicks',
      'connections:write',
    ],
    'a channel that the bot is not in': [
      { channelId: 'C0NOTJOINED' },
      'Slack channel',
      '/invite @Holdpoint',
    ],
  }
  for (const [what, [change, line, says]] of Object.entries(wrong)) {
    test(`${what} fails by its line, says how to mend it, and no card is sent`, async () => {
      await configure(change)
      expect(await doctor({ card: true })).toBe(1)
      expect(lineOf(line)).toContain('✗')
      expect(lineOf(line)).toContain(says)
      expect(lineOf('test card')).toContain('mend the lines above')
    })
  }

  test('Ctrl-C leaves no question in the channel, and no store on this machine', async () => {
    await configure()
    const main = resolve(import.meta.dirname, '../../src/cli/main.ts')
    const temporary = await temporaryFolder()
    const given = ['--conditions=@holdpoint/source', main, 'doctor', '--card']
    const child = spawn(process.execPath, given, {
      cwd: folder,
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const gone = once(child, 'exit')
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    const card = () => workspace.messages(workspace.channelId)[0]
    await eventually(() => expect(card()).toBeDefined(), 60_000)
    child.kill('SIGINT')
    expect(await gone).toEqual([1, null])
    expect(card()?.text).toBe('HP-1 withdrawn. Nothing was sent')
    expect(await readdir(temporary)).toEqual([])
    expect(lineOf('test card')).toContain('WITHDRAWN')
  }, 90_000)

  test('a card that nobody answers fails, and says why clicks may not arrive', async () => {
    await configure()
    const stop = new AbortController()
    const code = doctor({ card: true, signal: stop.signal })
    await cardOnItsWay()
    stop.abort('stopped')
    expect(await code).toBe(1)
    expect(lineOf('test card')).toContain('✗')
    expect(lineOf('test card')).toContain('SLACK_APP_TOKEN')
  })
})
