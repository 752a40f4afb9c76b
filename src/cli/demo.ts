import { parseArgs } from 'node:util'
import { runDemo } from '../compose/demo/run-demo.ts'
import { optionInvalid } from '../core/errors.ts'

const HELP = `holdpoint demo [options]

  --answer approve|reject|none   a scripted person answers, by clicking in the inbox
  --attack price                 the total rises after the approval
  --channel slack|terminal       where you are asked (default slack: the local inbox)
  --headed                       show the agent's browser

Answered by hand in a terminal, the inbox stays open at the end, until Enter or Ctrl-C.
Exits 0 only when the shop's own counter shows the right number of orders.
With SLACK_BOT_TOKEN and SLACK_CHANNEL_ID set, the question goes to that channel and is answered on its page
(SLACK_API_URL for another Slack than slack.com, such as GovSlack).
`

function oneOf<const T extends string>(
  option: string,
  value: string | undefined,
  allowed: readonly T[],
): T | undefined {
  if (value === undefined) return undefined
  const found = allowed.find((candidate) => candidate === value)
  if (found === undefined)
    throw optionInvalid(option, `is "${value}"; it must be ${allowed.join(' or ')}`)
  return found
}

export async function run(given: readonly string[]): Promise<number> {
  const { values } = parse(given)
  if (values.help === true) {
    process.stdout.write(HELP)
    return 0
  }
  return runDemo({
    answer: oneOf('--answer', values.answer, ['approve', 'reject', 'none']),
    attack: oneOf('--attack', values.attack, ['price']),
    channel: oneOf('--channel', values.channel, ['slack', 'terminal']) ?? 'slack',
    headed: values.headed === true,
    env: process.env,
    input: process.stdin,
    out: (text) => process.stdout.write(text),
  })
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      options: {
        answer: { type: 'string' },
        attack: { type: 'string' },
        channel: { type: 'string' },
        headed: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw optionInvalid(
      'demo',
      `${error instanceof Error ? error.message : 'unknown option'}. See holdpoint demo --help`,
    )
  }
}
