import { join } from 'node:path'
import { subPaths } from './manifest.ts'
import type { Project } from './packed.ts'
import { root } from './sources.ts'

/** The oldest and the newest TypeScript that the types are for. The older one is installed in a project. */
export const COMPILERS = {
  '5.9': (project: Project) => join(project.folder, 'node_modules', 'typescript'),
  '7': (_project: Project) => join(root, 'node_modules', 'typescript'),
} as const

export const OLD_TYPESCRIPT = 'typescript@5.9.3'

/** As a consumer sets it: NodeNext for programs that Node runs, Bundler for those that a bundler makes. */
export const RESOLUTIONS = {
  NodeNext: { module: 'nodenext', moduleResolution: 'nodenext' },
  Bundler: { module: 'esnext', moduleResolution: 'bundler' },
} as const

/** Uses every public entry, and would not compile if its types had come to nothing. */
export const EVERY_ENTRY: readonly string[] = [
  "import { createHoldpoint, type Outcome } from 'holdpoint'",
  ...subPaths.map((name, index) => `import type * as p${index} from '${name}'`),
  `export type All = [${subPaths.map((_, index) => `typeof p${index}`).join(', ')}]`,
  'export const url: Promise<string> = createHoldpoint().then((holdpoint) => holdpoint.url)',
  '// @ts-expect-error: types that came to nothing would be `any`, and let this pass',
  "createHoldpoint({ dataDirectory: '.' })",
  'export const told = (outcome: Outcome<number>): string => outcome.forModel',
]

/** Characters: the first errors are the telling ones. */
const MOST_SAID = 3_000

/** What a strict compiler that checks every library says of `code`; empty if nothing. */
export async function typeErrors(
  project: Project,
  compiler: keyof typeof COMPILERS,
  resolution: keyof typeof RESOLUTIONS,
  code: readonly string[],
): Promise<string> {
  const name = `consumer-${compiler}-${resolution}`
  const compilerOptions = {
    ...RESOLUTIONS[resolution],
    target: 'es2022',
    // Playwright's own types need the browser's; ours do not.
    lib: code === EVERY_ENTRY ? ['es2022'] : ['es2022', 'dom'],
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
  }
  await project.write(`${name}.mts`, `${code.join('\n')}\n`)
  await project.write(
    `${name}.json`,
    JSON.stringify({ compilerOptions, files: [`${name}.mts`] }, null, 2),
  )
  const tsc = join(COMPILERS[compiler](project), 'bin', 'tsc')
  try {
    return (await project.run('node', tsc, '-p', `${name}.json`)).stdout
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    return (stdout + stderr).slice(0, MOST_SAID)
  }
}

/** Hands objects of a Playwright to every public function that takes one. */
export function everyUseOf(playwright: 'playwright' | 'playwright-core'): readonly string[] {
  return [
    `import { chromium, type BrowserContext, type Page } from '${playwright}'`,
    "import { createHoldpoint, guardContext, launchOptions, runAction } from 'holdpoint'",
    "import { runAgent, scriptedBrain, scriptedReviewer, SHOPPING_SCRIPT } from 'holdpoint/testing'",
    'const holdpoint = await createHoldpoint()',
    'const options = await launchOptions(holdpoint)',
    "const browser = await chromium.launch({ ...options, args: [...options.args, '--mute-audio'] })",
    'const context: BrowserContext = await browser.newContext()',
    "const guarded = await guardContext(holdpoint, context, { agent: 'shopper' })",
    'const page: Page = await guarded.context.newPage()',
    "export const outcome = await runAction(guarded, {}, () => page.click('button'))",
    "export const grace = scriptedReviewer(page, 'http://127.0.0.1:1', 'grace')",
    'const brain = scriptedBrain(SHOPPING_SCRIPT)',
    "export const run = await runAgent({ guarded, page, task: 'shop', brain })",
    '// @ts-expect-error: a page is no context',
    "await guardContext(holdpoint, page, { agent: 'shopper' })",
  ]
}
