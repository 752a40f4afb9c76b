import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'

interface Children {
  runForeground(command: string, args: readonly string[], options?: object): Promise<number>
  runQuietly(
    command: string,
    args: readonly string[],
    options?: { limitMs?: number; silentMs?: number; graceMs?: number },
  ): Promise<{ code: number; output: string; tooLong: boolean }>
}

const module = new URL('../../scripts/children.mjs', import.meta.url).href
const { runForeground, runQuietly } = (await import(module)) as Children

const node = process.execPath
const DEAF = 'trap "" TERM; echo up; while :; do sleep 1; done'

test('a child gives its exit code, or 128 and the number of its signal', async () => {
  const quiet = { stdio: 'ignore' }
  expect(await runForeground(node, ['-e', 'process.exit(7)'], quiet)).toBe(7)
  expect(await runForeground(node, ['-e', 'process.kill(process.pid)'], quiet)).toBe(143)
})

describe('a quiet child', () => {
  test('hands over what it printed on both streams', async () => {
    const script = `console.log('out'); console.error('err'); process.exitCode = 3`
    const result = await runQuietly(node, ['-e', script])
    expect(result).toMatchObject({ code: 3, tooLong: false })
    expect(result.output.split('\n').sort()).toEqual(['', 'err', 'out'])
  })

  test('that never ends is stopped, and killed if it does not heed that', async () => {
    const result = await runQuietly('sh', ['-c', DEAF], { limitMs: 500, graceMs: 50 })
    expect(result).toMatchObject({ code: 137, tooLong: true })
  })

  test('that has fallen silent is stopped', async () => {
    const options = { limitMs: 60_000, silentMs: 500, graceMs: 50 }
    expect((await runQuietly('sh', ['-c', DEAF], options)).tooLong).toBe(true)
  })

  test('that goes on talking is left alone, however long it takes', async () => {
    const talks = 'for i in 1 2 3 4 5 6 7 8; do echo $i; sleep 0.3; done'
    expect(await runQuietly('sh', ['-c', talks], { silentMs: 1_800 })).toMatchObject({
      code: 0,
      tooLong: false,
    })
  })
})

describe('a signal', () => {
  /** A wrapper in its own process around `script`, which prints "up" when it is ready. */
  function wrapped(script: string) {
    const wrapper = `
      import { runForeground } from ${JSON.stringify(module)}
      process.exitCode = await runForeground(process.execPath, ['-e', ${JSON.stringify(script)}])`
    const child = spawn(node, ['--input-type=module', '-e', wrapper], {
      // No terminal among them: with one, Ctrl-C is left to it for a while.
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, npm_lifecycle_event: undefined },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk
        child.emit('said')
      })
    }
    const said = async (word: string) => {
      while (!output.includes(word)) await once(child, 'said')
    }
    // "close": also what the wrapper's child prints after the wrapper has ended would be in it.
    const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
      child.once('close', (code) => resolve({ code, output }))
    })
    return { child, said, ended }
  }

  const CLOSES = (signal: string) => `
    process.on('${signal}', () => { console.log('closing'); setTimeout(() => process.exit(5), 300) })
    console.log('up'); setInterval(() => {}, 1000)`

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s reaches the child once, and the wrapper ends after it with its code',
    async (signal) => {
      const { child, said, ended } = wrapped(CLOSES(signal))
      await said('up')
      child.kill(signal)
      await said('closing')
      child.kill(signal)
      expect(await ended).toEqual({ code: 5, output: 'up\nclosing\n' })
    },
  )

  test('is not needed when npm is gone: the child is stopped all the same', async () => {
    // The shell in the middle stands for npm's; SIGTERM ends it without a word to the wrapper.
    const wrapper = `
      import { runForeground } from ${JSON.stringify(module)}
      await runForeground(process.execPath, ['-e', ${JSON.stringify(CLOSES('SIGTERM'))}])`
    const shell = spawn('sh', ['-c', '"$0" --input-type=module -e "$1"; :', node, wrapper], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, npm_lifecycle_event: 'demo' },
    })
    let output = ''
    const closed = new Promise<void>((resolve) => shell.stdout.once('close', resolve))
    shell.stdout.on('data', (chunk) => {
      output += chunk
      if (output === 'up\n') shell.kill('SIGTERM')
    })
    await closed
    expect(output).toBe('up\nclosing\n')
  })
})
