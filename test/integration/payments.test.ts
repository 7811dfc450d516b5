/** What a gateway says, in a real Postgres: every success is posted once, whatever comes twice, late, wrong or at once. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Database } from '../../database/connection.ts';
import { acceptFailures } from '../../database/outbox.ts';
import { applyStatuses, beginMessage, messageAccepted, type MessageId } from '../../database/messages.ts';
import { closeCase, lockCase, openCases } from '../../database/cases.ts';
import { inTransaction } from '../../database/connection.ts';
import type { FactOutcome, ToldFacts } from '../../database/payments/apply-gateway-fact.ts';
import {
  beginAttempt,
  giveUpAttempt,
  isPaidElsewhere,
  type AttemptBeginning,
} from '../../database/payments/attempts.ts';
import { cancelOrder, makeOrder, orderByToken, type NewOrder } from '../../database/payments/orders.ts';
import { receiptsOf, verifyReceipt } from '../../database/payments/receipts.ts';
import { decideReview, type DecisionOutcome } from '../../database/payments/reviews.ts';
import { paidDemands, readStanding, recentPayments } from '../../database/payments/standing.ts';
import { lookUp } from '../../database/register.ts';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import type { PaymentFact } from '../../domain/payments/fact.ts';
import { addDays, dateInKolkata } from '../../domain/calendar.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import { duesOf } from '../../domain/rules.ts';
import type { Order } from '../../domain/payments/order.ts';
import { migratedDatabase, newCitizen, passing } from '../support/database.ts';
import {
  openAttempt,
  postingSettings as settings,
  redirect,
  tellOf,
  wantedAttempt,
} from '../support/gateway-words.ts';

let db: Database;
const today = dateInKolkata(Date.now());

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 20);
});
afterAll(() => db.end());

let numbers = 0;
/** A property with a current bill under rebate, one of last year, and an LOI that covers an old one. */
async function property(): Promise<string> {
  numbers += 1;
  const number = `31107${String(numbers).padStart(7, '0')}`;
  await db.query(
    `insert into accounts (kind, number, owner_en, address_en, ward, residential)
     values ('property', $1, 'Invented Owner', '1 Sample Street', 107, true)`,
    [number],
  );
  const bill = `insert into demands (account_kind, account_number, id, kind, period_from, period_to, presented_on,
    principal, interest, penalty, charge, covered_by) values ('property', $1, `;
  const recent = addDays(today, -3);
  await db.query(`${bill}'PD2', 'PD', '2026-04-01', '2027-03-31', $2, 100000, 0, 0, 0, null)`, [
    number,
    recent,
  ]);
  await db.query(
    `${bill}'FS1', 'FS', '2025-04-01', '2026-03-31', '2025-06-01', 50000, 5000, 2500, 500, null)`,
    [number],
  );
  await db.query(
    `${bill}'L1', 'LOI', '2020-04-01', '2021-03-31', '2024-06-01', 80000, 8000, 4000, 0, null)`,
    [number],
  );
  await db.query(`${bill}'P0', 'PD', '2020-04-01', '2021-03-31', '2020-06-01', 80000, 0, 0, 0, 'L1')`, [
    number,
  ]);
  return number;
}

const citizen = (): Promise<CitizenId> => newCitizen(db);

const rules = {
  promptRebate: { percent: 5, days: 21, kinds: ['PD', 'FS'] },
  arrearsWaiver: { bands: [{ interestPercent: 50, penaltyPercent: 100 }] },
} as const;

/** An order for what is due on a property, or for some of it. */
async function orderFor(
  number: string,
  { bills, ...more }: { readonly bills?: readonly string[] } & Partial<NewOrder> = {},
): Promise<Order> {
  const entry = await lookUp(db, 'property', number);
  if (!entry) throw new Error(`no property ${number}`);
  const { dues } = duesOf({ ...entry, rules, today, asOf: Date.now() });
  return makeOrder(db, {
    service: 'propertyTax',
    account: entry.account,
    dues: dues.filter(({ id }) => bills?.includes(id) ?? true),
    citizenId: await citizen(),
    language: 'bn',
    lifetimeMs: 86_400_000,
    ...more,
  });
}

async function begin(order: Order, anyway = false): Promise<AttemptBeginning> {
  return beginAttempt(db, order.id, wantedAttempt(anyway));
}

const open = (order: Order, usableMs?: number): Promise<AttemptReference> => openAttempt(db, order, usableMs);

const tell = (
  order: Order,
  reference: string,
  fact?: Partial<PaymentFact>,
  more?: Partial<ToldFacts>,
): Promise<FactOutcome | undefined> => tellOf(db, order, { reference, ...fact }, { settings, ...more });

async function ledgerOf(order: Order): Promise<Record<string, number>> {
  const { rows } = await db.query<{ account: string; amount: number }>(
    `select l.account, sum(l.amount)::float8 as amount from entry_lines l join entries e on e.id = l.entry_id
     where e.source_type = 'capture' and e.source_id in (
       select c.id::text from captures c join attempts a on a.id = c.attempt_id where a.order_id = $1)
     group by 1`,
    [order.id],
  );
  return Object.fromEntries(rows.map(({ account, amount }) => [account, amount]));
}

/** The whole ledger, and every receipt number, are as they must be after whatever happened. */
async function booksAreRight(): Promise<void> {
  const { rows } = await db.query<{
    total: number;
    receipts: number;
    last: number;
    captured: number;
    gateways: number;
  }>(
    `select (select coalesce(sum(amount), 0)::float8 from entry_lines) as total,
       (select count(*)::int from receipts) as receipts, (select coalesce(max(last), 0) from number_series) as last,
       (select coalesce(sum(amount), 0)::float8 from captures)
         - (select coalesce(sum(amount), 0)::float8 from entry_lines where account like 'suspense/%') as captured,
       (select coalesce(sum(amount), 0)::float8 from entry_lines where account like 'clearing/%') as gateways`,
  );
  const [books] = rows;
  expect(books?.total).toBe(0);
  expect(books?.receipts).toBe(books?.last);
  expect(books?.captured).toBe(books?.gateways);
}

describe('a success', () => {
  test('pays the demands, those that an LOI covers, posts the ledger by heads and issues one receipt', async () => {
    const number = await property();
    const order = await orderFor(number);
    // 1000 less 5 %; 575 + 5; LOI 920 less half the interest and all of the penalty.
    expect(order.amount).toBe(95_000 + 53_000 + 84_000);
    const reference = await open(order);
    expect(await tell(order, reference)).toMatchObject({ orderId: order.id, outcome: 'applied' });

    const standing = await readStanding(db, order.id);
    expect(standing).toMatchObject({
      state: 'paid',
      excess: [],
      cases: [],
      attempts: [{ state: 'success' }],
      receipts: [{ amount: order.amount, posting: 'posted' }],
    });
    expect((await lookUp(db, 'property', number))?.demands).toEqual([]);
    const settled = (await paidDemands(db, 'property', number)).filter(({ isSettled }) => isSettled);
    expect(settled.map(({ demandId }) => demandId).sort()).toEqual(['FS1', 'L1', 'P0', 'PD2']);
    expect(await ledgerOf(order)).toEqual({
      'clearing/main': order.amount,
      'relief/rebate': 5_000,
      'relief/waiver': 4_000 + 4_000 + 2_500 + 2_500,
      'revenue/propertyTax/current/principal': -100_000,
      'revenue/propertyTax/arrears/principal': -130_000,
      'revenue/propertyTax/arrears/interest': -13_000,
      'revenue/propertyTax/arrears/penalty': -6_500,
      'revenue/propertyTax/arrears/charge': -500,
    });
    const [receipt] = await receiptsOf(db, order.id);
    expect(receipt).toMatchObject({
      amount: order.amount,
      transactionId: `XIC${reference}`,
      bankReference: '609112345678',
      method: 'upi',
    });
    expect(receipt?.paid.map(({ id }) => id)).toEqual(['L1', 'FS1', 'PD2']);
    expect(receipt && (await verifyReceipt(db, receipt.number))).toMatchObject({
      amount: order.amount,
      accountEnding: number.slice(-4),
    });
    await booksAreRight();
  });

  test('has its effect once: the same words, other words for the same money, a query, a stale failure', async () => {
    const order = await orderFor(await property());
    const reference = await open(order);
    await tell(order, reference, {}, { raw: 'the same words' });
    await tell(order, reference, {}, { raw: 'the same words' });
    await tell(order, reference);
    await tell(order, reference, {}, { source: 'query' });
    await tell(order, reference, { says: 'failed', reason: 'declined', transactionId: 'XICEARLIERTRY' });
    await tell(order, reference, { says: 'pending' });
    const standing = await readStanding(db, order.id);
    expect(standing).toMatchObject({
      state: 'paid',
      excess: [],
      cases: [],
      attempts: [{ state: 'success' }],
    });
    const { rows } = await db.query(
      `select from outbox where entity = 'payment' and subject = $1 and key like 'f:%'`,
      [order.id],
    );
    expect(rows).toHaveLength(1);
    await booksAreRight();
  });

  test('that the gateway takes back is a case, and none any more when it says it again', async () => {
    const order = await orderFor(await property());
    const reference = await open(order);
    await tell(order, reference);
    await tell(order, reference, { says: 'failed', reason: 'declined' });
    expect(await readStanding(db, order.id)).toMatchObject({
      state: 'paid',
      attempts: [{ state: 'success' }],
      cases: [{ kind: 'reversal', amount: order.amount }],
    });
    await tell(order, reference, {}, { source: 'query' });
    expect((await readStanding(db, order.id)).cases).toEqual([]);
  });

  test('told twenty times at the same moment is posted once', async () => {
    const order = await orderFor(await property());
    const reference = await open(order);
    await Promise.all(Array.from({ length: 20 }, () => tell(order, reference)));
    expect((await readStanding(db, order.id)).excess).toEqual([]);
    await booksAreRight();
  });

  test.each(['failed', 'cancelled', 'pending'] as const)('counts after the attempt was %s', async (says) => {
    const order = await orderFor(await property());
    const reference = await open(order);
    await tell(order, reference, { says, reason: 'other' });
    expect((await readStanding(db, order.id)).attempts[0]?.state).toBe(says);
    await tell(order, reference);
    expect(await readStanding(db, order.id)).toMatchObject({
      state: 'paid',
      attempts: [{ state: 'success' }],
    });
  });

  test('counts after the attempt and the link have expired, and after the order was cancelled', async () => {
    const order = await orderFor(await property(), { lifetimeMs: 1 });
    await db.query(`update orders set expires_at = now() + interval '1 minute' where id = $1`, [order.id]);
    const reference = await open(order, -3_600_000);
    await db.query('update orders set expires_at = now() where id = $1', [order.id]);
    await tell(order, reference, { says: 'notFound' }, { source: 'query' });
    expect(await readStanding(db, order.id)).toMatchObject({
      state: 'expired',
      attempts: [{ state: 'expired' }],
    });
    await cancelOrder(db, order.id);
    await tell(order, reference);
    expect((await readStanding(db, order.id)).state).toBe('paid');
    await booksAreRight();
  });

  test('of words that nobody knows, and of nothing found, is none', async () => {
    const order = await orderFor(await property());
    const reference = await open(order);
    await tell(order, reference, { says: 'unknown' });
    await tell(order, reference, { says: 'notFound' });
    expect(await readStanding(db, order.id)).toMatchObject({
      state: 'open',
      attempts: [{ state: 'redirected' }],
    });
  });
});

describe('money for what is paid already', () => {
  test('two orders for the same demands at the same moment: one receipt, one excess, nothing lost', async () => {
    const number = await property();
    const [first, second] = [await orderFor(number), await orderFor(number)];
    const [a, b] = [await open(first), await open(second)];
    await Promise.all([tell(first, a), tell(second, b)]);
    const standings = [await readStanding(db, first.id), await readStanding(db, second.id)];
    expect(standings.map(({ state }) => state)).toEqual(['paid', 'paid']);
    expect(standings.flatMap(({ receipts }) => receipts)).toHaveLength(1);
    expect(standings.flatMap(({ excess }) => excess)).toMatchObject([{ amount: first.amount }]);
    await booksAreRight();
  });

  test('a second transaction of the same order is excess, and gets no receipt', async () => {
    const order = await orderFor(await property());
    const reference = await open(order);
    await tell(order, reference);
    await tell(order, reference, { transactionId: 'XICSECOND', bankReference: '609100000002' });
    const standing = await readStanding(db, order.id);
    expect(standing).toMatchObject({ excess: [{ amount: order.amount }], cases: [{ kind: 'excess' }] });
    expect(await ledgerOf(order)).toMatchObject({
      'clearing/main': 2 * order.amount,
      'liability/excess': 0 - order.amount,
    });
    await booksAreRight();
  });

  test('an order that overlaps pays the rest, and only what overlaps is excess', async () => {
    const number = await property();
    const [one, all] = [await orderFor(number, { bills: ['PD2'] }), await orderFor(number)];
    const [a, b] = [await open(one), await open(all)];
    await tell(one, a);
    expect((await readStanding(db, all.id)).state).toBe('changed');
    await tell(all, b);
    const standing = await readStanding(db, all.id);
    expect(standing).toMatchObject({
      state: 'paid',
      excess: [{ amount: 95_000 }],
      receipts: [{ amount: 53_000 + 84_000 }],
    });
    expect((await receiptsOf(db, all.id))[0]?.paid.map(({ id }) => id)).toEqual(['L1', 'FS1']);
    await booksAreRight();
  });

  test('what was paid at a counter meanwhile is excess', async () => {
    const number = await property();
    const order = await orderFor(number, { bills: ['PD2'] });
    const reference = await open(order);
    await db.query(`update demands set paid_on = current_date where account_number = $1 and id = 'PD2'`, [
      number,
    ]);
    await tell(order, reference);
    expect(await readStanding(db, order.id)).toMatchObject({
      state: 'paid',
      excess: [{ amount: order.amount }],
      receipts: [],
    });
  });

  test('a bill that an LOI paid meanwhile is not paid again', async () => {
    const number = await property();
    const letter = await orderFor(number, { bills: ['L1'] });
    await db.query(`update demands set covered_by = null where account_number = $1 and id = 'P0'`, [number]);
    const single = await orderFor(number, { bills: ['P0'] });
    const [a, b] = [await open(letter), await open(single)];
    await tell(letter, a);
    await tell(single, b);
    expect((await readStanding(db, single.id)).excess).toMatchObject([{ amount: single.amount }]);
    await booksAreRight();
  });

  test('a register that is loaded late does not show it as due again', async () => {
    const number = await property();
    const order = await orderFor(number);
    await tell(order, await open(order));
    await db.query('update demands set paid_on = null where account_number = $1', [number]);
    expect((await lookUp(db, 'property', number))?.demands).toEqual([]);
  });
});

describe('a claim that cannot be true', () => {
  test.each([
    ['amount', { amount: 1 }],
    ['amount', { amount: undefined }],
    ['currency', { currency: 'USD' }],
    ['merchant', { merchantId: 'SOMEBODY' }],
  ] as const)('about the %s goes to a person, and posts nothing', async (reason, fact) => {
    const order = await orderFor(await property());
    const reference = await open(order);
    await tell(order, reference, fact);
    await tell(order, reference, fact, { source: 'query' });
    const standing = await readStanding(db, order.id);
    expect(standing).toMatchObject({ state: 'open', attempts: [{ state: 'review' }] });
    expect(standing.cases).toMatchObject([{ kind: 'review', reason }]);
    expect(await ledgerOf(order)).toEqual({});
    expect(await begin(order)).toEqual({ outcome: 'refused', because: 'undecided' });
  });

  test('proved by the key of another account goes to a person', async () => {
    const order = await orderFor(await property());
    await tell(order, await open(order), {}, { merchant: 'another' });
    const standing = await readStanding(db, order.id);
    expect(standing.cases).toMatchObject([{ kind: 'review', reason: 'merchant' }]);
    expect(standing.receipts).toEqual([]);
  });

  test('about an attempt that is not ours is kept and counted', async () => {
    const order = await orderFor(await property());
    expect(await tell(order, 'PSNOBODYS')).toMatchObject({ orderId: undefined, outcome: 'applied' });
    await tell(order, 'PSNOBODYS', {}, { source: 'query' });
    const unknown = (await openCases(db)).filter(({ kind }) => kind === 'unknownReference');
    expect(unknown).toMatchObject([{ amount: order.amount, details: { reference: 'PSNOBODYS' } }]);
    const { rows: words } = await db.query(`select raw from evidence where reference = 'PSNOBODYS'`);
    expect(words).toHaveLength(2);
    const { rows } = await db.query(
      `select amount::float8 as amount from entry_lines where account = 'suspense/unknown'`,
    );
    expect(rows).toEqual([{ amount: 0 - order.amount }]);
  });

  async function decide(order: Order, decision: 'accept' | 'excess' | 'dismiss'): Promise<DecisionOutcome> {
    const review = (await readStanding(db, order.id)).cases.find(({ kind }) => kind === 'review');
    return inTransaction(db, async (client): Promise<DecisionOutcome> => {
      const locked = review && (await lockCase(client, review.id));
      if (!locked) return { outcome: 'refused', because: 'there is no such case' };
      const decided = await decideReview(client, locked, decision, settings);
      if (decided.outcome === 'done') {
        await closeCase(client, locked.id, {
          who: 'Invented Officer',
          decision,
          why: 'telephoned the gateway',
        });
      }
      return decided;
    });
  }

  test('is accepted by a person, once', async () => {
    const order = await orderFor(await property());
    await tell(order, await open(order), { merchantId: 'SOMEBODY' });
    expect(await decide(order, 'accept')).toEqual({ outcome: 'done' });
    expect(await readStanding(db, order.id)).toMatchObject({ state: 'paid', cases: [] });
    expect(await decide(order, 'accept')).toMatchObject({ outcome: 'refused' });
    await booksAreRight();
  });

  test('that is proved by another account is booked to where the money is', async () => {
    const order = await orderFor(await property(), { bills: ['FS1'] });
    await tell(order, await open(order), {}, { merchant: 'another' });
    expect(await decide(order, 'accept')).toEqual({ outcome: 'done' });
    expect(await ledgerOf(order)).toMatchObject({ 'clearing/another': order.amount });
  });

  test('with another amount pays what it reaches for: the bill stays a bill paid in part', async () => {
    const number = await property();
    const order = await orderFor(number, { bills: ['FS1'] });
    await tell(order, await open(order), { amount: 10_000 });
    expect(await decide(order, 'accept')).toEqual({ outcome: 'done' });
    const standing = await readStanding(db, order.id);
    expect(standing).toMatchObject({ state: 'changed', receipts: [{ amount: 10_000 }], excess: [] });
    expect(standing.cases).toMatchObject([{ kind: 'partPaid', amount: 58_000 - 10_000 }]);
    const [receipt] = await receiptsOf(db, order.id);
    expect(receipt?.paid).toMatchObject([{ id: 'FS1', payable: 10_000, isPart: true }]);
    const rest = await orderFor(number, { bills: ['FS1'] });
    expect(rest.dues).toMatchObject([{ amount: 58_000, paidPart: 10_000, payable: 43_000 }]);
    await tell(rest, await open(rest));
    expect((await readStanding(db, rest.id)).state).toBe('paid');
    await booksAreRight();
  });

  test('with another amount can be kept as excess, and the citizen may pay again', async () => {
    const order = await orderFor(await property());
    await tell(order, await open(order), { amount: 100 });
    expect(await decide(order, 'excess')).toEqual({ outcome: 'done' });
    expect(await readStanding(db, order.id)).toMatchObject({ state: 'open', excess: [{ amount: 100 }] });
    expect((await begin(order)).outcome).toBe('begun');
    await booksAreRight();
  });

  test('is dismissed when no money came, and of two claims the other still waits', async () => {
    const order = await orderFor(await property());
    const reference = await open(order);
    await tell(order, reference, { amount: 100 });
    await tell(order, reference, { amount: 200, transactionId: 'XICOTHER' });
    expect(await decide(order, 'dismiss')).toEqual({ outcome: 'done' });
    expect(await begin(order)).toEqual({ outcome: 'refused', because: 'undecided' });
    expect(await decide(order, 'dismiss')).toEqual({ outcome: 'done' });
    expect(await readStanding(db, order.id)).toMatchObject({
      state: 'open',
      excess: [],
      attempts: [{ state: 'failed' }],
    });
  });

  test('is settled by the right claim, and its case closes by itself', async () => {
    const order = await orderFor(await property());
    const reference = await open(order);
    await tell(order, reference, { amount: undefined, amountAsTold: 'a lot' });
    await tell(order, reference);
    expect(await readStanding(db, order.id)).toMatchObject({ state: 'paid', cases: [], excess: [] });
    await booksAreRight();
  });
});

describe('opening an attempt', () => {
  test('twice leads to the same page of the gateway', async () => {
    const order = await orderFor(await property());
    const reference = await open(order);
    expect(await begin(order)).toEqual({
      outcome: 'underWay',
      reference,
      gateway: 'billdesk',
      merchant: 'main',
      redirect,
    });
  });

  test('whose page has ended asks the gateway first', async () => {
    const order = await orderFor(await property());
    const reference = await open(order, 1_000);
    expect(await begin(order)).toMatchObject({ outcome: 'over', reference });
  });

  test('that the gateway did not take leaves no trace in the way of another', async () => {
    const order = await orderFor(await property());
    const begun = await begin(order);
    if (begun.outcome === 'begun') await giveUpAttempt(db, begun.reference);
    expect((await begin(order)).outcome).toBe('begun');
  });

  test('is refused while the bank has not decided, when it is paid, cancelled or expired', async () => {
    const order = await orderFor(await property());
    const reference = await open(order);
    await tell(order, reference, { says: 'pending' });
    expect(await begin(order)).toEqual({ outcome: 'refused', because: 'undecided' });
    await tell(order, reference);
    expect(await begin(order)).toEqual({ outcome: 'refused', because: 'paid' });
    const ended = await orderFor(await property());
    await cancelOrder(db, ended.id);
    expect(await begin(ended)).toEqual({ outcome: 'refused', because: 'cancelled' });
    const late = await orderFor(await property(), { lifetimeMs: -1 });
    expect(await begin(late)).toEqual({ outcome: 'refused', because: 'expired' });
  });

  test('of what somebody else is paying right now is warned of, and possible', async () => {
    const number = await property();
    const [first, second] = [await orderFor(number), await orderFor(number, { bills: ['FS1'] })];
    expect(await isPaidElsewhere(db, second.id)).toBe(false);
    await open(first);
    expect(await isPaidElsewhere(db, second.id)).toBe(true);
    expect(await begin(second)).toEqual({ outcome: 'refused', because: 'elsewhere' });
    expect((await begin(second, true)).outcome).toBe('begun');
    const other = await orderFor(number, { bills: ['PD2'] });
    expect(await isPaidElsewhere(db, other.id)).toBe(true);
  });
});

describe('an order', () => {
  test('is made once for the same citizen, bills and amounts', async () => {
    const number = await property();
    const citizenId = await citizen();
    const first = await orderFor(number, { citizenId });
    expect((await orderFor(number, { citizenId })).id).toBe(first.id);
    expect((await orderFor(number, { citizenId, bills: ['PD2'] })).id).not.toBe(first.id);
    expect((await orderFor(number)).id).not.toBe(first.id);
    expect((await orderByToken(db, first.token))?.id).toBe(first.id);
    expect(await orderByToken(db, 'guessed')).toBeUndefined();
  });

  test('ends with the last day of its rebate', async () => {
    const number = await property();
    await db.query('update demands set presented_on = $2 where account_number = $1 and kind = $3', [
      number,
      addDays(today, -21),
      'PD',
    ]);
    const order = await orderFor(number, { bills: ['PD2'], lifetimeMs: 7 * 86_400_000 });
    expect(dateInKolkata(order.expiresAt)).toBe(today);
    expect(dateInKolkata(order.expiresAt + 1)).toBe(addDays(today, 1));
  });

  test('is listed to its citizen only when they tried to pay it', async () => {
    const citizenId = await citizen();
    const [paid, tried] = [
      await orderFor(await property(), { citizenId }),
      await orderFor(await property(), { citizenId }),
    ];
    await orderFor(await property(), { citizenId });
    await tell(paid, await open(paid));
    await tell(tried, await open(tried), { says: 'failed', reason: 'declined' });
    expect(await recentPayments(db, citizenId, 8)).toMatchObject([
      { orderId: tried.id, state: 'failed' },
      { orderId: paid.id, state: 'paid', amount: paid.amount },
    ]);
    expect(await recentPayments(db, await citizen(), 8)).toEqual([]);
  });
});

describe('words that nobody knows', () => {
  test('have the gateway asked, unless it has just answered with them', async () => {
    const order = await orderFor(await property());
    const reference = await open(order);
    await tell(order, reference, { says: 'failed', reason: 'declined' });
    const asked = async (): Promise<number | null> => {
      const { rowCount } = await db.query(
        `select from outbox where entity = 'payment' and subject = $1 and payload::text like '%"check": true%'`,
        [order.id],
      );
      return rowCount;
    };
    await tell(order, reference, { says: 'unknown' }, { source: 'query' });
    expect(await asked()).toBe(0);
    await tell(order, reference, { says: 'unknown' });
    expect(await asked()).toBe(1);
  });
});

describe('a payment that no bank decides', () => {
  test('is with the desk once the days are over that the bank has', async () => {
    const citizenId = await citizen();
    const order = await orderFor(await property(), { citizenId });
    const reference = await open(order);
    await tell(order, reference, { says: 'pending' });
    const state = async (age: string): Promise<string | undefined> => {
      await db.query('update attempts set opened_at = now() - $2::interval where reference = $1', [
        reference,
        age,
      ]);
      return (await recentPayments(db, citizenId, 8))[0]?.state;
    };
    expect(await state('1 day')).toBe('undecided');
    expect(await state('6 days 1 minute')).toBe('atDesk');
  });
});

describe('a message about a payment', () => {
  test('that WhatsApp took and could not deliver is to be told again, but not for ever', async () => {
    const citizenId = await citizen();
    const order = await orderFor(await property(), { citizenId });
    await tell(order, await open(order));
    const message = {
      id: `${order.id}-receipt` as MessageId,
      about: { entity: 'payment', id: order.id } as const,
      citizenId,
      textKey: 'receipt',
      kind: 'document',
    };
    for (const attempt of [1, 2, 3]) {
      expect((await beginMessage(db, message, 1_000)).claimed).toBe(true);
      const wamid = `wamid.${randomUUID()}`;
      await messageAccepted(db, message.id, wamid);
      expect((await readStanding(db, order.id)).told).toEqual(['receipt']);
      expect((await beginMessage(db, message, 1_000)).claimed).toBe(false);
      await applyStatuses(db, [
        { wamid, status: 'failed', at: Math.floor(Date.now() / 1000), failure: passing },
      ]);
      await acceptFailures(db, [wamid]);
      const { rows } = await db.query(
        `select entity, subject from outbox where key = 's:' || $1 || ':failed'`,
        [wamid],
      );
      expect(rows).toEqual([{ entity: 'payment', subject: order.id }]);
      expect((await readStanding(db, order.id)).told).toEqual(attempt < 3 ? [] : ['receipt']);
    }
    expect((await beginMessage(db, message, 1_000)).claimed).toBe(false);
  });
});

describe('the books', () => {
  test.each([
    ['evidence', 'id'],
    ['captures', 'id'],
    ['capture_ids', 'transaction_id'],
    ['allocations', 'id'],
    ['reliefs', 'kind'],
    ['receipts', 'number'],
    ['entries', 'id'],
    ['entry_lines', 'entry_id'],
    ['audit_log', 'why'],
  ])('%s only ever grow', async (table, column) => {
    await expect(db.query(`delete from ${table}`)).rejects.toThrow('permission denied');
    await expect(db.query(`update ${table} set ${column} = ${column}`)).rejects.toThrow();
  });

  test('refuse an entry that does not balance', async () => {
    const order = await orderFor(await property());
    const reference = await open(order);
    await tell(order, reference);
    const { rows } = await db.query<{ id: string }>(
      `select e.id::text as id from entries e join captures c on c.id::text = e.source_id
       join attempts a on a.id = c.attempt_id where a.reference = $1 and e.kind = 'payment'`,
      [reference],
    );
    await expect(
      db.query(
        `insert into entry_lines (entry_id, account, amount) values ($1, 'clearing/another', 5), ($1, 'liability/excess', -5)`,
        [rows[0]?.id],
      ),
    ).rejects.toThrow('is posted');
    const entry = `insert into entries (kind, source_type, source_id, value_date, narration)
      values ('correction', 'test', '${reference}', current_date, 'a test') returning id`;
    const post = (lines: string): Promise<unknown> =>
      db.query(`with entry as (${entry}) insert into entry_lines (entry_id, account, amount) ${lines}`);
    await expect(post(`select id, 'clearing/main', 5 from entry`)).rejects.toThrow('does not balance');
    await expect(db.query(entry)).rejects.toThrow('does not balance');
    await expect(
      post(`select id, a, n from entry, (values ('clearing/main', 5), ('liability/excess', -4)) v (a, n)`),
    ).rejects.toThrow('does not balance');
  });

  test('number receipts without gaps, also when a hundred are issued at once and some transactions fail', async () => {
    const orders = await Promise.all(
      Array.from({ length: 40 }, async () => orderFor(await property(), { bills: ['PD2'] })),
    );
    const opened = await Promise.all(orders.map(async (order) => ({ order, reference: await open(order) })));
    await Promise.all(
      opened.map(({ order, reference }, index) =>
        // A character that Postgres does not know: the transaction ends in the middle.
        index % 4 === 0
          ? tell(order, reference, { bankReference: '\0' }).catch(() => undefined)
          : tell(order, reference),
      ),
    );
    await booksAreRight();
    const { rows } = await db.query<{ numbers: number; highest: number }>(
      'select count(distinct ordinal)::int as numbers, max(ordinal) as highest from receipts',
    );
    expect(rows[0]?.numbers).toBe(rows[0]?.highest);
  });
});
