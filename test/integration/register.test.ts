/** The register in a real Postgres: what a look-up gives, what it costs, and the rule book. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { connect, inTransaction, type Database } from '../../database/connection.ts';
import { importFile } from '../../database/import/load.ts';
import { RejectFile } from '../../database/import/rejects.ts';
import { migrate } from '../../database/migrate.ts';
import { lookUp, lookUpStatement, readRules, rulesStatement } from '../../database/register.ts';
import type { CalendarDate } from '../../domain/calendar.ts';
import { createRuleBook } from '../../records/rule-book.ts';
import { cityFiles } from '../../sandbox/city/files.ts';
import { loadCity } from '../../sandbox/city/first-start.ts';
import { samples } from '../../sandbox/city/samples.ts';
import { as, freshDatabase } from '../support/database.ts';

const today = '2026-05-20' as CalendarDate;
const city = { properties: 3_000, demands: 10, seed: 5, today };

let url: string;
let db: Database;

beforeAll(async () => {
  url = await freshDatabase(inject('databaseUrl'));
  await migrate(as('purosheba_owner', url), url);
  db = connect({ url, size: 2, name: 'test', onLost: () => undefined });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const pieces of Object.values(cityFiles(city))) {
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
       from demands where account_kind = 'property' group by 1 order by 2 desc limit 5`,
    );
    for (const { number, open } of rows) {
      const entry = await lookUp(db, 'property', number);
      expect(entry?.demands).toHaveLength(open);
      expect(new Set(entry?.demands.map(({ id }) => id)).size).toBe(open);
    }
  });

  test('of an account without open bills gives the account', async () => {
    const { rows } = await db.query<{ number: string }>(
      `select number from accounts a where kind = 'property' and not exists (
         select from demands d where d.account_number = a.number and d.paid_on is null) limit 1`,
    );
    const entry = await lookUp(db, 'property', rows[0]?.number ?? '');
    expect(entry?.account.number).toBe(rows[0]?.number);
    expect(entry?.demands).toEqual([]);
  });

  test('does not show a bill that was taken back', async () => {
    const { rows } = await db.query<{ number: string; id: string }>(
      `update demands set withdrawn_on = '2026-05-01' where ctid = (select ctid from demands where paid_on is null and account_kind = 'property' limit 1)
       returning account_number as number, id`,
    );
    const entry = await lookUp(db, 'property', rows[0]?.number ?? '');
    expect(entry?.demands.map(({ id }) => id)).not.toContain(rows[0]?.id);
  });

  test('tells an unknown number from one of another kind', async () => {
    const { rows } = await db.query<{ number: string }>(
      `select number from accounts where kind = 'property' order by number desc limit 1`,
    );
    expect(await lookUp(db, 'property', '119999999999')).toBeUndefined();
    expect(await lookUp(db, 'licence', rows[0]?.number ?? '')).toBeUndefined();
  });

  test('reads its bills from one index and nothing else, in proportion to how many they are', async () => {
    const { rows } = await db.query<{ number: string }>(
      `select account_number as number from demands where paid_on is null and withdrawn_on is null
         and account_kind = 'property' group by 1 having count(*) = 4 limit 1`,
    );
    const { rows: plans } = await db.query<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(
      `explain (analyze, buffers, format json) ${lookUpStatement}`,
      ['property', rows[0]?.number],
    );
    // What only licences need is part of the plan, and not done.
    const nodes = flat(plans[0]?.['QUERY PLAN'][0]?.Plan).filter((node) => node['Actual Loops'] > 0);
    // The first holds what was settled or paid in part here, and is looked into once.
    expect(nodes.map((node) => node['Index Name']).filter((name) => name !== undefined)).toEqual([
      'demand_balances_pkey',
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

describe('a look-up of a licence', () => {
  const number = '700099990001';
  const store = {
    kind: 'licence',
    number,
    tradeName: { en: 'Jonaki Stores', bn: 'জোনাকি স্টোর্স' },
    owner: { en: 'Lata Doyelkar' },
    address: { en: '1 Babui Lane' },
    ward: 7,
    trade: 'grocery',
    validUntil: '2026-05-31',
    status: 'active',
  };

  beforeAll(async () => {
    await db.query(
      `insert into accounts (kind, number, owner_en, address_en, ward, residential, trade_name_en, trade_name_bn, trade,
         valid_until, status)
       values ('licence', $1, 'Lata Doyelkar', '1 Babui Lane', 7, false, 'Jonaki Stores', 'জোনাকি স্টোর্স', 'grocery',
         '2026-05-31', 'active')`,
      [number],
    );
    await db.query(
      `insert into demands (account_kind, account_number, id, kind, period_from, period_to, presented_on, principal,
         interest, penalty, charge, paid_on)
       values ('licence', $1, 'CE-2025', 'CE', '2025-06-01', '2026-05-31', '2025-04-15', 60000, 0, 0, 0, '2025-05-01'),
         ('licence', $1, 'CE-2026', 'CE', '2026-06-01', '2027-05-31', '2026-04-15', 65000, 0, 16300, 18000, null)`,
      [number],
    );
  });

  test('gives what only licences have, and the lines of its demand', async () => {
    expect(await lookUp(db, 'licence', number)).toEqual({
      account: store,
      demands: [
        {
          id: 'CE-2026',
          kind: 'CE',
          periodFrom: '2026-06-01',
          periodTo: '2027-05-31',
          presentedOn: '2026-04-15',
          lines: [
            { kind: 'principal', amount: 65000 },
            { kind: 'penalty', amount: 16300 },
            { kind: 'charge', amount: 18000 },
          ],
        },
      ],
    });
    expect(await lookUp(db, 'property', number)).toBeUndefined();
  });

  test('whose demand is paid is valid for that year; a demand taken back makes nothing valid', async () => {
    const validUntil = async (change: string): Promise<unknown> => {
      await db.query(`update demands set ${change} where account_number = $1 and id = 'CE-2026'`, [number]);
      const entry = await lookUp(db, 'licence', number);
      return [entry?.account.validUntil, entry?.demands.length];
    };
    expect(await validUntil(`paid_on = '2026-05-20'`)).toEqual(['2027-05-31', 0]);
    expect(await validUntil(`withdrawn_on = '2026-05-21'`)).toEqual(['2026-05-31', 0]);
    expect(await validUntil('paid_on = null, withdrawn_on = null')).toEqual(['2026-05-31', 1]);
  });

  test('never gives back an end that the register itself knows to be later', async () => {
    await db.query(`update accounts set valid_until = '2030-05-31' where number = $1`, [number]);
    expect((await lookUp(db, 'licence', number))?.account.validUntil).toBe('2030-05-31');
  });

  test('tells a licence and a property of the same number apart', async () => {
    const { rows } = await db.query<{ number: string }>(
      'select number from accounts group by number having count(*) = 2',
    );
    const [twin] = rows;
    expect(rows).toHaveLength(1);
    const [property, licence] = [
      await lookUp(db, 'property', twin?.number ?? ''),
      await lookUp(db, 'licence', twin?.number ?? ''),
    ];
    expect([property?.account.kind, licence?.account.kind]).toEqual(['property', 'licence']);
    expect(property?.demands.every(({ kind }) => kind !== 'CE')).toBe(true);
    expect(licence?.demands.map(({ kind }) => kind)).toEqual(['CE']);
  });
});

describe('the city of a first start', () => {
  test('has numbers to try for all that can be seen, and is loaded once', async () => {
    const fresh = await freshDatabase(inject('databaseUrl'));
    await migrate(as('purosheba_owner', fresh), fresh);
    expect(await loadCity(fresh, 1_000)).toBe(true);
    expect(await loadCity(fresh, 1_000)).toBe(false);
    const found = await samples(fresh);
    expect(found.map(({ of, shows }) => `${of}: ${shows}`)).toEqual([
      'property: one new bill, with rebate',
      'property: a senior citizen, with the larger rebate',
      'property: arrears of some years, with interest and penalty',
      'property: a letter of intimation',
      'property: many bills',
      'property: nothing due',
      'property: no such number',
      'licence: a licence and a property of the same number',
      'licence: can be renewed',
      'licence: can be renewed, after an officer has agreed',
      'licence: expired, with a late fine',
      'licence: expired years ago, each year to be paid',
      'licence: suspended',
      'licence: closed',
      'licence: valid for long, cannot be renewed yet',
      'stall: the rent of this month',
      'stall: the rent of some months, with late fees',
      'stall: no rent due',
    ]);
    expect(new Set(found.map(({ number }) => number)).size).toBe(found.length);
  });
});

describe('the rule book', () => {
  test('begins with what is publicly known, and with nothing in force that is doubtful', async () => {
    const kinds = ['PD', 'FS'];
    expect(await readRules(db, today)).toEqual({
      promptRebate: { percent: 5, days: 21, kinds },
      seniorRebate: { validFrom: '2019-04-01', percent: 10, days: 21, kinds },
      rounding: { toPaise: 100 },
      licenceTerms: { years: [1, 3, 5, 15] },
      licenceRenewal: { opensDaysBefore: 60 },
      until: {},
      trades: expect.anything() as unknown,
    });
    expect(await readRules(db, '2019-03-31' as CalendarDate)).toMatchObject({
      until: { seniorRebate: '2019-03-31' },
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

  test('tells of each rule the last day on which it stays as it is', async () => {
    // As the test before left it: a rebate that another follows, and a waiver that ends.
    expect((await readRules(db, '2027-03-31' as CalendarDate)).until).toEqual({ promptRebate: '2027-03-31' });
    expect((await readRules(db, '2027-04-01' as CalendarDate)).until).toEqual({});
    expect((await readRules(db, today)).until).toEqual({
      promptRebate: '2027-03-31',
      arrearsWaiver: '2026-12-31',
    });
    expect((await readRules(db, '2024-07-31' as CalendarDate)).until).toMatchObject({
      arrearsWaiver: '2024-07-31',
    });
  });

  test('finds the entries of a day through their key, however long the table has grown', async () => {
    await inTransaction(db, async (client) => {
      await client.query(
        `insert into rules (name, valid_from, enabled, value, source)
         select 'rounding', date '1000-01-01' + n, true, '{"toPaise": 100}', '' from generate_series(1, 20000) n`,
      );
      await client.query('analyze rules');
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `explain (analyze, format json) ${rulesStatement}`,
        [today],
      );
      const laterals = flat(rows[0]?.['QUERY PLAN'][0].Plan).filter(
        (node) => node['Index Name'] === 'rules_pkey',
      );
      expect(laterals.length).toBeGreaterThanOrEqual(2);
      throw new RolledBack();
    }).catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error;
    });
  });

  test('of yesterday is used no more after midnight', async () => {
    const book = createRuleBook(db);
    expect((await book('2027-03-31' as CalendarDate)).promptRebate?.percent).toBe(5);
    expect((await book('2027-04-01' as CalendarDate)).promptRebate?.percent).toBe(7.5);
    expect(await book('2027-04-01' as CalendarDate)).toBe(await book('2027-04-01' as CalendarDate));
  });

  test('has the trades with the fee of the day', async () => {
    const grocery = async (day: string): Promise<unknown> =>
      (await readRules(db, day as CalendarDate)).trades?.['grocery'];
    const name = { bn: 'মুদির দোকান', en: 'Grocery', hi: 'किराना दुकान' };
    const trade = { name, needsApproval: false };
    expect(await grocery('1999-12-31')).toEqual(trade);
    expect(await grocery('2025-03-31')).toEqual({
      ...trade,
      yearly: { fee: 50000, charge: 12000, until: '2025-03-31' },
    });
    expect(await grocery('2025-04-01')).toEqual({ ...trade, yearly: { fee: 65000, charge: 18000 } });
    await db.query(
      `insert into trade_fees (trade, valid_from, fee, charge, source) values ('grocery', '2027-04-01', 70000, 0, '')`,
    );
    expect(await grocery('2027-03-31')).toEqual({
      ...trade,
      yearly: { fee: 65000, charge: 18000, until: '2027-03-31' },
    });
    expect(await grocery('2027-04-01')).toEqual({ ...trade, yearly: { fee: 70000, charge: 0 } });
    expect((await readRules(db, today)).trades).toMatchObject({
      'eating-house': { needsApproval: true },
      godown: { needsApproval: true },
    });
  });

  test.each([
    ['licence terms', '{"years": 3}'],
    ['licence renewal', '{}'],
    ['licence late fine', '{"percent": 25}'],
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

class RolledBack extends Error {}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly Plans?: readonly PlanNode[];
}

function flat(node: PlanNode | undefined): PlanNode[] {
  return node === undefined ? [] : [node, ...(node.Plans ?? []).flatMap(flat)];
}
