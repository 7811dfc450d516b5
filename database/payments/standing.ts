/** Where an order stands: derived from what is written down, in one round trip. */
import type { CitizenId } from '../../domain/citizen.ts';
import type { AccountKind } from '../../domain/accounts/kinds.ts';
import { paise, type Paise } from '../../domain/money.ts';
import type {
  AttemptStanding,
  Excess,
  OrderId,
  ReceiptStanding,
  RecentPayment,
  RefundOfMoney,
  Standing,
} from '../../domain/payments/order.ts';
import type { OpenCase } from '../../domain/people/case.ts';
import type { ReceiptNumber } from '../../domain/payments/receipt.ts';
import { caseJson } from '../cases.ts';
import type { Database } from '../connection.ts';
import { isTold } from '../messages.ts';
import { hasLostCredit } from './credit.ts';
import { isAtDesk, isAtGateway, isUndecided, isUntried } from './states.ts';

/** What the state of an order follows from. */
export interface OrderFacts {
  readonly cancelled: boolean;
  /** Its time has passed. */
  readonly over: boolean;
  readonly demands: number;
  /** Demands that somebody has paid, here or at a counter, or that were taken back. */
  readonly settled: number;
  /**
   * The register has another amount for one of its demands, or has put one under a letter of intimation; or the credit that it
   * counts on has paid something else.
   */
  readonly changed: boolean;
}

interface StandingRow extends OrderFacts {
  readonly attempts: readonly AttemptStanding[] | null;
  readonly receipts: readonly ReceiptStanding[] | null;
  readonly excess: readonly Excess[] | null;
  readonly refunds: readonly RefundOfMoney[] | null;
  readonly credits: readonly Excess[] | null;
  readonly cases: readonly OpenCase[] | null;
  readonly told: readonly string[] | null;
}

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`;

/** Whether demand `d` of the order `o` is settled: by what came here, at a counter, or because it was taken back. */
const isSettled = `(
  exists (select from demand_balances b where b.account_kind = o.account_kind
            and b.account_number = o.account_number and b.settled and b.demand_id = d.demand_id)
  or d.due ->> 'kind' = 'CE' and exists (select from demand_balances b where b.account_kind = o.account_kind
            and b.account_number = o.account_number and b.settled
            and b.licence_year_from = (d.due ->> 'periodFrom')::date)
  or exists (select from demands r where r.account_kind = o.account_kind and r.account_number = o.account_number
               and r.id = d.demand_id and (r.paid_on is not null or r.withdrawn_on is not null)))`;

/**
 * Whether the own register differs from what stands in demand `d` of the order `o`: another amount, less what the rule book
 * added, a letter of intimation that covers it, or a part of it that was paid meanwhile.
 */
const isChanged = `(
  exists (select from demands r where r.account_kind = o.account_kind and r.account_number = o.account_number
    and r.id = d.demand_id
    and (r.covered_by is not null or r.principal + r.interest + r.penalty + r.charge <>
      (d.due ->> 'amount')::bigint - coalesce((d.due -> 'lateFine' ->> 'amount')::bigint, 0)))
  or coalesce((d.due ->> 'paidPart')::bigint, 0) <> coalesce((select b.allocated from demand_balances b
    where b.account_kind = o.account_kind and b.account_number = o.account_number and b.demand_id = d.demand_id), 0)
    + paid_on_covered(o.account_kind, o.account_number, d.demand_id, d.due -> 'covers'))`;

/** `OrderFacts` of the order `o`. */
export const orderFacts = `o.cancelled_at is not null as cancelled, o.expires_at <= now() as over,
  (select count(*)::int from order_demands d where d.order_id = o.id) as demands,
  (select count(*)::int from order_demands d where d.order_id = o.id and ${isSettled}) as settled,
  exists (select from order_demands d where d.order_id = o.id and not ${isSettled} and ${isChanged})
    or ${hasLostCredit} as changed`;

/** An order some of whose demands were paid elsewhere asks for the wrong sum: it has changed. */
export function stateOfOrder({ demands, settled, cancelled, changed, over }: OrderFacts): Standing['state'] {
  if (settled === demands) return 'paid';
  if (cancelled) return 'cancelled';
  if (changed || settled > 0) return 'changed';
  return over ? 'expired' : 'open';
}

const statement = `
  select ${orderFacts},
    (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
        'reference', a.reference, 'gateway', a.gateway, 'merchant', a.merchant, 'merchantId', a.merchant_id,
        'gatewayOrderId', a.gateway_order_id, 'state', a.state, 'reason', a.reason, 'choice', a.choice, 'method', a.method,
        'chat', a.chat,
        'openedAt', ${ms('a.opened_at')}, 'usableUntil', ${ms('coalesce(a.usable_until, a.opened_at)')})) order by a.id)
      from attempts a where a.order_id = o.id) as attempts,
    (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('number', r.number, 'amount', r.amount,
        'byCredit', (select sum(u.amount) from credit_uses u
          where u.order_id = r.order_id and u.capture_id is not distinct from r.capture_id),
        'paidAt', ${ms('r.paid_at')}, 'posting', (select case when bool_or(p.state = 'due') then 'due' when bool_or(p.state = 'refused') then 'refused'
          else 'posted' end from postings p where p.receipt_number = r.number))) order by r.capture_id nulls first)
      from receipts r where r.order_id = o.id) as receipts,
    (select jsonb_agg(jsonb_build_object('id', c.id::text, 'amount', c.amount - c.allocated) order by c.id)
      from (select c.id, c.amount, coalesce((select sum(l.amount) from allocations l
                where l.capture_id = c.id and l.reverses is null and l.credit_use_id is null), 0) as allocated
            from captures c join attempts a on a.id = c.attempt_id where a.order_id = o.id) c
      where c.amount > c.allocated) as excess,
    (select jsonb_agg(jsonb_build_object('amount', f.amount, 'excess', f.excess)
        || case when n.number is null then '{}'::jsonb else jsonb_build_object('sent', jsonb_build_object(
          'at', ${ms('n.refunded_at')}, 'creditNote', n.number, 'dueAgain', f.due_again)) end order by f.requested_at)
      from refunds f left join credit_notes n on n.refund = f.reference
      where f.order_id = o.id and f.state in ('approved', 'submitted', 'refunded')) as refunds,
    (select jsonb_agg(jsonb_build_object('id', k.id::text, 'amount', k.amount - k.released) order by k.id)
      from credits k join captures c on c.id = k.capture_id join attempts a on a.id = c.attempt_id
      where a.order_id = o.id and k.amount > k.released) as credits,
    (select jsonb_agg(${caseJson} order by v.opened_at) from cases v
      where v.subject = 'payment' and v.subject_id = o.id and v.closed_at is null) as cases,
    (select array_agg(substr(m.id, length(o.id) + 2)) from messages m
      where m.about = 'payment' and m.about_id = o.id and ${isTold}) as told
  from orders o where o.id = $1`;

/** @throws Error when there is no such order */
export async function readStanding(db: Database, orderId: OrderId): Promise<Standing> {
  const { rows } = await db.query<StandingRow>({ name: 'read-standing', text: statement, values: [orderId] });
  const [row] = rows;
  if (!row) throw new Error(`no order ${orderId}`);
  return {
    orderId,
    state: stateOfOrder(row),
    attempts: row.attempts ?? [],
    receipts: row.receipts ?? [],
    excess: row.excess ?? [],
    ...(row.refunds && { refunds: row.refunds }),
    ...(row.credits && { credits: row.credits }),
    cases: row.cases ?? [],
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
    text: `${payments} where o.citizen_id = $1 and (a.state is not null or r.number is not null)
           order by o.created_at desc limit $2`,
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

type PaymentRow = Omit<RecentPayment, 'receipt' | 'amount' | 'nickname'> & {
  readonly receipt: ReceiptNumber | null;
  readonly nickname: string | null;
  readonly amount: number;
};

/** One for each receipt; of an order without one, what became of its last attempt. What credit pays alone has no attempt. */
const payments = `
  select o.id as "orderId", r.number as receipt, o.service, o.account_number as "accountNumber", l.nickname,
    coalesce(r.amount, o.amount - o.credit)::float8 as amount, ${ms('coalesce(r.paid_at, a.opened_at)')}::float8 as at,
    case when r.number is not null then 'paid' when ${isAtDesk} then 'atDesk'
      when ${isUndecided} or ${isAtGateway} then 'undecided' else 'failed' end as state
  from orders o
  left join lateral (select a.state, a.opened_at, a.usable_until, a.chat from attempts a where a.order_id = o.id
    and not ${isUntried} order by a.id desc limit 1) a on true
  left join look_ups l on l.citizen_id = o.citizen_id and l.kind = o.account_kind::text and l.number = o.account_number
  left join receipts r on r.order_id = o.id`;

function paymentOf({ receipt, nickname, amount, ...row }: PaymentRow): RecentPayment {
  return {
    ...row,
    amount: paise(amount),
    ...(receipt !== null && { receipt }),
    ...(nickname !== null && { nickname }),
  };
}

/** Money that is on its way for some of the demands of an account. */
export interface PaymentUnderWay {
  readonly demandId: string;
  /** Who pays it; nobody where it came through the portal. */
  readonly citizenId: CitizenId | null;
  /** The bank has not decided, or a person has to: whoever pays it must not be asked again. */
  readonly isUndecided: boolean;
  readonly orderId: OrderId;
  /** What the gateway was asked for, for the whole order. */
  readonly amount: Paise;
  /** When its last attempt was begun: milliseconds since 1970. */
  readonly since: number;
}

/** Which demands of an account have money on its way: the bank has not decided, or the gateway's page is in use. */
export async function paymentsUnderWay(
  db: Database,
  kind: AccountKind,
  number: string,
): Promise<PaymentUnderWay[]> {
  const { rows } = await db.query<Omit<PaymentUnderWay, 'amount'> & { amount: number }>({
    name: 'payments-under-way',
    text: `select d.demand_id as "demandId", o.citizen_id as "citizenId", ${isUndecided} as "isUndecided",
             o.id as "orderId", (o.amount - o.credit)::float8 as amount, ${ms('a.opened_at')}::float8 as since
           from orders o join attempts a on a.order_id = o.id join order_demands d on d.order_id = o.id
           where o.account_kind = $1 and o.account_number = $2 and (${isUndecided} or ${isAtGateway})`,
    values: [kind, number],
  });
  return rows.map(({ amount, ...row }) => ({ ...row, amount: paise(amount) }));
}

/** What our own books hold of the demands of an account. */
export interface DemandPaid {
  readonly demandId: string;
  readonly isSettled: boolean;
  readonly allocated: Paise;
}

export async function paidDemands(db: Database, kind: AccountKind, number: string): Promise<DemandPaid[]> {
  const { rows } = await db.query<Omit<DemandPaid, 'allocated'> & { allocated: number }>({
    name: 'paid-demands',
    text: `select demand_id as "demandId", settled as "isSettled", allocated::float8 as allocated from demand_balances
           where account_kind = $1 and account_number = $2`,
    values: [kind, number],
  });
  return rows.map(({ allocated, ...row }) => ({ ...row, allocated: paise(allocated) }));
}
