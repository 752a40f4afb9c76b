/** @file The ways to obtain a browser when the machine has none. The library itself never installs any. */

import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { delimiter, join } from 'node:path'
import { runQuietly } from './children.mjs'
import { root } from './packages.mjs'
import { say, step } from './steps.mjs'

const MINUTE_MS = 60_000
// The download is about 280 MB and reports every tenth: a slow line is fine, a stalled one is not.
const DOWNLOAD_LIMIT_MS = 15 * MINUTE_MS
const DOWNLOAD_SILENT_MS = 2 * MINUTE_MS
const APT_LIMIT_MS = 15 * MINUTE_MS
const REACH_LIMIT_MS = 4_000

/** In this order. Each gives true if it changed something, so that looking again is worth while. */
export const installers = [playwrightDownload, playwrightLibraries, aptChromium]

/** What the installers and the advice have to know about this machine. */
export function thisSystem() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const has = (program) => folders.some((folder) => existsSync(join(folder, program)))
  return {
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    isUbuntu: isUbuntu(),
    packageManager: ['apt-get', 'dnf', 'zypper', 'pacman', 'apk'].find(has),
  }
}

/** The command that a person has to run for a browser, in one line. */
export function adviceFor({ platform, isRoot, isUbuntu, packageManager }) {
  if (platform === 'darwin') return 'brew install --cask google-chrome'
  if (platform === 'win32') return 'winget install --exact --id Google.Chrome'
  const sudo = isRoot ? '' : 'sudo '
  // Ubuntu's chromium package is only a pointer to the snap store.
  if (packageManager === 'apt-get' && isUbuntu) {
    return `npx playwright install chromium && ${sudo}npx playwright install-deps chromium`
  }
  const install = {
    'apt-get': `${sudo}apt-get update && ${sudo}apt-get install -y chromium`,
    dnf: `${sudo}dnf install -y chromium`,
    zypper: `${sudo}zypper install -y chromium`,
    pacman: `${sudo}pacman -S --noconfirm chromium`,
    apk: `${sudo}apk add chromium`,
  }
  return install[packageManager] ?? 'npx playwright install chromium'
}

/** Whether `apt-get install --simulate chromium` would bring the snap store's stub, not a browser. */
export function isSnapStub(simulated) {
  return (
    /^Inst chromium\S* .*snap/m.test(simulated) || /selecting '?chromium-browser/.test(simulated)
  )
}

async function playwrightDownload() {
  const host = downloadHost(process.env)
  if (host && !(await answers(host))) {
    say(` · Playwright's Chromium cannot be downloaded: ${host} does not answer`)
    return false
  }
  return tryStep("downloading Playwright's Chromium (about 280 MB)", () =>
    playwright('install', { limitMs: DOWNLOAD_LIMIT_MS, silentMs: DOWNLOAD_SILENT_MS }),
  )
}

/** Playwright's Chromium may be there and lack system libraries; on apt systems it knows which. */
async function playwrightLibraries({ isRoot, packageManager }) {
  const { chromium } = await import('playwright')
  if (!isRoot || packageManager !== 'apt-get' || !existsSync(chromium.executablePath()))
    return false
  return tryStep("installing the libraries of Playwright's Chromium (apt-get, as root)", () =>
    playwright('install-deps', { limitMs: APT_LIMIT_MS, env: APT_ENV }),
  )
}

async function aptChromium({ isRoot, packageManager }) {
  if (!isRoot || packageManager !== 'apt-get') return false
  // Fails where one of several sources is down; the others may do.
  await tryStep('reading the package lists (apt-get update, as root)', () => apt(['update']))
  const simulated = await apt(['install', '--simulate', 'chromium'])
  if (isSnapStub(simulated.output)) {
    say(" · this system's chromium package is only a pointer to the snap store, not installed")
    return false
  }
  return tryStep('installing the system package chromium (apt-get install, as root)', () =>
    apt(['install', '--yes', '--no-install-recommends', 'chromium']),
  )
}

const APT_ENV = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' }

function apt(args) {
  // Another apt may be at work on a machine that has just been started.
  const options = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=2']
  return runQuietly('apt-get', [...options, ...args], { limitMs: APT_LIMIT_MS, env: APT_ENV })
}

function playwright(command, limits) {
  const cli = join(root, 'node_modules', 'playwright', 'cli.js')
  return runQuietly(process.execPath, [cli, command, 'chromium'], { cwd: root, ...limits })
}

/** One step that may fail, as there may be another way: says why and gives false. */
async function tryStep(text, run) {
  const { code, output, tooLong } = await step(text, run)
  if (code === 0) return true
  say(tooLong ? '   took too long, stopped' : `   failed: ${output.trim().split('\n').at(-1)}`)
  return false
}

/** Whom to ask before a download; undefined where only the download itself can tell (a proxy). */
function downloadHost(env) {
  if (env.HTTPS_PROXY || env.https_proxy) return undefined
  const mirror = env.PLAYWRIGHT_CHROMIUM_DOWNLOAD_HOST || env.PLAYWRIGHT_DOWNLOAD_HOST
  return mirror ? undefined : 'cdn.playwright.dev'
}

/** Whether a server answers on port 443; Playwright alone would try for minutes. */
function answers(host) {
  return new Promise((resolve) => {
    const socket = connect({ host, port: 443, timeout: REACH_LIMIT_MS })
    const end = (reached) => {
      socket.destroy()
      resolve(reached)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })
}

function isUbuntu() {
  try {
    return /^ID(_LIKE)?=.*\bubuntu\b/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false // not a Linux
  }
}
