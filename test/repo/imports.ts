import { posix } from 'node:path'

export interface Import {
  /** A path from the root of the repository, or a package's name as it is written. */
  readonly target: string
  readonly how: 'static' | 'dynamic'
}

const CLAUSE = String.raw`(?:(?:[\w$]+\s*,?\s*)?(?:\*(?:\s+as\s+[\w$]+)?\s*|\{[^}]*\}\s*)?from\s*)?`
/** `import`, `import type`, `import 'x'`, `export … from 'x'`. */
const STATEMENT = new RegExp(
  String.raw`(?:^|[;\n}])[ \t]*(?:import|export)\b\s*(?:type\s+)?${CLAUSE}(['"])([^'"\n]+)\1`,
  'g',
)
/** `import('x')` in code and in types. */
const CALL = /\bimport\s*\(\s*(?:\/\*[^*]*\*\/\s*)?(['"`])([^'"`\n]+)\1/g
/** A worker's file, or another file that is loaded beside this one. */
const BESIDE = /\bnew URL\(\s*(['"])(\.[^'"\n]+)\1\s*,\s*import\.meta\.url/g
/** A name that is computed: nobody can say here what it loads. */
const COMPUTED = /\bimport\s*\(\s*(?!\/\*)[^'"`\s)]|\brequire\s*\(/

/**
 * What a file imports: statically, for its types only, for its side effect, or dynamically. By regular
 * expressions, as TypeScript 7 has no JavaScript API; the repository's formatter keeps the shapes plain.
 */
export function importsOf(file: string, text: string): readonly Import[] {
  const found = [
    ...[...text.matchAll(STATEMENT)].map(([, , target]) => ({ target, how: 'static' as const })),
    ...[...text.matchAll(CALL)].map(([, , target]) => ({ target, how: 'dynamic' as const })),
    ...[...text.matchAll(BESIDE)].map(([, , target]) => ({ target, how: 'dynamic' as const })),
  ]
  return found.flatMap(({ target = '', how }) => {
    // An address of a web site, in a script that the sample shop serves as text.
    if (target.startsWith('/')) return []
    const isRelative = target.startsWith('.')
    return [{ how, target: isRelative ? posix.join(posix.dirname(file), target) : target }]
  })
}

/** Whether a file loads something whose name the scan cannot read. */
export function hasComputedImport(text: string): boolean {
  return COMPUTED.test(text)
}
