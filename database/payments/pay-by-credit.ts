/** Pays an order that credit covers whole: without a gateway, in one transaction, when the citizen says so. */
import type pg from 'pg';
import { dateInKolkata } from '../../domain/calendar.ts';
import type { PaidService } from '../../domain/accounts/kinds.ts';
import { paise } from '../../domain/money.ts';
import { allocate } from '../../domain/payments/allocate.ts';
import { fundedBy } from '../../domain/payments/credit.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import type { PostingSettings } from '../../domain/payments/posting.ts';
import { inTransaction, type Database } from '../connection.ts';
import { tell } from '../outbox.ts';
import { isPaidElsewhere, lockOrder, stateNow, type NotBegun } from './attempts.ts';
import { creditFor, postUses, useCredit } from './credit.ts';
import { duesInBooks, lockAccount, writeAllocations } from './demand-balances.ts';
import { issueReceipt } from './receipts.ts';
import { whatFollows } from './what-follows.ts';

/** What comes of the wish to pay by credit. */
export type PaidByCredit =
  | { readonly outcome: 'paid' | 'paidBefore' }
  | { readonly outcome: 'refused'; readonly because: Exclude<NotBegun, 'undecided'> };

/** @param anyway the citizen knows that somebody else may be paying the same, and goes on */
export async function payByCredit(
  db: Database,
  orderId: OrderId,
  { anyway }: { readonly anyway: boolean },
  settings: PostingSettings,
): Promise<PaidByCredit> {
  return inTransaction(db, async (client): Promise<PaidByCredit> => {
    const account = await lockOrder(client, orderId);
    await lockAccount(client, account);
    const { service, amount, isPaid } = await readCovered(client, orderId);
    // The button was pressed twice.
    if (isPaid) return { outcome: 'paidBefore' };
    const state = await stateNow(client, orderId);
    if (state !== 'open') return { outcome: 'refused', because: state };
    if (!anyway && (await isPaidElsewhere(client, orderId))) {
      return { outcome: 'refused', because: 'elsewhere' };
    }
    const paidAt = new Date();
    const paidOn = dateInKolkata(paidAt.getTime());
    const credit = await creditFor(client, orderId);
    const dues = await duesInBooks(client, orderId, account);
    const { parts, excess } = allocate(paise(amount), dues, paidOn);
    const isCovered = Math.min(credit.wanted, credit.free) === amount && excess === 0;
    if (!isCovered || parts.some(({ settles }) => !settles))
      return { outcome: 'refused', because: 'changed' };
    const uses = await useCredit(client, account, { orderId, amount: paise(amount) });
    const funded = fundedBy(parts, uses);
    await writeAllocations(client, account, { orderId, paidOn, parts, funded });
    await postUses(client, { orderId, service, paidOn }, funded);
    await issueReceipt(client, { ...settings, orderId, amount, paidAt, parts });
    await whatFollows[service]?.(client, { orderId, paid: parts.map(({ due }) => due), paidAt }, settings);
    // Begins its workflow, which tells the citizen and the records.
    await tell(client, 'payment', orderId, { key: `k:${orderId}`, news: { check: false } });
    return { outcome: 'paid' };
  });
}

async function readCovered(
  client: pg.PoolClient,
  orderId: OrderId,
): Promise<{ readonly service: PaidService; readonly amount: number; readonly isPaid: boolean }> {
  const { rows } = await client.query<{ service: PaidService; amount: number; isPaid: boolean }>({
    name: 'order-covered',
    text: `select service, amount::float8 as amount,
             exists (select from receipts r where r.order_id = o.id and r.capture_id is null) as "isPaid"
           from orders o where id = $1`,
    values: [orderId],
  });
  if (!rows[0]) throw new Error(`no order ${orderId}`);
  return rows[0];
}
