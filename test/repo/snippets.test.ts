import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { subPaths } from './manifest.ts'
import { filesBelow, root, textOf } from './sources.ts'

/** Below the repository, so that `holdpoint` means its sources as it does in an example. */
const FOLDER = join(root, '.cache', 'snippets')
const COMPILE_MS = 120_000

interface Snippet {
  readonly document: string
  /** Of the line after the fence, from 1. */
  readonly line: number
  readonly code: string
}

/** Those of an example belong to its own packages; the reference shows signatures. */
const documents = filesBelow('.', ['.md']).filter((path) => !/^(?:examples|docs\/api)\//.test(path))

function snippetsOf(document: string, text: string): readonly Snippet[] {
  return [...text.matchAll(/^( *)```ts\n([\s\S]*?)^ *```$/gm)].map((match) => {
    const [, indent = '', code = ''] = match
    return {
      document,
      line: text.slice(0, match.index).split('\n').length + 1,
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }
  })
}

/** What a snippet may lean on without saying where it comes from: every public function, and these. */
const THINGS = {
  holdpoint: "import('holdpoint').Holdpoint",
  guarded: "import('holdpoint').GuardedContext<import('playwright').BrowserContext>",
  browser: "import('playwright').Browser",
  context: "import('playwright').BrowserContext",
  page: "import('playwright').Page",
  button: "import('playwright').Locator",
  signal: 'AbortSignal',
  botToken: 'string',
  appToken: 'string',
  signingSecret: 'string',
} as const

async function ambient(): Promise<string> {
  const functions = new Map<string, string>()
  for (const entry of ['holdpoint', ...subPaths]) {
    for (const name of Object.keys(await import(entry))) {
      functions.set(name, functions.get(name) ?? `typeof import('${entry}').${name}`)
    }
  }
  const all = [...functions, ...Object.entries(THINGS)]
  return ['export {}', 'declare global {', ...all.map(([k, v]) => `  const ${k}: ${v}`), '}'].join(
    '\n',
  )
}

/**
 * The file that a snippet becomes, in a folder of its document. One that begins with `// holdpoint.config.ts` is
 * that file, so that the others can import it.
 */
function fileOf({ document, line, code }: Snippet): string {
  const name = /^\/\/ ([\w.-]+\.ts)\n/.exec(code)?.[1] ?? `line-${line}.ts`
  return `${document}/${name}`
}

/** What the compiler says of them, with each line as in the document. Of the sources the linter's run speaks. */
async function complaints(snippets: readonly Snippet[]): Promise<readonly string[]> {
  await rm(FOLDER, { recursive: true, force: true })
  await mkdir(FOLDER, { recursive: true })
  await writeFile(join(FOLDER, 'ambient.d.ts'), await ambient())
  for (const snippet of snippets) {
    const file = join(FOLDER, fileOf(snippet))
    await mkdir(dirname(file), { recursive: true })
    // On its own line of its document; a module, so that its names are its own.
    await writeFile(file, `${'\n'.repeat(snippet.line - 1)}${snippet.code}\nexport {}\n`)
  }
  const options = { extends: '../../tsconfig.json', include: ['.'], exclude: [] }
  await writeFile(join(FOLDER, 'tsconfig.json'), JSON.stringify(options))
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [tsc, '-p', FOLDER, '--pretty', 'false'],
    { cwd: FOLDER },
  ).catch((error: { stdout: string }) => error)
  return stdout.split('\n').filter((said) => /^\S/.test(said) && !said.startsWith('../'))
}

const snippets = documents.flatMap((document) => snippetsOf(document, textOf(document)))

test('every TypeScript snippet of every document compiles', { timeout: COMPILE_MS }, async () => {
  expect(snippets.map(({ document }) => document)).toEqual(
    expect.arrayContaining(['README.md', 'docs/errors.md']),
  )
  expect(await complaints(snippets)).toEqual([])
})
