import { spawn } from 'node:child_process'
import { mkdir, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { type SampleShop, startSampleShop } from 'holdpoint/testing'
import type { Page } from 'playwright'
import { onTestFinished, vi } from 'vitest'
import { launchBrowser } from '../support/browser.ts'

/** A store is made and a browser started, on a machine that may be busy. */
const HELD_MS = 90_000

export interface Person {
  /** Waits until it is held; fails if the example ends without. */
  isAsked(): Promise<void>
  approve(): Promise<void>
  reject(reason: string): Promise<void>
}

/** An example at work, and the person it asks. */
export interface Stage {
  readonly person: Person
  /** Waits for its end; gives the exit code. */
  ended(): Promise<number | null>
  /** All that it has printed. */
  output(): string
}

type Told = Readonly<Record<string, string>>

/** What of this machine an example may see: no key, token or proxy of whoever runs the tests. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'TMPDIR',
  'LANG',
  'CHROMIUM_PATH',
  'PLAYWRIGHT_BROWSERS_PATH',
  'SystemRoot',
  'TEMP',
  'LOCALAPPDATA',
  'USERPROFILE',
]

/** The environment of an example, with what it is told. */
export function environment(told: Told): Record<string, string> {
  const passed = PASSED_ON.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(passed), ...told }
}

/** An empty working folder beside an installed example: its store starts anew in each. */
export async function workingFolder(installed: string): Promise<string> {
  await mkdir(join(installed, 'runs'), { recursive: true })
  return mkdtemp(join(installed, 'runs', 'run-'))
}

/** A shop that counts, closed after the test. */
export async function openShop(): Promise<SampleShop> {
  const shop = await startSampleShop()
  onTestFinished(() => shop.close())
  return shop
}

/** Starts the main file of an installed example, and stops it after the test if it still runs. */
export function runExample(file: string, cwd: string, told: Told): Stage {
  const child = spawn(process.execPath, [file], { cwd, env: environment(told), stdio: 'pipe' })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  onTestFinished(async ({ task }) => {
    if (child.exitCode === null) child.kill('SIGKILL')
    await exited
    if (task.result?.state === 'fail') console.log(`The example printed:\n${output}`)
  })
  const person = personAt(() => output)
  return {
    person: { ...person, isAsked: () => Promise.race([person.isAsked(), exited.then(endedEarly)]) },
    output: () => output,
    ended: () => exited,
  }
}

function endedEarly(): never {
  throw new Error('it ended without being held')
}

/** A person who answers at the local page, by the lines that an example prints. */
export function personAt(output: () => string): Person {
  const lineOf = (what: RegExp) =>
    vi.waitUntil(() => what.exec(output())?.[1], { timeout: HELD_MS, interval: 50 })
  const request = () => lineOf(/HELD HP-1 .* Answer: (http\S+)\n/)
  const signedIn = async (): Promise<Page> => {
    const browser = await launchBrowser()
    onTestFinished(() => browser.close())
    const page = await browser.newPage()
    await page.goto(await lineOf(/answer at (http\S+)/))
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.goto(await request())
    return page
  }
  return {
    async isAsked() {
      await request()
    },
    async approve() {
      const page = await signedIn()
      await page.getByRole('button', { name: 'Approve 182.40 EUR' }).click()
    },
    async reject(reason) {
      const page = await signedIn()
      await page.getByLabel('Reason, told to the agent').fill(reason)
      await page.getByRole('button', { name: 'Reject', exact: true }).click()
    },
  }
}
