/** How the tests run: the quick ones side by side, those with real processes one file after the other. */
import { defineConfig } from 'vitest/config';

// Two cores carry a Temporal server, a Postgres, workers and a browser: generous limits, no parallel files.
const withServers = {
  globalSetup: 'test/support/servers.ts',
  pool: 'forks',
  fileParallelism: false,
  // Half of the time that a file takes to load is what it shares with the others.
  isolate: false,
  // Tests of a file that run at once wait for the house most of their time.
  maxConcurrency: 12,
  testTimeout: 120_000,
  hookTimeout: 180_000,
} as const;

export default defineConfig({
  test: {
    reporters: ['default', './test/support/tally.ts'],
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      {
        test: {
          name: 'servers',
          include: ['test/{workflow,replay,integration,browser,chaos}/**/*.test.ts'],
          ...withServers,
        },
      },
    ],
  },
});
