import { PassThrough } from 'node:stream'
import { onTestFinished } from 'vitest'
import { terminalChannel } from '../../src/adapters/terminal/index.ts'
import { definePolicy } from '../../src/core/policy.ts'
import type { ApprovalRequest } from '../../src/core/request.ts'
import type {
  AnswerReceipt,
  AnswerSink,
  ChannelAnswer,
  ChannelMessage,
} from '../../src/ports/channel.ts'
import { silentLogger } from '../../src/ports/log.ts'
import { draft, stillClock } from '../support/desk.ts'

/** A terminal with somebody at it. */
export interface Terminal {
  /** What has been printed so far. */
  printed(): string
  type(line: string): void
  readonly input: PassThrough & { readonly isTTY?: boolean }
  /** `more`: what else the desk has to show. */
  show(
    request: ApprovalRequest,
    state?: object,
    more?: Partial<ChannelMessage>,
  ): Promise<{ readonly ref: object }>
  readonly answers: readonly ChannelAnswer[]
}

/** What a desk says to an approval. */
export const taken: AnswerReceipt = { accepted: true, message: 'Approved.' }

/** A terminal with somebody at it, at work. `answer`: where answers go; default: they are written down. */
export async function terminal(
  answer: AnswerSink['answer'] = async () => taken,
): Promise<Terminal> {
  const input = Object.assign(new PassThrough(), { isTTY: true })
  const output = new PassThrough()
  let printed = ''
  output.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const answers: ChannelAnswer[] = []
  const definition = terminalChannel({ input, output })
  const instance = await definition.start({
    identities: { grace: 'tty' },
    names: { grace: 'Grace' },
    clock: stillClock(),
    logger: silentLogger,
  })
  const listening = await instance.listen?.({
    async answer(given) {
      answers.push(given)
      return answer(given)
    },
    async looked() {},
    editable: async () => [],
    async signInLink() {
      return undefined
    },
    async refused() {},
  })
  onTestFinished(() => listening?.close())
  return {
    input,
    answers,
    printed: () => printed,
    type: (line) => void input.write(`${line}\n`),
    show: (request, state = {}, more = {}) =>
      instance.channel.show(
        {
          request,
          images: {},
          url: `http://127.0.0.1:4300/requests/${request.id}`,
          names: { ada: 'Ada' },
          notices: [],
          ...more,
        },
        state,
        async () => {},
      ),
  }
}

/** A request as the store gives it. */
export function request(id: string, change: Partial<ApprovalRequest> = {}): ApprovalRequest {
  const terms = { ...draft().terms, items: [{ name: 'Printer paper A4', quantity: 2 }] }
  return {
    ...draft({ terms }),
    id,
    state: 'pending',
    policy: definePolicy({ reviewers: ['ada', 'grace'], quorum: 2 }),
    expiresAt: new Date(stillClock().now().getTime() + 30 * 60_000),
    decisions: [],
    termsDigest: `terms of ${id}`,
    evidenceDigest: `evidence of ${id}`,
    ...change,
  } as ApprovalRequest
}

/** The code that a question asks for. */
export function codeOf(printed: string, id: string): string {
  const question = printed.slice(printed.indexOf(`■ ${id} `))
  return /"approve (\d{4})"/.exec(question)?.[1] ?? 'none'
}
