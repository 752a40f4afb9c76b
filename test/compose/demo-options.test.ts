import { expect, test } from 'vitest'
import { checkDemoOptions } from '../../src/compose/demo/check-options.ts'
import type { DemoOptions } from '../../src/compose/demo/run-demo.ts'

const options = (given: Partial<DemoOptions>): DemoOptions => ({
  answer: undefined,
  attack: undefined,
  channel: 'slack',
  headed: false,
  env: {},
  input: process.stdin,
  out: () => {},
  ...given,
})
const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_CHANNEL_ID: 'C1' }

test.each<readonly [what: string, given: Partial<DemoOptions>, platform: NodeJS.Platform]>([
  ['a screen of X', { headed: true, env: { DISPLAY: ':0' } }, 'linux'],
  ['a screen of Wayland', { headed: true, env: { WAYLAND_DISPLAY: 'wayland-0' } }, 'linux'],
  ['a desktop that needs no variable', { headed: true }, 'darwin'],
  ['an attack after an approval', { attack: 'price', answer: 'approve' }, 'linux'],
  ['an attack that a person answers', { attack: 'price' }, 'linux'],
  ['a workspace of one’s own', { env: SLACK }, 'linux'],
  ['nobody who answers there', { env: SLACK, answer: 'none' }, 'linux'],
])('%s will do', (_, given, platform) => {
  expect(() => checkDemoOptions(options(given), platform)).not.toThrow()
})

test.each<readonly [what: string, given: Partial<DemoOptions>, said: string]>([
  ['no screen', { headed: true }, '--headed: needs a screen'],
  ['a display without a name', { headed: true, env: { DISPLAY: '' } }, '--headed: needs a screen'],
  ['an attack that never comes', { attack: 'price', answer: 'reject' }, '--attack: comes after'],
  ['an attack without answer', { attack: 'price', answer: 'none' }, '--attack: comes after'],
  ['half a workspace', { env: { SLACK_BOT_TOKEN: 'xoxb-1' } }, 'SLACK_CHANNEL_ID: must be set too'],
  ['the other half', { env: { SLACK_CHANNEL_ID: 'C1' } }, 'SLACK_BOT_TOKEN: must be set too'],
  [
    'a script in the real Slack',
    { env: SLACK, answer: 'approve' },
    '--answer: needs the local inbox',
  ],
  [
    'a script in the terminal',
    { channel: 'terminal', answer: 'reject' },
    '--answer: needs the local',
  ],
])('%s is refused by name', (_, given, said) => {
  expect(() => checkDemoOptions(options(given), 'linux')).toThrow(said)
})
