import { defineConfig } from 'vitest/config'
import base from '../../vitest.config.ts'

/** Each example installed and run as its user would: minutes, so not among the other tests. */
export default defineConfig({
  ...base,
  test: {
    include: ['test/examples/**/*.test.ts'],
    globalSetup: ['test/examples/set-up.ts'],
    // Each runs an agent, a store and two browsers; the machine's two cores are theirs.
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 60_000,
    execArgv: ['--conditions=@holdpoint/source'],
  },
})
