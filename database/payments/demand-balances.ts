/** How far demands are settled by what came here: read when money comes, written by its allocations. */
import type pg from 'pg';
import type { AccountKind } from '../../domain/accounts/kinds.ts';
import type { CalendarDate } from '../../domain/calendar.ts';
import { lineKinds, type DemandLine, type Due, type LineKind } from '../../domain/dues.ts';
import { paise, type Paise } from '../../domain/money.ts';
import { total, type DueInBooks, type Part } from '../../domain/payments/allocate.ts';
import type { Funded, Source } from '../../domain/payments/credit.ts';
import type { OrderId } from '../../domain/payments/order.ts';

export interface AccountKey {
  readonly accountKind: AccountKind;
  readonly accountNumber: string;
}

/** All money for one account, and all attempts to bring some, wait for each other here until the end of the transaction. */
export async function lockAccount(
  client: pg.PoolClient,
  { accountKind, accountNumber }: AccountKey,
): Promise<void> {
  await client.query({
    name: 'lock-account',
    text: `select pg_advisory_xact_lock(hashtextextended($1 || ' ' || $2, 0))`,
    values: [accountKind, accountNumber],
  });
}

export interface OrderedDue extends DueInBooks {
  /** The demand under which its money stands: a year of a licence may have been paid under another name. */
  readonly demandId: string;
  /** Which of the order's bills it is. */
  readonly position: number;
}

interface DueRow {
  readonly position: number;
  readonly due: Due;
  readonly demandId: string;
  readonly isSettled: boolean;
  readonly isClosed: boolean;
  readonly registered: readonly DemandLine[] | null;
  readonly allocated: Partial<Record<LineKind, number>> | null;
  readonly paidOnCovered: number;
}

/** The dues of an order, with what the register and the books say of each now. Of an account that is locked. */
export async function duesInBooks(
  client: pg.PoolClient,
  orderId: OrderId,
  { accountKind, accountNumber }: AccountKey,
): Promise<OrderedDue[]> {
  const { rows } = await client.query<DueRow>({
    name: 'dues-in-books',
    text: `select d.position, d.due, coalesce(b.demand_id, d.demand_id) as "demandId", coalesce(b.settled, false) as "isSettled",
             coalesce(r.paid_on is not null or r.withdrawn_on is not null, false) as "isClosed",
             case when r.id is not null then (
               select jsonb_agg(jsonb_build_object('kind', l.kind, 'amount', l.amount))
               from (values ('principal', r.principal), ('interest', r.interest), ('penalty', r.penalty),
                 ('charge', r.charge)) as l (kind, amount) where l.amount > 0) end as registered,
             (select jsonb_object_agg(h.line, h.amount) from (
               select split_part(a.head, '/', 2) as line, sum(a.amount)::float8 as amount from allocations a
               where a.account_kind = $2 and a.account_number = $3 and a.demand_id = b.demand_id
               group by 1) h) as allocated,
             paid_on_covered($2, $3, d.demand_id, d.due -> 'covers')::float8 as "paidOnCovered"
           from order_demands d
           left join demand_balances b on b.account_kind = $2 and b.account_number = $3
             and (b.demand_id = d.demand_id or b.licence_year_from = case when d.due ->> 'kind' = 'CE'
               then (d.due ->> 'periodFrom')::date end)
           left join demands r on r.account_kind = $2 and r.account_number = $3 and r.id = d.demand_id
           where d.order_id = $1 order by d.position`,
    values: [orderId, accountKind, accountNumber],
  });
  return rows.map(({ isSettled, isClosed, registered, allocated, paidOnCovered, ...due }) => ({
    ...due,
    books: {
      isSettled,
      isClosed,
      ...(registered && {
        registered: registered.map(({ kind, amount }) => ({ kind, amount: paise(amount) })),
      }),
      allocated: Object.fromEntries(lineKinds.map((kind) => [kind, paise(allocated?.[kind] ?? 0)])) as Record<
        LineKind,
        Paise
      >,
      paidOnCovered: paise(paidOnCovered),
    },
  }));
}

/** What money does to one bill of its order. */
export type OrderedPart = Part & Omit<OrderedDue, 'books'>;

/** Money that pays bills: what a gateway took, or credit, which a gateway took as too much once. */
export interface Payer extends Source {
  readonly captureId: bigint;
  /** Where it is credit. */
  readonly creditUseId?: bigint;
}

/** What one of them pays of the bills of an order. */
export type FundedParts = Funded<Payer, OrderedPart>;

/** A payment as the bills see it. */
interface Allocating {
  readonly orderId: OrderId;
  readonly paidOn: CalendarDate;
  readonly parts: readonly OrderedPart[];
  /** The same parts, by the money that pays them. */
  readonly funded: readonly FundedParts[];
}

/**
 * Writes what a payment does to demands: their balances, the allocations, what is let go; and marks those that are settled, with
 * the bills that they cover, as paid in the own register.
 */
export async function writeAllocations(
  client: pg.PoolClient,
  { accountKind, accountNumber }: AccountKey,
  { orderId, paidOn, parts, funded }: Allocating,
): Promise<void> {
  const rows = parts.map(({ demandId, due, amount, rebate, waiver, covered, settles }) => ({
    demandId,
    amount,
    covered,
    relieved: total(rebate) + total(waiver),
    licenceYearFrom: due.kind === 'CE' ? due.periodFrom : null,
    settles,
    covers: due.covers ?? [],
  }));
  const json = JSON.stringify(rows);
  const key = [accountKind, accountNumber];
  await client.query({
    name: 'write-balances',
    text: `insert into demand_balances as b
             (account_kind, account_number, demand_id, amount, relieved, covered, licence_year_from)
           select $1, $2, p ->> 'demandId', (p ->> 'amount')::bigint, (p ->> 'relieved')::bigint,
             (p ->> 'covered')::bigint, (p ->> 'licenceYearFrom')::date
           from jsonb_array_elements($3::jsonb) p
           on conflict (account_kind, account_number, demand_id) do update set
             -- A bill that was lowered below what had been paid is settled by that.
             amount = greatest(excluded.amount, b.allocated + excluded.relieved + excluded.covered),
             relieved = excluded.relieved, covered = excluded.covered`,
    values: [...key, json],
  });
  await client.query({
    name: 'write-allocations',
    text: `with parts as (select p from jsonb_array_elements($3::jsonb) p), relief as (
             insert into reliefs (capture_id, credit_use_id, demand_id, kind, amount, rules)
             select (p ->> 'captureId')::bigint, (p ->> 'creditUseId')::bigint, p ->> 'demandId', r ->> 'kind',
               (r ->> 'amount')::bigint, r -> 'rules'
             from parts, jsonb_array_elements(p -> 'reliefs') r
           )
           insert into allocations
             (account_kind, account_number, demand_id, capture_id, credit_use_id, order_id, head, amount)
           select $1, $2, p ->> 'demandId', (p ->> 'captureId')::bigint, (p ->> 'creditUseId')::bigint, $4, c ->> 'head',
             (c ->> 'amount')::bigint
           from parts, jsonb_array_elements(p -> 'cash') c`,
    values: [...key, JSON.stringify(funded.flatMap(allocationsOf)), orderId],
  });
  await settleCovered(client, key, json, paidOn);
}

/** What one source pays, as JSON takes it. */
function allocationsOf({ source: { captureId, creditUseId }, parts }: FundedParts): object[] {
  return parts.map(({ demandId, due, cash, rebate, waiver, age }) => ({
    captureId: String(captureId),
    creditUseId: creditUseId === undefined ? null : String(creditUseId),
    demandId,
    cash: Object.entries(cash).map(([line, of]) => ({ head: `${age}/${line}`, amount: of })),
    reliefs: [
      { kind: 'rebate', amount: total(rebate), rules: due.rebate?.rules },
      { kind: 'waiver', amount: total(waiver), rules: due.waiver && [due.waiver.rule] },
    ].filter((relief) => relief.amount > 0),
  }));
}

/** What an LOI covers is paid with it, and can be paid by nothing else afterwards. */
async function settleCovered(
  client: pg.PoolClient,
  key: readonly string[],
  json: string,
  paidOn: string,
): Promise<void> {
  await client.query({
    name: 'settle-covered',
    text: `with settled as (
             select p ->> 'demandId' as id, p -> 'covers' as covers from jsonb_array_elements($3::jsonb) p
             where (p ->> 'settles')::boolean
           ), covered as (
             select jsonb_array_elements_text(covers) as id from settled
             union select m.id from demands m join settled s on m.covered_by = s.id
             where m.account_kind = $1 and m.account_number = $2
           ), counted as (
             insert into demand_balances as b (account_kind, account_number, demand_id, amount, covered)
             select $1, $2, c.id, coalesce(r.principal + r.interest + r.penalty + r.charge, 0),
               coalesce(r.principal + r.interest + r.penalty + r.charge, 0)
             from covered c left join demands r on r.account_kind = $1 and r.account_number = $2 and r.id = c.id
             on conflict (account_kind, account_number, demand_id) do update set
               covered = b.amount - b.allocated - b.relieved
           )
           update demands r set paid_on = $4
           where r.account_kind = $1 and r.account_number = $2 and r.paid_on is null
             and r.id in (select id from settled union all select id from covered)`,
    values: [...key, json, paidOn],
  });
}
