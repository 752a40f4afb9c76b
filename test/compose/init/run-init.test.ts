import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runInit } from '../../../src/compose/init/run-init.ts'
import {
  type SlackWorkspace,
  startSlackWorkspace,
} from '../../../src/testing/slack-workspace/index.ts'
import { eventually } from '../../support/eventually.ts'
import { temporaryFolder } from '../../support/folder.ts'

let workspace: SlackWorkspace

beforeEach(async () => {
  workspace = await startSlackWorkspace()
  workspace.enableSocketMode()
})
afterEach(() => workspace.close())

/** A project in which everything that init needs is installed. */
async function project(): Promise<string> {
  const folder = await temporaryFolder()
  const modules = resolve(import.meta.dirname, '../../../node_modules')
  await mkdir(join(folder, 'node_modules'))
  for (const name of ['playwright', '@slack']) {
    await symlink(join(modules, name), join(folder, 'node_modules', name))
  }
  const root = resolve(import.meta.dirname, '../../..')
  await symlink(root, join(folder, 'node_modules', 'holdpoint'))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  return folder
}

/** Somebody who sits at the terminal and in Slack. */
function person(folder: string, env: Readonly<Record<string, string>> = {}) {
  const input = Object.assign(new PassThrough(), { isTTY: true })
  const output = new PassThrough()
  let printed = ''
  output.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const stop = new AbortController()
  const links: string[] = []
  const code = runInit({
    folder,
    env: { SLACK_API_URL: workspace.apiUrl, ...env },
    terminal: { input, output },
    openLink: (url) => links.push(url),
    signal: stop.signal,
  })
  code.catch(() => undefined)
  const ctrlC = (): void => void input.write('\u0003')
  const sees = (text: string) => eventually(() => expect(printed).toContain(text))
  return {
    code,
    stop,
    ctrlC,
    links,
    sees,
    printed: () => printed,
    async answers(question: string, text: string) {
      await sees(question)
      input.write(`${text}\r`)
    },
  }
}

const posted = (actionId: string) =>
  workspace
    .messages(workspace.channelId)
    .find(({ blocks }) => JSON.stringify(blocks).includes(`"${actionId}"`))

async function clickWhenThere(actionId: string): Promise<void> {
  await eventually(() => expect(posted(actionId)).toBeDefined(), 60_000)
  await workspace.click('grace', String(posted(actionId)?.ts), actionId)
}

async function becomeReviewer(terminal: ReturnType<typeof person>): Promise<void> {
  await terminal.sees('Become first reviewer')
  const digits = /type {2}(\d{3} \d{3})/.exec(terminal.printed())?.[1] ?? ''
  await clickWhenThere('hp_become_reviewer')
  await eventually(() => expect(workspace.views()).toHaveLength(1))
  await workspace.submitView('grace', workspace.views()[0]?.id ?? '', { hp_digits: digits })
}

test('from nothing to a card that is approved, with what was typed checked at once', async () => {
  const folder = await project()
  const terminal = person(folder)
  await terminal.sees('api.slack.com/apps?new_app=1')
  expect(terminal.links).toHaveLength(1)
  await terminal.answers('2. Bot User', 'xoxb-not-one')
  await terminal.sees('✗ invalid_auth')
  await terminal.answers('✗ invalid_auth', workspace.botToken)
  await terminal.answers('3. App-Level', workspace.appToken)
  await terminal.answers('4. Type /invite', 'general')
  await terminal.sees('that is no channel')
  await terminal.answers('that is no', `https://acme.slack.com/archives/${workspace.channelId}`)
  await becomeReviewer(terminal)
  await terminal.answers('6. E-mail', 'ada@example.com')
  await terminal.sees('Ada reviews')
  await terminal.answers('Ada reviews', '')
  await terminal.sees('7. A test card')
  await clickWhenThere('hp_approve')
  expect(await terminal.code).toBe(0)
  expect(terminal.printed()).toContain('✓ approved, and it went through once')
  for (const secret of [workspace.botToken, workspace.appToken]) {
    expect(terminal.printed()).not.toContain(secret)
  }
  expect((await stat(join(folder, '.env'))).mode & 0o777).toBe(0o600)
  expect(await readFile(join(folder, 'holdpoint.config.ts'), 'utf8')).toContain(
    `grace: { name: "Grace", slack: '${workspace.users.grace}' }`,
  )
}, 90_000)

/** Up to the question that is asked in Slack. */
async function untilInvited(terminal: ReturnType<typeof person>, channel = workspace.channelId) {
  await terminal.answers('2. Bot User', workspace.botToken)
  await terminal.answers('3. App-Level', workspace.appToken)
  await terminal.answers('4. Type /invite', channel)
}

test.each<[what: string, stop: (terminal: ReturnType<typeof person>) => void]>([
  ['a signal', ({ stop }) => stop.abort()],
  ['Ctrl-C, which is a key while init asks', ({ ctrlC }) => ctrlC()],
])(
  'whoever stops half-way by %s finds nothing written, and the channel says so',
  async (_what, stop) => {
    const folder = await project()
    const terminal = person(folder)
    await untilInvited(terminal)
    await eventually(() => expect(posted('hp_become_reviewer')).toBeDefined())
    stop(terminal)
    await expect(terminal.code).rejects.toThrow('abort')
    await expect(stat(join(folder, '.env'))).rejects.toThrow('ENOENT')
    await expect(stat(join(folder, 'holdpoint.config.ts'))).rejects.toThrow('ENOENT')
    expect(JSON.stringify(workspace.messages(workspace.channelId))).toContain('was stopped')
  },
)

test('a channel that takes no messages is said in words, and what to do', async () => {
  const terminal = person(await project())
  await untilInvited(terminal, workspace.channels.archived)
  expect(await terminal.code).toBe(1)
  expect(terminal.printed()).toContain('✗ is_archived\n   → let the bot post there')
})

test('five wrong tries end it with what to do', async () => {
  const terminal = person(await project())
  await untilInvited(terminal)
  await clickWhenThere('hp_become_reviewer')
  await eventually(() => expect(workspace.views()).toHaveLength(1))
  const digits = /type {2}(\d{3}) (\d{3})/.exec(terminal.printed())?.slice(1).join('')
  for (let tries = 0; tries < 5; tries += 1) {
    const hp_digits = digits === '000000' ? '111111' : '000000'
    await workspace.submitView('grace', workspace.views()[0]?.id ?? '', { hp_digits })
  }
  expect(await terminal.code).toBe(1)
  expect(terminal.printed()).toContain('✗ too many wrong digits')
})

test('a file that cannot be written leaves no configuration in the way of a second try', async () => {
  const folder = await project()
  await mkdir(join(folder, '.env'))
  const terminal = person(folder)
  await untilInvited(terminal)
  await becomeReviewer(terminal)
  await terminal.answers('6. E-mail', '')
  await expect(terminal.code).rejects.toThrow('EISDIR')
  await expect(stat(join(folder, 'holdpoint.config.ts'))).rejects.toThrow('ENOENT')
})

test('tokens in the environment, which would win over what is typed, are refused by name', async () => {
  const { code } = person(await project(), { SLACK_BOT_TOKEN: 'xoxb-old' })
  await expect(code).rejects.toThrow('finds SLACK_BOT_TOKEN in the environment')
})

test('a configuration that is there is not touched', async () => {
  const folder = await project()
  await writeFile(join(folder, 'holdpoint.config.mjs'), 'export default {}')
  await expect(person(folder).code).rejects.toThrow('holdpoint.config.mjs already')
})

test('packages that are missing are named in the command that installs them', async () => {
  await expect(person(await temporaryFolder()).code).rejects.toThrow(
    'npm install holdpoint playwright',
  )
})
