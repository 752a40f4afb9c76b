/** May be imported: a folder (ends in `/`), `node:*`, or exactly this file or package. */
export type Layer = readonly [folder: string, mayImport: readonly string[]]

const RULES = ['src/core/', 'src/ports/']
const PAGES = ['htm/preact', 'preact', 'preact-render-to-string']

/** Who may import whom. The first folder that fits a file counts, so narrow ones come first. */
export const LAYERS: readonly Layer[] = [
  ['src/core/', ['src/core/', 'zod', 'node:crypto']],
  ['src/ports/', RULES],
  ['src/holding/', [...RULES, 'src/holding/']],
  ['src/deciding/', [...RULES, 'src/deciding/']],
  [
    'src/adapters/playwright/',
    [
      ...RULES,
      'src/holding/',
      'src/adapters/playwright/',
      'playwright',
      'playwright-core',
      'sharp',
      'zod',
      'node:*',
    ],
  ],
  [
    'src/adapters/postgres/',
    [...RULES, 'src/adapters/postgres/', 'pg', 'pg-boss', '@electric-sql/pglite', 'node:*'],
  ],
  ['src/adapters/signing/', [...RULES, 'src/adapters/signing/', 'jose', 'node:*']],
  [
    'src/adapters/mcp/',
    [
      ...RULES,
      'src/adapters/mcp/',
      '@modelcontextprotocol/server',
      '@modelcontextprotocol/server/stdio',
      'zod',
      'node:*',
    ],
  ],
  [
    'src/adapters/slack/',
    [
      ...RULES,
      'src/adapters/slack/',
      '@slack/socket-mode',
      '@slack/types',
      '@slack/web-api',
      'zod',
      'node:*',
    ],
  ],
  ['src/adapters/terminal/', [...RULES, 'src/adapters/terminal/', 'node:*']],
  [
    'src/testing/',
    [
      'src/testing/',
      'holdpoint',
      'holdpoint/slack',
      '@fastify/cookie',
      '@fastify/formbody',
      'fastify',
      ...PAGES,
      'openai',
      'openai/helpers/zod',
      'playwright',
      'ws',
      'zod',
      'node:*',
    ],
  ],
  ['src/cli/', ['src/cli/', 'src/compose/', 'src/core/errors.ts', 'node:*']],
  ['src/compose/', ['src/', 'guards/index.ts', 'server/', 'playwright', 'zod', 'node:*']],
  ['src/index.ts', [...RULES, 'src/holding/', 'src/compose/', 'src/adapters/playwright/']],
  [
    'server/',
    [
      ...RULES,
      'src/deciding/',
      // The words that an agent is told stand in one place.
      'src/holding/agent-view.ts',
      'server/',
      'fastify',
      '@fastify/cookie',
      '@fastify/formbody',
      '@fastify/helmet',
      '@fastify/rate-limit',
      ...PAGES,
      'zod',
      'node:crypto',
    ],
  ],
  ['guards/', ['guards/', 'holdpoint/guard']],
  [
    'examples/',
    [
      'examples/',
      'holdpoint',
      'holdpoint/guard',
      'holdpoint/guards',
      'holdpoint/server',
      'holdpoint/slack',
      'holdpoint/terminal',
      'holdpoint/testing',
      'playwright',
      'node:*',
    ],
  ],
]
