/** Cases: what needs a person, opened in the transaction of the fact that needs one, closed by an act or by a later fact. */
import type pg from 'pg';
import type { OrderId } from '../domain/payments/order.ts';
import {
  caseKinds,
  type CaseEnd,
  type CaseId,
  type CaseKindName,
  type CaseRecord,
  type CaseSubject,
  type NewCase,
  type OpenCase,
} from '../domain/people/case.ts';
import { toJsonb, type Database } from './connection.ts';

/**
 * Leaves word for the workflow of what a case is about that the case was opened or closed: what workflows show of cases
 * mirrors what stands here. Follows `with changed as (… returning id, subject, subject_id)`.
 */
const leaveWord = (end: 'opened' | 'closed'): string => `
  insert into outbox (key, entity, subject, payload)
  select concat_ws(':', 'case', id, '${end}'), subject, subject_id,
    case subject when 'renewal' then '{}'::jsonb else '{"check": false}'::jsonb end
  from changed where subject in ('payment', 'renewal', 'refund')
  on conflict (key) do nothing`;

/**
 * Opens a case, unless the same fact has opened one before, open or closed by now.
 * @returns its id, or undefined when there was one
 */
export async function openCase(on: pg.PoolClient | Database, wanted: NewCase): Promise<CaseId | undefined> {
  const { kind, fact, subject, subjectId, reason, amount, details = {} } = wanted;
  const { rows } = await on.query<{ id: CaseId }>({
    name: 'open-case',
    text: `with changed as (
             insert into cases (kind, fact, subject, subject_id, reason, amount, details, due_at)
             values ($1, $2, $3, $4, $5, $6, $7, now() + $8 * interval '1 hour')
             on conflict (kind, fact) do nothing returning id, subject, subject_id
           ), told as (${leaveWord('opened')})
           select id from changed`,
    values: [
      kind,
      fact,
      subject,
      subjectId,
      reason,
      amount,
      toJsonb(details),
      caseKinds[kind].dueWithinHours,
    ],
  });
  return rows[0]?.id;
}

/** Closes the open case of a fact because another fact has settled it. @returns whether there was one */
export async function settleCase(
  on: pg.PoolClient | Database,
  kind: CaseKindName,
  fact: string,
  because: string,
): Promise<boolean> {
  const { rowCount } = await on.query({
    name: 'settle-case',
    text: `with changed as (
             update cases set closed_at = now(), decision = 'settled', why = $3
             where kind = $1 and fact = $2 and closed_at is null returning id, subject, subject_id
           ), told as (${leaveWord('closed')})
           select from changed`,
    values: [kind, fact, because],
  });
  return rowCount === 1;
}

/** Closes every open case of some kinds about one thing because a fact has settled them. */
export async function settleCasesAbout(
  on: pg.PoolClient | Database,
  kinds: readonly CaseKindName[],
  about: { readonly subject: CaseSubject; readonly subjectId: string },
  because: string,
): Promise<void> {
  await on.query({
    name: 'settle-cases-about',
    text: `with changed as (
             update cases set closed_at = now(), decision = 'settled', why = $4
             where kind = any ($1::text[]) and subject = $2 and subject_id = $3 and closed_at is null
             returning id, subject, subject_id
           ) ${leaveWord('closed')}`,
    values: [kinds, about.subject, about.subjectId, because],
  });
}

type CaseRow = Omit<CaseRecord, 'amount' | 'end'> & {
  readonly amount: number | null;
  readonly end: CaseEnd | null;
};

/** Where the subject of the case `c` stands, as far as a decision depends on it. */
const subjectStands = `case c.subject
  when 'payment' then (select concat_ws(',', o.cancelled_at is not null, (
      select string_agg(a.reference || ' ' || a.state, ',' order by a.id) from attempts a where a.order_id = o.id))
    from orders o where o.id = c.subject_id)
  when 'renewal' then (select concat_ws(',', r.application, r.state, r.years, r.order_id)
    from renewals r where r.id = c.subject_id)
  when 'refund' then (select concat_ws(',', r.state, refundable(i.capture_id), exists (
      select from disputes d where d.capture_id = i.capture_id and d.state = 'open'))
    from refunds r left join capture_ids i on i.gateway = r.gateway and i.transaction_id = r.transaction_id
    where r.reference = c.subject_id) end`;

const columns = `c.id, c.kind, c.subject, c.subject_id as "subjectId", c.reason, c.amount::float8 as amount, c.details,
  (extract(epoch from c.opened_at) * 1000)::float8 as "openedAt", (extract(epoch from c.due_at) * 1000)::float8 as "dueAt",
  left(md5(concat_ws('|', c.acts, c.reason, c.amount, c.details, ${subjectStands})), 8) as seen,
  case when c.closed_at is not null then jsonb_strip_nulls(jsonb_build_object(
    'at', (extract(epoch from c.closed_at) * 1000)::bigint, 'by', c.closed_by, 'decision', c.decision, 'why', c.why))
  end as "end"`;

/** The open case `v` as JSON, for statements that read it beside other things. */
export const caseJson = `jsonb_strip_nulls(jsonb_build_object('id', v.id, 'kind', v.kind, 'subject', v.subject,
  'subjectId', v.subject_id, 'reason', v.reason, 'amount', v.amount, 'details', v.details,
  'openedAt', (extract(epoch from v.opened_at) * 1000)::bigint, 'dueAt', (extract(epoch from v.due_at) * 1000)::bigint))`;

/** What waits for a person, the first to be due first. */
export async function openCases(
  db: Database,
  { kind, limit = 500 }: { readonly kind?: CaseKindName; readonly limit?: number } = {},
): Promise<CaseRecord[]> {
  const { rows } = await db.query<CaseRow>({
    name: 'open-cases',
    text: `select ${columns} from cases c where c.closed_at is null and c.kind = coalesce($1, c.kind)
           order by c.due_at, c.id limit $2`,
    values: [kind, limit],
  });
  return rows.map(caseOf);
}

/** One case, open or closed. */
export async function readCase(on: pg.PoolClient | Database, id: string): Promise<CaseRecord | undefined> {
  const { rows } = await on.query<CaseRow>({
    name: 'read-case',
    text: `select ${columns} from cases c where c.id = $1`,
    values: [id],
  });
  return rows[0] && caseOf(rows[0]);
}

/**
 * One case, open or closed, as it stands now. It and what it is about are locked until the end of the transaction, in the
 * order in which payments, refunds and renewals lock: the order, the renewal, the case.
 */
export async function lockCase(client: pg.PoolClient, id: string): Promise<CaseRecord | undefined> {
  await client.query({
    name: 'lock-order-of-case',
    text: `select from orders where id = (
             select case c.subject when 'payment' then c.subject_id
               when 'renewal' then (select r.order_id from renewals r where r.id = c.subject_id)
               when 'refund' then (select r.order_id from refunds r where r.reference = c.subject_id) end
             from cases c where c.id = $1) for update`,
    values: [id],
  });
  await client.query({
    name: 'lock-renewal-of-case',
    text: `select from renewals where id = (
             select c.subject_id from cases c where c.id = $1 and c.subject = 'renewal') for update`,
    values: [id],
  });
  await client.query({ name: 'lock-case', text: 'select from cases where id = $1 for update', values: [id] });
  return readCase(client, id);
}

/** Counts an act that leaves a case open: whoever looks again sees that something was done. */
export async function countAct(client: pg.PoolClient, id: CaseId): Promise<void> {
  await client.query({
    name: 'count-act',
    text: 'update cases set acts = acts + 1 where id = $1',
    values: [id],
  });
}

/** Closes a case by the act of a person. */
export async function closeCase(
  client: pg.PoolClient,
  id: CaseId,
  { who, decision, why }: { readonly who: string; readonly decision: string; readonly why: string },
): Promise<void> {
  await client.query({
    name: 'close-case',
    text: `with changed as (
             update cases set closed_at = now(), closed_by = $2, decision = $3, why = $4 where id = $1
             returning id, subject, subject_id
           ) ${leaveWord('closed')}`,
    values: [id, who, decision, why],
  });
}

function caseOf({ amount, end, ...row }: CaseRow): CaseRecord {
  return { ...row, ...(amount !== null && { amount }), ...(end && { end }) };
}

/** The order that a case is about, or to which what it is about belongs. */
export function orderOf({ subject, subjectId, details }: OpenCase): OrderId | undefined {
  const id = subject === 'payment' ? subjectId : details['orderId'];
  return typeof id === 'string' ? (id as OrderId) : undefined;
}
