/** The register in a real Postgres: what a look-up gives, what it costs, and the rule book. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { connect, type Database } from '../../database/connection.ts';
import { importFile } from '../../database/import/load.ts';
import { RejectFile } from '../../database/import/rejects.ts';
import { migrate } from '../../database/migrate.ts';
import { lookUp, lookUpStatement, readRules } from '../../database/register.ts';
import type { CalendarDate } from '../../domain/calendar.ts';
import { demandsCsv, propertiesCsv } from '../../sandbox/city/files.ts';
import { freshDatabase } from '../support/database.ts';

const today = '2026-05-20' as CalendarDate;
const city = { properties: 3_000, demands: 10, seed: 5, today };

let url: string;
let db: Database;

beforeAll(async () => {
  url = await freshDatabase(inject('databaseUrl'));
  await migrate(url);
  db = connect({ url, size: 2, name: 'test', onLost: () => undefined });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const pieces of [propertiesCsv(city), demandsCsv(city)]) {
    const rejects = new RejectFile(join(tmpdir(), 'register.test.rejects.csv'));
    await importFile(client, { open: () => Readable.from(pieces), rejects, strict: true });
  }
  await client.query('vacuum (analyze) accounts, demands');
  await client.end();
});

afterAll(() => db.end());

describe('a look-up', () => {
  test('finds every unpaid bill of the account and no other', async () => {
    const { rows } = await db.query<{ number: string; open: number }>(
      `select account_number as number, count(*) filter (where paid_on is null)::integer as open
       from demands group by 1 order by 2 desc limit 5`,
    );
    for (const { number, open } of rows) {
      const entry = await lookUp(db, 'property', number);
      expect(entry?.demands).toHaveLength(open);
      expect(new Set(entry?.demands.map(({ id }) => id)).size).toBe(open);
    }
  });

  test('of an account without open bills gives the account', async () => {
    const { rows } = await db.query<{ number: string }>(
      `select number from accounts a where not exists (
         select from demands d where d.account_number = a.number and d.paid_on is null) limit 1`,
    );
    const entry = await lookUp(db, 'property', rows[0]?.number ?? '');
    expect(entry?.account.number).toBe(rows[0]?.number);
    expect(entry?.demands).toEqual([]);
  });

  test('does not show a bill that was taken back', async () => {
    const { rows } = await db.query<{ number: string; id: string }>(
      `update demands set withdrawn_on = '2026-05-01' where ctid = (select ctid from demands where paid_on is null limit 1)
       returning account_number as number, id`,
    );
    const entry = await lookUp(db, 'property', rows[0]?.number ?? '');
    expect(entry?.demands.map(({ id }) => id)).not.toContain(rows[0]?.id);
  });

  test('tells an unknown number from one of another kind', async () => {
    const { rows } = await db.query<{ number: string }>('select number from accounts limit 1');
    expect(await lookUp(db, 'property', '119999999999')).toBeUndefined();
    expect(await lookUp(db, 'licence', rows[0]?.number ?? '')).toBeUndefined();
  });

  test('reads its bills from one index and nothing else, in proportion to how many they are', async () => {
    const { rows } = await db.query<{ number: string }>(
      'select account_number as number from demands where paid_on is null group by 1 having count(*) = 4 limit 1',
    );
    const { rows: plans } = await db.query<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(
      `explain (analyze, buffers, format json) ${lookUpStatement}`,
      ['property', rows[0]?.number],
    );
    const nodes = flat(plans[0]?.['QUERY PLAN'][0]?.Plan);
    // The first holds what was paid here: it is looked into once.
    expect(nodes.map((node) => node['Index Name']).filter((name) => name !== undefined)).toEqual([
      'demand_payments_pkey',
      'accounts_pkey',
      'demands_open',
    ]);
    const bills = nodes.find((node) => node['Index Name'] === 'demands_open');
    expect(bills).toMatchObject({ 'Node Type': 'Index Only Scan', 'Actual Rows': 4 });
    expect(nodes.some((node) => node['Node Type'] === 'Seq Scan')).toBe(false);
    expect(
      (nodes[0]?.['Shared Hit Blocks'] ?? 0) + (nodes[0]?.['Shared Read Blocks'] ?? 0),
    ).toBeLessThanOrEqual(12);
  });
});

describe('the rule book', () => {
  test('begins with what is publicly known, and with nothing in force that is doubtful', async () => {
    const kinds = ['PD', 'FS'];
    expect(await readRules(db, today)).toEqual({
      promptRebate: { percent: 5, days: 21, kinds },
      seniorRebate: { percent: 10, days: 21, kinds },
      rounding: { toPaise: 100 },
    });
    expect((await readRules(db, '2019-03-31' as CalendarDate)).seniorRebate).toBeUndefined();
  });

  test('changes from one day to the next without a release', async () => {
    await db.query(`insert into rules (name, valid_from, enabled, value, source) values
      ('prompt rebate', '2027-04-01', true, '{"percent": 7.5, "days": 30, "kinds": ["PD"]}', 'a resolution')`);
    await db.query(`update rules set enabled = true, valid_to = '2026-12-31' where name = 'arrears waiver'`);
    expect((await readRules(db, '2027-03-31' as CalendarDate)).promptRebate?.percent).toBe(5);
    expect((await readRules(db, '2027-04-01' as CalendarDate)).promptRebate?.percent).toBe(7.5);
    expect((await readRules(db, '2026-12-31' as CalendarDate)).arrearsWaiver?.bands).toHaveLength(4);
    expect((await readRules(db, '2027-01-01' as CalendarDate)).arrearsWaiver).toBeUndefined();
  });

  test.each([
    ['interest', '{"percent": 18}'],
    ['prompt rebate', '{"percent": 105, "days": 21}'],
    ['prompt rebate', '{"days": 21}'],
    ['arrears waiver', '{"bands": 5}'],
    ['rounding', '{}'],
  ])('does not take for %s the value %s', async (name, value) => {
    const insert = db.query(
      `insert into rules (name, valid_from, enabled, value, source) values ($1, '2030-01-01', true, $2, 'a slip')`,
      [name, value],
    );
    await expect(insert).rejects.toThrow('violates check constraint');
  });
});

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly Plans?: readonly PlanNode[];
}

function flat(node: PlanNode | undefined): PlanNode[] {
  return node === undefined ? [] : [node, ...(node.Plans ?? []).flatMap(flat)];
}
