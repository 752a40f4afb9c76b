/** @file Child processes: signals reach them, nothing is left behind, exit codes come back. */

import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']
// npm passes Ctrl-C on to us although the terminal already sent it: two within this time are one.
const SAME_SIGNAL_MS = 1_000
// A terminal sends Ctrl-C to the child as well; programs take a second one as "now, and uncleanly".
const TERMINAL_GRACE_MS = 3_000
const PARENT_CHECK_MS = 250
const ON_WINDOWS = process.platform === 'win32'

/** What is running now, as functions that pass a signal on to it. */
const running = new Set()
let stopSignal
let lastStopAt = 0

/** The exit code of a command that was stopped by a signal; undefined while nobody stopped us. */
export function stoppedCode() {
  return stopSignal === undefined ? undefined : codeOf(null, stopSignal)
}

/**
 * Runs a program in the foreground, with this terminal, until it ends; gives its exit code. Ctrl-C,
 * SIGTERM and SIGHUP are passed on, and we wait for the program to close what it opened.
 */
export async function runForeground(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options })
  let late
  const { code, signal } = await ended(child, (stop) => {
    // On Windows `kill` ends a program without a chance to clean up, and the console tells it anyway.
    if (stop === 'SIGINT' && ON_WINDOWS) return
    if (stop === 'SIGINT' && inTerminal())
      late ??= setTimeout(() => child.kill(stop), TERMINAL_GRACE_MS)
    else child.kill(stop)
  })
  clearTimeout(late)
  return codeOf(code, signal)
}

/**
 * Runs a program without showing what it prints; gives `{ code, output, tooLong }`. It is stopped
 * after `limitMs`, when it has printed nothing for `silentMs`, and when we are stopped; killed if it
 * goes on for another `graceMs` (5 s).
 */
export async function runQuietly(command, args, options = {}) {
  const { limitMs, silentMs, graceMs = 5_000, ...spawnOptions } = options
  // A group of its own, so that what it started in turn (npm's install scripts) ends with it.
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !ON_WINDOWS,
    ...spawnOptions,
  })
  let output = ''
  let tooLong = false
  let lastResort
  const stop = () => {
    killGroup(child, 'SIGTERM')
    lastResort ??= setTimeout(() => killGroup(child, 'SIGKILL'), graceMs)
  }
  const give = () => {
    tooLong = true
    stop()
  }
  const limit = limitMs && setTimeout(give, limitMs)
  const silence = silentMs && setTimeout(give, silentMs)
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
      if (silence) silence.refresh()
    })
  }
  try {
    const { code, signal } = await ended(child, stop)
    if (lastResort) killGroup(child, 'SIGKILL')
    return { code: codeOf(code, signal), output, tooLong }
  } finally {
    for (const timer of [limit, silence, lastResort]) clearTimeout(timer)
  }
}

/** Waits for the end of a child; meanwhile `passOn` gets the signals that are meant to stop us. */
async function ended(child, passOn) {
  if (running.size === 0) for (const name of SIGNALS) process.on(name, onSignal)
  running.add(passOn)
  const parentWatch = watchParent()
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject)
      // "exit" and not "close": a grandchild that keeps the pipes open must not keep us.
      child.once('exit', (code, signal) => resolve({ code, signal }))
    })
  } finally {
    clearInterval(parentWatch)
    running.delete(passOn)
    // Without a child the signal's own effect is the right one: to end at once.
    if (running.size === 0) for (const name of SIGNALS) process.off(name, onSignal)
  }
}

function onSignal(signal) {
  stopSignal ??= signal
  const now = Date.now()
  if (now - lastStopAt < SAME_SIGNAL_MS) return
  lastStopAt = now
  for (const passOn of running) passOn(signal)
}

function inTerminal() {
  return Boolean(process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY)
}

function killGroup(child, signal) {
  try {
    if (ON_WINDOWS) child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // It has just ended by itself.
  }
}

/**
 * Stops us when npm is gone: on SIGTERM it ends its shell and itself, and tells nobody else; killed,
 * it tells nobody at all. Without this a demo would go on for ever behind a closed terminal.
 */
function watchParent() {
  if (ON_WINDOWS || !process.env.npm_lifecycle_event) return undefined
  const shell = process.ppid
  const npm = parentOf(shell)
  const watch = setInterval(() => {
    if (process.ppid === shell && parentOf(shell) === npm) return
    clearInterval(watch)
    onSignal('SIGTERM')
  }, PARENT_CHECK_MS)
  return watch
}

/**
 * Who started the shell in which npm runs a script; undefined where /proc does not tell, or where
 * there is no shell between: npm's own parent may end (nohup) without meaning us.
 */
function parentOf(pid) {
  try {
    // "<pid> (<name>) <state> <parent> …"; the name may itself contain spaces and brackets.
    const [, name, parent] = /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    return name.startsWith('npm') || name.startsWith('node') ? undefined : parent
  } catch {
    return undefined
  }
}

function codeOf(code, signal) {
  return signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1)
}
