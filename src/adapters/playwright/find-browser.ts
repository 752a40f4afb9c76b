import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'
import { HoldpointError } from '../../core/errors.ts'
import { loadPlaywright } from './load-playwright.ts'

/** Where a browser was found, in the order of the look-up. */
export type BrowserSource = 'CHROMIUM_PATH' | 'playwright' | 'chrome' | 'edge' | 'chromium'

/** A browser that is there and was seen to start. */
export interface FoundBrowser {
  readonly executablePath: string
  /** For people: `Chromium 156`. On Windows without the number. */
  readonly name: string
  readonly source: BrowserSource
}

/** What the look-up asks of the machine. */
export interface Machine {
  readonly platform: NodeJS.Platform
  readonly home: string
  /** Whether this is a file that may be run. */
  canRun(path: string): Promise<boolean>
  /** What `--version` prints; undefined if the program does not start, fails, or takes too long. */
  versionText(path: string): Promise<string | undefined>
  /** Where Playwright keeps its own Chromium, there or not; undefined without Playwright. */
  playwrightPath(): Promise<string | undefined>
}

type Environment = Readonly<Record<string, string | undefined>>

// Measured 0.15 s; a cold disk or a busy machine needs more, a program that hangs never ends.
const VERSION_LIMIT_MS = 15_000

/**
 * The Chromium to use: `CHROMIUM_PATH`, else Playwright's own, Google Chrome, Microsoft Edge, or
 * Chromium from PATH and the usual places. Each is started once with `--version`, so that one with
 * missing libraries, or a stub that only advertises a package, is passed over. Installs nothing.
 *
 * Throws `HP_ERR_OPTION_INVALID` if `CHROMIUM_PATH` is set and does not name a browser that starts:
 * whoever sets it means that browser and no other.
 */
export async function findBrowser(
  env: Environment = process.env,
  machine: Machine = thisMachine,
): Promise<FoundBrowser | undefined> {
  const chosen = env.CHROMIUM_PATH
  if (chosen) return chosenBrowser(chosen, machine)

  const playwrights = await machine.playwrightPath()
  const candidates: readonly Candidate[] = [
    ...(playwrights ? [{ source: 'playwright' as const, path: playwrights }] : []),
    ...usualPlaces(env, machine),
  ]
  for (const { source, path } of candidates) {
    if (!(await machine.canRun(path))) continue
    const name = await nameOf(path, source, machine)
    if (name) return { executablePath: path, name, source }
  }
  return undefined
}

async function chosenBrowser(path: string, machine: Machine): Promise<FoundBrowser> {
  if (!(await machine.canRun(path))) {
    throw wrongPath(`CHROMIUM_PATH is "${path}", and there is no program there that can be run.`)
  }
  const name = await nameOf(path, 'CHROMIUM_PATH', machine)
  if (!name) {
    throw wrongPath(
      `CHROMIUM_PATH is "${path}", which did not answer --version as a browser does within ${VERSION_LIMIT_MS / 1000} s.`,
    )
  }
  return { executablePath: path, name, source: 'CHROMIUM_PATH' }
}

function wrongPath(message: string): HoldpointError {
  const remedy = 'Set it to a browser that is, or unset it to use the one that is found.'
  return new HoldpointError('HP_ERR_OPTION_INVALID', `${message} ${remedy}`, {
    option: 'CHROMIUM_PATH',
  })
}

const SOURCE_NAMES: Readonly<Record<BrowserSource, string>> = {
  CHROMIUM_PATH: 'Chromium',
  playwright: 'Chromium',
  chrome: 'Google Chrome',
  edge: 'Microsoft Edge',
  chromium: 'Chromium',
}

async function nameOf(
  path: string,
  source: BrowserSource,
  machine: Machine,
): Promise<string | undefined> {
  // On Windows `chrome.exe --version` prints nothing and opens a window.
  if (machine.platform === 'win32') return SOURCE_NAMES[source]
  const [, product, major] =
    /^([A-Za-z][\w ]*?) (\d+)\.\d+/m.exec((await machine.versionText(path)) ?? '') ?? []
  return product && major ? `${product} ${major}` : undefined
}

interface Candidate {
  readonly source: BrowserSource
  readonly path: string
}

type Installed = Exclude<BrowserSource, 'CHROMIUM_PATH' | 'playwright'>

const INSTALLED: readonly Installed[] = ['chrome', 'edge', 'chromium']

const PROGRAMS: Readonly<Record<Installed, readonly string[]>> = {
  chrome: ['google-chrome-stable', 'google-chrome'],
  edge: ['microsoft-edge-stable', 'microsoft-edge'],
  chromium: ['chromium', 'chromium-browser'],
}

const LINUX_PLACES: Readonly<Record<Installed, readonly string[]>> = {
  chrome: ['/opt/google/chrome/chrome'],
  edge: ['/opt/microsoft/msedge/msedge'],
  chromium: ['/snap/bin/chromium'],
}

const MAC_PLACES: Readonly<Record<Installed, string>> = {
  chrome: 'Google Chrome.app/Contents/MacOS/Google Chrome',
  edge: 'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  chromium: 'Chromium.app/Contents/MacOS/Chromium',
}

const WINDOWS_PLACES: Readonly<Record<Installed, string>> = {
  chrome: 'Google\\Chrome\\Application\\chrome.exe',
  edge: 'Microsoft\\Edge\\Application\\msedge.exe',
  chromium: 'Chromium\\Application\\chrome.exe',
}

function usualPlaces(env: Environment, machine: Machine): readonly Candidate[] {
  return INSTALLED.flatMap((source) =>
    placesOf(source, env, machine).map((path) => ({ source, path })),
  )
}

function placesOf(source: Installed, env: Environment, machine: Machine): readonly string[] {
  if (machine.platform === 'win32') {
    return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .map((folder) => win32.join(folder, WINDOWS_PLACES[source]))
  }
  // An empty or relative entry of PATH means the current folder, where anybody may have put a file.
  const onPath = (env.PATH ?? '')
    .split(':')
    .filter((folder) => posix.isAbsolute(folder))
    .flatMap((folder) => PROGRAMS[source].map((program) => posix.join(folder, program)))
  if (machine.platform !== 'darwin') return [...onPath, ...LINUX_PLACES[source]]
  return [
    ...['/Applications', posix.join(machine.home, 'Applications')].map((folder) =>
      posix.join(folder, MAC_PLACES[source]),
    ),
    ...onPath,
  ]
}

const thisMachine: Machine = {
  platform: process.platform,
  home: homedir(),
  async canRun(path) {
    try {
      await access(path, constants.X_OK)
      return (await stat(path)).isFile()
    } catch {
      return false
    }
  },
  versionText(path) {
    return new Promise((resolve) => {
      const options = { timeout: VERSION_LIMIT_MS, killSignal: 'SIGKILL' } as const
      execFile(path, ['--version'], options, (error, stdout) => {
        resolve(error ? undefined : stdout)
      })
    })
  },
  async playwrightPath() {
    try {
      const { chromium } = await loadPlaywright()
      return chromium.executablePath()
    } catch {
      // Not installed, or a platform for which Playwright has no Chromium.
      return undefined
    }
  },
}
