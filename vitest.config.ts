/** How the tests run: the quick ones first, those with real processes two files at a time, those that compare times alone. */
import { defineConfig } from 'vitest/config';

// Two cores carry a Temporal server, a Postgres, workers and a browser: generous limits.
const withServers = {
  globalSetup: 'test/support/servers.ts',
  pool: 'forks',
  testTimeout: 120_000,
  hookTimeout: 180_000,
} as const;

/** A neighbour's load would be measured with what they compare. */
const comparesTimes = 'test/integration/delivery.test.ts';

export default defineConfig({
  test: {
    reporters: ['default', './test/support/tally.ts'],
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], sequence: { groupOrder: 0 } } },
      {
        test: {
          name: 'servers',
          include: ['test/{workflow,replay,integration,browser,chaos}/**/*.test.ts'],
          exclude: [comparesTimes],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          ...withServers,
        },
      },
      {
        test: {
          name: 'alone',
          include: [comparesTimes],
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
          ...withServers,
        },
      },
    ],
  },
});
