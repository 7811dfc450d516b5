import { expect, inject, test } from 'vitest';
import { connect, type Database } from '../../database/connection.ts';
import { ownMigrations, schemaProblem } from '../../database/schema.ts';
import { freshDatabase, migratedDatabase, runAsOwner } from '../support/database.ts';

async function problemOf(db: Database): Promise<string | undefined> {
  return schemaProblem(db).finally(() => db.end());
}

test('a database with the tables of this release, or of a newer one, is fit', async () => {
  const db = await migratedDatabase(inject('databaseUrl'), 1);
  await runAsOwner(db, `insert into migrations (name, run_on) values ('of-a-newer-release', now())`);
  expect(await problemOf(db)).toBeUndefined();
});

test('what is missing is named, and what to do', async () => {
  const [newest = ''] = (await ownMigrations()).slice(-1);
  const db = await migratedDatabase(inject('databaseUrl'), 1);
  await runAsOwner(db, `delete from migrations where name = '${newest}'`);
  const problem = await problemOf(db);
  expect(problem).toContain(newest);
  expect(problem).toContain('prepare.js with DATABASE_OWNER_URL');
});

test('a database without any table lacks everything', async () => {
  const url = await freshDatabase(inject('databaseUrl'));
  const db = connect({ url, size: 1, name: 'test', onLost: () => undefined });
  expect(await problemOf(db)).toMatch(/^DATABASE_URL names a database that lacks /);
});

test('one that is away is no reason not to start', async () => {
  const url = 'postgres://purosheba:test@127.0.0.1:9/nowhere';
  const db = connect({ url, size: 1, name: 'test', onLost: () => undefined });
  expect(await problemOf(db)).toBeUndefined();
});
