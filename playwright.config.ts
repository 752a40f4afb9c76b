import { defineConfig } from '@playwright/test'

/** End-to-end stories in a real browser. One worker: the machine's two cores are the browser's and the store's. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: process.env['CI'] ? 'line' : 'list',
  outputDir: 'node_modules/.cache/holdpoint/e2e',
})
