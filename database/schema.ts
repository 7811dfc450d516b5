/** Whether the tables are those for which this release was written. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Database } from './connection.ts';

export const migrationsFolder = join(import.meta.dirname, 'migrations');

/** The migrations of this release by name, in order. */
export async function ownMigrations(): Promise<string[]> {
  return (await readdir(migrationsFolder)).map((file) => file.replace(/\.sql$/, '')).sort();
}

const noSuchTable = '42P01';

/**
 * Looks once, when a process starts. A database that is away is no reason not to start: it comes back.
 * @returns what is missing and what to do, in words for operators; undefined when all is well
 */
export async function schemaProblem(db: Database): Promise<string | undefined> {
  const applied = await appliedTo(db);
  const missing = (await ownMigrations()).filter((name) => applied?.has(name) === false);
  if (missing.length === 0) return undefined;
  return (
    `DATABASE_URL names a database that lacks ${missing.join(', ')} of this release. ` +
    'Run node dist/worker/prepare.js with DATABASE_OWNER_URL first.'
  );
}

/** Undefined when the database cannot be asked. */
async function appliedTo(db: Database): Promise<ReadonlySet<string> | undefined> {
  try {
    const { rows } = await db.query<{ name: string }>('select name from migrations');
    return new Set(rows.map(({ name }) => name));
  } catch (error) {
    return error instanceof pg.DatabaseError && error.code === noSuchTable ? new Set() : undefined;
  }
}
