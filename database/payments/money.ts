/** What of the money that was taken can be given back: of each capture, with a stamp of what a person sees of it. */
import type pg from 'pg';
import { paise } from '../../domain/money.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import type { Money } from '../../domain/payments/refund.ts';
import { settleCase } from '../cases.ts';
import type { Database } from '../connection.ts';

interface MoneyRow {
  readonly id: string;
  readonly amount: number;
  readonly allocated: number;
  readonly paid: number;
  readonly refundable: number;
  readonly excess: number;
  readonly credited: number;
  readonly creditLeft: number;
  readonly transactionId: string | null;
  readonly isDisputed: boolean;
  readonly moved: string;
}

/** Of the capture `c`. What refunds or credits have taken out of excess is not there any more. */
const columns = `c.id::text as id, c.amount::float8 as amount, l.allocated::float8 as allocated, l.paid::float8 as paid,
  greatest(refundable(c.id), 0)::float8 as refundable, excess_of(c.id)::float8 as excess,
  k.credited::float8 as credited, k.unused::float8 as "creditLeft",
  (select min(i.transaction_id) from capture_ids i where i.capture_id = c.id) as "transactionId",
  exists (select from disputes d where d.capture_id = c.id and d.state = 'open') as "isDisputed",
  left(md5(concat_ws('|', c.id, r.states, k.states, (select string_agg(g.refund_id || g.says, ',' order by g.refund_id)
    from gateway_refunds g where g.capture_id = c.id), (select string_agg(d.dispute_id || d.state, ',' order by d.dispute_id)
    from disputes d where d.capture_id = c.id))), 6) as moved`;

const joined = `captures c
  cross join lateral (select coalesce(sum(amount), 0) as allocated,
    coalesce(sum(amount) filter (where reverses is null), 0) as paid
    from allocations where capture_id = c.id and credit_use_id is null) l
  cross join lateral (select string_agg(f.reference || f.state, ',' order by f.reference) as states
    from capture_ids i join refunds f on f.gateway = i.gateway and f.transaction_id = i.transaction_id
    where i.capture_id = c.id) r
  cross join lateral (select coalesce(sum(amount - released), 0) as credited, coalesce(sum(amount - released - used), 0) as unused,
    string_agg(concat_ws(' ', id, used, released), ',' order by id) as states from credits where capture_id = c.id) k`;

function moneyOf({ transactionId, isDisputed, moved, ...row }: MoneyRow): Money {
  return {
    id: row.id,
    amount: paise(row.amount),
    allocated: paise(row.allocated),
    paid: paise(row.paid),
    refundable: paise(row.refundable),
    excess: paise(row.excess),
    credited: paise(row.credited),
    creditLeft: paise(row.creditLeft),
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

/** Closes the cases about excess of a capture, as soon as there is none. */
export async function settleExcess(
  client: pg.PoolClient,
  captureId: bigint | string,
  because: string,
): Promise<void> {
  const money = await readMoney(client, captureId);
  if (money?.excess !== 0) return;
  const { rows } = await client.query<{ fact: string }>({
    name: 'cases-of-excess',
    text: `select fact from cases where kind = 'excess' and closed_at is null and split_part(fact, ' ', 1) = 'capture-' || $1`,
    values: [String(captureId)],
  });
  for (const { fact } of rows) await settleCase(client, 'excess', fact, because);
}
