import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Filmstrip } from '../../../src/adapters/playwright/filmstrip.ts'
import type { Frame } from '../../../src/adapters/playwright/recorder.ts'
import type { Tab } from '../../../src/adapters/playwright/tab.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A strip of a tab whose captures end when a test says so. */
function strip() {
  const closing = new AbortController()
  const tab = { closed: closing.signal } as unknown as Tab
  const begun: PromiseWithResolvers<(() => Promise<Frame>) | undefined>[] = []
  const errors: unknown[] = []
  const film = new Filmstrip(
    () => {
      const capture = Promise.withResolvers<(() => Promise<Frame>) | undefined>()
      begun.push(capture)
      return capture.promise
    },
    (error) => errors.push(error),
  )
  const captured = async (index: number): Promise<void> => {
    begun[index]?.resolve(async () => ({ bytes: new Uint8Array([index]) }))
    // No timer runs meanwhile.
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  }
  const step = async (lastsMs = 5): Promise<number | undefined> => {
    film.begun(tab)
    await vi.advanceTimersByTimeAsync(lastsMs)
    return (await film.ended(tab))?.bytes[0]
  }
  return { film, tab, begun, errors, captured, step, close: () => closing.abort() }
}

const think = (ms = 1_000) => vi.advanceTimersByTimeAsync(ms)

describe('the film strip', () => {
  test('takes a picture when the agent pauses, and gives it to the next step that ends, once', async () => {
    const { begun, captured, step } = strip()
    expect(await step()).toBeUndefined()
    expect(begun).toHaveLength(0)
    await think()
    expect(begun).toHaveLength(1)
    await captured(0)
    expect(await step()).toBe(0)
    expect(await step()).toBeUndefined()
  })

  test('begins no capture while a step goes on, however long', async () => {
    const { film, tab, begun, step } = strip()
    await step()
    film.begun(tab)
    await think()
    film.changed(tab)
    await think(60_000)
    expect(begun).toHaveLength(0)
    void film.ended(tab)
    await think()
    expect(begun).toHaveLength(1)
  })

  test('takes one of a page that has not changed since, not more', async () => {
    const { begun, captured, step } = strip()
    await step()
    await think()
    await captured(0)
    await think(60_000)
    expect(begun).toHaveLength(1)
  })

  test('takes one of a page that changes by itself', async () => {
    const { film, tab, begun, captured, step } = strip()
    film.changed(tab)
    await think()
    await captured(0)
    film.changed(tab)
    await think()
    await captured(1)
    expect(begun).toHaveLength(2)
    // Of two that nobody had yet, the later shows what the step finds.
    expect(await step()).toBe(1)
  })

  test('never takes two at once, and then what has changed meanwhile', async () => {
    const { begun, captured, step } = strip()
    await step()
    await think()
    await step()
    await think()
    expect(begun).toHaveLength(1)
    await captured(0)
    await think()
    expect(begun).toHaveLength(2)
  })

  test('takes one twice a second of an agent that never pauses', async () => {
    const { begun, captured, step } = strip()
    const seen: (number | undefined)[] = []
    for (let count = 0; count < 60; count += 1) {
      seen.push(await step(20))
      await captured(begun.length - 1)
    }
    expect(begun).toHaveLength(2)
    expect(seen.filter((frame) => frame !== undefined)).toEqual([0, 1])
  })

  test('goes on after a capture or a painting that failed, and says so', async () => {
    const { begun, errors, captured, step } = strip()
    await step()
    await think()
    begun[0]?.reject(new Error('no capture'))
    expect(await step()).toBeUndefined()
    await think()
    begun[1]?.resolve(() => Promise.reject(new Error('no painting')))
    await think(0)
    expect(await step()).toBeUndefined()
    await think()
    await captured(2)
    expect(await step()).toBe(2)
    expect(errors.map(String)).toEqual(['Error: no capture', 'Error: no painting'])
  })

  test('takes none of a tab that is closed', async () => {
    const { begun, close, step } = strip()
    await step()
    close()
    await think()
    expect(begun).toHaveLength(0)
  })
})
