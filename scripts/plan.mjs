/** @file What each command needs and runs, as data: nothing here starts anything. */

export const COMMANDS = ['demo', 'replay', 'example', 'test', 'check', 'lint', 'bench', 'docs']

/** Whether a command needs a browser. The linters and what only reads files do not. */
export function needsBrowser(command) {
  return !['lint', 'replay', 'docs'].includes(command)
}

/**
 * Which test runners run, with which arguments. Arguments that name e2e specs go to Playwright, those
 * that name `test/examples` to a run of their own, as it installs packages.
 */
export function planTests(args, { hasE2e }) {
  if (args.length === 0) return { vitest: [], ...(hasE2e ? { playwright: [] } : {}), examples: [] }
  if (args.some((argument) => /^(\.\/)?test\/e2e(\/|$)/.test(argument))) return { playwright: args }
  if (args.some((argument) => /^(\.\/)?test\/examples(\/|$)/.test(argument)))
    return { examples: args }
  return { vitest: args }
}

/**
 * The benches to run: all, or the one that the first argument names, by path or by name (`guards`
 * for `bench/guards.bench.ts`), with the other arguments handed to it.
 */
export function planBenches([name, ...rest], files) {
  if (name === undefined) return { files, args: [] }
  const asked = name.replace(/^(\.\/)?bench\//, '').replace(/\.bench\.ts$/, '')
  return { files: files.filter((file) => file === `${asked}.bench.ts`), args: rest }
}

/** The example that the first argument names, by path or by name; a configuration is none. */
export function planExample([name = '', ...rest], files) {
  const names = files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.config.ts'))
    .map((file) => file.replace(/\.ts$/, ''))
    .sort()
  const asked = name.replace(/^(\.\/)?examples\//, '').replace(/\.ts$/, '')
  return { file: names.includes(asked) ? `${asked}.ts` : undefined, args: rest, names }
}
