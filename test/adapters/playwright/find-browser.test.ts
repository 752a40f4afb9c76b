import { describe, expect, test } from 'vitest'
import { findBrowser, type Machine } from '../../../src/adapters/playwright/find-browser.ts'
import { sandboxFlags } from '../../../src/adapters/playwright/launch-flags.ts'

const CHROMIUM_TEXT = 'Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)\n'

/** A machine on which just these programs are; `undefined` for one that is there and does not start. */
function machineWith(
  programs: Readonly<Record<string, string | undefined>>,
  rest: Partial<Machine> = {},
): Machine {
  return {
    platform: 'linux',
    home: '/home/ada',
    canRun: async (path) => Object.hasOwn(programs, path),
    versionText: async (path) => programs[path],
    playwrightPath: async () => '/cache/playwright/chrome',
    ...rest,
  }
}

const EVERYTHING = {
  '/mine/chrome': 'Chromium 150.0.1.2',
  '/cache/playwright/chrome': 'Google Chrome for Testing 159.0.8154.6 ',
  '/usr/bin/google-chrome': 'Google Chrome 141.0.7390.54 ',
  '/usr/bin/microsoft-edge': 'Microsoft Edge 141.0.3537.71 ',
  '/usr/bin/chromium': CHROMIUM_TEXT,
}

const PATH = '/usr/local/bin:/usr/bin'

describe('the look-up', () => {
  test('goes CHROMIUM_PATH, Playwright, Chrome, Edge, Chromium', async () => {
    const programs: Record<string, string | undefined> = { ...EVERYTHING }
    const found: string[] = []
    for (const path of Object.keys(EVERYTHING)) {
      const env = { PATH, ...(found.length === 0 ? { CHROMIUM_PATH: path } : {}) }
      const browser = await findBrowser(env, machineWith(programs))
      found.push(`${browser?.source}: ${browser?.name}, ${browser?.executablePath}`)
      delete programs[path]
    }
    expect(found).toEqual([
      'CHROMIUM_PATH: Chromium 150, /mine/chrome',
      'playwright: Google Chrome for Testing 159, /cache/playwright/chrome',
      'chrome: Google Chrome 141, /usr/bin/google-chrome',
      'edge: Microsoft Edge 141, /usr/bin/microsoft-edge',
      'chromium: Chromium 156, /usr/bin/chromium',
    ])
  })

  test('gives nothing where nothing is', async () => {
    expect(await findBrowser({ PATH }, machineWith({}))).toBeUndefined()
  })

  test('passes over a browser that does not start, as one with missing libraries', async () => {
    const machine = machineWith({
      '/cache/playwright/chrome': undefined,
      '/usr/bin/chromium': CHROMIUM_TEXT,
    })
    expect((await findBrowser({ PATH }, machine))?.source).toBe('chromium')
  })

  test('passes over a stub that only names a package to install', async () => {
    const text = 'Command chromium-browser requires the chromium snap to be installed.\n'
    const machine = machineWith({ '/usr/bin/chromium-browser': text })
    expect(await findBrowser({ PATH }, machine)).toBeUndefined()
  })

  test('manages without Playwright', async () => {
    const machine = machineWith(EVERYTHING, { playwrightPath: async () => undefined })
    expect((await findBrowser({ PATH }, machine))?.source).toBe('chrome')
  })

  test('takes no program from the current folder, however PATH is written', async () => {
    const machine = machineWith({ chromium: CHROMIUM_TEXT, 'bin/chromium': CHROMIUM_TEXT })
    expect(await findBrowser({ PATH: ':bin:.' }, machine)).toBeUndefined()
  })

  test('knows the usual places where PATH does not lead to them', async () => {
    const path = '/opt/google/chrome/chrome'
    const linux = machineWith({ [path]: 'Google Chrome 141.0.7390.54' })
    expect((await findBrowser({}, linux))?.executablePath).toBe(path)

    const macPath = '/home/ada/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
    const mac = machineWith({ [macPath]: 'Google Chrome 141.0.7390.54' }, { platform: 'darwin' })
    expect((await findBrowser({}, mac))?.executablePath).toBe(macPath)
  })

  test('does not start a browser on Windows, where --version opens a window', async () => {
    const path = 'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe'
    const machine = machineWith(
      { [path]: undefined },
      {
        platform: 'win32',
        versionText: () => Promise.reject(new Error('was started')),
      },
    )
    expect(await findBrowser({ PROGRAMFILES: 'C:\\Program Files' }, machine)).toEqual({
      executablePath: path,
      name: 'Microsoft Edge',
      source: 'edge',
    })
  })
})

describe('CHROMIUM_PATH', () => {
  const wrong = { code: 'HP_ERR_OPTION_INVALID', details: { option: 'CHROMIUM_PATH' } }

  test('that names no program is refused, though another browser is there', async () => {
    const looking = findBrowser({ PATH, CHROMIUM_PATH: '/nowhere' }, machineWith(EVERYTHING))
    await expect(looking).rejects.toMatchObject({
      ...wrong,
      message:
        'CHROMIUM_PATH is "/nowhere", and there is no program there that can be run. Set it to a browser that is, or unset it to use the one that is found.',
    })
  })

  test('that names a program which is no browser is refused', async () => {
    const machine = machineWith({
      ...EVERYTHING,
      '/bin/bash': 'GNU bash, version 5.2.15(1)-release',
    })
    await expect(findBrowser({ PATH, CHROMIUM_PATH: '/bin/bash' }, machine)).rejects.toMatchObject({
      ...wrong,
      message: expect.stringMatching(/^CHROMIUM_PATH is "\/bin\/bash", which did not answer/),
    })
  })

  test('that is empty counts as not set', async () => {
    const browser = await findBrowser({ PATH, CHROMIUM_PATH: '' }, machineWith(EVERYTHING))
    expect(browser?.source).toBe('playwright')
  })

  test('is tried on this machine: a folder is no program, a real program is no browser', async () => {
    await expect(findBrowser({ CHROMIUM_PATH: import.meta.dirname })).rejects.toMatchObject({
      ...wrong,
      message: expect.stringContaining('no program there'),
    })
    await expect(findBrowser({ CHROMIUM_PATH: process.execPath })).rejects.toMatchObject({
      ...wrong,
      message: expect.stringContaining('did not answer --version'),
    })
  })
})

test('the sandbox is given up for root on Linux only', () => {
  expect(sandboxFlags('linux', 0)).toEqual(['--no-sandbox'])
  expect(sandboxFlags('linux', 1000)).toEqual([])
  expect(sandboxFlags('darwin', 0)).toEqual([])
  expect(sandboxFlags('win32', undefined)).toEqual([])
})
