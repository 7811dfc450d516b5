/** Excess as credit in a real Postgres: never beside a refund of the same money, never used twice, and nothing lost. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Database } from '../../database/connection.ts';
import { receiveFacts } from '../../database/payments/apply-gateway-fact.ts';
import { beginAttempt, isPaidElsewhere, type AttemptBeginning } from '../../database/payments/attempts.ts';
import { creditSources } from '../../database/payments/credit.ts';
import { moneysOf } from '../../database/payments/money.ts';
import { makeOrder } from '../../database/payments/orders.ts';
import { payByCredit, type PaidByCredit } from '../../database/payments/pay-by-credit.ts';
import { receiptsOf } from '../../database/payments/receipts.ts';
import { submitRefund } from '../../database/payments/refunds.ts';
import { readStanding, recentPayments } from '../../database/payments/standing.ts';
import { grantCredit, withdrawCredit, type CreditAct } from '../../database/people/grant-credit.ts';
import { requestRefund, type RefundRequest } from '../../database/people/request-refund.ts';
import { lookUp } from '../../database/register.ts';
import { rebuildPayment } from '../../database/restored.ts';
import { dateInKolkata } from '../../domain/calendar.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import { paise } from '../../domain/money.ts';
import { toPay, type Order } from '../../domain/payments/order.ts';
import type { GatewayFact } from '../../domain/payments/fact.ts';
import type { Money, RefundReference } from '../../domain/payments/refund.ts';
import { stageOf } from '../../domain/payments/stage.ts';
import type { Acted } from '../../domain/people/act.ts';
import { duesOf } from '../../domain/rules.ts';
import { migratedDatabase, newCitizen } from '../support/database.ts';
import { asha, bimal, casesAbout, decideAbout } from '../support/desk.ts';
import { openAttempt, postingSettings as settings, tellOf, wantedAttempt } from '../support/gateway-words.ts';

let db: Database;
const today = dateInKolkata(Date.now());

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 20);
});
afterAll(() => db.end());

let numbers = 0;
async function property(): Promise<string> {
  numbers += 1;
  const number = `22109${String(numbers).padStart(7, '0')}`;
  await db.query(
    `insert into accounts (kind, number, owner_en, address_en, ward, residential)
     values ('property', $1, 'Invented Owner', '1 Sample Street', 107, true)`,
    [number],
  );
  return number;
}

async function bill(number: string, id: string, principal: number, interest = 0): Promise<void> {
  await db.query(
    `insert into demands (account_kind, account_number, id, kind, period_from, period_to, presented_on, principal,
       interest, penalty, charge)
     values ('property', $1, $2, 'PD', '2025-04-01', '2026-03-31', $5, $3, $4, 0, 0)`,
    [number, id, principal, interest, today],
  );
}

async function dueOn(number: string, rules = {}): Promise<ReturnType<typeof duesOf>> {
  const entry = await lookUp(db, 'property', number);
  if (!entry) throw new Error(`no property ${number}`);
  return duesOf({ ...entry, rules, today, asOf: Date.now() });
}

/** An order for what is due on a property, or for some of it. */
async function orderFor(number: string, bills?: readonly string[], rules = {}): Promise<Order> {
  const { account, dues } = await dueOn(number, rules);
  return makeOrder(db, {
    service: 'propertyTax',
    account,
    dues: dues.filter(({ id }) => bills?.includes(id) ?? true),
    citizenId: await newCitizen(db),
    language: 'bn',
    lifetimeMs: 86_400_000,
  });
}

/** Somebody pays through a gateway what an order asks for. */
async function pay(order: Order, opened?: string): Promise<void> {
  const reference = opened ?? (await openAttempt(db, order));
  await tellOf(db, { amount: toPay(order) }, { reference }, { settings });
}

async function moneyOf({ id }: Order): Promise<Money> {
  const [money, other] = await moneysOf(db, id);
  if (!money || other) throw new Error('not one sum of money');
  return money;
}

/** A property whose bill of so much was paid twice; the order that brought the excess. */
async function paidTwice(amount = 100_000): Promise<{ readonly number: string; readonly twice: Order }> {
  const number = await property();
  await bill(number, 'B0', amount);
  const [once, twice] = [await orderFor(number), await orderFor(number)];
  const references = [await openAttempt(db, once), await openAttempt(db, twice)];
  await pay(once, references[0]);
  await pay(twice, references[1]);
  return { number, twice };
}

async function grant(order: Order, change: Partial<CreditAct> = {}, person = asha): Promise<Acted> {
  const { id: moneyId, excess: amount, seen } = await moneyOf(order);
  return grantCredit(db, person, { moneyId, amount, why: 'the citizen asks for it', seen, ...change });
}

async function refund(order: Order, change: Partial<RefundRequest> = {}): Promise<Acted> {
  const { id: moneyId, refundable, seen } = await moneyOf(order);
  return requestRefund(db, bimal, {
    ...{ moneyId, amount: refundable > 0 ? refundable : paise(1), seen },
    ...{ reason: 'paidTwice', dueAgain: false, why: 'the citizen asks for it' },
    ...change,
  });
}

async function release(order: Order, amount: number, change: Partial<CreditAct> = {}): Promise<Acted> {
  const { id: moneyId, seen } = await moneyOf(order);
  const why = 'the citizen asks for the money';
  return withdrawCredit(db, bimal, { moneyId, amount: paise(amount), why, seen, ...change });
}

/** A property with so much credit. */
async function withCredit(amount = 100_000): Promise<{ readonly number: string; readonly twice: Order }> {
  const paid = await paidTwice(amount);
  expect(await grant(paid.twice)).toMatchObject({ outcome: 'done' });
  return paid;
}

const covered = (order: Order, anyway = false): Promise<PaidByCredit> =>
  payByCredit(db, order.id, { anyway }, settings);

const refusal = (words: string): object => ({
  outcome: 'refused',
  because: expect.stringContaining(words) as string,
});

const kinds = async ({ id }: Order): Promise<string[]> =>
  (await casesAbout(db, id)).map(({ kind }) => kind).sort();

/** What the ledger holds of all that belongs to a property. */
async function ledger(number: string): Promise<Record<string, number>> {
  const { rows } = await db.query<{ account: string; amount: number }>(
    `select l.account, sum(l.amount)::float8 as amount from entries e join entry_lines l on l.entry_id = e.id
     where e.source_type = 'capture' and e.source_id in (select c.id::text from captures c join attempts a on a.id = c.attempt_id
         join orders o on o.id = a.order_id where o.account_number = $1)
       or e.source_type = 'credit' and split_part(e.narration, ' ', 4) in (select id from orders where account_number = $1)
       or e.source_type = 'credit use' and e.source_id in (select u.id::text from credit_uses u
         join orders o on o.id = u.order_id where o.account_number = $1)
     group by 1 having sum(l.amount) <> 0 order by 1`,
    [number],
  );
  return Object.fromEntries(rows.map(({ account, amount }) => [account, amount]));
}

/** All that was captured is allocated, excess or credit; no credit pays more than it is; the ledger is even, and says the same. */
async function booksHold(): Promise<void> {
  const { rows } = await db.query(
    `select (select coalesce(sum(amount), 0)::float8 from entry_lines) as even,
       (select coalesce(sum(c.amount), 0)::float8 from captures c)
         - (select coalesce(sum(amount), 0)::float8 from allocations)
         + (select coalesce(sum(amount), 0)::float8 from entry_lines
            where account in ('liability/excess', 'liability/credit')) as unexplained,
       (select coalesce(sum(amount - used - released), 0)::float8 from credits)
         + (select coalesce(sum(amount), 0)::float8 from entry_lines where account = 'liability/credit') as credit,
       (select count(*)::int from captures c where refundable(c.id) < 0) as beyond,
       (select count(*)::int from credit_uses u where u.amount <>
         (select sum(amount) from allocations where credit_use_id = u.id)) as misused,
       (select sum(missing)::int from (select max(ordinal) - count(*) as missing from receipts
          group by counter, financial_year) as series) as gaps`,
  );
  expect(rows).toEqual([{ even: 0, unexplained: 0, credit: 0, beyond: 0, misused: 0, gaps: 0 }]);
}

describe('excess becomes credit', () => {
  test('by one person, once: its case closes, the ledger owes it as credit, and the workflow hears of it', async () => {
    const { number, twice } = await paidTwice();
    const { id, seen } = await moneyOf(twice);
    expect(await kinds(twice)).toEqual(['excess']);
    const told = async (): Promise<number> =>
      (await db.query(`select from outbox where subject = $1`, [twice.id])).rowCount ?? 0;
    const before = await told();
    expect(await grant(twice)).toMatchObject({ outcome: 'done' });
    expect(await grant(twice, { amount: paise(100_000), seen }, bimal)).toMatchObject({
      outcome: 'doneBefore',
    });
    expect(await kinds(twice)).toEqual([]);
    expect(await moneyOf(twice)).toMatchObject({
      id,
      refundable: 0,
      excess: 0,
      credited: 100_000,
      creditLeft: 100_000,
    });
    expect(await ledger(number)).toMatchObject({ 'liability/credit': -100_000 });
    expect(await told()).toBeGreaterThan(before);
    const standing = await readStanding(db, twice.id);
    expect(standing).toMatchObject({ excess: [{ amount: 100_000 }], credits: [{ amount: 100_000 }] });
    expect(stageOf(standing, Date.now())).toBe('credited');
    const { rows } = await db.query(`select act, who, why from audit_log where order_id = $1`, [twice.id]);
    expect(rows).toEqual([{ act: 'credit', who: asha.name, why: 'the citizen asks for it' }]);
    expect(await creditSources(db, { accountKind: 'property', accountNumber: number })).toMatchObject([
      { amount: 100_000 },
    ]);
    await booksHold();
  });

  test('or is refused in words: what was seen has changed, it is no excess, nobody says why, it is for finance', async () => {
    const { twice } = await paidTwice();
    const { seen } = await moneyOf(twice);
    expect(await grant(twice, { amount: paise(100_001) })).toEqual(
      refusal('at most ₹1000.00 of it is excess'),
    );
    expect(await grant(twice, { amount: paise(0) })).toEqual(refusal('say how much'));
    expect(await grant(twice, { why: ' ' })).toEqual(refusal('say why'));
    expect(await grant(twice, { moneyId: '0' })).toEqual(refusal('there is no money 0'));
    expect(await grant(twice, {}, { name: 'Clerk', roles: ['licences'] })).toEqual(
      refusal('this is for finance'),
    );
    expect(await grant(twice, { amount: paise(40_000) })).toMatchObject({ outcome: 'done' });
    expect(await grant(twice, { amount: paise(60_000), seen })).toEqual(
      refusal('has changed since you looked: now ₹600.00 of it is excess'),
    );
    // A part of it is left: somebody still has to decide.
    expect(await kinds(twice)).toEqual(['excess']);
    expect(await grant(twice)).toMatchObject({ outcome: 'done' });
    expect(await kinds(twice)).toEqual([]);
  });

  test('and then cannot go back; what goes back, or is disputed, cannot become credit', async () => {
    const { twice: credited } = await withCredit();
    expect(await refund(credited)).toEqual(refusal('at most ₹0.00'));
    const { twice: refunded } = await paidTwice();
    expect(await refund(refunded)).toMatchObject({ outcome: 'done' });
    expect(await grant(refunded, { amount: paise(1) })).toEqual(refusal('at most ₹0.00'));
    const { twice: disputed } = await paidTwice();
    await dispute(disputed, 'opened');
    expect(await grant(disputed, { amount: paise(1) })).toEqual(refusal('the bank decides first'));
  });

  test('never beside a refund of the same money, by 50 pairs of clerks at the same moment', async () => {
    const { twice } = await paidTwice();
    for (let race = 0; race < 50; race += 1) {
      const outcomes = await Promise.all([grant(twice), refund(twice)]);
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['done', 'refused']);
      const { credited, refundable, creditLeft } = await moneyOf(twice);
      expect(refundable).toBe(0);
      expect(credited === 100_000).toBe(outcomes[0].outcome === 'done');
      if (credited > 0) await release(twice, creditLeft);
      else await db.query(`update refunds set state = 'withdrawn' where order_id = $1`, [twice.id]);
    }
    await booksHold();
  });

  test('never beyond what came too much: the database refuses by itself', async () => {
    const { twice, number } = await paidTwice();
    const { id } = await moneyOf(twice);
    const insert = (amount: number): Promise<unknown> =>
      db.query(
        `insert into credits (capture_id, account_kind, account_number, amount) values ($1, 'property', $2, $3)`,
        [id, number, amount],
      );
    await expect(insert(100_001)).rejects.toMatchObject({ code: '23514' });
    const racing = await Promise.allSettled([insert(60_000), insert(60_000), insert(60_000)]);
    expect(racing.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(db.query('update credits set amount = 1 where capture_id = $1', [id])).rejects.toMatchObject(
      {
        code: '23001',
      },
    );
    await expect(
      db.query('update credits set used = 60001 where capture_id = $1', [id]),
    ).rejects.toMatchObject({
      code: '23514',
    });
    await db.query('update credits set released = amount where capture_id = $1', [id]);
  });
});

async function dispute(order: Order, says: 'opened' | 'won'): Promise<void> {
  const { rows } = await db.query<{ reference: string }>(
    'select reference from attempts where order_id = $1',
    [order.id],
  );
  const reference = rows[0]?.reference ?? '';
  await say({
    ...{ kind: 'dispute', gateway: 'billdesk', reference, merchantId: 'KMCTEST', says, reason: 'duplicate' },
    ...{ disputeId: `D${reference}`, transactionId: `XIC${reference}`, amount: 100_000 },
  });
}

async function say(fact: GatewayFact): Promise<void> {
  const told = { gateway: 'billdesk', source: 'webhook', merchant: 'main', raw: randomUUID() } as const;
  await receiveFacts(db, { ...told, facts: [fact] }, settings);
}

describe('credit pays the next bills', () => {
  test('beside a gateway, which is asked for the rest: one receipt says what came by which way, and of which payment', async () => {
    const { number } = await withCredit();
    await bill(number, 'B1', 250_000);
    const order = await orderFor(number);
    expect(order).toMatchObject({ amount: 250_000, credit: 100_000 });
    const reference = await openAttempt(db, order);
    const { rows: asked } = await db.query('select amount::int from attempts where reference = $1', [
      reference,
    ]);
    expect(asked).toEqual([{ amount: 150_000 }]);
    await pay(order, reference);
    expect(await readStanding(db, order.id)).toMatchObject({
      state: 'paid',
      receipts: [{ amount: 250_000, byCredit: 100_000 }],
      excess: [],
      cases: [],
    });
    const [receipt, other] = await receiptsOf(db, order.id);
    expect(other).toBeUndefined();
    expect(receipt).toMatchObject({
      amount: 250_000,
      gateway: 'billdesk',
      transactionId: `XIC${reference}`,
      credit: [{ amount: 100_000 }],
      paid: [{ id: 'B1', payable: 250_000, isPart: false, settles: true }],
    });
    expect(await dueOn(number)).toMatchObject({ dues: [] });
    expect(await ledger(number)).toEqual({
      'clearing/main': 350_000,
      'revenue/propertyTax/arrears/principal': -350_000,
    });
    await booksHold();
  });

  test('of a payment that had a receipt of its own, by that receipt', async () => {
    const number = await property();
    await bill(number, 'B1', 100_000);
    await bill(number, 'B2', 50_000);
    const [both, one] = [await orderFor(number), await orderFor(number, ['B2'])];
    const reference = await openAttempt(db, both);
    await pay(one);
    await pay(both, reference);
    const [first] = await receiptsOf(db, both.id);
    expect(await grant(both)).toMatchObject({ outcome: 'done' });
    await bill(number, 'B3', 50_000);
    const order = await orderFor(number);
    expect(toPay(order)).toBe(0);
    expect(await covered(order)).toEqual({ outcome: 'paid' });
    const [receipt] = await receiptsOf(db, order.id);
    expect(receipt?.credit).toEqual([{ amount: 50_000, receipt: first?.number, paidAt: first?.paidAt }]);
    await booksHold();
  });

  test('alone, where it covers everything: without a gateway, once, and with a receipt', async () => {
    const { number } = await withCredit();
    await bill(number, 'B1', 60_000);
    const order = await orderFor(number);
    expect(order).toMatchObject({ amount: 60_000, credit: 60_000 });
    const outcomes = await Promise.all([covered(order), covered(order)]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['paid', 'paidBefore']);
    const [receipt, other] = await receiptsOf(db, order.id);
    expect(other).toBeUndefined();
    expect(receipt).toMatchObject({
      amount: 60_000,
      credit: [{ amount: 60_000 }],
      paid: [{ id: 'B1', settles: true }],
    });
    expect(receipt).not.toHaveProperty('gateway');
    expect((await readStanding(db, order.id)).receipts).toMatchObject([{ amount: 60_000, byCredit: 60_000 }]);
    const { rowCount } = await db.query(`select from outbox where entity = 'payment' and subject = $1`, [
      order.id,
    ]);
    expect(rowCount).toBe(1);
    expect(await ledger(number)).toMatchObject({ 'liability/credit': -40_000 });
    // It is a payment of its citizen like any other.
    expect(await recentPayments(db, order.citizenId as CitizenId, 5)).toMatchObject([
      { orderId: order.id, receipt: receipt?.number, amount: 60_000, state: 'paid' },
    ]);
    // What is left pays the next.
    await bill(number, 'B2', 90_000);
    expect(await orderFor(number)).toMatchObject({ amount: 90_000, credit: 40_000 });
    await booksHold();
  });

  test('by all that their lines consist of, and what is taken off stands with the money that pays the last of a bill', async () => {
    const { number } = await withCredit(30_000);
    await bill(number, 'B1', 100_000, 20_000);
    await bill(number, 'B2', 40_000);
    const rules = { promptRebate: { percent: 5, days: 21, kinds: ['PD'] } };
    const order = await orderFor(number, undefined, rules);
    expect(order).toMatchObject({ amount: 153_000, credit: 30_000 });
    await pay(order);
    expect(await readStanding(db, order.id)).toMatchObject({ state: 'paid', excess: [], cases: [] });
    const { rows } = await db.query(
      `select demand_id, head, amount::int, credit_use_id is not null as credit from allocations
       where order_id = $1 order by demand_id, head, credit`,
      [order.id],
    );
    expect(rows).toEqual([
      { demand_id: 'B1', head: 'arrears/interest', amount: 20_000, credit: true },
      { demand_id: 'B1', head: 'arrears/principal', amount: 85_000, credit: false },
      { demand_id: 'B1', head: 'arrears/principal', amount: 10_000, credit: true },
      { demand_id: 'B2', head: 'arrears/principal', amount: 38_000, credit: false },
    ]);
    expect((await receiptsOf(db, order.id))[0]?.paid).toMatchObject([
      { id: 'B1', payable: 115_000, isPart: false },
      { id: 'B2', payable: 38_000, isPart: false },
    ]);
    await booksHold();
  });

  test('as little as is needed: what a counter took meanwhile makes excess of the gateway’s money, and no credit is spent for it', async () => {
    const { number, twice } = await withCredit();
    await bill(number, 'B1', 150_000);
    await bill(number, 'B2', 100_000);
    const order = await orderFor(number);
    const reference = await openAttempt(db, order);
    await db.query(`update demands set paid_on = now() where account_number = $1 and id = 'B2'`, [number]);
    await pay(order, reference);
    expect(await readStanding(db, order.id)).toMatchObject({ receipts: [{ amount: 150_000 }], excess: [] });
    expect(await moneyOf(twice)).toMatchObject({ creditLeft: 100_000 });
    await booksHold();
  });
});

describe('of two who pay with one credit', () => {
  /** Two bills, and a link for each that counts on the same credit. */
  async function twoLinks(amount: number): Promise<readonly [Order, Order]> {
    const { number } = await withCredit();
    await bill(number, 'B1', amount);
    await bill(number, 'B2', amount);
    const orders = [await orderFor(number, ['B1']), await orderFor(number, ['B2'])] as const;
    expect(orders.map(({ credit }) => credit)).toEqual([100_000, 100_000]);
    return orders;
  }

  test('without a gateway, one gets it and the other is told that the sum has changed: 50 times', async () => {
    const { number, twice } = await paidTwice(5_000_000);
    for (let race = 0; race < 50; race += 1) {
      expect(await grant(twice, { amount: paise(100_000) })).toMatchObject({ outcome: 'done' });
      await bill(number, `R${race}`, 100_000);
      await bill(number, `S${race}`, 100_000);
      const orders = [await orderFor(number, [`R${race}`]), await orderFor(number, [`S${race}`])];
      const outcomes = await Promise.all(orders.map((order) => covered(order)));
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['paid', 'refused']);
      expect(outcomes).toContainEqual({ outcome: 'refused', because: 'changed' });
    }
    expect(await moneyOf(twice)).toMatchObject({ credited: 5_000_000, creditLeft: 0 });
    await booksHold();
  });

  test('at a gateway, one is sent there and holds it, and the other is told that the sum has changed: 50 times', async () => {
    const orders = await twoLinks(150_000);
    for (let race = 0; race < 50; race += 1) {
      const begun = await Promise.all(
        orders.map((order): Promise<AttemptBeginning> => beginAttempt(db, order.id, wantedAttempt())),
      );
      expect(begun.map(({ outcome }) => outcome).sort()).toEqual(['begun', 'refused']);
      expect(begun).toContainEqual({ outcome: 'refused', because: 'changed' });
      await db.query(`update attempts set state = 'failed' where state = 'created'`);
    }
  });

  test('an attempt that fails lets go of it by that alone', async () => {
    const [one, other] = await twoLinks(150_000);
    const reference = await openAttempt(db, one);
    expect(await beginAttempt(db, other.id, wantedAttempt())).toMatchObject({ because: 'changed' });
    expect(await isPaidElsewhere(db, other.id)).toBe(false);
    await tellOf(db, { amount: toPay(one) }, { reference, says: 'failed' }, { settings });
    await pay(other);
    expect(await readStanding(db, other.id)).toMatchObject({ receipts: [{ byCredit: 100_000 }] });
    // The first link counts on credit that is gone: it asks for the wrong sum.
    expect((await readStanding(db, one.id)).state).toBe('changed');
    // The bank answers late: nothing is lost, nothing is paid twice, and a person sees the bill that was paid in part.
    await pay(one, reference);
    expect(await readStanding(db, one.id)).toMatchObject({
      state: 'changed',
      receipts: [{ amount: 50_000 }],
      excess: [],
      cases: [{ kind: 'partPaid', reason: 'the credit had paid something else', amount: 100_000 }],
    });
    await booksHold();
  });
});

describe('credit', () => {
  test('of money that is disputed pays nothing until the corporation has won', async () => {
    const { number, twice } = await withCredit();
    await bill(number, 'B1', 100_000);
    const link = await orderFor(number);
    await dispute(twice, 'opened');
    expect((await orderFor(number)).credit).toBeUndefined();
    expect(await covered(link)).toEqual({ outcome: 'refused', because: 'changed' });
    await dispute(twice, 'won');
    expect(await covered(link)).toEqual({ outcome: 'paid' });
    await booksHold();
  });

  test('that is unused becomes excess again, and can go back; what somebody is paying with cannot', async () => {
    const { number, twice } = await withCredit();
    await bill(number, 'B1', 150_000);
    const order = await orderFor(number);
    const reference = await openAttempt(db, order);
    expect(await release(twice, 100_000)).toEqual(refusal('somebody is paying with this credit'));
    await tellOf(db, { amount: toPay(order) }, { reference, says: 'failed' }, { settings });
    expect(await release(twice, 100_001)).toEqual(refusal('at most ₹1000.00 of it is unused'));
    const { seen } = await moneyOf(twice);
    expect(await release(twice, 100_000, { seen })).toMatchObject({ outcome: 'done' });
    expect(await release(twice, 100_000, { seen })).toMatchObject({ outcome: 'doneBefore' });
    expect(await kinds(twice)).toEqual(['excess']);
    expect(stageOf(await readStanding(db, twice.id), Date.now())).toBe('excess');
    expect(await moneyOf(twice)).toMatchObject({ excess: 100_000, refundable: 100_000, credited: 0 });
    expect((await readStanding(db, order.id)).state).toBe('changed');
    expect(await grant(twice)).toMatchObject({ outcome: 'done' });
    expect(await kinds(twice)).toEqual([]);
    await booksHold();
  });

  test('that has paid bills stays with them, whatever goes back of the money beside it or before it', async () => {
    const { number, twice } = await withCredit();
    await bill(number, 'B1', 150_000);
    const order = await orderFor(number);
    await pay(order);
    expect((await moneyOf(order)).refundable).toBe(50_000);
    expect(await refund(order, { dueAgain: true })).toMatchObject({ outcome: 'done' });
    const { rows } = await db.query<{ reference: RefundReference; transactionId: string }>(
      `select reference, transaction_id as "transactionId" from refunds where order_id = $1`,
      [order.id],
    );
    const { reference = '' as RefundReference, transactionId } = rows[0] ?? {};
    const desk = { db, settings, priceOf: () => Promise.resolve({ because: 'no licence is renewed here' }) };
    expect(await decideAbout(desk, reference, 'approve', { person: asha })).toMatchObject({
      outcome: 'done',
    });
    await submitRefund(db, reference, () => true);
    await say({
      ...{ kind: 'refund', gateway: 'billdesk', merchantId: 'KMCTEST', says: 'refunded', currency: 'INR' },
      ...{ refundReference: reference, refundId: `G${reference}`, amount: 50_000 },
      ...(transactionId !== undefined && { transactionId }),
    });
    expect(await dueOn(number)).toMatchObject({ total: 50_000, dues: [{ id: 'B1', paidPart: 100_000 }] });
    expect(await moneyOf(twice)).toMatchObject({ creditLeft: 0 });
  });

  test('of an order is written again from what Temporal remembers of it', async () => {
    const { number } = await withCredit();
    await bill(number, 'B1', 150_000);
    const order = await orderFor(number);
    const copy = { ...order, id: randomUUID() as Order['id'], token: randomUUID() as Order['token'] };
    const { attempts } = await readStanding(db, order.id);
    const attempt = {
      ...attempts[0],
      reference: `PS${randomUUID()}`,
      gateway: 'billdesk',
      state: 'pending',
    } as const;
    const standing = {
      ...(await readStanding(db, order.id)),
      attempts: [
        {
          ...attempt,
          merchant: 'main',
          merchantId: 'KMCTEST',
          openedAt: Date.now(),
          usableUntil: Date.now(),
        } as never,
      ],
    };
    await rebuildPayment(db, { order: copy, standing }, 'a test');
    const { rows } = await db.query(
      `select o.credit::int, a.amount::int from orders o join attempts a on a.order_id = o.id where o.id = $1`,
      [copy.id],
    );
    expect(rows).toEqual([{ credit: 100_000, amount: 50_000 }]);
  });
});
