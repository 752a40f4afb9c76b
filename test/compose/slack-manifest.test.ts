import { startSlackWorkspace } from 'holdpoint/testing'
import { expect, test } from 'vitest'
import { slackManifest } from '../../src/adapters/slack/manifest.ts'
import { manifestText } from '../../src/compose/slack-manifest.ts'
import { MANIFEST_SCOPES } from '../../src/testing/index.ts'

const manifestOf = (text: string) => JSON.parse(text.slice(0, text.indexOf('\n\n'))) as object

test('the manifest asks for the scopes that the local workspace insists on, and no others', async () => {
  const { scopes } = slackManifest().oauth_config
  expect(scopes.bot).toEqual(MANIFEST_SCOPES)
  const workspace = await startSlackWorkspace({ scopes: scopes.bot })
  await workspace.close()
})

test.each([undefined, 'https://desk.example'])('the link carries the same manifest: %s', (url) => {
  const text = manifestText(url)
  const link = URL.parse(/https:\/\/api\.slack\.com\S+/.exec(text)?.[0] ?? '')
  expect(JSON.parse(link?.searchParams.get('manifest_json') ?? '')).toEqual(manifestOf(text))
})

test('by default clicks come over a socket, whose token is made by hand', () => {
  const text = manifestText(undefined)
  expect(manifestOf(text)).toMatchObject({
    settings: { interactivity: { is_enabled: true }, socket_mode_enabled: true },
  })
  expect(text).not.toContain('request_url')
  expect(text).toContain('connections:write')
  expect(text).toContain('SLACK_APP_TOKEN')
  expect(text).not.toContain('SLACK_SIGNING_SECRET')
})

test.each([
  ['https://desk.example', 'https://desk.example/callbacks/slack'],
  ['https://desk.example/slack/in', 'https://desk.example/slack/in'],
])('clicks of %s come over HTTP to %s', (url, expected) => {
  const text = manifestText(url)
  expect(manifestOf(text)).toMatchObject({
    settings: {
      interactivity: { is_enabled: true, request_url: expected },
      socket_mode_enabled: false,
    },
  })
  expect(text).toContain('SLACK_SIGNING_SECRET')
  expect(text).not.toContain('SLACK_APP_TOKEN')
})

test.each(['http://desk.example', 'desk.example', ''])('"%s" is refused by name', (url) => {
  expect(() => manifestText(url)).toThrow('--url: is')
})
