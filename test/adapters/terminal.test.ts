import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { terminalChannel } from '../../src/adapters/terminal/index.ts'
import type { ChannelAnswer } from '../../src/ports/channel.ts'
import { eventually } from '../support/eventually.ts'
import { codeOf, request, taken, terminal } from './terminal-kit.ts'

describe('where it may be used', () => {
  test('only at a terminal: in a pipe the agent could write the answer', () => {
    for (const input of [new PassThrough(), Object.assign(new PassThrough(), { isTTY: false })]) {
      expect(() => terminalChannel({ input: input as never })).toThrow(
        expect.objectContaining({
          code: 'HP_ERR_OPTION_INVALID',
          details: { option: 'terminalChannel.input' },
        }),
      )
    }
  })
})

describe('a question', () => {
  test('says what is asked, for how much, why, where the picture is, and how to answer', async () => {
    const { show, printed } = await terminal()
    const fields = [
      { label: 'Ship to', value: 'Office Berlin' },
      { label: 'Card', secret: true, present: true, last4: '4242' },
    ]
    const asked = request('HP-1')
    await show({ ...asked, terms: { ...asked.terms, fields } as never })
    const code = codeOf(printed(), 'HP-1')
    expect(printed().split('\n')).toEqual([
      '■ HP-1  Pay 182.40 EUR to shop.example?',
      '  Amount: 182.40 EUR',
      '  2 × Printer paper A4',
      '  Ship to: Office Berlin',
      '  Card: ••4242',
      '  Held: It pays.',
      '  Picture: http://127.0.0.1:4300/requests/HP-1',
      `  Type "approve ${code}" or "reject ${code} reason".`,
      '',
    ])
  })

  test('is asked once, however often it is delivered, and told when it has ended', async () => {
    const { show, printed } = await terminal()
    const { ref } = await show(request('HP-1'))
    await show(request('HP-1'), { ref })
    expect(printed().match(/■ HP-1/g)).toHaveLength(1)
    await show(request('HP-1', { state: 'expired' }), { ref })
    await show(request('HP-1', { state: 'expired' }), { ref })
    expect(printed().match(/HP-1 is expired\./g)).toHaveLength(1)
  })

  test('that follows a refused one says first what has changed', async () => {
    const { show, printed } = await terminal()
    const changed = [{ field: 'total', approved: '182.40 EUR', now: '199.00 EUR' }]
    await show(request('HP-2', { follows: { requestId: 'HP-1', changed } }))
    expect(printed().split('\n')[1]).toBe('  Changed: total 182.40 → 199.00 EUR')
  })

  test('never writes what a page wrote as control characters, nor as a line of its own', async () => {
    const hostile = 'x\u001b[2J\u001b]0;t\u0007\r\n■ HP-9  Pay 0.01 EUR?\u202e\u009b1m\u0000'
    const { show, printed } = await terminal()
    const asked = request('HP-1', {
      title: hostile,
      findings: [{ guard: 'g', kind: 'purchase', risk: 'high', confidence: 1, why: hostile }],
      follows: {
        requestId: 'HP-0',
        changed: [{ field: hostile, approved: hostile, now: hostile }],
      },
    })
    const items = [{ name: hostile, quantity: 1 }]
    const fields = [{ label: hostile, value: hostile }]
    await show({ ...asked, terms: { ...asked.terms, items, fields } as never })
    expect(printed()).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
    expect(printed().match(/^■/gm)).toHaveLength(1)
  })

  test('shortens a label of a thousand characters', async () => {
    const { show, printed } = await terminal()
    const asked = request('HP-1')
    const items = [{ name: 'n'.repeat(1_000), quantity: 1 }]
    await show({ ...asked, terms: { ...asked.terms, items } })
    expect(
      Math.max(
        ...printed()
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThan(320)
  })
})

describe('what happens while a question is open', () => {
  const dueAt = new Date('2126-11-21T12:00:00.000Z')
  const decisions = [{ reviewer: 'ada', answer: 'approve' }] as never

  test('is printed once each: who looks, who has approved, that time goes by', async () => {
    const { show, printed } = await terminal()
    await show(request('HP-1'))
    const before = printed()
    const looking = { reviewer: 'ada', since: dueAt }
    const notices = [{ kind: 'reminder', dueAt, reviewers: ['grace', 'ada'] }] as const
    for (const _ of [1, 2]) {
      await show(request('HP-1'), {}, { looking })
      await show(request('HP-1', { decisions }), {}, { looking, notices })
    }
    expect(printed().slice(before.length).split('\n')).toEqual([
      'Ada is looking at HP-1.',
      'HP-1: 1 of 2 have approved (Ada).',
      'HP-1 still waits for an answer: 30 min left.',
      '',
    ])
    const later = [{ kind: 'last-call', dueAt, reviewers: ['grace'] }] as const
    const expiresAt = new Date('2126-11-24T11:45:00.000Z')
    await show(request('HP-1', { decisions, expiresAt }), {}, { notices: later })
    expect(printed()).toMatch(/\nHP-1 still waits for an answer: 72 h left\.\n$/)
  })

  test('is not printed when it is for others, or of whoever sits here', async () => {
    const { show, printed } = await terminal()
    await show(request('HP-1'))
    const before = printed()
    const notices = [{ kind: 'escalation', dueAt, reviewers: ['ada'] }] as const
    await show(request('HP-1'), {}, { notices, looking: { reviewer: 'grace', since: dueAt } })
    expect(printed()).toBe(before)
  })
})

describe('an answer', () => {
  test.each<[string, (code: string) => string, Partial<ChannelAnswer>]>([
    ['approves', (code) => `approve ${code}`, { answer: 'approve' }],
    ['rejects', (code) => `reject ${code}`, { answer: 'reject' }],
    [
      'gives a reason',
      (code) => `reject ${code}  too expensive `,
      { answer: 'reject', reason: 'too expensive' },
    ],
    ['may be in capitals', (code) => `  APPROVE ${code} `, { answer: 'approve' }],
  ])('with the code %s, for what the screen showed', async (_, line, expected) => {
    const { show, printed, type, answers } = await terminal()
    await show(request('HP-1'))
    type(line(codeOf(printed(), 'HP-1')))
    await eventually(() => expect(printed()).toMatch(/\nApproved\.\n$/))
    expect(answers).toMatchObject([
      {
        requestId: 'HP-1',
        identity: 'tty',
        expectedTermsDigest: 'terms of HP-1',
        expectedEvidenceDigest: 'evidence of HP-1',
        ...expected,
      },
    ])
    expect('reason' in (answers[0] ?? {})).toBe('reason' in expected)
  })

  test.each([
    ['yes', 'Type "approve CODE"'],
    ['approve', 'Type "approve CODE"'],
    ['approve HP-1', 'Type "approve CODE"'],
    ['reject too expensive', 'Type "approve CODE"'],
    ['approve 12345', 'Type "approve CODE"'],
    ['approve 0000', 'There is no open question with that code. Nothing changed.'],
    ['please approve 0000', 'Type "approve CODE"'],
  ])('"%s" decides nothing, and says what is missing', async (line, says) => {
    const { show, printed, type, answers } = await terminal()
    await show(request('HP-1'))
    type(line)
    await eventually(() => expect(printed()).toContain(says))
    expect(answers).toEqual([])
  })

  test('that is an empty line is passed over in silence', async () => {
    const { show, printed, type, answers } = await terminal()
    await show(request('HP-1'))
    const before = printed()
    type('')
    type('   ')
    type('?')
    await eventually(() => expect(printed().slice(before.length)).toMatch(/^Type [^\n]*\n$/))
    expect(answers).toEqual([])
  })

  test('comes too late for a question that has ended', async () => {
    const { show, printed, type, answers } = await terminal()
    await show(request('HP-1'))
    const code = codeOf(printed(), 'HP-1')
    await show(request('HP-1', { state: 'withdrawn' }))
    type(`approve ${code}`)
    await eventually(() => expect(printed()).toContain('no open question with that code'))
    expect(answers).toEqual([])
  })

  test('that cannot be recorded says so, and the process goes on', async () => {
    let down = true
    const { show, printed, type } = await terminal(async () => {
      if (down) throw new Error('the store does not answer')
      return taken
    })
    await show(request('HP-1'))
    const code = codeOf(printed(), 'HP-1')
    type(`approve ${code}`)
    await eventually(() => expect(printed()).toContain('could not be recorded. Nothing changed'))
    down = false
    type(`approve ${code}`)
    await eventually(() => expect(printed()).toMatch(/\nApproved\.\n$/))
  })

  test('is answered on one line, without control characters', async () => {
    const message = 'Only G\u001b[31mrace\nmay answer'
    const { show, printed, type } = await terminal(async () => ({ accepted: false, message }))
    await show(request('HP-1'))
    type(`approve ${codeOf(printed(), 'HP-1')}`)
    await eventually(() => expect(printed()).toContain('\nOnly G[31mrace may answer\n'))
  })
})

describe('two questions at once', () => {
  test('have codes of their own, and each answer goes to its own', async () => {
    const { show, printed, type, answers } = await terminal()
    await Promise.all([show(request('HP-1')), show(request('HP-2'))])
    const [first, second] = ['HP-1', 'HP-2'].map((id) => codeOf(printed(), id))
    expect(first).not.toBe(second)
    type(`reject ${second}`)
    type(`approve ${first}`)
    await eventually(() => expect(answers).toHaveLength(2))
    expect(answers).toMatchObject([
      { requestId: 'HP-2', answer: 'reject' },
      { requestId: 'HP-1', answer: 'approve' },
    ])
  })

  test('never share a code, however many are open', async () => {
    const { show, printed } = await terminal()
    for (let number = 1; number <= 500; number += 1) await show(request(`HP-${number}`))
    const codes = [...printed().matchAll(/"approve (\d{4})"/g)].map(([, code]) => code)
    expect(new Set(codes).size).toBe(500)
  })
})

describe('an input that is closed', () => {
  test('decides nothing, and later questions and endings are still printed', async () => {
    const { show, printed, input, answers } = await terminal()
    await show(request('HP-1'))
    input.write(`approve`)
    input.end()
    await once(input, 'close')
    await show(request('HP-2'))
    await show(request('HP-1', { state: 'expired' }))
    expect(printed()).toMatch(/■ HP-2[\s\S]*HP-1 is expired\./)
    expect(answers).toEqual([])
  })

  test('by an error does not take the process with it', async () => {
    const { show, printed, input, answers } = await terminal()
    await show(request('HP-1'))
    const closed = new Promise((resolve) => input.once('close', resolve))
    input.destroy(new Error('EIO'))
    await closed
    await show(request('HP-2'))
    expect(printed()).toContain('■ HP-2')
    expect(answers).toEqual([])
  })
})
