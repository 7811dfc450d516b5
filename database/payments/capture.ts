/** Money that a gateway certainly has: for demands that are still unpaid, or as excess. */
import type pg from 'pg';
import type { PaymentFact } from '../../domain/payments/fact.ts';
import { dateInKolkata } from '../../domain/calendar.ts';
import type { Due } from '../../domain/dues.ts';
import { moveAttempt, type Attempt } from './attempts.ts';
import { postPayment } from './ledger.ts';
import { issueReceipt } from './receipts.ts';
import { whatFollows } from './what-follows.ts';

export interface Applying {
  /** The series of the receipts, and of the certificates. */
  readonly counter: string;
  readonly certificateCounter: string;
  /** Whether the demands stand in the own register, and nobody else has to be told that they are paid. */
  readonly ownRegister: boolean;
}

interface Capturing extends Applying {
  /** Whether it may pay demands; otherwise all of it is excess. */
  readonly pays: boolean;
}

/**
 * Takes the money of one transaction of the gateway, once.
 * @returns whether anything is different now
 */
export async function captureMoney(
  client: pg.PoolClient,
  attempt: Attempt,
  fact: PaymentFact,
  { pays, ...applying }: Capturing,
): Promise<boolean> {
  // A gateway that gives its transactions no ids takes one for each attempt.
  const transactionId = fact.transactionId ?? fact.reference ?? '';
  const { rowCount: known } = await client.query({
    name: 'known-capture',
    text: 'select from captures where gateway = $1 and transaction_id = $2',
    values: [fact.gateway, transactionId],
  });
  if (known !== 0) return moveAttempt(client, attempt, 'success');

  const paidAt = new Date(fact.at ?? Date.now());
  const amount = pays ? attempt.amount : (fact.amount ?? 0);
  const paid = pays ? await payDemands(client, attempt, paidAt) : [];
  const posted = paid.reduce((total, { payable }) => total + payable, 0);
  const excess = amount - posted;
  await client.query({
    name: 'keep-capture',
    text: `insert into captures
             (gateway, transaction_id, attempt_id, amount, posted, excess, bank_reference, method, captured_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      fact.gateway,
      transactionId,
      attempt.id,
      amount,
      posted,
      excess,
      fact.bankReference,
      fact.method,
      paidAt,
    ],
  });
  // Also where it pays nothing: the gateway has the money, and "failed" would promise the citizen that the bank returns it.
  await moveAttempt(client, attempt, 'success');
  const money = { ...attempt, gateway: fact.gateway, transactionId };
  await postPayment(client, money, paid, excess);
  if (posted > 0) {
    const { counter, ownRegister } = applying;
    await issueReceipt(client, { ...money, counter, amount: posted, paidAt, posted: ownRegister });
    await whatFollows[attempt.service](client, { orderId: attempt.orderId, paid, paidAt }, applying);
  }
  return true;
}

/**
 * Marks the demands of an order as paid, and those that its LOIs cover.
 * @returns those that were not paid before; whoever comes second gets none
 */
async function payDemands(client: pg.PoolClient, attempt: Attempt, paidAt: Date): Promise<readonly Due[]> {
  const { orderId, accountKind, accountNumber } = attempt;
  const { rows } = await client.query<{ due: Due }>({
    name: 'pay-demands',
    // In the order of the key, so that two payments of the same bills cannot wait for each other.
    text: `with wanted as (
             select d.demand_id, d.due from order_demands d
             where d.order_id = $1 and not exists (
               select from demands r where r.account_kind = $2 and r.account_number = $3 and r.id = d.demand_id
                 and (r.paid_on is not null or r.withdrawn_on is not null))
             order by d.demand_id collate "C"
           ), paid as (
             insert into demand_payments
               (account_kind, account_number, demand_id, order_id, paid_at, licence_year_from)
             select $2, $3, demand_id, $1, $4, case when due ->> 'kind' = 'CE' then (due ->> 'periodFrom')::date end
             from wanted
             on conflict do nothing returning demand_id
           )
           select due from wanted join paid using (demand_id)`,
    values: [orderId, accountKind, accountNumber, paidAt],
  });
  const paid = rows.map(({ due }) => due);
  if (paid.length === 0) return paid;
  await client.query({
    name: 'pay-covered-demands',
    text: `with covered as (
             select c.id, d.due ->> 'id' as letter
             from jsonb_array_elements($5::jsonb) as d (due),
               jsonb_array_elements_text(coalesce(d.due -> 'covers', '[]')) as c (id)
             order by c.id collate "C"
           ), noted as (
             insert into demand_payments (account_kind, account_number, demand_id, order_id, covered_by, paid_at)
             select $2, $3, id, $1, letter, $4 from covered on conflict do nothing
           )
           update demands r set paid_on = $6
           where r.account_kind = $2 and r.account_number = $3 and r.paid_on is null
             and r.id in (select due ->> 'id' from jsonb_array_elements($5::jsonb) as d (due)
                          union all select id from covered)`,
    values: [
      orderId,
      accountKind,
      accountNumber,
      paidAt,
      JSON.stringify(paid),
      dateInKolkata(paidAt.getTime()),
    ],
  });
  return paid;
}
