import { defineConfig } from 'vitest/config'

// `import 'holdpoint'` in a test means the sources, as it does for `node --conditions`.
const conditions = ['@holdpoint/source', 'module', 'node', 'development|production']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/examples/**', '**/node_modules/**'],
    globalSetup: ['test/support/global-setup.ts', 'test/repo/packed-setup.ts'],
    // A PGlite takes 300 to 500 MB.
    maxWorkers: 2,
    // Generous, as a wait ends with its condition: only a failure takes this long.
    testTimeout: 30_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 10_000, interval: 20 } },
    execArgv: ['--conditions=@holdpoint/source'],
  },
})
