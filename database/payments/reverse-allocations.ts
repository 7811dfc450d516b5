/** Takes back what a capture paid: its bills are due again, in the books, in the own register and in the ledger. */
import type pg from 'pg';
import type { CalendarDate } from '../../domain/calendar.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import type { PostingSettings } from '../../domain/payments/posting.ts';
import { openCase } from '../cases.ts';
import { lockAccount, type AccountKey } from './demand-balances.ts';
import { clearingAccount, postEntry } from './ledger.ts';
import { cancelOrder } from './orders.ts';

interface Reversal extends AccountKey {
  /** Of the refund for which this is done. */
  readonly reference: string;
  readonly captureId: bigint;
  readonly orderId: OrderId;
  readonly valueDate: CalendarDate;
  /** The account that had borne the refund, and what is taken off it. */
  readonly against: readonly [account: string, amount: number];
}

/**
 * What of a bill the capture paid is reversed whole, with what the bill was let off by this very payment. What credit paid, beside
 * it or out of it, stays paid.
 */
export async function reverseAllocations(
  client: pg.PoolClient,
  reversal: Reversal,
  { ownRegister }: PostingSettings,
): Promise<void> {
  const { reference, captureId, orderId } = reversal;
  // Whoever is about to pay these bills waits for this.
  await lockAccount(client, reversal);
  const { rows: demands } = await client.query<{ id: string }>({
    name: 'reverse-allocations',
    text: `with reversed as (
             insert into allocations (account_kind, account_number, demand_id, capture_id, order_id, head, amount, reverses)
             select account_kind, account_number, demand_id, capture_id, order_id, head, -amount, id from allocations
             where capture_id = $1 and credit_use_id is null and reverses is null
             returning demand_id
           )
           select distinct demand_id as id from reversed order by 1`,
    values: [captureId],
  });
  await client.query({
    name: 'take-relief-back',
    text: `update demand_balances b set relieved = b.relieved - r.amount
           from (select demand_id, sum(amount) as amount from reliefs
             where capture_id = $1 and credit_use_id is null group by demand_id) r, orders o
           where o.id = $2 and b.account_kind = o.account_kind and b.account_number = o.account_number
             and b.demand_id = r.demand_id`,
    values: [captureId, orderId],
  });
  await client.query({
    name: 'due-again',
    // What a letter of intimation covers was settled with it. A bill that was paid at a counter meanwhile stays paid.
    text: `with due as (
             select unnest($3::text[]) as id
           ), covered as (
             select jsonb_array_elements_text(d.due -> 'covers') as id from order_demands d join due on due.id = d.demand_id
             where d.order_id = $2 and d.due ? 'covers'
             union select m.id from orders o join demands m on m.account_kind = o.account_kind
               and m.account_number = o.account_number join due on m.covered_by = due.id where o.id = $2
           ), uncovered as (
             update demand_balances b set covered = 0 from orders o
             where o.id = $2 and b.account_kind = o.account_kind and b.account_number = o.account_number
               and b.demand_id in (select id from covered) and b.covered > 0
           )
           update demands r set paid_on = null from orders o, captures c
           where o.id = $2 and c.id = $1 and r.account_kind = o.account_kind and r.account_number = o.account_number
             and r.id in (select id from due union select id from covered)
             and r.paid_on = (c.captured_at at time zone 'Asia/Kolkata')::date`,
    values: [captureId, orderId, demands.map(({ id }) => id)],
  });
  await postReversal(client, reversal);
  // Its link would ask for the same bills, by amounts of before.
  await cancelOrder(client, orderId);
  if (ownRegister) return;
  await openCase(client, {
    kind: 'dueAgain',
    fact: reference,
    subject: 'refund',
    subjectId: reference,
    reason: 'the records count it as paid',
    details: { orderId, demands: demands.map(({ id }) => id) },
  });
}

/** The entry of the payment the other way round, but for the money itself: that has left as a refund. */
async function postReversal(
  client: pg.PoolClient,
  { reference, captureId, orderId, valueDate, against }: Reversal,
): Promise<void> {
  const { rows } = await client.query<{ account: string; amount: number; merchant: string }>({
    name: 'payment-entry',
    text: `select l.account, l.amount::float8 as amount, c.merchant
           from entries e join entry_lines l on l.entry_id = e.id join captures c on c.id::text = e.source_id
           where e.kind = 'payment' and e.source_type = 'capture' and e.source_id = $1`,
    values: [String(captureId)],
  });
  await postEntry(client, {
    kind: 'reversal',
    source: { type: 'refund', id: reference },
    valueDate,
    narration: `bills of order ${orderId} are due again`,
    lines: [
      ...rows
        .filter(({ account, merchant }) => account !== clearingAccount(merchant))
        .map(({ account, amount }) => [account, 0 - amount] as const),
      against,
    ],
  });
}
