import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  type SlackWorkspace,
  startSlackWorkspace,
} from '../../../src/testing/slack-workspace/index.ts'
import { startChild } from '../../support/child.ts'
import { bench } from './kit.ts'

let workspace: SlackWorkspace
beforeEach(async () => {
  workspace = await startSlackWorkspace({ fileReadyDelayMs: 0 })
})
afterEach(() => workspace.close())

test.each([
  [{ appToken: 'xapp-1-A0123-secret' }, ['listen']],
  [{ signingSecret: 'x'.repeat(32) }, ['callback']],
  [{}, []],
])('with %j answers come in by %j', async (options, ways) => {
  const { instance } = await bench(workspace, { signingSecret: undefined, ...options })
  const { callback, listen } = instance
  const found = Object.entries({ callback, listen }).filter(([, way]) => way !== undefined)
  expect(found.map(([name]) => name)).toEqual(ways)
})

test('where no click can come back the message offers Open only', async () => {
  const closed = await bench(workspace, { signingSecret: undefined })
  await closed.show()
  const blocks = JSON.stringify(workspace.messages(workspace.channelId)[0]?.blocks)
  expect(blocks).toContain('hp_open')
  expect(blocks).not.toContain('hp_approve')
  expect(blocks).not.toContain('hp_reject')
  expect(blocks).toContain('answer on the page behind Open')
})

test("Slack's packages are loaded when the channel starts, not when it is imported", async () => {
  const child = startChild(`
    const { cache } = (await import('node:module')).createRequire(import.meta.url)
    const loaded = () => Object.keys(cache).filter((file) => /@slack|undici/.test(file)).length
    const { slackChannel } = await import(source('src/adapters/slack/index.ts'))
    console.log(loaded())
    const options = { botToken: 'xoxb-1234567890', channelId: 'C0123456789' }
    await slackChannel(options).start({ identities: {} })
    console.log(loaded() > 0)
  `)
  expect(await child.line()).toBe('0')
  expect(await child.line()).toBe('true')
  await child.kill()
})
