/** Where an order stands: derived from what is written down, in one round trip. */
import type { CitizenId } from '../../domain/citizen.ts';
import type { AccountKind } from '../../domain/dues.ts';
import { paise } from '../../domain/money.ts';
import type {
  AttemptStanding,
  OrderId,
  RecentPayment,
  Review,
  Standing,
} from '../../domain/payments/order.ts';
import type { ReceiptNumber } from '../../domain/payments/receipt.ts';
import type { Database } from '../connection.ts';
import { isTold } from '../messages.ts';

/** What the state of an order follows from. */
export interface OrderFacts {
  readonly cancelled: boolean;
  /** Its time has passed. */
  readonly over: boolean;
  readonly demands: number;
  /** Demands that somebody has paid, here or at a counter, or that were taken back. */
  readonly settled: number;
}

interface StandingRow extends OrderFacts {
  readonly attempts: readonly AttemptStanding[] | null;
  readonly receipt: {
    readonly number: ReceiptNumber;
    readonly amount: number;
    readonly paidAt: number;
    readonly posted: boolean;
  } | null;
  readonly excess: number;
  readonly reviews: readonly Review[] | null;
  readonly told: readonly string[] | null;
}

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`;

/** `OrderFacts` of the order `o`. */
export const orderFacts = `o.cancelled_at is not null as cancelled, o.expires_at <= now() as over,
  (select count(*)::int from order_demands d where d.order_id = o.id) as demands,
  (select count(*)::int from order_demands d where d.order_id = o.id and (
    exists (select from demand_payments p where p.account_kind = o.account_kind
              and p.account_number = o.account_number and p.demand_id = d.demand_id)
    or exists (select from demands r where r.account_kind = o.account_kind and r.account_number = o.account_number
                 and r.id = d.demand_id and (r.paid_on is not null or r.withdrawn_on is not null)))) as settled`;

/** An order some of whose demands were paid elsewhere asks for the wrong sum: it ends. */
export function stateOfOrder({ demands, settled, cancelled, over }: OrderFacts): Standing['state'] {
  if (settled === demands) return 'paid';
  if (cancelled) return 'cancelled';
  return over || settled > 0 ? 'expired' : 'open';
}

/** The id of a message about an order: the same however often it is to be told. */
const tellings = `array[o.id || '-receipt', o.id || '-receiptWords', o.id || '-excess'] || array(
  select o.id || kind || a.reference from attempts a, unnest(array['-failed-', '-pending-']) kind
  where a.order_id = o.id)`;

const statement = `
  select ${orderFacts},
    (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
        'reference', a.reference, 'gateway', a.gateway, 'state', a.state, 'reason', a.reason,
        'openedAt', ${ms('a.opened_at')}, 'usableUntil', ${ms('coalesce(a.usable_until, a.opened_at)')})) order by a.id)
      from attempts a where a.order_id = o.id) as attempts,
    (select jsonb_build_object('number', r.number, 'amount', r.amount, 'paidAt', ${ms('r.paid_at')},
        'posted', r.posted_at is not null) from receipts r where r.order_id = o.id) as receipt,
    (select coalesce(sum(c.excess), 0)::float8 from captures c join attempts a on a.id = c.attempt_id
      where a.order_id = o.id) as excess,
    (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', v.id, 'reason', v.reason, 'reference', v.reference,
        'amount', v.fact -> 'amount')) order by v.opened_at)
      from payment_reviews v where v.order_id = o.id and v.resolved_at is null) as reviews,
    (select array_agg(substr(m.id, length(o.id) + 2)) from messages m
      where m.id = any (${tellings}) and ${isTold}) as told
  from orders o where o.id = $1`;

/** @throws Error when there is no such order */
export async function readStanding(db: Database, orderId: OrderId): Promise<Standing> {
  const { rows } = await db.query<StandingRow>({ name: 'read-standing', text: statement, values: [orderId] });
  const [row] = rows;
  if (!row) throw new Error(`no order ${orderId}`);
  return {
    orderId,
    state: row.receipt ? 'paid' : stateOfOrder(row),
    attempts: row.attempts ?? [],
    ...(row.receipt && { receipt: { ...row.receipt, amount: paise(row.receipt.amount) } }),
    excess: paise(row.excess),
    reviews: row.reviews ?? [],
    told: row.told ?? [],
  };
}

/** What a citizen paid, or tried to, latest first. Orders that nobody tried to pay are no payments. */
export async function recentPayments(
  db: Database,
  citizenId: CitizenId,
  limit: number,
): Promise<RecentPayment[]> {
  const { rows } = await db.query<PaymentRow>({
    name: 'recent-payments',
    text: `${payments} where o.citizen_id = $1 order by o.created_at desc limit $2`,
    values: [citizenId, limit],
  });
  return rows.map(paymentOf);
}

/** What this very citizen paid last on an account. */
export async function lastPaid(
  db: Database,
  citizenId: CitizenId,
  kind: AccountKind,
  number: string,
): Promise<RecentPayment | undefined> {
  const { rows } = await db.query<PaymentRow>({
    name: 'last-paid',
    text: `${payments} where o.citizen_id = $1 and o.account_kind = $2 and o.account_number = $3
             and r.number is not null
           order by r.issued_at desc limit 1`,
    values: [citizenId, kind, number],
  });
  return rows[0] && paymentOf(rows[0]);
}

type PaymentRow = Omit<RecentPayment, 'receipt' | 'amount'> & {
  readonly receipt: ReceiptNumber | null;
  readonly amount: number;
};

const payments = `
  select o.id as "orderId", r.number as receipt, o.service, o.account_number as "accountNumber",
    coalesce(r.amount, o.amount)::float8 as amount, ${ms('coalesce(r.paid_at, a.opened_at)')}::float8 as at,
    case when r.number is not null then 'paid'
         when a.state in ('redirected', 'pending', 'review') then 'undecided' else 'failed' end as state
  from orders o
  cross join lateral (select a.state, a.opened_at from attempts a where a.order_id = o.id
    order by a.id desc limit 1) a
  left join receipts r on r.order_id = o.id`;

function paymentOf({ receipt, amount, ...row }: PaymentRow): RecentPayment {
  return { ...row, amount: paise(amount), ...(receipt !== null && { receipt }) };
}

/** Which demands of an account have money on its way that the bank has not decided on. */
export async function undecidedDemands(db: Database, kind: AccountKind, number: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'undecided-demands',
    text: `select d.demand_id as id from orders o join attempts a on a.order_id = o.id
           join order_demands d on d.order_id = o.id
           where o.account_kind = $1 and o.account_number = $2 and a.state in ('pending', 'review')`,
    values: [kind, number],
  });
  return rows.map(({ id }) => id);
}

/** Which demands of an account our own books hold as paid. */
export async function paidDemands(db: Database, kind: AccountKind, number: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'paid-demands',
    text: 'select demand_id as id from demand_payments where account_kind = $1 and account_number = $2',
    values: [kind, number],
  });
  return rows.map(({ id }) => id);
}
