import type { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  MANIFEST_SCOPES,
  type SlackWorkspace,
  startSlackWorkspace,
} from '../../src/testing/slack-workspace/index.ts'
import { clientFor, PNG, purchaseBlocks, refusal, uploadPicture } from './slack-workspace-kit.ts'

let workspace: SlackWorkspace
let client: WebClient
let channel: string
let nowMs: number

beforeEach(async () => {
  nowMs = 1_795_270_000_000
  workspace = await startSlackWorkspace({ now: () => nowMs })
  client = clientFor(workspace)
  channel = workspace.channelId
})
afterEach(() => workspace.close())

const show = (id: string) =>
  client.chat.postMessage({ channel, text: 'x', blocks: purchaseBlocks(workspace.users, id) })

test('a file cannot be shown until its scan is over', async () => {
  const id = await uploadPicture(client)
  const answer = await refusal(show(id))
  expect(answer).toMatchObject({
    error: 'invalid_blocks',
    errors: ['invalid slack file [json-pointer:/blocks/2/slack_file]'],
    response_metadata: {
      messages: ['[ERROR] invalid slack file [json-pointer:/blocks/2/slack_file]'],
    },
  })
  nowMs += 399
  await refusal(show(id))
  nowMs += 1
  expect((await show(id)).ok).toBe(true)
})

test('multipart uploads are read as well as raw ones', async () => {
  const ticket = await client.files.getUploadURLExternal({
    filename: 'a.png',
    length: PNG.length,
  })
  const form = new FormData()
  form.append('body', new Blob([new Uint8Array(PNG)]), 'Untitled')
  const response = await fetch(String(ticket.upload_url), { method: 'POST', body: form })
  expect(await response.text()).toBe(`OK - ${PNG.length}`)
  const id = String(ticket.file_id)
  await client.files.completeUploadExternal({ files: [{ id, title: 'a' }] })
  nowMs += 400
  expect((await show(id)).ok).toBe(true)
  const served = await fetch(`${workspace.url}/inbox/files/${id}`)
  expect(Buffer.from(await served.arrayBuffer()).equals(PNG)).toBe(true)
})

test('the official upload helper gets through', async () => {
  const answer = await client.filesUploadV2({ file: PNG, filename: 'a.png', title: 'a' })
  expect(answer.ok).toBe(true)
  expect(workspace.calls().map(({ method }) => method)).toEqual([
    'files.getUploadURLExternal',
    'upload',
    'files.completeUploadExternal',
  ])
})

test('an upload of another length than announced cannot be completed', async () => {
  const ticket = await client.files.getUploadURLExternal({ filename: 'a.png', length: 99 })
  await fetch(String(ticket.upload_url), { method: 'POST', body: new Uint8Array(PNG) })
  const complete = client.files.completeUploadExternal({
    files: [{ id: String(ticket.file_id), title: 'a' }],
  })
  expect(await refusal(complete)).toMatchObject({ error: 'file_update_failed' })
})

test('an empty file, an unknown file and a second completion are refused', async () => {
  const empty = client.files.getUploadURLExternal({ filename: 'a.png', length: 0 })
  expect(await refusal(empty)).toMatchObject({ error: 'missing_argument' })
  const id = await uploadPicture(client)
  for (const unknown of ['F0000000000', id]) {
    const complete = client.files.completeUploadExternal({ files: [{ id: unknown, title: 'a' }] })
    expect(await refusal(complete)).toMatchObject({ error: 'file_not_found' })
  }
})

test('what is no PNG, JPEG or GIF is never a usable file', async () => {
  const webp = Buffer.from('RIFF\x24\x00\x00\x00WEBPVP8 ', 'latin1')
  const id = await uploadPicture(client, webp, 'a.webp')
  nowMs += 10_000
  expect(await refusal(show(id))).toMatchObject({ error: 'invalid_blocks' })
  expect((await fetch(`${workspace.url}/inbox/files/${id}`)).status).toBe(404)
})

test('a completed file with a channel is posted, and its message ts is not told', async () => {
  const ticket = await client.files.getUploadURLExternal({
    filename: 'a.png',
    length: PNG.length,
  })
  await fetch(String(ticket.upload_url), { method: 'POST', body: new Uint8Array(PNG) })
  const id = String(ticket.file_id)
  const answer = await client.files.completeUploadExternal({
    files: [{ id, title: 'a' }],
    channel_id: channel,
    initial_comment: 'the page',
  })
  expect(JSON.stringify(answer)).not.toContain('"ts"')
  expect(workspace.messages()).toMatchObject([{ text: 'the page', fileIds: [id] }])
})

test('files.info tells the type only once the file is ready', async () => {
  await using wide = await startSlackWorkspace({
    scopes: [...MANIFEST_SCOPES, 'files:read'],
    now: () => nowMs,
  })
  const reader = clientFor(wide)
  const file = await uploadPicture(reader)
  expect((await reader.files.info({ file })).file?.mimetype).toBe('')
  nowMs += 400
  expect((await reader.files.info({ file })).file?.mimetype).toBe('image/png')
  expect(await refusal(client.files.info({ file }))).toMatchObject({ needed: 'files:read' })
})
