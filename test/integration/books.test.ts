/** What the books must hold whatever a gateway, a register or a second payer does: each finding about money as its scenario. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { closeCase, lockCase, openCases } from '../../database/cases.ts';
import { inTransaction, type Database } from '../../database/connection.ts';
import { receiveFacts, type ToldFacts } from '../../database/payments/apply-gateway-fact.ts';
import { beginAttempt, type AttemptBeginning } from '../../database/payments/attempts.ts';
import { makeOrder } from '../../database/payments/orders.ts';
import { receiptsOf } from '../../database/payments/receipts.ts';
import { decideReview } from '../../database/payments/reviews.ts';
import { readStanding } from '../../database/payments/standing.ts';
import { lookUp } from '../../database/register.ts';
import { addDays, dateInKolkata, financialYear, financialYearName } from '../../domain/calendar.ts';
import { paise } from '../../domain/money.ts';
import type { PaymentFact, RefundFact } from '../../domain/payments/fact.ts';
import type { Order, Standing } from '../../domain/payments/order.ts';
import { duesOf } from '../../domain/rules.ts';
import { migratedDatabase, newCitizen, runAsOwner } from '../support/database.ts';
import {
  openAttempt,
  paymentFact,
  postingSettings as settings,
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
/** A property with bills of so many paise each: B1, B2 and so on. */
async function property(...amounts: readonly number[]): Promise<string> {
  numbers += 1;
  const number = `22107${String(numbers).padStart(7, '0')}`;
  await db.query(
    `insert into accounts (kind, number, owner_en, address_en, ward, residential)
     values ('property', $1, 'Invented Owner', '1 Sample Street', 107, true)`,
    [number],
  );
  for (const [index, amount] of amounts.entries()) await bill(number, `B${index + 1}`, amount);
  return number;
}

async function bill(
  number: string,
  id: string,
  amount: number,
  kind = 'PD',
  coveredBy?: string,
): Promise<void> {
  await db.query(
    `insert into demands (account_kind, account_number, id, kind, period_from, period_to, presented_on, principal,
       interest, penalty, charge, covered_by)
     values ('property', $1, $2, $3, '2025-04-01', '2026-03-31', '2025-06-01', $4, 0, 0, 0, $5)`,
    [number, id, kind, amount, coveredBy],
  );
}

/** An order for what is due on a property, or for some of it. */
async function orderFor(number: string, bills?: readonly string[], rules = {}): Promise<Order> {
  const entry = await lookUp(db, 'property', number);
  if (!entry) throw new Error(`no property ${number}`);
  const { dues } = duesOf({ ...entry, rules, today, asOf: Date.now() });
  return makeOrder(db, {
    service: 'propertyTax',
    account: entry.account,
    dues: dues.filter(({ id }) => bills?.includes(id) ?? true),
    citizenId: await newCitizen(db),
    language: 'bn',
    lifetimeMs: 86_400_000,
  });
}

const tell = (
  order: Order,
  reference: string,
  fact?: Partial<PaymentFact>,
  more?: Partial<ToldFacts>,
): Promise<unknown> => tellOf(db, order, { reference, ...fact }, { settings, ...more });

const standingOf = (order: Order): Promise<Standing> => readStanding(db, order.id);

const kindsOf = ({ cases }: Standing): string[] => cases.map(({ kind }) => kind);

/** What is left to pay on a property, by the register and our books. */
async function dueOn(number: string): Promise<number> {
  const entry = await lookUp(db, 'property', number);
  return entry ? duesOf({ ...entry, rules: {}, today, asOf: Date.now() }).total : NaN;
}

/** Every success of the bank is allocated, excess, in suspense or in an open case; the ledger is even. */
async function booksHold(): Promise<void> {
  const { rows } = await db.query<{ even: number; unexplained: number; beyond: number; gaps: number }>(
    `select (select coalesce(sum(amount), 0)::float8 from entry_lines) as even,
       (select coalesce(sum(c.amount), 0)::float8 from captures c)
         - (select coalesce(sum(amount), 0)::float8 from allocations)
         + (select coalesce(sum(amount), 0)::float8 from entry_lines where account = 'liability/excess') as unexplained,
       (select count(*)::int from demand_balances where allocated + relieved + covered > amount) as beyond,
       (select sum(missing)::int from (select max(ordinal) - count(*) as missing from receipts
          group by counter, financial_year) as series) as gaps`,
  );
  expect(rows).toEqual([{ even: 0, unexplained: 0, beyond: 0, gaps: 0 }]);
}

describe('the year of a receipt', () => {
  /** The last day of the financial year before this one. */
  const lastDay = `${financialYear(today)}-03-31`;

  test.each([
    ['posting', financialYear(today)],
    ['payment', financialYear(today) - 1],
  ] as const)('is by %s, as finance has set it, and both dates are known', async (receiptYear, year) => {
    const order = await orderFor(await property(100_000));
    const reference = await openAttempt(db, order);
    const at = Date.parse(`${lastDay}T23:50:00+05:30`);
    await tellOf(db, order, { reference, at }, { settings: { ...settings, receiptYear } });
    const [receipt] = await receiptsOf(db, order.id);
    expect(receipt?.number).toMatch(new RegExp(`^W-${financialYearName(year)}-`));
    expect(dateInKolkata(receipt?.paidAt ?? 0)).toBe(lastDay);
    expect(dateInKolkata(receipt?.issuedAt ?? 0)).toBe(today);
  });
});

describe('a transaction counts once by what it is', () => {
  test('two orders whose transactions have no id are both paid', async () => {
    for (const order of [await orderFor(await property(100_000)), await orderFor(await property(200_000))]) {
      await tell(order, await openAttempt(db, order), {
        transactionId: undefined,
        bankReference: randomUUID(),
      });
      expect(await standingOf(order)).toMatchObject({ state: 'paid', excess: [], cases: [] });
    }
    await booksHold();
  });

  test('the same transaction claimed for another order goes to a person, and loses nothing', async () => {
    const [first, second] = [
      await orderFor(await property(100_000)),
      await orderFor(await property(100_000)),
    ];
    const [a, b] = [await openAttempt(db, first), await openAttempt(db, second)];
    await Promise.all([
      tell(first, a, { transactionId: 'XICSHARED' }),
      tell(second, b, { transactionId: 'XICSHARED' }),
    ]);
    const standings = [await standingOf(first), await standingOf(second)];
    expect(standings.flatMap(({ receipts }) => receipts)).toHaveLength(1);
    expect(standings.flatMap(({ cases }) => cases)).toMatchObject([
      { kind: 'review', reason: 'transaction' },
    ]);
    await booksHold();
  });

  test.each([
    ['without an id, then with one', [undefined, 'XICLATE']],
    ['with an id, then without', ['XICEARLY', undefined]],
    ['under two ids and one bank reference', ['XICONE', 'XICTWO']],
    ['without any id, twice', [undefined, undefined]],
  ] as const)('the same money told %s is taken once', async (_, ids) => {
    const order = await orderFor(await property(100_000));
    const reference = await openAttempt(db, order);
    for (const transactionId of ids)
      await tell(order, reference, { transactionId, bankReference: '609100000009' });
    expect(await standingOf(order)).toMatchObject({ state: 'paid', excess: [], cases: [] });
    await booksHold();
  });

  test('a transaction of which a person took another amount, and the gateway says it rightly since, goes to a person again', async () => {
    const order = await orderFor(await property(100_000));
    const reference = await openAttempt(db, order);
    await tell(order, reference, { amount: 100 });
    const [review] = (await standingOf(order)).cases;
    await inTransaction(db, async (client) => {
      const locked = await lockCase(client, review?.id ?? '');
      if (!locked) throw new Error('no case');
      await decideReview(client, locked, 'accept', settings);
      await closeCase(client, locked.id, { who: 'Invented Officer', decision: 'accept', why: 'a mistake' });
    });
    await tell(order, reference);
    expect((await standingOf(order)).cases).toMatchObject([
      { kind: 'partPaid' },
      { kind: 'review', reason: 'amount', amount: 100_000 },
    ]);
    await booksHold();
  });

  test('money with an id that came late is known by it from then on', async () => {
    const order = await orderFor(await property(100_000));
    const reference = await openAttempt(db, order);
    await tell(order, reference, { transactionId: undefined, bankReference: undefined });
    const late = `XICLATE${randomUUID().slice(0, 6)}`;
    await tell(order, reference, { transactionId: late });
    const other = await orderFor(await property(100_000));
    await tell(other, await openAttempt(db, other), { transactionId: late });
    expect((await standingOf(other)).cases).toMatchObject([{ kind: 'review', reason: 'transaction' }]);
  });
});

describe('what the gateway says, whatever it says, is about one merchant, order and currency', () => {
  test.each([
    ['another merchant account', { merchantId: 'SOMEBODY' }],
    ['another order of the gateway', { gatewayOrderId: 'OAOTHER' }],
    ['another currency', { currency: 'USD' }],
  ] as const)('a failure, a cancellation or a pending of %s moves nothing', async (_, odd) => {
    const order = await orderFor(await property(100_000));
    const reference = await openAttempt(db, order);
    for (const says of ['failed', 'cancelled', 'pending', 'notFound'] as const)
      await tell(order, reference, { says, ...odd });
    expect((await standingOf(order)).attempts).toMatchObject([{ state: 'redirected' }]);
  });

  test('a failure that another account has sealed moves nothing', async () => {
    const order = await orderFor(await property(100_000));
    const reference = await openAttempt(db, order);
    await tell(order, reference, { says: 'failed' }, { merchant: 'another' });
    expect((await standingOf(order)).attempts).toMatchObject([{ state: 'redirected' }]);
  });

  test('a fact that names only the order of the gateway finds the attempt', async () => {
    const order = await orderFor(await property(100_000));
    const reference = await openAttempt(db, order);
    const { reference: left, ...fact } = paymentFact(order, { reference, gatewayOrderId: `OA${reference}` });
    await receiveFacts(
      db,
      { gateway: 'billdesk', source: 'webhook', merchant: 'main', raw: randomUUID(), facts: [fact] },
      settings,
    );
    expect((await standingOf(order)).state).toBe('paid');
  });
});

describe('evidence', () => {
  test('of the same words is kept once, and their effect is applied each time: it may depend on the time', async () => {
    const order = await orderFor(await property(100_000));
    const reference = await openAttempt(db, order);
    const words = { source: 'query', raw: `not found ${reference}` } as const;
    await tell(order, reference, { says: 'notFound' }, words);
    expect((await standingOf(order)).attempts).toMatchObject([{ state: 'redirected' }]);
    await db.query(`update attempts set usable_until = now() - interval '1 hour' where reference = $1`, [
      reference,
    ]);
    await tell(order, reference, { says: 'notFound' }, words);
    expect((await standingOf(order)).attempts).toMatchObject([{ state: 'expired' }]);
    const { rowCount } = await db.query('select from evidence where reference = $1', [reference]);
    expect(rowCount).toBe(1);
  });

  test('of the same words about two attempts is kept for both', async () => {
    const [first, second] = [
      await orderFor(await property(100_000)),
      await orderFor(await property(100_000)),
    ];
    const references = [await openAttempt(db, first), await openAttempt(db, second)];
    for (const reference of references)
      await tell(first, reference, { says: 'unknown' }, { raw: 'identical words' });
    const { rowCount } = await db.query('select from evidence where reference = any ($1)', [references]);
    expect(rowCount).toBe(2);
  });

  test('stays when its effect fails, a person is called, and the case closes when it is carried out after all', async () => {
    const order = await orderFor(await property(100_000));
    const reference = await openAttempt(db, order);
    await runAsOwner(
      db,
      `create function refuse_test() returns trigger language plpgsql as $$
         begin raise exception 'refused by a test'; end $$;
       create trigger refuse_test before insert on captures for each row execute function refuse_test()`,
    );
    const raw = `words ${reference}`;
    expect(await tell(order, reference, {}, { raw })).toMatchObject({ outcome: 'kept' });
    expect((await openCases(db)).filter(({ kind }) => kind === 'notApplied')).toMatchObject([
      { amount: order.amount, details: { reference } },
    ]);
    await runAsOwner(db, 'drop trigger refuse_test on captures');
    expect(await tell(order, reference, {}, { raw })).toMatchObject({ outcome: 'applied' });
    expect((await openCases(db)).filter(({ kind }) => kind === 'notApplied')).toEqual([]);
    expect((await standingOf(order)).state).toBe('paid');
    await booksHold();
  });

  test('whatever is applied leaves word, also what an answer to our own question brought', async () => {
    const order = await orderFor(await property(100_000));
    const reference = await openAttempt(db, order);
    await tell(order, reference, {}, { source: 'query' });
    const { rowCount } = await db.query(`select from outbox where entity = 'payment' and subject = $1`, [
      order.id,
    ]);
    expect(rowCount).toBe(1);
  });
});

describe('a letter of intimation and the bills that it covers are paid once', () => {
  test('the bill first, the letter afterwards: what was paid on the bill is excess of the letter', async () => {
    const number = await property(319_000);
    const single = await orderFor(number);
    const a = await openAttempt(db, single);
    // The import adds a letter that covers the bill.
    await bill(number, 'L1', 400_000, 'LOI');
    await db.query(`update demands set covered_by = 'L1' where account_number = $1 and id = 'B1'`, [number]);
    const letter = await orderFor(number, ['L1']);
    const b = await openAttempt(db, letter);
    await tell(single, a);
    await tell(letter, b);
    expect(await standingOf(single)).toMatchObject({ state: 'paid', excess: [] });
    expect(await standingOf(letter)).toMatchObject({ state: 'paid', excess: [{ amount: 319_000 }] });
    expect(await dueOn(number)).toBe(0);
    await booksHold();
  });

  test('the letter first, the bill afterwards: all that came for the bill is excess', async () => {
    const number = await property(319_000);
    const single = await orderFor(number);
    const a = await openAttempt(db, single);
    await bill(number, 'L1', 400_000, 'LOI');
    await db.query(`update demands set covered_by = 'L1' where account_number = $1 and id = 'B1'`, [number]);
    const letter = await orderFor(number, ['L1']);
    await tell(letter, await openAttempt(db, letter));
    await tell(single, a);
    expect(await standingOf(letter)).toMatchObject({ state: 'paid', excess: [] });
    expect(await standingOf(single)).toMatchObject({
      state: 'paid',
      receipts: [],
      excess: [{ amount: 319_000 }],
    });
    await booksHold();
  });

  test('a letter some of whose bills were paid asks for the rest', async () => {
    const number = await property(100_000, 50_000);
    const single = await orderFor(number, ['B1']);
    const a = await openAttempt(db, single);
    await bill(number, 'L1', 150_000, 'LOI');
    await db.query(`update demands set covered_by = 'L1' where account_number = $1 and id like 'B%'`, [
      number,
    ]);
    await tell(single, a);
    expect(await dueOn(number)).toBe(50_000);
    const letter = await orderFor(number);
    expect(letter.dues).toMatchObject([{ id: 'L1', paidPart: 100_000, payable: 50_000 }]);
    await tell(letter, await openAttempt(db, letter));
    expect(await standingOf(letter)).toMatchObject({ state: 'paid', excess: [], cases: [] });
    expect(await dueOn(number)).toBe(0);
    await booksHold();
  });

  test('a link for a bill that a letter has come to cover opens no gateway', async () => {
    const number = await property(100_000);
    const single = await orderFor(number);
    await bill(number, 'L1', 100_000, 'LOI');
    await db.query(`update demands set covered_by = 'L1' where account_number = $1 and id = 'B1'`, [number]);
    expect(await beginAttempt(db, single.id, wantedAttempt())).toEqual({
      outcome: 'refused',
      because: 'changed',
    });
  });
});

describe('the register changes a bill while its link is open', () => {
  const change = (number: string, amount: number): Promise<unknown> =>
    db.query(`update demands set principal = $2 where account_number = $1 and id = 'B1'`, [number, amount]);

  test('the link opens no gateway any more', async () => {
    const number = await property(319_000);
    const order = await orderFor(number);
    await change(number, 688_000);
    expect(await beginAttempt(db, order.id, wantedAttempt())).toEqual({
      outcome: 'refused',
      because: 'changed',
    });
    expect((await standingOf(order)).state).toBe('changed');
  });

  test('money that comes for a raised bill pays a part of it: the rest stays due, and a person is called', async () => {
    const number = await property(319_000);
    const order = await orderFor(number);
    const reference = await openAttempt(db, order);
    await change(number, 688_000);
    await tell(order, reference);
    const standing = await standingOf(order);
    expect(standing).toMatchObject({ receipts: [{ amount: 319_000 }], excess: [] });
    expect(standing.cases).toMatchObject([{ kind: 'partPaid', amount: 688_000 - 319_000 }]);
    expect(await dueOn(number)).toBe(688_000 - 319_000);
    const rest = await orderFor(number);
    await tell(rest, await openAttempt(db, rest));
    expect(await standingOf(rest)).toMatchObject({ state: 'paid', excess: [] });
    expect(await receiptsOf(db, rest.id)).toMatchObject([{ paid: [{ payable: 369_000, isPart: true }] }]);
    expect(await dueOn(number)).toBe(0);
    await booksHold();
  });

  test('a rebate is granted by the payment that settles the bill, and by no part payment', async () => {
    const number = await property(100_000);
    const recent = addDays(today, -2);
    await db.query('update demands set presented_on = $2 where account_number = $1', [number, recent]);
    const rules = { promptRebate: { percent: 5, days: 21, kinds: ['PD'] } };
    const order = await orderFor(number, undefined, rules);
    expect(order.amount).toBe(95_000);
    const reference = await openAttempt(db, order);
    await change(number, 200_000);
    await tell(order, reference);
    expect(await dueOn(number)).toBe(105_000);
    const { rows } = await db.query<{ relieved: bigint }>(
      'select relieved from demand_balances where account_number = $1',
      [number],
    );
    expect(rows).toEqual([{ relieved: 0n }]);
    await booksHold();
  });

  test('money that comes for a lowered bill settles it, and the rest is excess', async () => {
    const number = await property(688_000);
    const order = await orderFor(number);
    const reference = await openAttempt(db, order);
    await change(number, 319_000);
    await tell(order, reference);
    expect(await standingOf(order)).toMatchObject({
      state: 'paid',
      receipts: [{ amount: 319_000 }],
      excess: [{ amount: 688_000 - 319_000 }],
    });
    expect(await dueOn(number)).toBe(0);
    await booksHold();
  });

  test('a bill lowered below what was paid of it is settled by that', async () => {
    const number = await property(319_000);
    const order = await orderFor(number);
    const reference = await openAttempt(db, order);
    await change(number, 688_000);
    await tell(order, reference);
    const rest = await orderFor(number);
    const second = await openAttempt(db, rest);
    await change(number, 300_000);
    await tell(rest, second);
    expect(await standingOf(rest)).toMatchObject({ receipts: [], excess: [{ amount: 369_000 }] });
    await booksHold();
  });
});

test('a late success after a first receipt is taken: what has become due again is paid, under a receipt of its own', async () => {
  const number = await property(100_000, 50_000);
  const order = await orderFor(number);
  const first = await openAttempt(db, order);
  await tell(order, first, { says: 'failed', reason: 'declined' });
  const second = await openAttempt(db, order);
  const counter = (day: string): Promise<unknown> =>
    db.query(`update demands set paid_on = ${day} where account_number = $1 and id = 'B1'`, [number]);
  await counter('current_date');
  await tell(order, second, { bankReference: '609100000021' });
  expect(await standingOf(order)).toMatchObject({
    state: 'paid',
    receipts: [{ amount: 50_000 }],
    excess: [{ amount: 100_000 }],
  });
  await counter('null'); // The cheque bounces.
  await tell(order, first, { bankReference: '609100000022' });
  expect(await standingOf(order)).toMatchObject({
    state: 'paid',
    receipts: [{ amount: 50_000 }, { amount: 100_000 }],
    excess: [{ amount: 100_000 }, { amount: 50_000 }],
  });
  await booksHold();
});

describe('two who pay the same', () => {
  test('at the same moment: one is sent to the gateway, the others are warned', async () => {
    const number = await property(100_000);
    const orders = await Promise.all(Array.from({ length: 4 }, () => orderFor(number)));
    const begun = await Promise.all(orders.map(({ id }) => beginAttempt(db, id, wantedAttempt())));
    const refused: AttemptBeginning = { outcome: 'refused', because: 'elsewhere' };
    expect(begun.filter(({ outcome }) => outcome === 'begun')).toHaveLength(1);
    expect(begun.filter(({ outcome }) => outcome === 'refused')).toEqual([refused, refused, refused]);
  });

  test('one for a bill, the other for the letter that covers it: the second is warned', async () => {
    const number = await property(100_000);
    const single = await orderFor(number);
    await openAttempt(db, single);
    await bill(number, 'L1', 100_000, 'LOI');
    await db.query(`update demands set covered_by = 'L1' where account_number = $1 and id = 'B1'`, [number]);
    const letter = await orderFor(number);
    expect(await beginAttempt(db, letter.id, wantedAttempt())).toEqual({
      outcome: 'refused',
      because: 'elsewhere',
    });
  });
});

describe('an attempt whose end nobody knows', () => {
  test('keeps its own order closed, and others only warned', async () => {
    const number = await property(100_000);
    const order = await orderFor(number);
    const reference = await openAttempt(db, order, -3_600_000);
    await tell(order, reference, { says: 'unknown', code: '0001' }, { source: 'query' });
    expect(await beginAttempt(db, order.id, wantedAttempt())).toEqual({ outcome: 'over', reference });
    const other = await orderFor(number);
    expect(await beginAttempt(db, other.id, wantedAttempt())).toEqual({
      outcome: 'refused',
      because: 'elsewhere',
    });
    expect((await beginAttempt(db, other.id, wantedAttempt(true))).outcome).toBe('begun');
  });
});

describe('money that the gateway gives back by itself', () => {
  const refund = (order: Order, reference: string, more: Partial<RefundFact> = {}): Promise<unknown> => {
    const fact: RefundFact = {
      kind: 'refund',
      gateway: 'billdesk',
      reference,
      merchantId: 'KMCTEST',
      says: 'refunded',
      refundId: `RF${reference}`,
      amount: order.amount,
      ...more,
    };
    const told = {
      gateway: 'billdesk',
      source: 'webhook',
      merchant: 'main',
      raw: randomUUID(),
      facts: [fact],
    } as const;
    return receiveFacts(db, told, settings);
  };

  test('has left it in the books, once, and a person is called', async () => {
    const order = await orderFor(await property(100_000));
    const reference = await openAttempt(db, order);
    await tell(order, reference);
    await refund(order, reference, { says: 'pending' });
    await refund(order, reference);
    await refund(order, reference);
    expect(kindsOf(await standingOf(order))).toEqual(['gatewayRefund', 'gatewayRefund']);
    const { rows } = await db.query(
      `select l.account, l.amount::float8 as amount from entries e join entry_lines l on l.entry_id = e.id
       where e.kind = 'refund' and e.source_id = $1 order by 1`,
      [`billdesk/RF${reference}`],
    );
    expect(rows).toEqual([
      { account: 'clearing/main', amount: -100_000 },
      { account: 'suspense/refunded', amount: 100_000 },
    ]);
    await booksHold();
  });

  test('in two parts without ids has left it twice, each told again without effect', async () => {
    const order = await orderFor(await property(100_000));
    const reference = await openAttempt(db, order);
    await tell(order, reference);
    for (const amount of [paise(30_000), paise(20_000), paise(30_000)])
      await refund(order, reference, { refundId: undefined, amount });
    const { rows } = await db.query(
      `select l.amount::float8 as amount from entries e join entry_lines l on l.entry_id = e.id
       where e.kind = 'refund' and e.source_id like $1 and l.amount > 0 order by 1`,
      [`billdesk/${reference}/%`],
    );
    expect(rows).toEqual([{ amount: 20_000 }, { amount: 30_000 }]);
    await booksHold();
  });
});
