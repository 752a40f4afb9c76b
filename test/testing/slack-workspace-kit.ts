import { createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { KnownBlock } from '@slack/types'
import { type Logger, LogLevel, WebClient } from '@slack/web-api'
import {
  type SlackWorkspace,
  startSlackWorkspace,
} from '../../src/testing/slack-workspace/index.ts'

/** Refusals are what these tests are about; they need no log line each. */
export const QUIET_LOGGER: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.ERROR,
}

/** The official client, set up so that one call is one request. */
export function clientFor(workspace: SlackWorkspace, token = workspace.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: workspace.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
    allowAbsoluteUrls: false,
    logger: QUIET_LOGGER,
  })
}

/** The body of Slack's answer to a call that it refuses. */
export async function refusal(call: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await call
  } catch (error) {
    if (error instanceof Error && 'data' in error) return error.data as Record<string, unknown>
    throw error
  }
  throw new Error('the call was not refused')
}

/** A PNG of one black pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC',
  'base64',
)

/** Uploads and completes a picture; it is usable once the workspace's scan delay is over. */
export async function uploadPicture(
  client: WebClient,
  bytes: Buffer = PNG,
  filename = 'hold.png',
): Promise<string> {
  const ticket = await client.files.getUploadURLExternal({ filename, length: bytes.length })
  const response = await fetch(String(ticket.upload_url), {
    method: 'POST',
    body: new Uint8Array(bytes),
  })
  if (!response.ok) throw new Error(`upload answered ${response.status}`)
  const id = String(ticket.file_id)
  await client.files.completeUploadExternal({ files: [{ id, title: filename }] })
  return id
}

/** A purchase message in the form of `messages.md`, typed by Slack's own package. */
export function purchaseBlocks(users: { readonly grace: string }, fileId?: string): KnownBlock[] {
  const plain = (text: string) => ({ type: 'plain_text' as const, text })
  return [
    { type: 'header', text: plain('Pay 182.40 EUR to shop.example?') },
    {
      type: 'section',
      text: {
        type: 'mrkdwn',
        text: `<@${users.grace}> · shopper for Ada · answer by <!date^1795278600^{time}|16:30>`,
      },
    },
    ...(fileId
      ? [
          {
            type: 'image' as const,
            slack_file: { id: fileId },
            alt_text: 'The order at shop.example',
          },
        ]
      : []),
    { type: 'section', text: { type: 'mrkdwn', text: '2 × Printer paper A4, 91.20 each' } },
    { type: 'context', elements: [plain('Agent says (unverified): "cheapest in stock"')] },
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          style: 'primary',
          text: plain('Approve 182.40 EUR'),
          action_id: 'approve',
          value: 'HP-41',
        },
        {
          type: 'static_select',
          placeholder: plain('Reject…'),
          action_id: 'reject',
          options: [
            { text: plain('Too expensive'), value: 'too-expensive' },
            { text: plain('Wrong item'), value: 'wrong-item' },
          ],
        },
        { type: 'button', text: plain('Open'), action_id: 'open' },
      ],
    },
    { type: 'context', elements: [plain('HP-41 · nothing has been sent')] },
  ]
}

/** Posts a purchase message about a request, and returns its `ts`. */
export async function postPurchase(
  client: WebClient,
  workspace: SlackWorkspace,
  number = 'HP-41',
  picture?: string,
): Promise<string> {
  const answer = await client.chat.postMessage({
    channel: workspace.channelId,
    text: '182.40 EUR to shop.example · 2 items · for Ada · by 16:30',
    blocks: purchaseBlocks(workspace.users, picture),
    metadata: { event_type: 'holdpoint_approval', event_payload: { request_id: number } },
  })
  return String(answer.ts)
}

export interface ReceivedInteraction {
  readonly genuine: boolean
  readonly fresh: boolean
  readonly payload: Record<string, unknown>
}

export interface InteractionReceiver {
  readonly url: string
  readonly received: readonly ReceivedInteraction[]
  /** Resolves when this many interactions have come. */
  count(wanted: number): Promise<void>
  answerWith(status: number, body?: string): void
  /** Leaves requests without an answer from now on. */
  hang(): void
  close(): Promise<void>
}

/** An app's Request URL that checks signatures by its own means, not with the workspace's code. */
export async function receiveInteractions(signingSecret: string): Promise<InteractionReceiver> {
  const received: ReceivedInteraction[] = []
  const waiting: { wanted: number; done: () => void }[] = []
  let answer: { status: number; body: string } | undefined = { status: 200, body: '' }
  const server = createServer(async (request, response) => {
    const body = await readAll(request)
    const timestamp = String(request.headers['x-slack-request-timestamp'])
    const expected = `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`
    const given = String(request.headers['x-slack-signature'])
    received.push({
      genuine:
        given.length === expected.length &&
        timingSafeEqual(Buffer.from(given), Buffer.from(expected)),
      fresh: Math.abs(Date.now() / 1000 - Number(timestamp)) <= 300,
      payload: JSON.parse(new URLSearchParams(body).get('payload') ?? 'null'),
    })
    for (const { wanted, done } of waiting) if (received.length >= wanted) done()
    if (answer) response.writeHead(answer.status).end(answer.body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/interactions`,
    received,
    count: (wanted) =>
      new Promise((resolve) => {
        if (received.length >= wanted) resolve()
        else waiting.push({ wanted, done: resolve })
      }),
    answerWith(status, body = '') {
      answer = { status, body }
    },
    hang() {
      answer = undefined
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A workspace with an app that hears its clicks, and one purchase message in the channel. */
export async function startAsked(now: () => number): Promise<{
  readonly workspace: SlackWorkspace
  readonly receiver: InteractionReceiver
  readonly client: WebClient
  readonly channel: string
  readonly ts: string
}> {
  const workspace = await startSlackWorkspace({ now })
  const receiver = await receiveInteractions(workspace.signingSecret)
  workspace.setInteractivityUrl(receiver.url)
  const client = clientFor(workspace)
  const channel = workspace.channelId
  const blocks = purchaseBlocks(workspace.users)
  const { ts } = await client.chat.postMessage({ channel, text: 'x', blocks })
  return { workspace, receiver, client, channel, ts: String(ts) }
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
