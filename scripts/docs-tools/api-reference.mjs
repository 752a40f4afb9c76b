/**
 * @file `node scripts/docs-tools/api-reference.mjs <folder>`: the API reference, made from the docstrings, one page per
 * public entry. Ends with 1 where a public name has no docstring, or one of them says what cannot be.
 */

import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Application, ReflectionKind } from 'typedoc'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** `holdpoint/guard` by the path of its source. */
const entries = new Map(
  Object.entries(exports)
    .filter(([, files]) => files['@holdpoint/source'] !== undefined)
    .map(([subPath, files]) => [
      join(root, files['@holdpoint/source']),
      subPath.replace('.', 'holdpoint'),
    ]),
)

const app = await Application.bootstrapWithPlugins({
  entryPoints: [...entries.keys()],
  tsconfig: join(root, 'tsconfig.build.json'),
  // The linter's work, with the newer TypeScript.
  skipErrorChecking: true,
  plugin: ['typedoc-plugin-markdown'],
  outputs: [{ name: 'markdown', path: resolve(process.argv[2]) }],
  name: 'API reference',
  readme: 'none',
  githubPages: false,
  excludeExternals: true,
  excludeInternal: true,
  excludePrivate: true,
  // Lines of sources would change the pages with every edit.
  disableSources: true,
  validation: { invalidLink: true, notExported: false },
  outputFileStrategy: 'modules',
  entryFileName: 'README',
  hidePageHeader: true,
  hideBreadcrumbs: true,
  expandParameters: false,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  useCodeBlocks: true,
})

const project = await app.convert()
if (project === undefined) process.exit(1)
for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
  module.name = entries.get(project.getSymbolIdFromReflection(module)?.fileName) ?? module.name
}
app.validate(project)
for (const name of undocumented(project)) app.logger.error(`${name} has no docstring`)
await app.generateOutputs(project)
process.exitCode = app.logger.hasErrors() || app.logger.hasWarnings() ? 1 : 0

/** Public names without a docstring; what stands in two entries needs one in its own place only. */
function undocumented(project) {
  return project
    .getReflectionsByKind(ReflectionKind.Module)
    .flatMap((module) => module.children ?? [])
    .filter((name) => !name.isReference())
    .filter((name) => ![name, ...(name.signatures ?? [])].some((each) => each.hasComment()))
    .map((name) => name.getFriendlyFullName())
}
