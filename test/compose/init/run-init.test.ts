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
function person(folder: string) {
  const input = Object.assign(new PassThrough(), { isTTY: true })
  const output = new PassThrough()
  let printed = ''
  output.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const stop = new AbortController()
  const links: string[] = []
  const code = runInit({
    folder,
    env: { SLACK_API_URL: workspace.apiUrl },
    terminal: { input, output },
    openLink: (url) => links.push(url),
    signal: stop.signal,
  })
  code.catch(() => undefined)
  const sees = (text: string) => eventually(() => expect(printed).toContain(text))
  return {
    code,
    stop,
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

test('whoever stops half-way finds nothing written, and the channel says so', async () => {
  const folder = await project()
  const terminal = person(folder)
  await terminal.answers('2. Bot User', workspace.botToken)
  await terminal.answers('3. App-Level', workspace.appToken)
  await terminal.answers('4. Type /invite', workspace.channelId)
  await eventually(() => expect(posted('hp_become_reviewer')).toBeDefined())
  terminal.stop.abort()
  await expect(terminal.code).rejects.toThrow('abort')
  await expect(stat(join(folder, '.env'))).rejects.toThrow('ENOENT')
  await expect(stat(join(folder, 'holdpoint.config.ts'))).rejects.toThrow('ENOENT')
  expect(JSON.stringify(workspace.messages(workspace.channelId))).toContain('was stopped')
})

test('a configuration that is there is not touched', async () => {
  const folder = await project()
  await writeFile(join(folder, 'holdpoint.config.mjs'), 'export default {}')
  await expect(person(folder).code).rejects.toThrow('holdpoint.config.mjs already')
})

test('packages that are missing are named in the command that installs them', async () => {
  await expect(person(await temporaryFolder()).code).rejects.toThrow(
    'npm install holdpoint playwright @slack/web-api @slack/socket-mode',
  )
})
