import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Machines that share their cores stall for seconds at a time; a browser then loses its page. Not at home,
    // where a test that fails now and then should be seen.
    retry: process.env.CI ? 1 : 0,
    // Two cores: one file at a time beside the browser keeps journeys steady.
    maxWorkers: 2,
  },
})
