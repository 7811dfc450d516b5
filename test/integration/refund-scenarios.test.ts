/**
 * Money that goes back, on the wire of the real house: a gateway that loses answers, tells before it answers, changes its mind or
 * refuses. However it goes, the gateway gives it back once, the books say so once, and the citizen is told once.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moneysOf } from '../../database/payments/money.ts';
import { readRefund } from '../../database/payments/refunds.ts';
import type { Desk } from '../../database/people/act-on-case.ts';
import { requestRefund } from '../../database/people/request-refund.ts';
import { workflowId } from '../../domain/entities.ts';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import type { RefundReference, RefundStanding } from '../../domain/payments/refund.ts';
import type { BillDeskFaults } from '../../sandbox/gateways/billdesk/faults.ts';
import type { Order } from '../../sandbox/gateways/billdesk/order.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { asha, bimal, decideAbout, deskOf } from '../support/desk.ts';
import { gatherPayers, type Payer, type Payers } from '../support/payers.ts';
import { startTown, type Town } from '../support/town.ts';

let town: Town;
let payers: Payers;
let desk: Desk;

beforeAll(async () => {
  town = await startTown({
    env: { SANDBOX_CITY: '500', PROXY_HOPS: '1', REFUND_POLLS: '2s,4s,6s,9s,12s,1h' },
  });
  payers = await gatherPayers(town);
  desk = deskOf(town);
});
afterAll(async () => {
  await desk.db.end();
  await town.stop();
});

const faults = (change: Partial<BillDeskFaults>): Promise<unknown> =>
  town.sandbox('PATCH', 'billdesk/faults', change);

interface PaidTwice {
  readonly payer: Payer;
  readonly attempt: AttemptReference;
}

/** Somebody whose bank paid the same twice: the second payment is excess. */
async function paidTwice(): Promise<PaidTwice> {
  const payer = await payers.payer();
  await faults({ doubleSuccess: true });
  const attempt = await payer.payNow();
  await payer.pay(attempt);
  await faults({ doubleSuccess: false });
  await waitFor('the excess', async () => (await payer.outcome()).excess === payer.amount, { everyMs: 200 });
  return { payer, attempt };
}

/** One person asks that the excess goes back, and another agrees. */
async function giveBack({ payer }: PaidTwice): Promise<RefundReference> {
  const money = (await moneysOf(desk.db, payer.orderId)).find(({ excess }) => excess > 0);
  if (!money) throw new Error('no excess');
  const { id: moneyId, excess: amount, seen } = money;
  const request = { moneyId, amount, seen, reason: 'paidTwice', dueAgain: false, why: 'paid twice' } as const;
  expect(await requestRefund(desk.db, asha, request)).toMatchObject({ outcome: 'done' });
  const [row] = await town.rows<{ reference: RefundReference }>(
    `select reference from refunds where order_id = $1 and state = 'requested'`,
    [payer.orderId],
  );
  const reference = row?.reference ?? ('none' as RefundReference);
  expect(await decideAbout(desk, reference, 'approve', { person: bimal })).toMatchObject({ outcome: 'done' });
  return reference;
}

async function refundOf(reference: RefundReference): Promise<RefundStanding> {
  const refund = await readRefund(desk.db, reference);
  if (!refund) throw new Error('no such refund');
  return refund;
}

async function becomes(reference: RefundReference, state: RefundStanding['state']): Promise<RefundStanding> {
  await waitFor(`the refund to be ${state}`, async () => (await refundOf(reference)).state === state, {
    timeoutMs: 30_000,
  });
  return refundOf(reference);
}

/** What the citizen was told of a refund, once the workflow has nothing more to say. */
async function told(reference: RefundReference): Promise<string[]> {
  const rows = await town.rows<{ key: string }>(
    `select text_key as key from messages where about = 'refund' and about_id = $1 and accepted_at is not null
     order by accepted_at`,
    [reference],
  );
  return rows.map(({ key }) => key);
}

async function ended(reference: RefundReference): Promise<string> {
  const handle = town.temporal.workflow.getHandle(workflowId('refund', reference));
  await waitFor('its end', async () => (await handle.describe()).status.name !== 'RUNNING', {
    timeoutMs: 30_000,
  });
  return (await handle.describe()).status.name;
}

/** What went back by the gateway's own books, in paise. */
async function wentBack({ attempt }: PaidTwice): Promise<number[]> {
  const { refunds } = await town.sandbox<Order>('GET', `billdesk/orders/${attempt}`);
  return refunds.filter(({ state }) => state === 'processed').map(({ amount }) => amount);
}

const usual = ['refundOnItsWay', 'refundSent'];

describe('money goes back once, whatever the gateway does', () => {
  test.each<[string, Partial<BillDeskFaults>]>([
    ['that says so at once', {}],
    ['whose answer is lost', { refundAnswer: 'cut', refundWebhook: 'never' }],
    ['that tells before it answers', { refundWebhook: 'beforeAnswer' }],
    ['that tells three times, and whose answer is lost', { refundAnswer: 'cut', webhookCopies: 3 }],
    [
      'that decides later',
      { refundOutcome: 'pendingThenProcessed', settleAfterMs: 1_500, refundWebhook: 'never' },
    ],
  ])('by a gateway %s', async (_what, change) => {
    const paid = await paidTwice();
    await faults(change);
    const reference = await giveBack(paid);
    const { creditNote } = await becomes(reference, 'refunded');
    await town.sandbox('DELETE', 'billdesk/faults');
    expect(await ended(reference)).toBe('COMPLETED');
    expect((await told(reference)).sort()).toEqual(usual);
    expect(await wentBack(paid)).toEqual([paid.payer.amount]);
    const page = await (await fetch(`${town.apiUrl}/verify/${creditNote ?? ''}?lang=en`)).text();
    expect(page).toContain('This credit note is genuine');
    const chat = (await town.sent()).filter(({ citizenId }) => citizenId === paid.payer.citizen.id);
    expect(chat.filter(({ text }) => text.includes(creditNote ?? 'no number'))).toMatchObject([
      { type: 'document', media: { filename: expect.stringContaining('credit note') as string } },
    ]);
  });

  test('by a gateway that fails first: the citizen hears of it, and it goes back by another refund', async () => {
    const paid = await paidTwice();
    await faults({ refundOutcome: 'pendingThenFailed', settleAfterMs: 1_500 });
    const first = await giveBack(paid);
    await becomes(first, 'failed');
    await town.sandbox('DELETE', 'billdesk/faults');
    await waitFor('the word about it', async () => (await told(first)).includes('refundFailed'));
    const second = await giveBack(paid);
    await becomes(second, 'refunded');
    expect(await ended(second)).toBe('COMPLETED');
    expect((await told(second)).sort()).toEqual(usual);
    expect(await wentBack(paid)).toEqual([paid.payer.amount]);
    expect(await decideAbout(desk, first, 'noted', { person: bimal })).toMatchObject({ outcome: 'done' });
    expect(await ended(first)).toBe('COMPLETED');
  });

  test('and not at all by a gateway that refuses: a person is called, and the money is free again', async () => {
    const paid = await paidTwice();
    await faults({ refundOutcome: 'refused' });
    const reference = await giveBack(paid);
    expect(await becomes(reference, 'failed')).toMatchObject({ failure: 'RFIDE0002' });
    await town.sandbox('DELETE', 'billdesk/faults');
    const [money] = (await moneysOf(desk.db, paid.payer.orderId)).filter(({ excess }) => excess > 0);
    expect(money).toMatchObject({ refundable: paid.payer.amount });
    expect(await wentBack(paid)).toEqual([]);
  });

  test('also to somebody whose window has closed: the words go as templates, with the credit note', async () => {
    const paid = await paidTwice();
    const { id } = paid.payer.citizen;
    await town.rows(
      `update citizens set last_inbound_at = now() - interval '2 days' where id = (
      select citizen_id from orders where id = $1)`,
      [paid.payer.orderId],
    );
    await town.sandbox('PATCH', `citizens/${id}`, { windowOpen: false });
    const reference = await giveBack(paid);
    await becomes(reference, 'refunded');
    expect(await ended(reference)).toBe('COMPLETED');
    expect((await told(reference)).sort()).toEqual(usual);
    const sent = JSON.stringify((await town.sent()).filter(({ citizenId }) => citizenId === id));
    for (const template of ['refund_on_its_way', 'refund_sent']) expect(sent).toContain(template);
  });
});

test('in all that, the ledger of refunds is even with what the gateway gave back', async () => {
  const [books] = await town.rows<{ owed: number; back: number; notes: number }>(
    `select (select coalesce(sum(amount), 0)::float8 from entry_lines where account = 'liability/refunds') as owed,
       (select coalesce(sum(amount), 0)::float8 from refunds where state = 'refunded') as back,
       (select coalesce(sum(amount), 0)::float8 from credit_notes) as notes`,
  );
  expect(books).toMatchObject({ owed: 0, back: books?.notes });
});
