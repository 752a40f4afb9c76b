import { randomInt, randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'
import { optionInvalid } from '../../core/errors.ts'
import { formatMoney } from '../../core/money.ts'
import { nameOf } from '../../core/names.ts'
import type { ApprovalRequest } from '../../core/request.ts'
import { describeChanges, showField } from '../../core/terms.ts'
import { plainLine } from '../../core/text.ts'
import type { AnswerSink, Channel, ChannelDefinition, ChannelMessage } from '../../ports/channel.ts'
import type { Clock } from '../../ports/clock.ts'

/** Where the channel asks and reads. */
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
    async start({ identities, clock, logger }) {
      const asked: Asked = new Map()
      return {
        channel: questions({ identities, clock, output }, asked),
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

/** Open questions by request. What was printed goes with the process, and so do the codes. */
type Asked = Map<string, Question>

interface Question {
  readonly code: string
  readonly request: ApprovalRequest
  /** What has been printed about it since: nothing is said twice. */
  readonly said: Set<string>
}

interface Place {
  readonly identities: Channel['identities']
  readonly clock: Clock
  readonly output: Writable
}

function questions(place: Place, asked: Asked): Channel {
  const { identities, output } = place
  return {
    name: 'terminal',
    identities,
    async show(message, state) {
      const { request } = message
      if (request.state !== 'pending') {
        if (asked.delete(request.id)) output.write(`${request.id} is ${request.state}.\n`)
      } else {
        const question = asked.get(request.id) ?? ask(output, message, asked)
        for (const [what, line] of news(message, place)) {
          if (question.said.has(what)) continue
          question.said.add(what)
          output.write(`${plainLine(line, 200)}\n`)
        }
      }
      return { ref: { ...state.ref, shown: true } }
    },
  }
}

function ask(output: Writable, message: ChannelMessage, asked: Asked): Question {
  const { request } = message
  const question = { code: unusedCode(asked), request, said: new Set<string>() }
  asked.set(request.id, question)
  output.write(`${questionText(message, question.code)}\n`)
  return question
}

/** What has happened since the question was printed, for whoever sits here: a line for each thing. */
function news(
  { request, notices, looking, names }: ChannelMessage,
  { identities, clock }: Place,
): ReadonlyMap<string, string> {
  const { id, decisions, policy, expiresAt } = request
  const isHere = (reviewer: string): boolean => Object.hasOwn(identities, reviewer)
  const lines = new Map<string, string>()
  if (decisions.length > 0) {
    const people = decisions.map(({ reviewer }) => nameOf(names, reviewer)).join(', ')
    const count = `${decisions.length} of ${policy.quorum}`
    lines.set(`approved ${count}`, `${id}: ${count} have approved (${people}).`)
  }
  if (looking !== undefined && !isHere(looking.reviewer)) {
    const { reviewer, since } = looking
    lines.set(
      `${reviewer} ${since.toISOString()}`,
      `${nameOf(names, reviewer)} is looking at ${id}.`,
    )
  }
  const left = timeLeft(expiresAt.getTime() - clock.now().getTime())
  for (const { kind, reviewers } of notices) {
    if (reviewers.some(isHere)) lines.set(kind, `${id} still waits for an answer: ${left} left.`)
  }
  return lines
}

function timeLeft(ms: number): string {
  const minutes = Math.ceil(ms / 60_000)
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
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
