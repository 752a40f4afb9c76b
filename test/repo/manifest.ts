import { textOf } from './sources.ts'

interface Manifest {
  readonly engines: { readonly node: string }
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly peerDependencies: Readonly<Record<string, string>>
}

export const manifest = JSON.parse(textOf('package.json')) as Manifest

/** `holdpoint/guard`, …: every public name of the package but the root and its package.json. */
export const subPaths = Object.keys(manifest.exports)
  .filter((subPath) => subPath !== '.' && subPath !== './package.json')
  .map((subPath) => subPath.replace('.', 'holdpoint'))

/** A package in the version that this repository is tested with. */
export function asTested(name: string): string {
  const version = { ...manifest.devDependencies, ...manifest.dependencies }[name]
  if (version === undefined) throw new Error(`${name} is no dependency of ours`)
  return `${name}@${version}`
}
