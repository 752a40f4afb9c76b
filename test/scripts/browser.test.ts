import { describe, expect, test } from 'vitest'

interface System {
  readonly platform: string
  readonly isRoot: boolean
  readonly isUbuntu: boolean
  readonly packageManager: string | undefined
}

interface Browser {
  obtain<T>(
    look: () => Promise<T | undefined>,
    system: System,
    ways: readonly ((system: System) => Promise<boolean>)[],
  ): Promise<T>
}

interface Installers {
  adviceFor(system: System): string
  isSnapStub(simulated: string): boolean
}

const { obtain } = (await import(
  new URL('../../scripts/browser.mjs', import.meta.url).href
)) as Browser
const { adviceFor, isSnapStub } = (await import(
  new URL('../../scripts/browser-installers.mjs', import.meta.url).href
)) as Installers

const debian: System = {
  platform: 'linux',
  isRoot: false,
  isUbuntu: false,
  packageManager: 'apt-get',
}

describe('a missing browser', () => {
  /** Ways to install that note that they were tried; `brings` is the one after which it is there. */
  function attempt(results: readonly boolean[], brings: number) {
    const log: string[] = []
    const ways = results.map((result, index) => async () => {
      log.push(`way ${index}`)
      return result
    })
    const look = async () => {
      log.push('look')
      return log.includes(`way ${brings}`) ? 'browser' : undefined
    }
    return { log, run: () => obtain(look, debian, ways) }
  }

  test('is obtained in the first way that brings one which starts', async () => {
    const { log, run } = attempt([true, true, true], 1)
    expect(await run()).toBe('browser')
    expect(log).toEqual(['way 0', 'look', 'way 1', 'look'])
  })

  test('is not looked for again after a way that changed nothing, nor is that tried twice', async () => {
    const { log, run } = attempt([false, true], 1)
    await run()
    expect(log).toEqual(['way 0', 'way 1', 'look'])
  })

  test('that cannot be obtained ends with the command to run', async () => {
    const { run } = attempt([false, true], 9)
    await expect(run()).rejects.toThrow('sudo apt-get update && sudo apt-get install -y chromium')
    await expect(run()).rejects.toThrow('CHROMIUM_PATH')
  })
})

describe('the command to run', () => {
  test('needs no sudo for root', () => {
    expect(adviceFor({ ...debian, isRoot: true })).toBe(
      'apt-get update && apt-get install -y chromium',
    )
  })

  test('is not the chromium package on Ubuntu, which only points to the snap store', () => {
    expect(adviceFor({ ...debian, isUbuntu: true })).toBe(
      'npx playwright install chromium && sudo npx playwright install-deps chromium',
    )
  })

  test('is one for each system', () => {
    const on = (platform: string, packageManager?: string) =>
      adviceFor({ ...debian, platform, packageManager })
    expect(on('linux', 'apk')).toBe('sudo apk add chromium')
    expect(on('linux')).toBe('npx playwright install chromium')
    expect(on('darwin')).toBe('brew install --cask google-chrome')
    expect(on('win32')).toBe('winget install --exact --id Google.Chrome')
  })
})

test("Ubuntu's chromium package is known for what it is, and Debian's is not taken for it", () => {
  expect(isSnapStub("Note, selecting 'chromium-browser' instead of 'chromium'")).toBe(true)
  expect(isSnapStub('Inst chromium-browser (2:1snap1-0ubuntu2 Ubuntu:24.04/noble [amd64])')).toBe(
    true,
  )
  expect(
    isSnapStub('Inst chromium (156.0.8078.79-1~deb12u1 Debian-Security:12/stable [amd64])'),
  ).toBe(false)
})
