import { randomInt, randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'
import { optionInvalid } from '../../core/errors.ts'
import { formatMoney } from '../../core/money.ts'
import type { ApprovalRequest } from '../../core/request.ts'
import { describeChanges, showField } from '../../core/terms.ts'
import { plainLine } from '../../core/text.ts'
import type { AnswerSink, Channel, ChannelDefinition, ChannelMessage } from '../../ports/channel.ts'

export interface TerminalChannelOptions {
  /** Default: standard input, which must be a terminal: a pipe could be the agent's own. */
  readonly input?: Readable & { readonly isTTY?: boolean }
  /** Default: standard output. */
  readonly output?: Writable
}

/** Whoever sits at this terminal: `reviewers: { grace: { terminal: 'tty' } }`. */
const IDENTITY = 'tty'

/**
 * Asks in the terminal that Holdpoint runs in. The answer carries a code that is printed with the
 * question, so that a line typed for something else does not decide. Throws `HP_ERR_OPTION_INVALID`
 * when the input is no terminal.
 */
export function terminalChannel(options: TerminalChannelOptions = {}): ChannelDefinition {
  const input = options.input ?? process.stdin
  const output = options.output ?? process.stdout
  // Without a terminal the agent's own program could write the answer.
  if (input.isTTY !== true) {
    throw optionInvalid(
      'terminalChannel.input',
      'must be a terminal (a TTY); use another channel here',
    )
  }
  return {
    name: 'terminal',
    async start({ identities, logger }) {
      const asked = new Map<string, { readonly code: string; readonly request: ApprovalRequest }>()
      return {
        channel: questions(identities, output, asked),
        async listen(sink) {
          const lines = createInterface({ input })
          const say = (text: string | undefined): void => {
            if (text !== undefined) output.write(`${text}\n`)
          }
          lines.on('line', (line) => {
            answer(line, asked, sink).then(say, () =>
              say('That could not be recorded. Nothing changed; please try again.'),
            )
          })
          // A terminal that has gone (EIO) must not take the agent's process with it.
          lines.on('error', (error: unknown) => {
            logger.warn('the terminal can no longer be read', { error })
            lines.close()
          })
          return { close: async () => lines.close() }
        },
      }
    },
  }
}

type Asked = Map<string, { readonly code: string; readonly request: ApprovalRequest }>

function questions(identities: Channel['identities'], output: Writable, asked: Asked): Channel {
  return {
    name: 'terminal',
    identities,
    async show(message, state) {
      const { request } = message
      if (request.state === 'pending' && !asked.has(request.id)) {
        const code = unusedCode(asked)
        asked.set(request.id, { code, request })
        output.write(`${questionText(message, code)}\n`)
      } else if (request.state !== 'pending' && asked.delete(request.id)) {
        output.write(`${request.id} is ${request.state}.\n`)
      }
      return { ref: { ...state.ref, shown: true } }
    },
  }
}

/** Never the code of another open question: the answer would be to that one. */
function unusedCode(asked: Asked): string {
  const used = new Set([...asked.values()].map(({ code }) => code))
  for (;;) {
    const code = String(randomInt(1_000, 10_000))
    if (!used.has(code)) return code
  }
}

/** The question as text; everything a page wrote is on one line, shortened. */
export function questionText(message: ChannelMessage, code: string): string {
  const { request } = message
  const { terms } = request
  const lines = [
    `■ ${request.id}  ${plainLine(request.title)}?`,
    ...(request.follows === undefined
      ? []
      : [`  Changed: ${plainLine(describeChanges(request.follows.changed), 300)}`]),
    ...(typeof terms.amount === 'object' ? [`  Amount: ${formatMoney(terms.amount)}`] : []),
    ...(terms.items ?? []).map((item) => `  ${item.quantity} × ${plainLine(item.name, 80)}`),
    ...(terms.fields ?? []).map(
      (field) => `  ${plainLine(field.label, 40)}: ${plainLine(showField(field), 100)}`,
    ),
    ...request.findings.map((finding) => `  Held: ${plainLine(finding.why, 200)}`),
    `  Picture: ${message.url}`,
    `  Type "approve ${code}" or "reject ${code} reason".`,
  ]
  return lines.join('\n')
}

async function answer(line: string, asked: Asked, sink: AnswerSink): Promise<string | undefined> {
  const match = /^\s*(approve|reject)\s+(\d{4})(?:\s+(.{1,300}))?\s*$/i.exec(line)
  if (match === null)
    return line.trim() === '' ? undefined : 'Type "approve CODE" or "reject CODE reason".'
  const found = [...asked.values()].find((entry) => entry.code === match[2])
  if (found === undefined) return 'There is no open question with that code. Nothing changed.'
  const { request } = found
  const receipt = await sink.answer({
    requestId: request.id,
    answer: match[1]?.toLowerCase() === 'approve' ? 'approve' : 'reject',
    ...(match[3] === undefined ? {} : { reason: match[3].trim() }),
    identity: IDENTITY,
    expectedTermsDigest: request.termsDigest,
    expectedEvidenceDigest: request.evidenceDigest,
    // A line is read once; a second one is another answer, and is told what became of the first.
    dedupeKey: randomUUID(),
  })
  return plainLine(receipt.message, 300)
}
