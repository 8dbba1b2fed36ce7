import { defineConfig } from 'vitest/config'

/** What every engine keeps to: run on SQLite with all the rest, and once more on PostgreSQL. */
const contract = ['test/store/*.test.ts', 'test/postgres/*.test.ts']
/** What is said of the SQLite file alone. */
const fileAlone = ['anonymity', 'backups', 'commit', 'killed', 'migrate', 'released'].map(
  (name) => `test/store/${name}.test.ts`,
)

const onPostgres = {
  globalSetup: ['test/postgres/setup.ts'],
  setupFiles: ['test/postgres/skip.ts'],
  env: { HEARD_TEST_ENGINE: 'postgres' },
}
/** Anything at all on PostgreSQL: HEARD_TEST_ENGINE=postgres npx vitest run test/access ... */
const asked = process.env.HEARD_TEST_ENGINE === 'postgres'

export default defineConfig({
  test: {
    // None takes so long; a machine that is busy with other things does.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Machines that share their cores stall for seconds at a time; a browser then loses its page. Not at home,
    // where a test that fails now and then should be seen.
    retry: process.env.CI ? 1 : 0,
    // Two cores: one file at a time beside the browser keeps journeys steady.
    maxWorkers: 2,
    projects: [
      ...(asked
        ? []
        : [
            {
              extends: true as const,
              test: { name: 'all', include: ['test/**/*.test.ts'], exclude: ['test/postgres/**'] },
            },
          ]),
      {
        extends: true as const,
        test: {
          name: 'postgres',
          include: asked ? ['test/**/*.test.ts'] : contract,
          exclude: fileAlone,
          ...onPostgres,
        },
      },
    ],
  },
})
