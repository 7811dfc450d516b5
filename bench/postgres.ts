/** A Postgres of its own for a measurement, in a folder that goes when the measurement ends. */
import { mkdtemp, chmod, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../database/migrate.ts';
import { freePorts } from '../sandbox/ports.ts';
import { startPostgres } from '../sandbox/postgres.ts';

export interface Bench {
  readonly url: string;
  readonly client: pg.Client;
  readonly folder: string;
}

/** Runs a measurement on a migrated, empty database, and removes everything whatever happens. */
export async function onFreshPostgres(measure: (bench: Bench) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'purosheba-bench-'));
  await chmod(folder, 0o755);
  const [port = 0] = await freePorts(1);
  const server = await startPostgres({
    folder: join(folder, 'postgres'),
    port,
    passwords: { superuser: 'bench', owner: 'bench', app: 'bench' },
  });
  const client = new pg.Client({ connectionString: server.ownerUrl });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await migrate(server.ownerUrl, server.url);
    await measure({ url: server.url, client, folder });
  } finally {
    await client.end().catch(() => undefined);
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
