/** Refunds and disputes in a real Postgres: by two persons, never more than there is, each once, whoever comes at the same moment. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Database } from '../../database/connection.ts';
import { receiveFacts, type FactOutcome } from '../../database/payments/apply-gateway-fact.ts';
import { readCreditNote, verifyCreditNote } from '../../database/payments/credit-notes.ts';
import { rebuildPayment, rebuildRefund } from '../../database/restored.ts';
import { openCases } from '../../database/cases.ts';
import { moneysOf } from '../../database/payments/money.ts';
import { makeOrder } from '../../database/payments/orders.ts';
import { receiptsOf, verifyReceipt } from '../../database/payments/receipts.ts';
import { readRefund, refuseRefund, submitRefund } from '../../database/payments/refunds.ts';
import { readStanding } from '../../database/payments/standing.ts';
import { actOnCase, type Desk } from '../../database/people/act-on-case.ts';
import { requestRefund, type RefundRequest } from '../../database/people/request-refund.ts';
import { lookUp } from '../../database/register.ts';
import { dateInKolkata } from '../../domain/calendar.ts';
import { paise } from '../../domain/money.ts';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import type { DisputeFact, GatewayFact, PaymentFact, RefundFact } from '../../domain/payments/fact.ts';
import type { Order } from '../../domain/payments/order.ts';
import type { Money, RefundReference, RefundStanding } from '../../domain/payments/refund.ts';
import type { Acted } from '../../domain/people/act.ts';
import { duesOf } from '../../domain/rules.ts';
import { migratedDatabase, newCitizen } from '../support/database.ts';
import { asha, bimal, caseAbout, casesAbout, decideAbout, runDesk } from '../support/desk.ts';
import { openAttempt, paymentFact, postingSettings as settings, tellOf } from '../support/gateway-words.ts';

let db: Database;
let desk: Desk;
const today = dateInKolkata(Date.now());

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 20);
  desk = { db, settings, priceOf: () => Promise.resolve({ because: 'no licence is renewed here' }) };
});
afterAll(() => db.end());

let numbers = 0;
/** A property with one bill of so many paise. */
async function property(amount = 100_000): Promise<string> {
  numbers += 1;
  const number = `22108${String(numbers).padStart(7, '0')}`;
  await db.query(
    `insert into accounts (kind, number, owner_en, address_en, ward, residential)
     values ('property', $1, 'Invented Owner', '1 Sample Street', 107, true)`,
    [number],
  );
  await db.query(
    `insert into demands (account_kind, account_number, id, kind, period_from, period_to, presented_on, principal,
       interest, penalty, charge)
     values ('property', $1, 'B1', 'PD', '2025-04-01', '2026-03-31', $3, $2, 0, 0, 0)`,
    [number, amount, today],
  );
  return number;
}

async function dueOn(number: string, rules = {}): Promise<ReturnType<typeof duesOf>> {
  const entry = await lookUp(db, 'property', number);
  if (!entry) throw new Error(`no property ${number}`);
  return duesOf({ ...entry, rules, today, asOf: Date.now() });
}

interface Paid {
  readonly number: string;
  readonly order: Order;
  readonly attempt: AttemptReference;
  money(): Promise<Money>;
}

/** An order for what is due on a property, with somebody at the gateway. */
async function begin(number: string, rules = {}): Promise<Paid> {
  const { account, dues } = await dueOn(number, rules);
  const order = await makeOrder(db, {
    service: 'propertyTax',
    account,
    dues,
    citizenId: await newCitizen(db),
    language: 'bn',
    lifetimeMs: 86_400_000,
  });
  return {
    number,
    order,
    attempt: await openAttempt(db, order),
    async money() {
      const [money, other] = await moneysOf(db, order.id);
      if (!money || other) throw new Error('not one sum of money');
      return money;
    },
  };
}

async function pay(number: string, rules = {}): Promise<Paid> {
  const paid = await begin(number, rules);
  await tellOf(db, paid.order, { reference: paid.attempt }, { settings });
  return paid;
}

/** A bill that two people paid: all of the second payment is excess. */
async function paidTwice(
  fact: Partial<PaymentFact> = {},
): Promise<{ readonly first: Paid; readonly second: Paid }> {
  const number = await property();
  const [first, second] = [await begin(number), await begin(number)];
  await tellOf(db, first.order, { reference: first.attempt }, { settings });
  await tellOf(db, second.order, { reference: second.attempt, ...fact }, { settings });
  return { first, second };
}

async function ask(paid: Paid, change: Partial<RefundRequest> = {}, person = asha): Promise<Acted> {
  const { id: moneyId, refundable: amount, seen } = await paid.money();
  const why = 'paid twice, says the bank statement';
  return requestRefund(db, person, {
    moneyId,
    amount,
    reason: 'paidTwice',
    dueAgain: false,
    why,
    seen,
    ...change,
  });
}

async function refundOf({ order }: Paid): Promise<RefundStanding> {
  const { rows } = await db.query<{ reference: RefundReference }>(
    'select reference from refunds where order_id = $1 order by requested_at desc limit 1',
    [order.id],
  );
  const refund = rows[0] && (await readRefund(db, rows[0].reference));
  if (!refund) throw new Error('no refund');
  return refund;
}

async function approved(paid: Paid, change: Partial<RefundRequest> = {}): Promise<RefundStanding> {
  expect(await ask(paid, change)).toMatchObject({ outcome: 'done' });
  const { reference } = await refundOf(paid);
  expect(await decideAbout(desk, reference, 'approve', { person: bimal })).toMatchObject({ outcome: 'done' });
  return refundOf(paid);
}

async function submitted(paid: Paid, change: Partial<RefundRequest> = {}): Promise<RefundStanding> {
  const { reference } = await approved(paid, change);
  expect(await submitRefund(db, reference, () => true)).toMatchObject({ is: 'new' });
  return refundOf(paid);
}

const say = (fact: GatewayFact, merchant = 'main'): Promise<FactOutcome[]> =>
  receiveFacts(
    db,
    { gateway: 'billdesk', source: 'webhook', merchant, raw: randomUUID(), facts: [fact] },
    settings,
  );

const refundFact = (
  { reference: refundReference, attempt, amount, transactionId }: RefundStanding,
  more: Partial<RefundFact> = {},
): RefundFact => ({
  kind: 'refund',
  gateway: 'billdesk',
  reference: attempt.reference,
  merchantId: 'KMCTEST',
  says: 'refunded',
  refundId: `G${refundReference}`,
  refundReference,
  transactionId,
  amount,
  currency: 'INR',
  ...more,
});

async function refunded(paid: Paid, change: Partial<RefundRequest> = {}): Promise<RefundStanding> {
  await say(refundFact(await submitted(paid, change)));
  const refund = await refundOf(paid);
  expect(refund.state).toBe('refunded');
  return refund;
}

const refusal = (words: string): object => ({
  outcome: 'refused',
  because: expect.stringContaining(words) as string,
});

async function accounts({ order }: Paid): Promise<Record<string, number>> {
  const { rows } = await db.query<{ account: string; amount: number }>(
    `select l.account, sum(l.amount)::float8 as amount from entries e join entry_lines l on l.entry_id = e.id
     where e.source_id in (
       select c.id::text from captures c join attempts a on a.id = c.attempt_id where a.order_id = $1
       union select reference from refunds where order_id = $1
       union select d.gateway || '/' || d.dispute_id from disputes d join attempts a on a.id = d.attempt_id where a.order_id = $1)
     group by 1 having sum(l.amount) <> 0 order by 1`,
    [order.id],
  );
  return Object.fromEntries(rows.map(({ account, amount }) => [account, amount]));
}

const kinds = async (about: string): Promise<string[]> =>
  (await casesAbout(db, about)).map(({ kind }) => kind).sort();

describe('a refund', () => {
  test('of excess takes two persons, and then the money is owed, sent and written down, each once', async () => {
    const { second } = await paidTwice();
    const { id } = await second.money();
    expect(await kinds(second.order.id)).toEqual(['excess']);
    expect(await ask(second)).toMatchObject({ outcome: 'done' });
    const { reference } = await refundOf(second);
    expect((await caseAbout(db, reference)).kind).toBe('refundApproval');
    expect(await second.money()).toMatchObject({ refundable: 0, excess: 0 });

    expect(await decideAbout(desk, reference, 'approve', { person: asha })).toEqual(
      refusal('another person has to agree'),
    );
    expect(await decideAbout(desk, reference, 'approve', { person: bimal })).toMatchObject({
      outcome: 'done',
    });
    expect(await accounts(second)).toEqual({ 'clearing/main': 100_000, 'liability/refunds': -100_000 });

    const submission = await submitRefund(db, reference, () => true);
    expect(submission).toMatchObject({
      is: 'new',
      refund: { refundReference: reference, amount: 100_000, captured: 100_000, merchant: 'main' },
    });
    expect(await submitRefund(db, reference, () => true)).toMatchObject({ is: 'known' });
    const fact = refundFact(await refundOf(second));
    for (const each of [fact, { ...fact, says: 'pending' as const }, fact]) await say(each);
    const refund = await refundOf(second);
    expect(refund).toMatchObject({ state: 'refunded', creditNote: expect.stringMatching(/^CN-/) as string });
    expect(await accounts(second)).toEqual({});
    expect(await kinds(second.order.id)).toEqual([]);
    expect(await kinds(reference)).toEqual([]);

    const note = await readCreditNote(db, refund.creditNote ?? '');
    expect(note).toMatchObject({
      amount: 100_000,
      reason: 'paidTwice',
      dueAgain: false,
      refundId: fact.refundId,
    });
    expect(note?.receipt).toBeUndefined();
    expect(await verifyCreditNote(db, refund.creditNote ?? '')).toMatchObject({ amount: 100_000 });
    const { rows: audit } = await db.query(`select act, who from audit_log where order_id = $1 order by id`, [
      second.order.id,
    ]);
    expect(audit).toEqual([
      { act: 'request refund', who: asha.name },
      { act: 'approve', who: bimal.name },
    ]);
    const { rows: told } = await db.query(`select 1 from outbox where entity = 'refund' and subject = $1`, [
      reference,
    ]);
    expect(told.length).toBeGreaterThan(2);
    expect((await second.money()).id).toBe(id);
  });

  test('asked for twice on the same sight is one, and so is an approval', async () => {
    const { second } = await paidTwice();
    const { id: moneyId, seen } = await second.money();
    const same = { moneyId, seen, amount: paise(40_000) };
    expect(await ask(second, same)).toMatchObject({ outcome: 'done' });
    expect(await ask(second, same)).toMatchObject({ outcome: 'doneBefore' });
    const waiting = await caseAbout(db, (await refundOf(second)).reference);
    const act = { caseId: waiting.id, decision: 'approve', why: 'right', seen: waiting.seen };
    expect(await actOnCase(desk, bimal, act)).toMatchObject({ outcome: 'done' });
    expect(await actOnCase(desk, bimal, act)).toMatchObject({ outcome: 'doneBefore' });
  });

  test('is refused in words when what can go back has changed, is less, or has nothing to be asked by', async () => {
    const { second } = await paidTwice();
    const { seen } = await second.money();
    expect(await ask(second, { amount: paise(100_001) })).toEqual(refusal('at most ₹1000.00'));
    expect(await ask(second, { amount: paise(0) })).toEqual(refusal('say how much'));
    expect(await ask(second, { why: ' ' })).toEqual(refusal('say why'));
    expect(await ask(second, { moneyId: '0' })).toEqual(refusal('there is no money 0'));
    expect(await ask(second, {}, { name: 'Clerk', roles: ['licences'] })).toEqual(
      refusal('this is for finance'),
    );
    expect(await ask(second, { amount: paise(30_000) })).toMatchObject({ outcome: 'done' });
    expect(await ask(second, { amount: paise(30_000), seen }, bimal)).toMatchObject({
      outcome: 'doneBefore',
    });
    expect(await ask(second, { amount: paise(20_000), seen }, bimal)).toEqual(
      refusal('has changed since you looked: now ₹700.00 can go back'),
    );
    expect(await ask(second, { amount: paise(20_000) }, bimal)).toEqual(
      refusal('another refund of this money waits'),
    );

    const nameless = (await paidTwice({ transactionId: undefined })).second;
    expect(await ask(nameless)).toEqual(refusal('the gateway has given this money no id'));
  });

  test('that was taken back frees the money, and the citizen is told nothing', async () => {
    const { second } = await paidTwice();
    await ask(second);
    const { reference } = await refundOf(second);
    expect(await decideAbout(desk, reference, 'withdraw', { person: asha })).toMatchObject({
      outcome: 'done',
    });
    expect((await refundOf(second)).state).toBe('withdrawn');
    expect(await second.money()).toMatchObject({ refundable: 100_000, excess: 100_000 });
    expect(await ask(second)).toMatchObject({ outcome: 'done' });
  });

  test('by 50 pairs of clerks who ask at the same moment is never doubled, and never beyond what there is', async () => {
    const { second } = await paidTwice();
    for (let race = 0; race < 50; race += 1) {
      const outcomes = await Promise.all([
        ask(second, { amount: paise(60_000) }, asha),
        ask(second, { amount: paise(60_000 + race) }, bimal),
      ]);
      expect(outcomes.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
      const { reference } = await refundOf(second);
      const { rows } = await db.query(`select 1 from refunds where order_id = $1 and state = 'requested'`, [
        second.order.id,
      ]);
      expect(rows).toHaveLength(1);
      await decideAbout(desk, reference, 'withdraw', { person: asha });
    }
  });

  test('that 50 pairs agree to at the same moment is approved once, by one of them', async () => {
    for (let race = 0; race < 50; race += 1) {
      const { second } = await paidTwice();
      await ask(second, {}, { name: 'Chitra (invented)', roles: ['finance'] });
      const { reference } = await refundOf(second);
      const { id: caseId, seen } = await caseAbout(db, reference);
      const act = { caseId, decision: 'approve', why: 'right', seen };
      const outcomes = await Promise.all([asha, bimal].map((person) => actOnCase(desk, person, act)));
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['done', 'doneBefore']);
      const { rows } = await db.query(`select 1 from entries where source_id = $1`, [reference]);
      expect(rows).toHaveLength(1);
    }
  }, 60_000);

  test('beyond what there is, by one person, or of another sum than was agreed, the database refuses by itself', async () => {
    const { second } = await paidTwice();
    const insert = (amount: number, state = 'requested', approvedBy?: string): Promise<unknown> =>
      db.query(
        `insert into refunds (reference, order_id, attempt_id, gateway, transaction_id, amount, excess, reason, due_again,
           state, requested_by, approved_by, approved_at)
         select $1, $2, a.id, 'billdesk', $3, $4, 0, 'other', false, $5, 'Asha', $6, case when $6::text is not null then now() end
         from attempts a where a.reference = $7`,
        [
          `RF${randomUUID()}`,
          second.order.id,
          `XIC${second.attempt}`,
          amount,
          state,
          approvedBy,
          second.attempt,
        ],
      );
    const both = await Promise.allSettled([insert(60_000, 'withdrawn'), insert(100_001)]);
    expect(both[1]).toMatchObject({ reason: { code: '23514' } });
    await expect(insert(1_000, 'approved', 'ASHA')).rejects.toMatchObject({ code: '23514' });
    await expect(insert(1_000, 'approved')).rejects.toMatchObject({ code: '23514' });
    await approved(second, { amount: paise(60_000) });
    const racing = await Promise.allSettled([insert(40_000), insert(40_000), insert(40_000)]);
    expect(racing.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { reference } = await refundOf(second);
    await expect(
      db.query('update refunds set amount = 1 where reference = $1', [reference]),
    ).rejects.toMatchObject({ code: '23001' });
  });

  test('of which nothing went back is owed as before, and can go back anew', async () => {
    const { second } = await paidTwice();
    const { reference } = await submitted(second);
    await refuseRefund(db, reference, 'RFIDE0002');
    expect(await refundOf(second)).toMatchObject({ state: 'failed', failure: 'RFIDE0002' });
    expect(await accounts(second)).toEqual({ 'clearing/main': 100_000, 'liability/excess': -100_000 });
    expect(await kinds(reference)).toEqual(['refundFailed']);
    expect(await second.money()).toMatchObject({ refundable: 100_000, excess: 100_000 });
    const again = await refunded(second);
    expect(again.reference).not.toBe(reference);
    expect(await accounts(second)).toEqual({});
  });

  test('that the gateway made after all, after another one, is in the books, and a person is called', async () => {
    const { second } = await paidTwice();
    const first = await submitted(second);
    await refuseRefund(db, first.reference, 'timeout');
    await refunded(second);
    await say(refundFact(first));
    expect((await readRefund(db, first.reference))?.state).toBe('refunded');
    expect(await accounts(second)).toEqual({ 'clearing/main': -100_000, 'liability/excess': 100_000 });
    expect(await kinds(second.order.id)).toEqual(['refundBeyond']);
    expect(await kinds(first.reference)).toEqual([]);
  });

  test('through a gateway that gives nothing back when it is asked waits for a person, and frees the money', async () => {
    const { second } = await paidTwice();
    const { reference } = await approved(second);
    expect(await submitRefund(db, reference, () => false)).toBeUndefined();
    expect(await refundOf(second)).toMatchObject({ state: 'failed', failure: 'by hand only' });
    expect((await second.money()).refundable).toBe(100_000);
  });

  test('of which the gateway says what cannot be true is left to a person', async () => {
    const { second } = await paidTwice();
    const refund = await submitted(second);
    await say(refundFact(refund, { amount: 1 }));
    await say(refundFact(refund, { currency: 'USD' }));
    await say(refundFact(refund), 'other');
    expect((await refundOf(second)).state).toBe('submitted');
    expect(await kinds(refund.reference)).toEqual(['refundDoubt', 'refundDoubt', 'refundDoubt']);
    await say(refundFact(refund));
    await say(refundFact(refund, { says: 'failed' }));
    expect((await refundOf(second)).state).toBe('refunded');
    expect(await kinds(refund.reference)).toHaveLength(4);
  });

  test('is told of by the order that the gateway knows, by our reference alone, or by the id that the gateway gave it', async () => {
    const bare = { transactionId: undefined, amount: undefined, currency: undefined };
    const one = (await paidTwice()).second;
    await say(refundFact(await submitted(one), { ...bare, reference: 'NOBODYS' }));
    expect((await refundOf(one)).state).toBe('refunded');
    const other = (await paidTwice()).second;
    const refund = await submitted(other);
    await say(refundFact(refund, { says: 'pending' }));
    await say(refundFact(refund, { ...bare, refundReference: undefined }));
    expect((await refundOf(other)).state).toBe('refunded');
    expect(await kinds(other.order.id)).toEqual([]);
  });

  test('that the gateway does not decide is decided by a person who has it in writing', async () => {
    const decided = async (decision: string): Promise<string> => {
      const { second } = await paidTwice();
      const { reference } = await submitted(second);
      await db.query(
        `insert into cases (kind, fact, subject, subject_id, reason, due_at) values ('refundUndecided', $1, 'refund', $1, 'late', now())`,
        [reference],
      );
      expect(await decideAbout(desk, reference, 'recheck', { person: bimal })).toMatchObject({
        outcome: 'done',
      });
      expect(await decideAbout(desk, reference, decision, { person: bimal })).toMatchObject({
        outcome: 'done',
      });
      return (await refundOf(second)).state;
    };
    expect(await decided('sent')).toBe('refunded');
    expect(await decided('dismiss')).toBe('failed');
  });
});

describe('money that had paid a bill', () => {
  test('goes back without its bill being due again, where finance does not say so', async () => {
    const paid = await pay(await property());
    await refunded(paid, { reason: 'ordered' });
    expect(await accounts(paid)).toEqual({
      'revenue/propertyTax/arrears/principal': -100_000,
      'revenue/propertyTax/refunded': 100_000,
    });
    expect((await dueOn(paid.number)).total).toBe(0);
    const [receipt] = await receiptsOf(db, paid.order.id);
    expect(await verifyReceipt(db, receipt?.number ?? '')).toMatchObject({
      givenBack: { amount: 100_000, on: today },
    });
    const { creditNote = '' } = await refundOf(paid);
    expect(await readCreditNote(db, creditNote)).toMatchObject({
      receipt: receipt?.number,
      reason: 'ordered',
    });
  });

  test('goes back, and its bill is due again in the books, the register and the ledger, and can be paid again', async () => {
    const paid = await pay(await property());
    expect((await dueOn(paid.number)).total).toBe(0);
    const refund = await submitted(paid, { dueAgain: true, reason: 'wrongAccount' });
    // Not before the money has gone.
    expect((await dueOn(paid.number)).total).toBe(0);
    await say(refundFact(refund));
    expect(await accounts(paid)).toEqual({});
    expect((await dueOn(paid.number)).total).toBe(100_000);
    expect((await readStanding(db, paid.order.id)).state).toBe('cancelled');
    const again = await pay(paid.number);
    expect((await dueOn(paid.number)).total).toBe(0);
    expect(await again.money()).toMatchObject({ allocated: 100_000, refundable: 100_000, excess: 0 });
    expect(await paid.money()).toMatchObject({ allocated: 0, paid: 100_000, refundable: 0, excess: 0 });
  });

  test('with a rebate is due again whole: what it was let off was for a payment that is none any more', async () => {
    const number = await property();
    const prompt = { promptRebate: { percent: 5, days: 21, kinds: ['PD'] } };
    const paid = await pay(number, prompt);
    const { amount } = paid.order;
    await refunded(paid, { dueAgain: true });
    expect(await accounts(paid)).toEqual({});
    expect((await dueOn(number)).total).toBe(100_000);
    const { rows } = await db.query(
      `select allocated::int, relieved::int from demand_balances where account_number = $1`,
      [number],
    );
    expect(rows).toEqual([{ allocated: 0, relieved: 0 }]);
    expect(amount).toBe(95_000);
  });

  test('is due again as a whole or not at all', async () => {
    const paid = await pay(await property());
    expect(await ask(paid, { dueAgain: true, amount: paise(1_000) })).toEqual(
      refusal('only when all that was paid for them goes back: ₹1000.00'),
    );
    const { second } = await paidTwice();
    expect(await ask(second, { dueAgain: true })).toEqual(refusal('no bill was paid with this part'));
  });

  test('in a register of somebody else is due again there by hand', async () => {
    const paid = await pay(await property());
    const refund = await submitted(paid, { dueAgain: true });
    const foreign = { ...settings, ownRegister: false };
    const told = { gateway: 'billdesk', source: 'webhook', merchant: 'main', raw: randomUUID() } as const;
    await receiveFacts(db, { ...told, facts: [refundFact(refund)] }, foreign);
    expect(await kinds(refund.reference)).toEqual(['dueAgain']);
  });
});

describe('money that the gateway gives back by itself', () => {
  test('can not go back a second time, and too much of it calls a person', async () => {
    const { second } = await paidTwice();
    const { attempt, order } = second;
    const own = {
      kind: 'refund',
      gateway: 'billdesk',
      reference: attempt,
      merchantId: 'KMCTEST',
      says: 'refunded',
    } as const;
    await say({ ...own, refundId: `O1${attempt}`, amount: 70_000, transactionId: `XIC${attempt}` });
    expect(await second.money()).toMatchObject({ refundable: 30_000, excess: 30_000 });
    expect(await ask(second, { amount: paise(30_001) })).toEqual(refusal('at most ₹300.00'));
    await refunded(second);
    expect(await kinds(order.id)).toEqual(['gatewayRefund']);
    await say({ ...own, refundId: `O2${attempt}`, amount: 1, transactionId: `XIC${attempt}` });
    expect(await kinds(order.id)).toEqual(['gatewayRefund', 'gatewayRefund', 'refundBeyond']);
  });
});

describe('a dispute', () => {
  const disputeFact = (
    { attempt }: Paid,
    says: DisputeFact['says'],
    more: Partial<DisputeFact> = {},
  ): DisputeFact => ({
    kind: 'dispute',
    gateway: 'billdesk',
    reference: attempt,
    merchantId: 'KMCTEST',
    says,
    disputeId: `D${attempt}`,
    transactionId: `XIC${attempt}`,
    amount: 100_000,
    reason: 'duplicate',
    respondBy: Date.now() + 86_400_000,
    ...more,
  });

  test('keeps money from going back until the corporation has won', async () => {
    const { second } = await paidTwice();
    await ask(second, { amount: paise(10_000) });
    const { reference } = await refundOf(second);
    for (const says of ['opened', 'underReview', 'opened'] as const) await say(disputeFact(second, says));
    expect(await kinds(second.order.id)).toEqual(['dispute', 'excess']);
    expect(await ask(second, { amount: paise(5_000) })).toEqual(refusal('the bank decides first'));
    expect(await decideAbout(desk, reference, 'approve', { person: bimal })).toEqual(
      refusal('the bank decides first'),
    );
    await say(disputeFact(second, 'won'));
    for (const says of ['won', 'underReview', 'opened'] as const) await say(disputeFact(second, says));
    expect(await kinds(second.order.id)).toEqual(['excess']);
    expect(await decideAbout(desk, reference, 'approve', { person: bimal })).toMatchObject({
      outcome: 'done',
    });
    expect(await second.money()).toMatchObject({ refundable: 90_000 });
  });

  test('that was lost has left the gateway, once, and cannot go back again', async () => {
    const paid = await pay(await property());
    for (const says of ['opened', 'lost', 'lost', 'underReview', 'opened'] as const) {
      await say(disputeFact(paid, says, { amount: 40_000 }));
    }
    expect(await accounts(paid)).toEqual({
      'clearing/main': 60_000,
      'revenue/propertyTax/arrears/principal': -100_000,
      'suspense/disputed': 40_000,
    });
    expect(await kinds(paid.order.id)).toEqual(['disputeLost']);
    expect(await paid.money()).toMatchObject({ refundable: 60_000, isDisputed: false });
    expect(await ask(paid, { amount: paise(60_001) })).toEqual(refusal('at most ₹600.00'));
    await say(disputeFact(paid, 'won'));
    expect(await kinds(paid.order.id)).toEqual(['dispute', 'disputeLost']);
    expect(await paid.money()).toMatchObject({ refundable: 60_000 });
  });

  test('that is lost at once, or closed, and of whom nobody knows the amount, counts as all of the payment', async () => {
    const paid = await pay(await property());
    await say(disputeFact(paid, 'lost', { amount: undefined }));
    expect(await accounts(paid)).toMatchObject({ 'suspense/disputed': 100_000 });
    const other = await pay(await property());
    await say(disputeFact(other, 'opened', { amount: undefined }));
    expect((await other.money()).refundable).toBe(0);
    await say(disputeFact(other, 'closed'));
    expect(await other.money()).toMatchObject({ refundable: 100_000, isDisputed: false });
    expect(await kinds(other.order.id)).toEqual([]);
  });

  test('that comes when a refund is agreed to keeps it from the gateway', async () => {
    const { second } = await paidTwice();
    const { reference } = await approved(second);
    await say(disputeFact(second, 'opened'));
    expect(await submitRefund(db, reference, () => true)).toBeUndefined();
    expect(await refundOf(second)).toMatchObject({ state: 'failed', failure: 'disputed' });
  });

  test('proved by the key of another account opens a case and touches no money', async () => {
    const paid = await pay(await property());
    await say(disputeFact(paid, 'lost'), 'other');
    expect(await accounts(paid)).toMatchObject({ 'clearing/main': 100_000 });
    expect((await paid.money()).refundable).toBe(100_000);
  });
});

describe('after Postgres was restored to an earlier moment', () => {
  /** Books that know nothing of what came since, but for the register. */
  async function rebuilt(paid: Paid, standing: RefundStanding): Promise<Database> {
    const restored = await migratedDatabase(inject('databaseUrl'), 4);
    await restored.query(
      `insert into demands (account_kind, account_number, id, kind, period_from, period_to, presented_on, principal,
         interest, penalty, charge, paid_on)
       values ('property', $1, 'B1', 'PD', '2025-04-01', '2026-03-31', $2, 100000, 0, 0, 0, $2)`,
      [paid.number, today],
    );
    const order = { ...paid.order, citizenId: undefined as never };
    for (let time = 0; time < 2; time += 1) {
      await rebuildPayment(restored, { order, standing: await readStanding(db, order.id) }, 'a test');
      await rebuildRefund(restored, { ...standing, order }, 'a test');
    }
    return restored;
  }

  const confirmed = (on: Database, paid: Paid, ...facts: GatewayFact[]): Promise<FactOutcome[]> => {
    const told = { gateway: 'billdesk', source: 'query', merchant: 'main', raw: randomUUID() } as const;
    const payment = paymentFact(paid.order, { reference: paid.attempt });
    return receiveFacts(on, { ...told, facts: [payment, ...facts] }, settings);
  };

  test('a refund that went back is asked about, when the money is there again, and gets its number back', async () => {
    const { second } = await paidTwice();
    const standing = await refunded(second);
    const { reference, creditNote } = standing;
    const restored = await rebuilt(second, standing);
    expect(await readRefund(restored, reference)).toMatchObject({
      state: 'submitted',
      hasMoney: false,
      requestedBy: asha.name,
      approvedBy: bimal.name,
    });
    expect(await submitRefund(restored, reference, () => true)).toBeUndefined();
    // The gateway tells of a payment and of its refunds at once.
    await confirmed(restored, second, refundFact(standing));
    expect(await readRefund(restored, reference)).toMatchObject({
      state: 'refunded',
      hasMoney: true,
      creditNote,
    });
    const { rows } = await restored.query(
      `select account, sum(amount)::float8 as amount from entry_lines group by 1 having sum(amount) <> 0`,
    );
    expect(rows).toEqual([]);
    await restored.end();
  });

  test('one that was agreed to is sent under the same reference, and one that failed stays so', async () => {
    const { second } = await paidTwice();
    const standing = await approved(second);
    const restored = await rebuilt(second, standing);
    await confirmed(restored, second);
    expect(await submitRefund(restored, standing.reference, () => true)).toMatchObject({
      is: 'new',
      refund: { refundReference: standing.reference, amount: 100_000 },
    });
    await restored.end();

    await submitRefund(db, standing.reference, () => true);
    await refuseRefund(db, standing.reference, 'RFIDE0002');
    const failed = await rebuilt(second, await refundOf(second));
    expect(await readRefund(failed, standing.reference)).toMatchObject({
      state: 'failed',
      failure: 'RFIDE0002',
    });
    expect((await openCases(failed)).map(({ kind }) => kind)).toEqual(['refundFailed']);
    await confirmed(failed, second, refundFact(await refundOf(second)));
    const { rows } = await failed.query(
      `select account, sum(amount)::float8 as amount from entry_lines group by 1 having sum(amount) <> 0`,
    );
    expect(rows).toEqual([]);
    await failed.end();
  });
});

test('the numbers of credit notes have no gaps, and the ledger is even', async () => {
  const { rows } = await db.query<{ gaps: number; notes: number; even: number; refunded: number }>(
    `select (select (max(ordinal) - count(*))::int from credit_notes) as gaps,
       (select count(*)::int from credit_notes) as notes,
       (select coalesce(sum(amount), 0)::float8 from entry_lines) as even,
       (select count(*)::int from refunds where state = 'refunded') as refunded`,
  );
  expect(rows).toEqual([{ gaps: 0, notes: rows[0]?.refunded, even: 0, refunded: rows[0]?.notes }]);
  expect(rows[0]?.notes).toBeGreaterThan(5);
});

test('the desk shows an order with its money and its refunds, and takes both acts', async () => {
  const { second } = await paidTwice();
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: db.options.connectionString,
    DESK_ROLES: 'finance',
  };
  const run = (person: string, ...args: string[]): ReturnType<typeof runDesk> =>
    runDesk(args, { ...env, DESK_PERSON: person });
  const shown = await run('A. Roy', 'order', second.order.id);
  const { id, seen } = await second.money();
  for (const words of ['Its money', id, '₹1,000', seen]) expect(shown.printed).toContain(words);
  const words = ['refund', id, '1000', '--reason', 'paidTwice', '--why', 'paid twice', '--seen', seen];
  expect(await run('A. Roy', ...words.slice(0, 3))).toMatchObject({ code: 1 });
  const asked = await run('A. Roy', ...words);
  expect(asked.printed).toContain('₹1000.00 goes back when another person agrees');
  const { reference } = await refundOf(second);
  const waiting = await caseAbout(db, reference);
  const approve = ['act', waiting.id, 'approve', '--why', 'right', '--seen', waiting.seen];
  expect((await run('a. roy', ...approve)).printed).toContain('another person has to agree');
  expect((await run('B. Sen', ...approve)).printed).toContain('Done: approve');
  const file = await run('B. Sen', 'case', waiting.id);
  for (const part of ['Its refunds', reference, 'approved', 'A. Roy', 'B. Sen'])
    expect(file.printed).toContain(part);

  const kept = (await paidTwice()).second;
  const sight = await kept.money();
  const credited = await run(
    'A. Roy',
    'credit',
    sight.id,
    '1000',
    '--why',
    'next year',
    '--seen',
    sight.seen,
  );
  expect(credited.printed).toContain(`₹1000.00 is credit of property ${kept.number}`);
}, 30_000);
