/** What we send: one row a message, written before the call to WhatsApp. */
import type { CitizenId } from '../domain/citizen.ts';
import { toJsonb, withRetry, type Database } from './connection.ts';

/** `<run id>-<turn>`: the same for every try of the same message. */
export type MessageId = string & { readonly brand: 'MessageId' };

export interface NewMessage {
  readonly id: MessageId;
  readonly citizenId: CitizenId;
  readonly textKey: string;
  readonly kind: string;
}

/** As often WhatsApp is given one message that it takes and then cannot deliver. */
const mostSends = 3;

/** Of the message `m`: nothing more is to be done for it, as far as we know. */
export const isTold = `(m.state = 'abandoned'
  or (m.wamid is not null and (m.state <> 'failed' or m.attempts >= ${mostSends})))`;

/** What is known of a message and of its reader at the moment we want to send. */
export interface Begun {
  /** True when this try may call WhatsApp; then nobody else may until the end is recorded. */
  readonly claimed: boolean;
  /** WhatsApp has it already, under this id. */
  readonly wamid: string | null;
  /** A call of an earlier try is without a recorded end; it began this many milliseconds ago. */
  readonly inFlightMs: number | null;
  readonly phone: string | null;
  readonly bsuid: string | null;
  /** Since the citizen last wrote; null when never. */
  readonly sinceInboundMs: number | null;
  readonly optedOut: boolean;
}

/**
 * Claims a message for one call to WhatsApp, in one round trip.
 * A message whose earlier call has no recorded end is claimed again only after `unknownWaitMs`: until then a status may
 * still prove that it went. One that WhatsApp took and could not deliver may be claimed twice more.
 */
export async function beginMessage(db: Database, message: NewMessage, unknownWaitMs: number): Promise<Begun> {
  const { rows } = await db.query<{
    claimed: boolean;
    wamid: string | null;
    in_flight_ms: number | null;
    phone: string | null;
    bsuid: string | null;
    since_inbound_ms: number | null;
    opted_out: boolean;
  }>({
    name: 'begin-message',
    text: `with claimed as (
             insert into messages as m (id, citizen_id, text_key, kind, in_flight_since, attempts)
             values ($1, $2, $3, $4, now(), 1)
             on conflict (id) do update set in_flight_since = now(), attempts = m.attempts + 1, wamid = null,
                 state = 'begun'
               where (m.wamid is null or (m.state = 'failed' and m.attempts < ${mostSends}))
                 and (m.in_flight_since is null or m.in_flight_since < now() - $5 * interval '1 millisecond')
             returning id
           )
           select exists (select from claimed) as claimed, m.wamid,
                  (extract(epoch from now() - m.in_flight_since) * 1000)::float8 as in_flight_ms,
                  c.phone, c.bsuid,
                  (extract(epoch from now() - c.last_inbound_at) * 1000)::float8 as since_inbound_ms,
                  c.opted_out_at is not null as opted_out
           from citizens c left join messages m on m.id = $1 where c.id = $2`,
    values: [message.id, message.citizenId, message.textKey, message.kind, unknownWaitMs],
  });
  const row = rows[0];
  if (!row) throw new Error(`no citizen ${message.citizenId}`);
  return {
    claimed: row.claimed,
    wamid: row.wamid,
    inFlightMs: row.in_flight_ms,
    phone: row.phone,
    bsuid: row.bsuid,
    sinceInboundMs: row.since_inbound_ms,
    optedOut: row.opted_out,
  };
}

/** WhatsApp took the message. */
export async function messageAccepted(db: Database, id: MessageId, wamid: string): Promise<void> {
  await db.query({
    name: 'message-accepted',
    text: `update messages set wamid = $2, in_flight_since = null, error_code = null,
             state = greatest(state, 'accepted'), accepted_at = coalesce(accepted_at, now())
           where id = $1`,
    values: [id, wamid],
  });
}

/** The message certainly did not go out; it may be tried again at once. */
export async function messageNotSent(db: Database, id: MessageId, errorCode?: number): Promise<void> {
  await db.query({
    name: 'message-not-sent',
    text: 'update messages set in_flight_since = null, error_code = $2 where id = $1 and wamid is null',
    values: [id, errorCode ?? null],
  });
}

/** The message will not be tried again. A status that comes later still counts. */
export async function messageAbandoned(db: Database, id: MessageId, errorCode?: number): Promise<void> {
  await db.query({
    name: 'message-abandoned',
    text: `update messages set in_flight_since = null, state = greatest(state, 'abandoned'),
             error_code = coalesce($2, error_code)
           where id = $1 and wamid is null`,
    values: [id, errorCode ?? null],
  });
}

export interface StatusUpdate {
  readonly wamid: string;
  /** Our own id, when WhatsApp repeats it. */
  readonly opaqueId?: string;
  readonly status: 'sent' | 'delivered' | 'read' | 'played' | 'failed';
  /** Seconds since 1970. */
  readonly at: number;
  readonly errorCode?: number;
  readonly pricing?: { readonly category: string; readonly type: string };
}

/**
 * Applies a whole webhook of statuses in one statement. A message only moves forward, in whatever order they come; and
 * a status with our own id proves that a send went out whose answer was lost.
 * @returns how many messages were known
 */
export async function applyStatuses(db: Database, updates: readonly StatusUpdate[]): Promise<number> {
  if (updates.length === 0) return 0;
  const { rowCount } = await withRetry(() =>
    db.query({
      name: 'apply-statuses',
      text: `with told as (
               select s ->> 'wamid' as wamid, s ->> 'opaqueId' as opaque_id, (s ->> 'status')::message_state as state,
                      to_timestamp((s ->> 'at')::float8) as at, (s ->> 'errorCode')::integer as error_code,
                      s -> 'pricing' ->> 'category' as category, s -> 'pricing' ->> 'type' as type
               from jsonb_array_elements($1::jsonb) s
             ), known as (
               select m.id, t.* from told t join messages m on m.wamid = t.wamid
               union
               select m.id, t.* from told t join messages m on m.id = t.opaque_id and m.wamid is null
             ), best as (
               select id, max(wamid) as wamid, max(state) as state, max(error_code) as error_code,
                      max(category) as category, max(type) as type,
                      min(at) filter (where state = 'sent') as sent_at,
                      min(at) filter (where state = 'delivered') as delivered_at,
                      min(at) filter (where state in ('read', 'played')) as read_at,
                      min(at) filter (where state = 'failed') as failed_at
               from known group by id
             ), locked as (
               -- In the order of the ids, so that two webhooks cannot wait for each other.
               select m.id from messages m join best using (id) order by m.id for update of m
             )
             update messages m set
               wamid = coalesce(m.wamid, best.wamid), in_flight_since = null,
               state = greatest(m.state, best.state),
               error_code = coalesce(best.error_code, m.error_code),
               pricing_category = coalesce(best.category, m.pricing_category),
               pricing_type = coalesce(best.type, m.pricing_type),
               accepted_at = coalesce(m.accepted_at, now()),
               sent_at = coalesce(m.sent_at, best.sent_at),
               delivered_at = coalesce(m.delivered_at, best.delivered_at),
               read_at = coalesce(m.read_at, best.read_at),
               failed_at = coalesce(m.failed_at, best.failed_at)
             from best join locked using (id) where m.id = best.id`,
      values: [toJsonb(updates)],
    }),
  );
  return rowCount ?? 0;
}

/** Lets every message about one thing that was given up be sent again, because a person asks for it. */
export async function releaseMessages(
  db: Database,
  { about, aboutId }: { readonly about: string; readonly aboutId: string },
): Promise<void> {
  await db.query({
    name: 'release-messages',
    text: `update messages set state = 'begun', error_code = null
           where about = $1 and about_id = $2 and state = 'abandoned'`,
    values: [about, aboutId],
  });
}
