import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

interface Packages {
  packagesProblem(folder: string): string | undefined
  runtimeFlags(version: string): readonly string[] | undefined
}

const { packagesProblem, runtimeFlags } = (await import(
  new URL('../../scripts/packages.mjs', import.meta.url).href
)) as Packages

type Entries = Readonly<Record<string, { version?: string; optional?: boolean }>>

describe('the packages have to be installed', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'packages-'))
    wants({ '': {}, 'node_modules/a': { version: '1.0.0' } })
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  const wants = (packages: Entries) =>
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }))

  const has = (packages: Entries) => {
    for (const path of Object.keys(packages)) {
      mkdirSync(join(folder, path), { recursive: true })
      writeFileSync(join(folder, path, 'package.json'), '{}')
    }
    writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }))
  }

  test('not when they are those of the lock file', () => {
    has({ 'node_modules/a': { version: '1.0.0' } })
    expect(packagesProblem(folder)).toBeUndefined()
  })

  test('when there are none', () => {
    expect(packagesProblem(folder)).toBe('none yet')
  })

  test('when an installation was cut short', () => {
    mkdirSync(join(folder, 'node_modules', 'a'), { recursive: true })
    expect(packagesProblem(folder)).toBe('the last installation did not finish')
  })

  test('when the lock file wants another version', () => {
    has({ 'node_modules/a': { version: '0.9.0' } })
    expect(packagesProblem(folder)).toBe('package-lock.json has changed')
  })

  test('when the lock file wants one more', () => {
    wants({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } })
    has({ 'node_modules/a': { version: '1.0.0' } })
    expect(packagesProblem(folder)).toBe('package-lock.json has changed')
  })

  test('not when one is left out that is for another platform', () => {
    wants({
      'node_modules/a': { version: '1.0.0' },
      'node_modules/a-win32': { version: '1.0.0', optional: true },
    })
    has({ 'node_modules/a': { version: '1.0.0' } })
    expect(packagesProblem(folder)).toBeUndefined()
  })

  test('when the folder of one was removed', () => {
    has({ 'node_modules/a': { version: '1.0.0' } })
    rmSync(join(folder, 'node_modules', 'a'), { recursive: true })
    expect(packagesProblem(folder)).toBe('node_modules/a is missing')
  })

  test('and a clone without its lock file is named as such', () => {
    rmSync(join(folder, 'package-lock.json'))
    expect(() => packagesProblem(folder)).toThrow(/package-lock\.json cannot be read/)
  })
})

test('a Node that does not strip types by itself cannot run the sources', () => {
  for (const version of ['20.20.2', '22.17.1', '23.5.0']) {
    expect(runtimeFlags(version)).toBeUndefined()
  }
  for (const version of ['22.18.0', '23.6.0']) {
    expect(runtimeFlags(version)).toContain('--disable-warning=ExperimentalWarning')
  }
  expect(runtimeFlags('24.0.0')).toEqual(['--conditions=@holdpoint/source'])
})
