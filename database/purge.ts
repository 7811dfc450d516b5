/**
 * Takes away what has been kept for long enough (domain/retention.ts), a portion at a time: a portion is one statement, so
 * its locks last for milliseconds, and rows that somebody else has locked are left for the next night.
 */
import type { RetentionKind } from '../domain/retention.ts';
import { withRetry, type Database } from './connection.ts';
import { isTold } from './messages.ts';
import { refundsUnderWay, unfinished } from './payments/states.ts';

const longAgo = `now() - $1 * interval '1 day'`;
const portion = 'limit $2 for update skip locked';

/**
 * Whether the order of that id has a case that is open, by itself, by the renewal that it pays or by a refund of it, or a refund
 * that is under way.
 */
const orderHasCase = (id: string): string => `(
  exists (select from cases k where k.closed_at is null and k.subject = 'payment' and k.subject_id = ${id})
  or exists (select from refunds f where f.order_id = ${id} and (f.state in (${refundsUnderWay}) or exists (
    select from cases k where k.closed_at is null and k.subject = 'refund' and k.subject_id = f.reference)))
  or exists (select from renewals r join cases k on k.closed_at is null and k.subject = 'renewal' and k.subject_id = r.id
    where r.order_id = ${id}))`;

interface Purge {
  /** The tables from which it takes. */
  readonly tables: readonly string[];
  /** Which rows are old: at most $2 of those that are older than $1 days. */
  readonly old: string;
  /** What is done with `old`, as steps of one statement. */
  readonly steps: readonly string[];
}

const purges: Readonly<Record<RetentionKind, Purge>> = {
  cards: {
    tables: ['outbox'],
    old: `select id from outbox
          where payload #>> '{content,kind}' in ('contacts', 'location', 'form')
            and (payload -> 'content') - 'kind' <> '{}' and delivered_at < ${longAgo}
          order by delivered_at ${portion}`,
    steps: [
      `update outbox o set payload = jsonb_set(payload, '{content}', jsonb_build_object('kind', payload #> '{content,kind}'))
       from old where o.id = old.id`,
    ],
  },
  news: {
    tables: ['outbox'],
    // By the index on received_at; nothing is delivered before it was received.
    old: `select id from outbox o
          where received_at < ${longAgo} and (delivered_at < ${longAgo} or set_aside_at < ${longAgo} and not exists (
            select from cases k where k.kind = 'refusedLane' and k.fact = o.key and k.closed_at is null))
          order by received_at ${portion}`,
    steps: ['delete from outbox o using old where o.id = old.id'],
  },
  messages: {
    tables: ['messages'],
    old: `select id, about from messages m
          where begun_at < ${longAgo} and (about = 'conversation' or wamid not like 'sha256:%') and ${isTold}
            and not exists (select from cases k
              where k.closed_at is null and k.subject = m.about and k.subject_id = m.about_id)
          order by begun_at ${portion}`,
    steps: [
      `delete from messages m using old where m.id = old.id and old.about = 'conversation'`,
      `update messages m set wamid = 'sha256:' || digest_of(wamid) from old
       where m.id = old.id and old.about <> 'conversation'`,
    ],
  },
  'look-ups': {
    tables: ['look_ups'],
    old: `select citizen_id, kind, number from look_ups where asked_at < ${longAgo} order by asked_at ${portion}`,
    steps: [
      `delete from look_ups l using old
       where l.citizen_id = old.citizen_id and l.kind = old.kind and l.number = old.number`,
    ],
  },
  notices: {
    tables: ['notices'],
    old: `select id from notices where received_at < ${longAgo} order by received_at ${portion}`,
    steps: ['delete from notices n using old where n.id = old.id'],
  },
  'set-aside': {
    tables: ['set_aside'],
    old: `select id from set_aside where received_at < ${longAgo} order by received_at ${portion}`,
    steps: ['delete from set_aside s using old where s.id = old.id'],
  },
  uploads: {
    tables: ['uploads'],
    old: `select phone_number_id, fingerprint from uploads where uploaded_at < ${longAgo} order by uploaded_at ${portion}`,
    steps: [
      `delete from uploads u using old
       where u.phone_number_id = old.phone_number_id and u.fingerprint = old.fingerprint`,
    ],
  },
  'gateway-words': {
    tables: ['evidence'],
    old: `select id from evidence e
          where raw is not null and received_at < ${longAgo}
            and not exists (select from cases k
              where k.closed_at is null and k.subject = 'evidence' and k.subject_id = e.id::text)
            and not exists (select from cases k where k.closed_at is null and k.details ->> 'evidence' = e.id::text)
            and not exists (select from attempts a where a.reference = e.reference
              and (a.state in (${unfinished}) or ${orderHasCase('a.order_id')}))
          order by received_at ${portion}`,
    steps: ['update evidence e set raw = null, request = null from old where e.id = old.id'],
  },
  'former-ids': {
    tables: ['citizen_ids'],
    // Whoever had a business-scoped id has one for ever: it tells them from the next holder of their number.
    old: `select citizen_id, kind, value, since from citizen_ids i
          where until is not null and until < ${longAgo} and (kind = 'phone' or exists (
            select from citizen_ids c where c.citizen_id = i.citizen_id and c.kind = i.kind and c.until is null))
          order by until ${portion}`,
    steps: [
      `delete from citizen_ids i using old
       where i.citizen_id = old.citizen_id and i.kind = old.kind and i.value = old.value and i.since = old.since`,
    ],
  },
  citizens: {
    tables: ['citizens', 'citizen_ids', 'consents', 'look_ups'],
    old: `select id from citizens c
          where forgotten_at is null and coalesce(last_inbound_at, created_at) < ${longAgo}
            and not exists (select from outbox o where o.entity = 'conversation' and o.subject = c.id
              and o.delivered_at is null and o.set_aside_at is null)
            and not exists (select from cases k where k.closed_at is null and k.subject = 'conversation' and k.subject_id = c.id)
            and not exists (select from cases k
              where k.closed_at is null and k.subject = 'lane' and k.subject_id = 'conversation ' || c.id)
            and not exists (select from orders o where o.citizen_id = c.id and (${orderHasCase('o.id')} or exists (
              select from attempts a where a.order_id = o.id and a.state in (${unfinished}))))
            and not exists (select from renewals r where r.citizen_id = c.id and (
              r.state in ('awaitingApproval', 'awaitingPayment') or r.valid_until >= (now() at time zone 'Asia/Kolkata')::date
              or exists (select from cases k where k.closed_at is null and k.subject = 'renewal' and k.subject_id = r.id)))
          order by coalesce(last_inbound_at, created_at) ${portion}`,
    steps: [
      'delete from citizen_ids i using old where i.citizen_id = old.id',
      'delete from consents s using old where s.citizen_id = old.id',
      'delete from look_ups l using old where l.citizen_id = old.id',
      `update citizens c set forgotten_at = now(), username = null, profile_name = null, language = null, opted_out_at = null
       from old where c.id = old.id`,
    ],
  },
};

/** The tables from which some purge takes; the tests ask of every other one why it does not. */
export const purgedTables: readonly string[] = Object.values(purges).flatMap(({ tables }) => tables);

/** The statement of one kind; exported so that the tests can explain it. */
export function purgeStatement(kind: RetentionKind): string {
  const { old, steps } = purges[kind];
  const named = steps.map((step, place) => `step_${place} as (${step})`);
  return `with old as materialized (${old}), ${named.join(', ')} select count(*)::int as rows from old`;
}

/**
 * Takes away one portion of what is older than so many days. Safe to repeat.
 * @returns how many rows it was; fewer than `rows` when nothing is left
 */
export async function purgePortion(
  db: Database,
  kind: RetentionKind,
  { days, rows: most }: { readonly days: number; readonly rows: number },
): Promise<number> {
  // Without a name: a plan for any number of days would take the old rows for many, and scan whole tables.
  const { rows } = await withRetry(() =>
    db.query<{ rows: number }>({ text: purgeStatement(kind), values: [days, most] }),
  );
  return rows[0]?.rows ?? 0;
}
