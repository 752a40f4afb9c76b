import { describe, expect, test } from 'vitest'
import { stockGuards } from '../../guards/index.ts'
import { defineChannel, defineConfig, type HoldpointConfig } from '../../src/compose/config.ts'
import type { ChannelDefinition } from '../../src/ports/channel.ts'

const start: ChannelDefinition['start'] = () => Promise.reject(new Error('is not started here'))
const pager: ChannelDefinition = { name: 'pager', start }
const guard = { name: 'tolls', inspect: () => undefined }
const DAY_MS = 24 * 60 * 60_000

/** What a caller gets for `given`, who may well write JavaScript. */
function refusalOf(make: () => unknown): { readonly option: string; readonly message: string } {
  try {
    make()
  } catch (error) {
    expect(error).toMatchObject({ name: 'HoldpointError', code: 'HP_ERR_OPTION_INVALID' })
    const { details, message } = error as { details: { option: string }; message: string }
    expect(message.startsWith(`${details.option}: `)).toBe(true)
    return { option: details.option, message }
  }
  throw new Error('it was not refused')
}

describe('a configuration', () => {
  test.each<[string, unknown, string, RegExp]>([
    ['that is nothing', null, 'config', /must be an object with channels, reviewers/],
    ['that is a list', [], 'config', /must be an object/],
    ['that is a text', 'holdpoint.config.ts', 'config', /must be an object/],
    ['with a misspelt member', { polices: {} }, 'config.polices', /known are .*policy/],
    ['with a path for channels', { channels: './c.ts' }, 'config.channels', /must be a list/],
    ['with one channel for a list', { channels: pager }, 'config.channels', /must be a list/],
    ['with a channel that is nothing', { channels: [null] }, 'config.channels.0', /slackChannel/],
    [
      'with an options object for a channel',
      { channels: [pager, {}] },
      'config.channels.1.name',
      /lower-case word/,
    ],
    [
      'with a channel that cannot start',
      { channels: [{ name: 'pager' }] },
      'config.channels.0.start',
      /function/,
    ],
    [
      'with a channel whose name is a path',
      { channels: [{ name: 'a/../b', start }] },
      'config.channels.0.name',
      /lower-case word/,
    ],
    [
      'with two channels of one name',
      { channels: [pager, { ...pager }] },
      'config.channels',
      /two channels named "pager"/,
    ],
    [
      'with a list of reviewers',
      { reviewers: ['grace'] },
      'config.reviewers',
      /is a list; it must be an object such as/,
    ],
    [
      'with a name for a reviewer',
      { reviewers: { grace: 'U777' } },
      'config.reviewers.grace',
      /is "U777"; it must be an object such as/,
    ],
    [
      'with an empty identity',
      { reviewers: { grace: { slack: '' } } },
      'config.reviewers.grace.slack',
      /is ""; it must be a text that is not empty/,
    ],
    [
      'with an identity that is a number',
      { reviewers: { grace: { slack: 777 } } },
      'config.reviewers.grace.slack',
      /is 777; it must be a text/,
    ],
    [
      'with a reviewer id that is a sentence',
      { reviewers: { 'Grace H.': {} } },
      'config.reviewers.Grace H.',
      /short id such as "grace"/,
    ],
    [
      'with a misspelt channel at a reviewer',
      { channels: [pager], reviewers: { grace: { name: 'Grace', pagr: '+1 555 0100' } } },
      'config.reviewers.grace.pagr',
      /is unknown; known are name, pager/,
    ],
    [
      'with one identity for two reviewers',
      { channels: [pager], reviewers: { grace: { pager: '7' }, ada: { pager: '7' } } },
      'config.reviewers.ada.pager',
      /is that of "grace" too; "ada"/,
    ],
    ['without any guard', { guards: [] }, 'config.guards', /must not be empty/],
    [
      'with a set of guards',
      { guards: new Set([guard]) },
      'config.guards',
      /must be a list of guards/,
    ],
    [
      'with a guard that is a function',
      { guards: [() => undefined] },
      'config.guards',
      /must be a list of guards/,
    ],
    [
      'with a guard that is nothing',
      { guards: [undefined] },
      'config.guards',
      /must be a list of guards/,
    ],
    [
      'with a guard without a name',
      { guards: [{ inspect: guard.inspect }] },
      'guard.name',
      /short word/,
    ],
    [
      'with a guard that inspects nothing',
      { guards: [{ name: 'tolls' }] },
      'guard "tolls".inspect',
      /must be a function/,
    ],
    [
      'with two guards of one name',
      { guards: [guard, { ...guard }] },
      'config.guards',
      /two guards named "tolls"/,
    ],
    [
      'with a deadline in words',
      { policy: { reviewers: ['desk'], expiresAfterMs: 'soon' } },
      'policy.expiresAfterMs',
      /is "soon"; it must be a whole number/,
    ],
    [
      'with a deadline that never comes',
      { policy: { reviewers: ['desk'], expiresAfterMs: Number.POSITIVE_INFINITY } },
      'policy.expiresAfterMs',
      /number/,
    ],
    [
      'with a policy of nobody',
      { policy: { reviewers: [], expiresAfterMs: DAY_MS } },
      'policy.reviewers',
      /is an empty list; it must be/,
    ],
    [
      'with a policy that names a stranger',
      {
        reviewers: { grace: {} },
        policy: { reviewers: ['grace', 'mallory'], expiresAfterMs: DAY_MS },
      },
      'policy.reviewers',
      /"mallory", who is not in config.reviewers/,
    ],
    [
      'with more approvals than reviewers',
      { policy: { reviewers: ['desk', 'desk'], quorum: 2, expiresAfterMs: DAY_MS } },
      'policy.quorum',
      /is 2/,
    ],
    [
      'with a misspelt switch',
      { policy: { reviewers: ['desk'], expiresAfterMs: DAY_MS, soloReviewers: true } },
      'policy.soloReviewers',
      /known are .*soloReviewer\b/,
    ],
  ])(
    '%s is refused, and the message names the member and what it must be',
    (_, given, option, says) => {
      const refusal = refusalOf(() => defineConfig(given as HoldpointConfig))
      expect(refusal.option).toBe(option)
      expect(refusal.message).toMatch(says)
    },
  )

  test('that is left out altogether is refused by name', () => {
    expect(refusalOf(defineConfig as () => unknown).message).toBe(
      'config: must be an object with channels, reviewers, policy, guards',
    )
  })

  test('may have two reviewers of one name, and of one word at different channels', () => {
    const reviewers = { grace: { name: 'G.', pager: '7' }, gus: { name: 'G.', phone: '7' } }
    const config = { channels: [pager, { name: 'phone', start }], reviewers }
    expect(defineConfig(config)).toEqual(config)
  })

  test('may be empty, and may name everything', () => {
    expect(defineConfig({})).toEqual({})
    const full: HoldpointConfig = {
      channels: [pager],
      reviewers: { grace: { name: 'Grace', pager: '+1 555 0100' } },
      guards: stockGuards(),
    }
    expect(defineConfig(full)).toEqual(full)
  })

  test('a policy written as a plain object gets its defaults, and everything can be read from it', () => {
    const policy = { reviewers: ['grace'], expiresAfterMs: DAY_MS } as never
    const config = defineConfig({ reviewers: { grace: {} }, policy })
    expect(config.policy).toMatchObject({
      reviewers: ['grace'],
      quorum: 1,
      claimWithinMs: 15 * 60_000,
      approveWithoutImage: false,
      soloReviewer: false,
    })
  })

  test('the desk may review without being listed', () => {
    const policy = { reviewers: ['desk'], expiresAfterMs: DAY_MS } as never
    expect(defineConfig({ policy }).policy?.reviewers).toEqual(['desk'])
  })

  test('what was checked can neither be exchanged nor changed through the object that was given', () => {
    const given = { guards: stockGuards() }
    const config = defineConfig(given)
    Object.assign(given, { guards: [] })
    expect(config.guards).toHaveLength(stockGuards().length)
    expect(() => Object.assign(config, { guards: [guard] })).toThrow(TypeError)
  })

  test('a refused configuration leaves what was given as it was', () => {
    const given = {
      reviewers: { grace: {} },
      policy: { reviewers: ['mallory'], expiresAfterMs: 1 },
    }
    const before = structuredClone(given)
    refusalOf(() => defineConfig(given as never))
    expect(given).toEqual(before)
    expect(Object.isFrozen(given.policy)).toBe(false)
  })
})

describe("a channel of one's own", () => {
  test.each<[string, unknown, string, RegExp]>([
    ['that is nothing', undefined, 'channel', /must be a channel/],
    ['that is a function', start, 'channel', /must be a channel/],
    ['without a name', { start }, 'channel.name', /such as "pager"/],
    ['with a name in capitals', { name: 'Pager', start }, 'channel.name', /lower-case/],
    ['with an empty name', { name: '', start }, 'channel.name', /lower-case/],
    ['with a name of two lines', { name: 'pager\nx', start }, 'channel.name', /lower-case/],
    ['with a name that is no text', { name: ['pager'], start }, 'channel.name', /lower-case/],
    ['that cannot be started', { name: 'pager', start: true }, 'channel.start', /function/],
  ])('%s is refused by name', (_, given, option, says) => {
    const refusal = refusalOf(() => defineChannel(given as ChannelDefinition))
    expect(refusal.option).toBe(option)
    expect(refusal.message).toMatch(says)
  })

  test('is handed back frozen, so that its start cannot be exchanged afterwards', () => {
    const channel = defineChannel(pager)
    expect(channel).toEqual(pager)
    expect(Object.isFrozen(channel)).toBe(true)
    expect(defineConfig({ channels: [channel] }).channels).toEqual([pager])
  })
})
