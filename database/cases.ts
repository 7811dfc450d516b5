/** Cases: what needs a person, opened in the transaction of the fact that needs one, closed by an act or by a later fact. */
import type pg from 'pg';
import {
  caseKinds,
  type CaseId,
  type CaseKindName,
  type CaseSubject,
  type NewCase,
  type OpenCase,
} from '../domain/people/case.ts';
import { toJsonb, type Database } from './connection.ts';

/**
 * Opens a case, unless the same fact has opened one before, open or closed by now.
 * @returns its id, or undefined when there was one
 */
export async function openCase(on: pg.PoolClient | Database, wanted: NewCase): Promise<CaseId | undefined> {
  const { kind, fact, subject, subjectId, reason, amount, details = {} } = wanted;
  const { rows } = await on.query<{ id: CaseId }>({
    name: 'open-case',
    text: `insert into cases (kind, fact, subject, subject_id, reason, amount, details, due_at)
           values ($1, $2, $3, $4, $5, $6, $7, now() + $8 * interval '1 hour')
           on conflict (kind, fact) do nothing returning id`,
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
    text: `update cases set closed_at = now(), decision = 'settled', why = $3
           where kind = $1 and fact = $2 and closed_at is null`,
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
    text: `update cases set closed_at = now(), decision = 'settled', why = $4
           where kind = any ($1::text[]) and subject = $2 and subject_id = $3 and closed_at is null`,
    values: [kinds, about.subject, about.subjectId, because],
  });
}

interface CaseRow extends Omit<OpenCase, 'amount' | 'openedAt' | 'dueAt'> {
  readonly amount: number | null;
  readonly openedAt: number;
  readonly dueAt: number;
}

const columns = `id, kind, subject, subject_id as "subjectId", reason, amount::float8 as amount, details,
  (extract(epoch from opened_at) * 1000)::float8 as "openedAt", (extract(epoch from due_at) * 1000)::float8 as "dueAt"`;

/** The open case `v` as JSON, for statements that read it beside other things. */
export const caseJson = `jsonb_strip_nulls(jsonb_build_object('id', v.id, 'kind', v.kind, 'subject', v.subject,
  'subjectId', v.subject_id, 'reason', v.reason, 'amount', v.amount, 'details', v.details,
  'openedAt', (extract(epoch from v.opened_at) * 1000)::bigint, 'dueAt', (extract(epoch from v.due_at) * 1000)::bigint))`;

/** What waits for a person, the first to be due first. */
export async function openCases(db: Database, limit = 500): Promise<OpenCase[]> {
  const { rows } = await db.query<CaseRow>({
    name: 'open-cases',
    text: `select ${columns} from cases where closed_at is null order by due_at, id limit $1`,
    values: [limit],
  });
  return rows.map(caseOf);
}

/** One open case, locked until the end of the transaction; undefined when there is none, or it is closed. */
export async function lockCase(client: pg.PoolClient, id: string): Promise<OpenCase | undefined> {
  const { rows } = await client.query<CaseRow>({
    name: 'lock-case',
    text: `select ${columns} from cases where id = $1 and closed_at is null for update`,
    values: [id],
  });
  return rows[0] && caseOf(rows[0]);
}

/** Closes a case by the act of a person. */
export async function closeCase(
  client: pg.PoolClient,
  id: CaseId,
  { who, decision, why }: { readonly who: string; readonly decision: string; readonly why: string },
): Promise<void> {
  await client.query({
    name: 'close-case',
    text: 'update cases set closed_at = now(), closed_by = $2, decision = $3, why = $4 where id = $1',
    values: [id, who, decision, why],
  });
}

/** How many cases of each kind are open. */
export async function countCases(db: Database): Promise<{ kind: CaseKindName; open: number }[]> {
  const { rows } = await db.query<{ kind: CaseKindName; open: number }>({
    name: 'count-cases',
    text: 'select kind, count(*)::int as open from cases where closed_at is null group by kind',
  });
  return rows;
}

function caseOf({ amount, ...row }: CaseRow): OpenCase {
  return { ...row, ...(amount !== null && { amount }) };
}
