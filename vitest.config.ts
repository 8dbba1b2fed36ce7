import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Two cores: one file at a time beside the browser keeps journeys steady.
    maxWorkers: 2,
  },
})
