/** Starts one real Postgres and one real Temporal server for all tests that need them. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { freePorts } from '../../sandbox/ports.ts';
import { startPostgres } from '../../sandbox/postgres.ts';
import { startTemporal } from '../../sandbox/temporal-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database as the app reaches it; test/support/database.ts makes others beside it. */
    databaseUrl: string;
    temporalAddress: string;
  }
}

/** Random, as production wants it: what the image is made of is started with it. */
const password = randomBytes(12).toString('hex');

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'purosheba-test-'));
  const [postgresPort = 0, temporalPort = 0, uiPort = 0] = await freePorts(3);
  const [postgres, temporal] = await Promise.all([
    startPostgres({
      folder: join(folder, 'postgres'),
      port: postgresPort,
      passwords: { superuser: password, owner: password, app: password },
      flushes: false,
    }),
    startTemporal({
      file: join(folder, 'temporal.db'),
      port: temporalPort,
      uiPort,
      limits: {
        // So low that tests of ordinary length come to the point where a conversation continues as new.
        'limit.historyCount.suggestContinueAsNew': 60,
        'frontend.WorkflowTimeSkippingEnabled': true,
      },
      flushes: false,
    }),
  ]);
  project.provide('databaseUrl', postgres.url);
  project.provide('temporalAddress', temporal.address);
  return async () => {
    await Promise.all([postgres.stop(), temporal.stop()]);
    await rm(folder, { recursive: true, force: true });
  };
}
