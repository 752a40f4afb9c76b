import { optionInvalid } from '../core/errors.ts'

const NEEDED: readonly [major: number, minor: number] = [22, 18]

/** Refuses a Node that lacks what Holdpoint is built on, by name and before anything has started. */
export function checkNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return
  throw optionInvalid(
    'Node',
    `is ${version}; it must be ${NEEDED.join('.')} or newer (npm install node@24 brings one along)`,
  )
}
