/** Brings the database to this version's schema. */
import { runner } from 'node-pg-migrate';
import pg from 'pg';
import { grantToApp } from './grants.ts';
import { migrationsFolder, ownMigrations } from './schema.ts';

/** The database was migrated by a version that knows more than this one. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';
}

/**
 * Applies what is missing, all of it or nothing, and grants the app's role what it needs of it; several processes may
 * call it at once.
 *
 * @param ownerUrl the database as the owner of its schema
 * @param appUrl the same as API and worker reach it
 * @throws NewerDatabaseError when the database is ahead of this version
 * @throws UnfitRoleError when the app's role does not exist, or could act as the owner
 */
export async function migrate(ownerUrl: string, appUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await refuseNewer(client);
    await runner({
      dbClient: client,
      dir: migrationsFolder,
      direction: 'up',
      migrationsTable: 'migrations',
      // Waits for its turn instead of failing when another process migrates at the same moment.
      advisoryLockMode: 'wait',
      log: () => undefined,
    });
    await grantToApp(client, new pg.Client({ connectionString: appUrl }).user ?? '');
  } finally {
    await client.end();
  }
}

async function refuseNewer(client: pg.Client): Promise<void> {
  const { rows: tables } = await client.query<{ known: boolean }>(
    "select to_regclass('public.migrations') is not null as known",
  );
  if (!tables[0]?.known) return;
  const ours = new Set(await ownMigrations());
  const { rows } = await client.query<{ name: string }>('select name from migrations order by id');
  const unknown = rows.filter(({ name }) => !ours.has(name)).map(({ name }) => name);
  if (unknown.length > 0) {
    throw new NewerDatabaseError(
      `The database was made by a newer version of Purosheba (it knows ${unknown.join(', ')}). ` +
        'Start that version, or restore a backup from before it.',
    );
  }
}
