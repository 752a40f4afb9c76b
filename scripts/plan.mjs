/** @file What each command needs and runs, as data: nothing here starts anything. */

export const COMMANDS = ['demo', 'test', 'check', 'lint', 'bench']

/** Whether a command needs a browser. The linters do not. */
export function needsBrowser(command) {
  return command !== 'lint'
}

/** Which test runners run, with which arguments. Arguments that name e2e specs go to Playwright. */
export function planTests(args, { hasE2e }) {
  if (args.length === 0) return { vitest: [], ...(hasE2e ? { playwright: [] } : {}) }
  const isE2e = args.some((argument) => /^(\.\/)?test\/e2e(\/|$)/.test(argument))
  return isE2e ? { playwright: args } : { vitest: args }
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
