/** How the tests run: the quick ones first, then those with real processes; two files at a time. */
import { defineConfig } from 'vitest/config';
import LongestFirst from './test/support/longest-first.ts';

const shared = {
  // Half of the time that a file takes to load is what it shares with the others.
  isolate: false,
  // One for each core of the machine that they must fit: files with servers wait most of their time.
  maxWorkers: 2,
} as const;

const withServers = {
  ...shared,
  globalSetup: 'test/support/servers.ts',
  pool: 'forks',
  // Tests of a file that run at once wait for the house most of their time.
  maxConcurrency: 12,
  // Two cores carry Temporal servers, Postgres, workers and a browser: generous limits.
  testTimeout: 120_000,
  hookTimeout: 180_000,
} as const;

export default defineConfig({
  test: {
    reporters: ['default', './test/support/tally.ts'],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          // The first paper that a process sets takes seconds; what must be quick says so itself.
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...withServers,
          name: 'servers',
          include: ['test/{workflow,replay,integration,browser,chaos}/**/*.test.ts'],
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
