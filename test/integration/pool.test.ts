/** The pool of merchant accounts in a real Postgres: shared by all processes, moved by real results, drained by people. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import {
  createPaymentActivities,
  type OpenResult,
  type PaymentActivities,
} from '../../activities/payments.ts';
import { payThroughPool } from '../../bench/pool.ts';
import { connect, inTransaction, type Database } from '../../database/connection.ts';
import { readFigures } from '../../database/figures.ts';
import { keepMerchantAccount } from '../../database/payments/merchants.ts';
import { makeOrder } from '../../database/payments/orders.ts';
import { claimTrial, noteHealth, pickFactsStatement, readAccounts } from '../../database/payments/pool.ts';
import { drainAccount, type Draining } from '../../database/people/drain-account.ts';
import { afterCall, healthAt, unknownHealth, type AccountHealth } from '../../domain/payments/health.ts';
import type { Order } from '../../domain/payments/order.ts';
import type { Acted } from '../../domain/people/act.ts';
import type { Person } from '../../domain/people/role.ts';
import { GatewayUnavailableError, type Gateway } from '../../gateways/gateway.ts';
import { poolOf } from '../../gateways/pool.ts';
import { createLogger } from '../../platform/log.ts';
import { createRegistry, createWorkMetrics } from '../../platform/metrics.ts';
import { createRecords } from '../../records/create.ts';
import { due } from '../support/bills.ts';
import { migratedDatabase } from '../support/database.ts';
import { accountant, officer, runDesk } from '../support/desk.ts';
import { openAttempt, tellOf } from '../support/gateway-words.ts';
import { pressOf } from '../support/press.ts';
import { sampleOrder } from '../support/sample-payments.ts';

const settings = {
  creditNoteCounter: 'CN',
  counter: 'W',
  certificateCounter: 'CE',
  ownRegister: true,
  receiptYear: 'posting',
} as const;

let db: Database;
/** Accounts of the gateway that give no answer. */
const down = new Set<string>();

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 12);
});
afterAll(() => db.end());
beforeEach(async () => {
  down.clear();
  await db.query('delete from account_health');
});

const never = (): never => {
  throw new Error('not to be called');
};
const accounts = ['one', 'two', 'three'].map((id) => ({ id, merchantId: id.toUpperCase(), weight: 100 }));
const gateway: Gateway = {
  name: 'billdesk',
  merchantsFor: () => accounts,
  async open({ merchant, reference }) {
    if (down.has(merchant)) throw new GatewayUnavailableError('down');
    return Promise.resolve({
      gatewayOrderId: `OA${reference}`,
      redirect: { kind: 'link', url: `https://gateway.example.test/${reference}` },
      usableUntil: Date.now() + 600_000,
      exchange: { request: 'open', response: reference },
    });
  },
  ask: never,
  readCallback: never,
  readReturn: never,
};

/** A worker of its own, with its own connections. */
const workerOn = (database: Database): PaymentActivities =>
  createPaymentActivities({
    db: database,
    gateways: poolOf([gateway]),
    records: createRecords({ db: database, backOfficeUrl: undefined, backOfficeToken: undefined }),
    whatsapp: { lookUpPayment: () => Promise.reject(new Error('there is no order in the chat')) },
    publicUrl: 'https://services.example.test',
    slowMs: 3_000,
    settings,
    metrics: createWorkMetrics(createRegistry()),
    log: createLogger('test', 'silent'),
  });

const newOrder = (): Promise<Order> =>
  makeOrder(db, {
    service: 'propertyTax',
    account: { ...sampleOrder.account, number: String(randomBytes(5).readUIntBE(0, 5) + 1e11).slice(0, 12) },
    dues: [due('PD', 2026, [1_700, 50, 20, 15])],
    language: 'en',
    lifetimeMs: 86_400_000,
  });

async function press(worker: PaymentActivities): Promise<OpenResult> {
  return pressOf(worker, (await newOrder()).id);
}

async function pressOften(worker: PaymentActivities, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1)
    expect(await press(worker)).toMatchObject({ outcome: 'redirect' });
}

async function attemptsAt(account: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    'select count(*)::int from attempts where merchant = $1',
    [account],
  );
  return rows[0]?.count ?? 0;
}

async function healthOf(account: string): Promise<AccountHealth> {
  return (await readAccounts(db)).find(({ id }) => id === account)?.health ?? unknownHealth;
}

test('with six accounts of which two fail and one is slow, nobody is turned away, and the good ones soon get all', async () => {
  const other = await migratedDatabase(inject('databaseUrl'), 12);
  const {
    turnedAway,
    waits,
    accounts: figures,
  } = await payThroughPool(other, { payments: 300, atOnce: 10 }).finally(() => other.end());
  expect(turnedAway).toBe(0);
  expect(Math.max(...waits)).toBeLessThan(8_000);
  const [cut, failing, slow, ...good] = figures;
  for (const bad of [cut, failing, slow]) {
    expect(bad?.shutAfter).toBeLessThan(8);
    // Those that were under way when its circuit opened.
    expect(bad?.attempts).toBeLessThan(5 + 10);
  }
  expect(good).toHaveLength(3);
  for (const { opened } of good) expect(opened).toBeGreaterThan(300 / 6);
}, 60_000);

describe('two processes', () => {
  let otherDb: Database;
  beforeAll(() => {
    otherDb = connect({
      url: db.options.connectionString ?? '',
      size: 4,
      name: 'other',
      onLost: () => undefined,
    });
  });
  afterAll(() => otherDb.end());

  test('share what they know: an account that has failed for one gets nobody from the other', async () => {
    const [worker, other] = [workerOn(db), workerOn(otherDb)];
    down.add('one');
    while ((await healthOf('one')).shutUntil === null) await press(worker);
    const before = await attemptsAt('one');
    await pressOften(other, 10);
    expect(await attemptsAt('one')).toBe(before);
  });

  test('send one citizen to an account that is due again, and close its circuit when that works', async () => {
    const [worker, other] = [workerOn(db), workerOn(otherDb)];
    await pressOften(worker, 1);
    for (const { id, merchantId } of accounts)
      await inTransaction(db, (client) =>
        keepMerchantAccount(client, { id, merchantId, gateway: 'billdesk' }),
      );
    const now = Date.now();
    await noteHealth(db, 'one', (before) => ({ ...before, failures: 5, shutUntil: now - 1 }));
    const claims = await Promise.all(
      Array.from({ length: 8 }, (_, index) => claimTrial(index % 2 ? db : otherDb, 'one', now)),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
    const before = await attemptsAt('one');
    await pressOften(other, 6);
    expect(await attemptsAt('one')).toBe(before);

    await noteHealth(db, 'one', (known) => ({ ...known, shutUntil: now - 1 }));
    while ((await attemptsAt('one')) === before) await press(other);
    expect(await healthOf('one')).toMatchObject({ failures: 0, shutUntil: null });
  });

  test('count every result, also those that they write at the same moment', async () => {
    await pressOften(workerOn(db), 1);
    const [first] = await readAccounts(db);
    const id = first?.id ?? '';
    const now = Date.now();
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        noteHealth(index % 2 ? db : otherDb, id, (known) =>
          afterCall(known, 'good', { now, isTrial: false }),
        ),
      ),
    );
    const { recent } = await healthOf(id);
    expect(recent.reduce((sum, { all }) => sum + all, 0)).toBeGreaterThanOrEqual(40);
  });
});

test('where all accounts have failed, citizens go on trying, and the first that works takes them', async () => {
  const worker = workerOn(db);
  for (const { id } of accounts) down.add(id);
  for (let time = 0; time < 6; time += 1)
    expect(await press(worker)).toEqual({ outcome: 'refused', because: 'gatewayAway' });
  for (const { id } of accounts) expect((await healthOf(id)).shutUntil).not.toBeNull();
  down.delete('two');
  await pressOften(worker, 3);
  expect((await healthOf('two')).shutUntil).toBeNull();
});

test('a pick is one statement, and reads the order and its attempts through their indexes', async () => {
  const worker = workerOn(db);
  const { id: orderId } = await newOrder();
  const asked = vi.spyOn(db, 'query');
  await worker.pickAccount({ orderId, way: 'page', tried: [], waitedMs: 0 });
  expect(asked).toHaveBeenCalledTimes(1);
  asked.mockRestore();
  const client = await db.connect();
  await client.query('set enable_seqscan = off');
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(
    `explain ${pickFactsStatement.replace('$1', `'${orderId}'`)}`,
  );
  client.release(true);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  for (const index of ['orders_pkey', 'attempts_order']) expect(plan).toContain(`using ${index}`);
});

describe('decided attempts', () => {
  const decided = async (fact: Parameters<typeof tellOf>[2]): Promise<void> => {
    await tellOf(db, await newOrder(), fact, { settings, raw: 'the same words each time' });
  };
  const recent = async (): Promise<readonly [number, number]> => {
    const { recent: minutes } = await healthOf('main');
    return [minutes.reduce((sum, { all }) => sum + all, 0), minutes.reduce((sum, { bad }) => sum + bad, 0)];
  };

  test('count for their account once, and what the bank declined or the citizen left does not', async () => {
    for (const says of ['declined', 'cancelled', 'expired'] as const) {
      const reference = await openAttempt(db, await newOrder());
      await decided({ reference, says: 'failed', reason: says });
    }
    expect(await recent()).toEqual([0, 0]);
    const reference = await openAttempt(db, await newOrder());
    await decided({ reference, says: 'failed', reason: 'other' });
    await decided({ reference, says: 'failed', reason: 'other' });
    expect(await recent()).toEqual([1, 1]);
    const order = await newOrder();
    const paid = await openAttempt(db, order);
    for (let time = 0; time < 2; time += 1) await tellOf(db, order, { reference: paid }, { settings });
    expect(await recent()).toEqual([2, 1]);
  });
});

test('the figures show the health that a pick goes by', async () => {
  const order = await newOrder();
  await openAttempt(db, order);
  const now = Date.now();
  await noteHealth(db, 'main', (known) => ({
    ...known,
    health: 0.25,
    since: now - 5 * 60_000,
    loweredAt: now - 5 * 60_000,
    shutUntil: now,
  }));
  const { accountHealth, accountShut } = await readFigures(db);
  const shown = accountHealth.find(({ labels }) => labels['merchant'] === 'main')?.value;
  expect(shown).toBeCloseTo(healthAt(await healthOf('main'), Date.now()));
  expect(shown).toBeCloseTo(0.45);
  expect(accountShut).toContainEqual({ labels: { gateway: 'billdesk', merchant: 'main' }, value: 1 });
});

describe('draining an account', () => {
  const operator: Person = { name: 'Invented Operator', roles: ['operations'] };
  const known = [{ id: 'one', gateway: 'billdesk', merchantId: 'ONE' }] as const;
  const act = (person: Person, change: Partial<Draining> = {}): Promise<Acted> =>
    drainAccount(
      db,
      person,
      { account: 'one', drain: true, why: 'its contract is being changed', ...change },
      known,
    );

  test('is for finance and operations, says why, and knows the account', async () => {
    expect(await act(officer)).toMatchObject({
      outcome: 'refused',
      because: expect.stringContaining('this is for finance or operations') as string,
    });
    expect(await act(accountant, { why: ' ' })).toMatchObject({ outcome: 'refused' });
    expect(await act(accountant, { account: 'nobody' })).toEqual({
      outcome: 'refused',
      because: 'there is no merchant account nobody',
    });
  });

  test('is done once, whoever comes second, and can be taken back and done again', async () => {
    const acts = await Promise.all([act(operator), act(accountant)]);
    expect(acts.map(({ outcome }) => outcome).sort()).toEqual(['done', 'doneBefore']);
    expect(await act(operator)).toMatchObject({
      outcome: 'doneBefore',
      said: expect.stringMatching(
        /drained already: drain, by Invented (Operator|Accountant) on 20/,
      ) as string,
    });
    expect(await act(accountant, { drain: false })).toMatchObject({ outcome: 'done' });
    expect(await act(accountant, { drain: false })).toMatchObject({ outcome: 'doneBefore' });
    expect(await act(operator)).toMatchObject({ outcome: 'done' });
    const { rows } = await db.query<{ act: string }>(
      `select act from audit_log where details ->> 'about' = 'one' order by id`,
    );
    expect(rows.map((row) => row.act)).toEqual(['drain', 'undrain', 'drain']);

    const worker = workerOn(db);
    const before = await attemptsAt('one');
    await pressOften(worker, 10);
    expect(await attemptsAt('one')).toBe(before);
    await act(operator, { drain: false });
  });

  test('at the command line, which lists what each account gets', async () => {
    const given = (id: string, more: object = {}): object => ({
      id,
      mercid: id.toUpperCase(),
      clientid: id,
      keys: [{ scheme: 'hmac', secret: 'an-invented-secret-of-a-test-0001' }],
      ...more,
    });
    const env = {
      ...process.env,
      DATABASE_URL: db.options.connectionString,
      DESK_PERSON: 'Invented Operator',
      DESK_ROLES: 'operations',
      BILLDESK_MERCHANTS: JSON.stringify([
        given('one', { weight: 40, most: 500_000 }),
        given('unused', { weight: 0 }),
      ]),
    };
    const drained = await runDesk(['drain', 'unused', '--why', 'not yet signed'], env);
    expect(drained).toMatchObject({
      code: 0,
      printed: expect.stringContaining('Done: the account unused is drained') as string,
    });
    const { printed } = await runDesk(['accounts'], env);
    const line = (id: string): string | undefined =>
      printed
        .split('\n')
        .find((each) => each.trim().startsWith(`${id} `))
        ?.replace(/ +/g, ' ');
    expect(line('one')).toMatch(/^ one billdesk 40 ₹5,00,000 1 closed \d+ \(\d+ %\)$/);
    expect(line('unused')).toMatch(
      /^ unused billdesk reserve 1 closed 0 \(0 %\) 20.*, Invented Operator: not yet signed$/,
    );
    expect(line('two')).toMatch(/^ two billdesk not given/);
    expect(printed).not.toContain('secret');
  });
});
