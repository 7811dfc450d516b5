/** A database of its own for one test file, on the Postgres that all of them share. */
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { connect, type Database } from '../../database/connection.ts';
import { migrate } from '../../database/migrate.ts';
import type { CitizenId } from '../../domain/citizen.ts';

/** A database under another role; in tests they all have one password. */
export function as(role: 'postgres' | 'purosheba_owner', databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.username = role;
  return url.href;
}

/** @returns its address, as API and worker reach it */
export async function freshDatabase(serverUrl: string): Promise<string> {
  const name = `town_${randomBytes(4).toString('hex')}`;
  const client = new pg.Client({ connectionString: as('postgres', serverUrl) });
  await client.connect();
  await client.query(`create database ${name} owner purosheba_owner`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = name;
  return url.href;
}

/** The same with its schema, connected as API and worker are. @param size connections that it may hold */
export async function migratedDatabase(serverUrl: string, size: number): Promise<Database> {
  const url = await freshDatabase(serverUrl);
  await migrate(as('purosheba_owner', url), url);
  return connect({ url, size, name: 'test', onLost: () => undefined });
}

/** Runs statements as the owner of the schema, for what API and worker may not do. */
export async function runAsOwner(db: Database, sql: string): Promise<void> {
  const client = new pg.Client({
    connectionString: as('purosheba_owner', db.options.connectionString ?? ''),
  });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** Somebody who wrote once. */
export async function newCitizen(db: Database): Promise<CitizenId> {
  const { rows } = await db.query<{ id: CitizenId }>(
    'select resolve_citizen($1, null, null, null, null, now()) as id',
    [`IN.${randomUUID().replaceAll('-', '')}`],
  );
  const [citizen] = rows;
  if (!citizen) throw new Error('nobody was written down');
  return citizen.id;
}

/** A failure of WhatsApp's that another try may not have, as a status tells it. */
export const passing = { code: 131000, meaning: 'a passing trouble', again: true, optedOut: false } as const;
