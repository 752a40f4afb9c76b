import { existsSync } from 'node:fs'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export interface ChosenReviewer {
  readonly id: string
  readonly name: string
  readonly slack: string
}

/** A short id for log and audit, made of a person's name: `Grace Hopper` is `grace`. */
export function reviewerId(name: string, taken: readonly string[]): string {
  const [first = ''] = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
    .split(' ')
  const base = /^[a-z]/.test(first) ? first.slice(0, 30) : 'reviewer'
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}${number}`
    if (!taken.includes(id)) return id
  }
}

/** The owner's configuration, as a person would write it. */
export function configText(
  reviewers: readonly ChosenReviewer[],
  /** Another Slack than slack.com. */
  hasApiUrl: boolean,
): string {
  const people = reviewers.map(
    ({ id, name, slack }) => `    ${id}: { name: ${quoted(name)}, slack: '${slack}' },`,
  )
  const ids = reviewers.map(({ id }) => `'${id}'`).join(', ')
  return [
    '// Who is asked, where, and for how long. Yours: an agent never reads or writes it.',
    "import { existsSync } from 'node:fs'",
    "import { loadEnvFile } from 'node:process'",
    "import { fileURLToPath } from 'node:url'",
    "import { defineConfig, definePolicy } from 'holdpoint'",
    "import { slackChannel } from 'holdpoint/slack'",
    '',
    'const MINUTE_MS = 60_000',
    '',
    '// The tokens stand in .env beside this file, or in the environment; that wins.',
    "const env = fileURLToPath(new URL('.env', import.meta.url))",
    'if (existsSync(env)) loadEnvFile(env)',
    '',
    'export default defineConfig({',
    '  channels: [',
    '    slackChannel({',
    "      botToken: process.env.SLACK_BOT_TOKEN ?? '',",
    "      appToken: process.env.SLACK_APP_TOKEN ?? '',",
    "      channelId: process.env.SLACK_CHANNEL_ID ?? '',",
    ...(hasApiUrl ? ["      slackApiUrl: process.env.SLACK_API_URL ?? '',"] : []),
    '    }),',
    '  ],',
    '  reviewers: {',
    ...people,
    '  },',
    '  policy: definePolicy({',
    `    reviewers: [${ids}],`,
    '    expiresAfterMs: 30 * MINUTE_MS,',
    "    // Nobody approves what an agent does on their own behalf (guardContext's onBehalfOf). Are you the only",
    '    // reviewer, and it acts for you? Then leave onBehalfOf out, or say so here: soloReviewer: true',
    '  }),',
    '})',
    '',
  ].join('\n')
}

// A name comes from Slack, where people write what they like.
const quoted = (text: string): string =>
  JSON.stringify(text).replaceAll('\u2028', ' ').replaceAll('\u2029', ' ')

/** Writes a file that must not be there yet. */
export async function writeNew(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: 'wx' })
}

/**
 * Sets variables in `.env`, readable by its owner only. Lines of other variables stay as they are. Also
 * keeps the file out of git, where there is a `.gitignore` or a repository.
 */
export async function setEnv(
  folder: string,
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  const path = join(folder, '.env')
  const before = existsSync(path) ? await readFile(path, 'utf8') : ''
  const names = Object.keys(variables)
  const kept = before
    .split('\n')
    .filter(
      (line) => !names.some((name) => new RegExp(`^\\s*(export\\s+)?${name}\\s*=`).test(line)),
    )
  while (kept.at(-1) === '') kept.pop()
  const lines = [...kept, ...names.map((name) => `${name}=${variables[name]}`)]
  // Before there is a token in it.
  if (existsSync(path)) await chmod(path, 0o600)
  await ignore(folder)
  await writeFile(path, `${lines.join('\n')}\n`, { mode: 0o600 })
}

/** A package of a larger repository has its `.git` further up. */
function isInRepository(folder: string): boolean {
  const parent = dirname(folder)
  return existsSync(join(folder, '.git')) || (parent !== folder && isInRepository(parent))
}

async function ignore(folder: string): Promise<void> {
  const path = join(folder, '.gitignore')
  const isThere = existsSync(path)
  if (!isThere && !isInRepository(folder)) return
  const text = isThere ? await readFile(path, 'utf8') : ''
  const lines = text.split('\n').map((line) => line.trim())
  const missing = ['.env', '.holdpoint/'].filter(
    (entry) => !lines.includes(entry) && !lines.includes(entry.replace(/\/$/, '')),
  )
  if (missing.length === 0) return
  const end = text === '' || text.endsWith('\n') ? '' : '\n'
  await writeFile(path, `${text}${end}${missing.join('\n')}\n`)
}
