/** How the tests run: the quick ones first, those with real processes two files at a time, what needs the machine alone. */
import { defineConfig } from 'vitest/config';

// Two cores carry a Temporal server, a Postgres, workers and a browser: generous limits.
const withServers = {
  globalSetup: 'test/support/servers.ts',
  pool: 'forks',
  testTimeout: 120_000,
  hookTimeout: 180_000,
} as const;

/** What takes both cores by itself, or compares times and would measure its neighbour, too. */
const alone = [
  'test/{browser,chaos}/**/*.test.ts',
  'test/integration/{delivery,payment-scenarios,webhook-wire}.test.ts',
];

export default defineConfig({
  test: {
    reporters: ['default', './test/support/tally.ts'],
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], sequence: { groupOrder: 0 } } },
      {
        test: {
          name: 'servers',
          include: ['test/{workflow,replay,integration}/**/*.test.ts'],
          exclude: alone,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          ...withServers,
        },
      },
      {
        test: {
          name: 'alone',
          include: alone,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
          ...withServers,
        },
      },
    ],
  },
});
