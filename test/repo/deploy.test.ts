import { createRequire } from 'node:module'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { textOf } from './sources.ts'

interface Service {
  readonly environment: Readonly<Record<string, string>>
  readonly volumes: readonly string[]
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, null>>
}

let compose: Compose
/** What the parser complains of, warnings too: a key that is not read is a setting that is not made. */
let complaints: readonly string[]

beforeAll(async () => {
  const packages = new URL('../../scripts/packages.mjs', import.meta.url).href
  const { docsTools, ensurePackages } = (await import(packages)) as {
    readonly docsTools: string
    ensurePackages(folder: string): Promise<boolean>
  }
  await ensurePackages(docsTools)
  const { parseDocument } = createRequire(join(docsTools, 'package.json'))('yaml') as {
    parseDocument(
      text: string,
      options: { readonly strict: boolean; readonly version: string },
    ): { readonly errors: Error[]; readonly warnings: Error[]; toJS(): Compose }
  }
  const read = parseDocument(textOf('docs/deploy/compose.yaml'), { strict: true, version: '1.2' })
  complaints = [...read.errors, ...read.warnings].map(String)
  compose = read.toJS()
})

test('the Compose file is YAML without a fault', () => {
  expect(complaints).toEqual([])
  expect(Object.keys(compose).sort()).toEqual(['services', 'volumes'])
})

test('its variables are the five that docs/deploy.md explains, each with a default or required', () => {
  const explained = [...textOf('docs/deploy.md').matchAll(/^\| `([A-Z_]+)` \|/gm)]
  const names = explained.map(([, name]) => name)
  expect(names).toHaveLength(5)
  const environment = compose.services['agent']?.environment ?? {}
  expect(Object.keys(environment)).toEqual(names)
  for (const [name, value] of Object.entries(environment)) {
    expect(value).toMatch(new RegExp(`^\\$\\{${name}(?::\\?|:-[^}]+)\\}$`))
  }
})

test('what it remembers lies on a declared volume, where the Dockerfile has made room for it', () => {
  const [mount = ''] = compose.services['agent']?.volumes ?? []
  const [volume = '', path = ''] = mount.split(':')
  expect(Object.keys(compose.volumes)).toEqual([volume])
  const dockerfile = textOf('docs/deploy/Dockerfile')
  const workdir = /^WORKDIR (.+)$/m.exec(dockerfile)?.[1]
  expect(path).toBe(`${workdir}/.holdpoint`)
  // Below the user that it then runs as, who could not write to a folder of root's.
  expect(dockerfile).toMatch(/mkdir \.holdpoint && chown node:node \.holdpoint[\s\S]*^USER node$/m)
})

test('the image runs a Node that Holdpoint takes', () => {
  const [, major] = /^FROM node:(\d+)-/m.exec(textOf('docs/deploy/Dockerfile')) ?? []
  expect(Number(major)).toBeGreaterThanOrEqual(24)
})
