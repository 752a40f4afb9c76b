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

test('the link carries the same manifest as the text', () => {
  const text = manifestText('https://desk.example')
  const link = URL.parse(/https:\/\/api\.slack\.com\S+/.exec(text)?.[0] ?? '')
  expect(JSON.parse(link?.searchParams.get('manifest_json') ?? '')).toEqual(manifestOf(text))
})

test.each([
  ['https://desk.example', 'https://desk.example/callbacks/slack'],
  ['https://desk.example/slack/in', 'https://desk.example/slack/in'],
])('clicks of %s come to %s', (url, expected) => {
  expect(manifestOf(manifestText(url))).toMatchObject({
    settings: { interactivity: { is_enabled: true, request_url: expected } },
  })
})

test('without an address the app has no interactivity, and the text says what that means', () => {
  expect(manifestOf(manifestText(undefined))).toMatchObject({
    settings: { interactivity: { is_enabled: false } },
  })
  expect(manifestText(undefined)).toContain('there are no buttons')
})

test.each(['http://desk.example', 'desk.example', ''])('"%s" is refused by name', (url) => {
  expect(() => manifestText(url)).toThrow('--url: is')
})
