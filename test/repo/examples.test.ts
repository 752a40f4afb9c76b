import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { filesBelow, root, textOf } from './sources.ts'

interface Manifest {
  readonly private: boolean
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

const own = JSON.parse(textOf('package.json')) as Manifest & { readonly version: string }
const projects = filesBelow('examples', ['package.json']).map((path) => ({
  folder: dirname(path),
  name: path.split('/')[1] ?? '',
  manifest: JSON.parse(textOf(path)) as Manifest,
}))

test('an example with packages of its own pins every version, and this one of holdpoint', () => {
  expect(projects.length).toBeGreaterThan(5)
  for (const { folder, manifest } of projects) {
    const { dependencies, devDependencies } = manifest
    const loose = Object.entries({ ...dependencies, ...devDependencies })
      .filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
      .map(([name]) => name)
    expect({ folder, loose, isPrivate: manifest.private }).toEqual({
      folder,
      loose: [],
      isPrivate: true,
    })
    expect({ folder, holdpoint: dependencies['holdpoint'] }).toEqual({
      folder,
      holdpoint: own.version,
    })
  }
})

test('an example with packages of its own is proven by a test, and stands in the table', () => {
  const table = textOf('examples/README.md')
  for (const { folder, name } of projects) {
    expect({
      folder,
      isProven: existsSync(join(root, 'test', 'examples', `${name}.test.ts`)),
      isListed: table.includes(`| [${name}](${name}/`),
    }).toEqual({ folder, isProven: true, isListed: true })
  }
})
