/** What of the money that was taken can be given back: of each capture, with a stamp of what a person sees of it. */
import type pg from 'pg';
import { paise } from '../../domain/money.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import type { Money } from '../../domain/payments/refund.ts';
import type { Database } from '../connection.ts';

interface MoneyRow {
  readonly id: string;
  readonly amount: number;
  readonly allocated: number;
  readonly paid: number;
  readonly refundable: number;
  readonly excess: number;
  readonly transactionId: string | null;
  readonly isDisputed: boolean;
  readonly moved: string;
}

/**
 * Of the capture `c`. What refunds have taken out of excess is not there any more; what a gateway gave back by itself, or a
 * payer has disputed, nobody can attribute, so excess is never more than what can go back at all.
 */
const columns = `c.id::text as id, c.amount::float8 as amount, l.allocated::float8 as allocated, l.paid::float8 as paid,
  greatest(refundable(c.id), 0)::float8 as refundable,
  greatest(least(refundable(c.id), c.amount - l.paid - r.excess), 0)::float8 as excess,
  (select min(i.transaction_id) from capture_ids i where i.capture_id = c.id) as "transactionId",
  exists (select from disputes d where d.capture_id = c.id and d.state = 'open') as "isDisputed",
  left(md5(concat_ws('|', c.id, r.states, (select string_agg(g.refund_id || g.says, ',' order by g.refund_id)
    from gateway_refunds g where g.capture_id = c.id), (select string_agg(d.dispute_id || d.state, ',' order by d.dispute_id)
    from disputes d where d.capture_id = c.id))), 6) as moved`;

const joined = `captures c
  cross join lateral (select coalesce(sum(amount), 0) as allocated,
    coalesce(sum(amount) filter (where reverses is null), 0) as paid from allocations where capture_id = c.id) l
  cross join lateral (select coalesce(sum(f.excess) filter (where f.state not in ('failed', 'withdrawn')), 0) as excess,
    string_agg(f.reference || f.state, ',' order by f.reference) as states
    from capture_ids i join refunds f on f.gateway = i.gateway and f.transaction_id = i.transaction_id
    where i.capture_id = c.id) r`;

function moneyOf({ transactionId, isDisputed, moved, ...row }: MoneyRow): Money {
  return {
    id: row.id,
    amount: paise(row.amount),
    allocated: paise(row.allocated),
    paid: paise(row.paid),
    refundable: paise(row.refundable),
    excess: paise(row.excess),
    ...(transactionId !== null && { transactionId }),
    isDisputed,
    seen: `${row.refundable}-${moved}`,
  };
}

/** The money of one capture. */
export async function readMoney(
  on: Database | pg.PoolClient,
  captureId: bigint | string,
): Promise<Money | undefined> {
  const { rows } = await on.query<MoneyRow>({
    name: 'read-money',
    text: `select ${columns} from ${joined} where c.id = $1`,
    values: [captureId],
  });
  return rows[0] && moneyOf(rows[0]);
}

/** All money of an order, oldest first. */
export async function moneysOf(on: Database | pg.PoolClient, orderId: OrderId): Promise<Money[]> {
  const { rows } = await on.query<MoneyRow>({
    name: 'moneys-of',
    text: `select ${columns} from ${joined} join attempts a on a.id = c.attempt_id where a.order_id = $1 order by c.id`,
    values: [orderId],
  });
  return rows.map(moneyOf);
}
