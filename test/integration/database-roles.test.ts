/** What the role of API, worker and import cannot do at the database, whatever happens inside them. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { neverDeleted } from '../../database/grants.ts';
import { migrate } from '../../database/migrate.ts';
import { as, freshDatabase } from '../support/database.ts';

let url: string;
let ownerUrl: string;
let app: pg.Client;
let owner: pg.Client;

beforeAll(async () => {
  url = await freshDatabase(inject('databaseUrl'));
  ownerUrl = as('purosheba_owner', url);
  // Twice, and at once, as two deployments would: the grants are idempotent.
  await Promise.all([migrate(ownerUrl, url), migrate(ownerUrl, url)]);
  app = new pg.Client({ connectionString: url });
  owner = new pg.Client({ connectionString: ownerUrl });
  await Promise.all([app.connect(), owner.connect()]);
});

afterAll(() => Promise.all([app.end(), owner.end()]));

async function tables(): Promise<readonly string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  );
  return rows.map(({ name }) => name);
}

async function allowed(table: string): Promise<readonly string[]> {
  const every = ['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger'];
  const { rows } = await owner.query<{ privilege: string }>(
    `select privilege from unnest($2::text[]) with ordinality as p (privilege, place)
     where has_table_privilege('purosheba', $1::regclass, privilege) order by place`,
    [table, every],
  );
  return rows.map(({ privilege }) => privilege);
}

describe('the role of API, worker and import', () => {
  test('reads and writes the rows of every table, takes none away where they must stay, and owns nothing', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select distinct tgrelid::regclass::text as name from pg_trigger t join pg_proc p on p.oid = t.tgfoid
       where proname = 'refuse_change'`,
    );
    const appendOnly = rows.map(({ name }) => name);
    expect(appendOnly).toEqual(expect.arrayContaining(['audit_log', 'entry_lines', 'evidence', 'receipts']));
    // Nor does the owner change them, as long as nobody takes the triggers off on purpose.
    for (const table of appendOnly) {
      await expect(owner.query(`delete from ${table}`)).rejects.toThrow('append-only');
    }
    const all = await tables();
    expect(all).toEqual(expect.arrayContaining([...neverDeleted]));
    for (const table of all) {
      const expected = appendOnly.includes(table)
        ? ['select', 'insert']
        : neverDeleted.some((name) => name === table)
          ? ['select', 'insert', 'update']
          : table === 'migrations'
            ? ['select']
            : ['select', 'insert', 'update', 'delete'];
      expect([table, ...(await allowed(table))]).toEqual([table, ...expected]);
    }
  });

  test.each([
    ['switch a trigger off', 'alter table entry_lines disable trigger append_only', 'must be owner'],
    ['drop a trigger', 'drop trigger append_only on audit_log', 'must be owner'],
    ['run around the triggers', 'set session_replication_role = replica', 'permission denied'],
    ['change the ledger', 'update entry_lines set amount = 1', 'permission denied'],
    ['take lines out of the ledger', 'delete from entry_lines', 'permission denied'],
    ['empty a table', 'truncate orders', 'permission denied'],
    ['drop a table', 'drop table orders', 'must be owner'],
    ['change a table', 'alter table orders add column note text', 'must be owner'],
    ['make a table', 'create table mine (a int)', 'permission denied'],
    [
      'replace a function',
      'create or replace function refuse_change() returns void language sql as $$$$',
      'denied',
    ],
    ['rewrite the list of migrations', 'delete from migrations', 'permission denied'],
    ['run a program', `copy (select 1) to program 'id'`, 'permission denied'],
    ['read a file', `select pg_read_file('/etc/passwd')`, 'permission denied'],
    ['read the passwords', 'select rolpassword from pg_authid', 'permission denied'],
    ['become the owner', 'set role purosheba_owner', 'permission denied'],
    ['make a role', 'create role somebody superuser', 'permission denied'],
  ])('cannot %s', async (_, sql, refusal) => {
    await expect(app.query(sql)).rejects.toThrow(refusal);
  });

  test('a table of a later migration is its own to read and write as soon as that has run', async () => {
    await owner.query('create table later (id bigint generated always as identity, what text)');
    await expect(app.query('select from later')).rejects.toThrow('permission denied');
    await migrate(ownerUrl, url);
    await app.query(`insert into later (what) values ('something')`);
    await owner.query('drop table later');
  });
});

describe('a migration is refused', () => {
  test('for a role that could act as the owner, in words', async () => {
    await expect(migrate(ownerUrl, ownerUrl)).rejects.toThrow('can act as purosheba_owner');
    await expect(migrate(ownerUrl, as('postgres', url))).rejects.toThrow('can act as purosheba_owner');
  });

  test('for a role that the server does not have, and it is said how to make it', async () => {
    const unknown = new URL(url);
    unknown.username = 'nobody_yet';
    await expect(migrate(ownerUrl, unknown.href)).rejects.toThrow('CREATE ROLE "nobody_yet" LOGIN');
  });
});
