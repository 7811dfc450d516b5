import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Database } from '../../database/connection.ts';
import { connect } from '../../database/connection.ts';
import { openCase } from '../../database/cases.ts';
import { figureStatement, readFigures } from '../../database/figures.ts';
import { makeOrder } from '../../database/payments/orders.ts';
import type { Order } from '../../domain/payments/order.ts';
import { createFigureMetrics, createPoolMetrics, createRegistry } from '../../platform/metrics.ts';
import { due } from '../support/bills.ts';
import { migratedDatabase, newCitizen } from '../support/database.ts';
import { openAttempt, tellOf } from '../support/gateway-words.ts';
import { sampleOrder } from '../support/sample-payments.ts';

const settings = {
  counter: 'W',
  certificateCounter: 'CE',
  creditNoteCounter: 'CN',
  ownRegister: false,
  receiptYear: 'posting',
} as const;

let db: Database;

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 4);
});
afterAll(() => db.end());

async function order(number: string): Promise<Order> {
  return makeOrder(db, {
    service: 'propertyTax',
    account: { ...sampleOrder.account, number },
    dues: [due('PD', 2026, [1_700, 50, 20, 15])],
    language: 'en',
    lifetimeMs: 86_400_000,
  });
}

test('of a city where nothing happens nothing is told, and nothing waits', async () => {
  const figures = await readFigures(db);
  const values = Object.entries(figures).flatMap(([name, all]) => all.map(({ value }) => [name, value]));
  expect(values).toEqual([
    ['creditUnused', 0],
    ['postingsDue', 0],
    ['postingsDueOldestSeconds', 0],
  ]);
});

test('orders, attempts, receipts, messages and cases are told by kind and state, to whoever asks and of nobody', async () => {
  const paid = await order('221070000001');
  const failed = await order('221070000002');
  await openAttempt(db, await order('221070000003'));
  await tellOf(db, paid, { reference: await openAttempt(db, paid) }, { settings });
  await tellOf(db, failed, { reference: await openAttempt(db, failed), says: 'failed' }, { settings });
  await db.query(
    `insert into messages (id, citizen_id, about, about_id, text_key, kind, begun_at)
     values ('run-1', $1, 'payment', $2, 'paymentReceipt', 'document', now() - interval '1 hour')`,
    [await newCitizen(db), paid.id],
  );
  await openCase(db, {
    kind: 'postingLate',
    fact: 'one',
    subject: 'payment',
    subjectId: paid.id,
    reason: 'test',
  });
  await db.query(`update cases set due_at = now() - interval '1 minute'`);

  const registry = createRegistry();
  createFigureMetrics(registry, () => readFigures(db));
  const told = (await registry.metrics()).split('\n').filter((line) => line.startsWith('purosheba_'));
  expect(told).toEqual(
    expect.arrayContaining([
      'purosheba_orders_made_recently{service="propertyTax"} 3',
      'purosheba_orders_paid_recently{service="propertyTax"} 1',
      'purosheba_attempts_unfinished{state="redirected",gateway="billdesk"} 1',
      'purosheba_attempts_decided_recently{state="success",gateway="billdesk",merchant="main"} 1',
      'purosheba_attempts_decided_recently{state="failed",gateway="billdesk",merchant="main"} 1',
      'purosheba_merchant_account_health{gateway="billdesk",merchant="main"} 1',
      'purosheba_merchant_account_shut{gateway="billdesk",merchant="main"} 0',
      'purosheba_merchant_account_drained{gateway="billdesk",merchant="main"} 0',
      'purosheba_postings_due 1',
      'purosheba_messages_unsent{about="payment"} 1',
      'purosheba_cases_open{kind="postingLate"} 1',
      'purosheba_cases_overdue{kind="postingLate"} 1',
      'purosheba_figures_readable 1',
    ]),
  );
  const age = told.find((line) =>
    line.startsWith('purosheba_messages_unsent_oldest_seconds{about="payment"}'),
  );
  expect(Number(age?.split(' ').at(-1))).toBeGreaterThanOrEqual(3_600);
  expect(told.join('\n')).not.toMatch(/22107000|PSTEST/);
});

test('each is read through an index of its own', async () => {
  const client = await db.connect();
  await client.query('set enable_seqscan = off');
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${figureStatement}`);
  client.release(true);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  for (const index of [
    'orders_created',
    'receipts_issued',
    'attempts_unfinished',
    'attempts_decided',
    'credits_unused',
    'postings_due',
    'messages_unsent',
    'cases_(open|subject)',
  ])
    expect(plan).toMatch(new RegExp(`using ${index}|on ${index}`));
});

test('while the database is away there are no old figures, which is told, and it is asked once in ten seconds', async () => {
  let asked = 0;
  const registry = createRegistry();
  createFigureMetrics(registry, () => {
    asked += 1;
    return readFigures(db);
  });
  await Promise.all([registry.metrics(), registry.metrics()]);
  await registry.metrics();
  expect(asked).toBe(1);

  const other = createRegistry();
  createFigureMetrics(other, () => Promise.reject(new Error('away')));
  const told = await other.metrics();
  expect(told).toContain('purosheba_figures_readable 0');
  expect(told).not.toMatch(/^purosheba_(orders|attempts|postings|messages|cases)/m);
});

test('how long work waits for a connection is measured, with those that nobody uses', async () => {
  const registry = createRegistry();
  const pools = createPoolMetrics(registry);
  const url = db.options.connectionString ?? '';
  const onTaken = (waited: number): void => pools.waits.observe({ pool: 'small' }, waited);
  const pool = connect({ url, size: 1, name: 'test', onLost: () => undefined, onTaken });
  pools.watch('small', pool);
  const held = await pool.connect();
  const waiting = pool.query('select 1');
  expect(await registry.metrics()).toContain('purosheba_pool_connections{pool="small",state="waiting"} 1');
  setTimeout(() => held.release(), 150);
  await waiting;
  const told = await registry.metrics();
  expect(told).toContain('purosheba_pool_connections{pool="small",state="idle"} 1');
  expect(told).toContain('purosheba_pool_wait_seconds_count{pool="small"} 2');
  expect(told).toContain('purosheba_pool_wait_seconds_bucket{le="0.1",pool="small"} 1');
  await pool.end();
});
