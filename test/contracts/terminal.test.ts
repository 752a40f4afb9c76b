import { PassThrough } from 'node:stream'
import { terminalChannel } from '../../src/adapters/terminal/index.ts'
import { codeOf } from '../adapters/terminal-kit.ts'
import { stillClock } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { describeChannel } from './channel.ts'
import type { ChannelUnderTest, Click } from './channel-kit.ts'

describeChannel({
  name: 'terminal',
  async start(reviewer, logger): Promise<ChannelUnderTest> {
    const input = Object.assign(new PassThrough(), { isTTY: true })
    const output = new PassThrough()
    let printed = ''
    output.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
    })
    const instance = await terminalChannel({ input, output }).start({
      identities: reviewer === undefined ? {} : { [reviewer]: 'tty' },
      names: {},
      clock: stillClock(),
      logger,
    })
    let listening: { close(): Promise<void> } | undefined
    const linesOf = (id: string) =>
      printed.split('\n').filter((line) => new RegExp(`\\b${id}\\b`).test(line))
    const questions = (id: string) => linesOf(id).filter((line) => line.startsWith('■'))

    return {
      instance,
      async connect(sink) {
        listening = await instance.listen?.(sink)
      },
      count: (id) => questions(id).length,
      screen: (id) => linesOf(id).join('\n'),
      said: (id) => linesOf(id).length - questions(id).length,
      offers: (id) =>
        questions(id).length > 0 && !linesOf(id).some((line) => line.startsWith(`${id} is `)),
      async answer(id, answer, reason = ''): Promise<Click> {
        const line = `${answer} ${codeOf(printed, id)} ${reason}\n`
        const type = async (): Promise<string> => {
          const before = printed.length
          input.write(line)
          // Every line is answered.
          await eventually(() => {
            if (printed.length === before) throw new Error('no answer yet')
          })
          return printed.slice(before)
        }
        const told = await type()
        return { told: async () => told, again: async () => void (await type()) }
      },
      secrets: () => [...printed.matchAll(/"approve (\d{4})"/g)].map(([, code = '']) => code),
      close: async () => listening?.close(),
    }
  },
})
