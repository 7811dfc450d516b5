/** What we send: one row a message, written before the call to WhatsApp. */
import type pg from 'pg';
import type { CitizenId } from '../domain/citizen.ts';
import {
  untoldReasons,
  type MessageAbout,
  type MessageRemedy,
  type UntoldReason,
} from '../domain/outbound.ts';
import type { CaseSubject } from '../domain/people/case.ts';
import { openCase, settleCase } from './cases.ts';
import { inTransaction, toJsonb, type Database } from './connection.ts';

/** `<run id>-<turn>`: the same for every try of the same message. */
export type MessageId = string & { readonly brand: 'MessageId' };

export interface NewMessage {
  readonly id: MessageId;
  readonly about: MessageAbout;
  readonly citizenId: CitizenId;
  readonly textKey: string;
  readonly kind: string;
}

/** As often WhatsApp is given one message that it takes and then cannot deliver. */
const mostFailures = 3;

/** Of the message `m`: nothing more is to be done for it, as far as we know. */
export const isTold = `(m.given_up_at is not null or (m.wamid is not null and m.state <> 'failed'))`;

/** What is known of a message and of its reader at the moment we want to send. */
export interface Begun {
  /** True when this try may call WhatsApp; then nobody else may until the end is recorded. */
  readonly claimed: boolean;
  readonly givenUp: boolean;
  /** WhatsApp has it already, under this id. */
  readonly wamid: string | null;
  /** A call of an earlier try is without a recorded end; it began this many milliseconds ago. */
  readonly inFlightMs: number | null;
  /** Why WhatsApp refused it last, while nothing has been done about that. */
  readonly errorCode: number | null;
  readonly remedies: readonly MessageRemedy[];
  /** The upload in place of one that WhatsApp could not use. */
  readonly mediaId: string | null;
  readonly phone: string | null;
  readonly bsuid: string | null;
  /** Since the citizen last wrote, by WhatsApp's clock; null when never. */
  readonly sinceInboundMs: number | null;
  readonly optedOut: boolean;
}

/**
 * Claims a message for one call to WhatsApp, in one round trip.
 * A message whose earlier call has no recorded end is claimed again only after `unknownWaitMs`: until then a status may
 * still prove that it went. So is one that WhatsApp took and could not deliver, until it is given up.
 */
export async function beginMessage(db: Database, message: NewMessage, unknownWaitMs: number): Promise<Begun> {
  const { id, about, citizenId, textKey, kind } = message;
  const { rows } = await db.query<Begun>({
    name: 'begin-message',
    text: `with claimed as (
             insert into messages as m (id, citizen_id, about, about_id, text_key, kind, in_flight_since, attempts)
             values ($1, $2, $3, $4, $5, $6, now(), 1)
             on conflict (id) do update set in_flight_since = now(), attempts = m.attempts + 1, wamid = null,
                 state = 'begun'
               where m.given_up_at is null and (m.wamid is null or m.state = 'failed')
                 and (m.in_flight_since is null or m.in_flight_since < now() - $7 * interval '1 millisecond')
             returning id
           )
           select exists (select from claimed) as claimed, m.given_up_at is not null as "givenUp", m.wamid,
                  (extract(epoch from now() - m.in_flight_since) * 1000)::float8 as "inFlightMs",
                  m.error_code as "errorCode", coalesce(m.remedies, '{}') as remedies, m.media_id as "mediaId",
                  phone.value as phone, bsuid.value as bsuid,
                  (extract(epoch from now() - c.last_inbound_at) * 1000)::float8 as "sinceInboundMs",
                  c.opted_out_at is not null as "optedOut"
           from citizens c left join messages m on m.id = $1
             left join citizen_ids phone on phone.citizen_id = c.id and phone.kind = 'phone' and phone.until is null
             left join citizen_ids bsuid on bsuid.citizen_id = c.id and bsuid.kind = 'bsuid' and bsuid.until is null
           where c.id = $2`,
    values: [id, citizenId, about.entity, about.id, textKey, kind, unknownWaitMs],
  });
  const row = rows[0];
  if (!row) throw new Error(`no citizen ${citizenId}`);
  return row;
}

/** Where a citizen is reached now. */
export async function readAddress(
  db: Database,
  citizenId: CitizenId,
): Promise<Pick<Begun, 'phone' | 'bsuid'>> {
  const { rows } = await db.query<{ kind: 'phone' | 'bsuid'; value: string }>({
    name: 'read-address',
    text: `select kind, value from citizen_ids where citizen_id = $1 and kind in ('phone', 'bsuid') and until is null`,
    values: [citizenId],
  });
  const valueOf = (kind: 'phone' | 'bsuid'): string | null =>
    rows.find((row) => row.kind === kind)?.value ?? null;
  return { phone: valueOf('phone'), bsuid: valueOf('bsuid') };
}

/** Writes down what is being done about the last refusal: it is done once. */
export async function noteRemedy(
  db: Database,
  id: MessageId,
  remedy: MessageRemedy,
  mediaId?: string,
): Promise<void> {
  await db.query({
    name: 'note-remedy',
    text: `with noted as (
             update messages set remedies = array_append(remedies, $2), error_code = null,
               media_id = coalesce($3, media_id)
             where id = $1 returning citizen_id
           )
           update citizens c set phone_asked_at = now() from noted where c.id = noted.citizen_id and $2 = 'phone'`,
    values: [id, remedy, mediaId ?? null],
  });
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

/** What a person is told of a message that does not go. */
export interface Untold {
  readonly reason: UntoldReason;
  readonly errorCode?: number;
  /** For operators, in plain words; never a number or a name. */
  readonly meaning?: string;
}

/**
 * Ends the tries of a message and opens the case that says so, in one transaction; the message's id is the fact. A status
 * that comes later still counts, and settles the case.
 */
export async function giveUpMessage(db: Database, id: MessageId, untold: Untold): Promise<void> {
  await inTransaction(db, (client) => giveUp(client, id, untold));
}

async function giveUp(client: pg.PoolClient, id: MessageId, untold: Untold): Promise<void> {
  await client.query({
    name: 'give-up-message',
    text: `update messages set in_flight_since = null, given_up_at = coalesce(given_up_at, now()),
             state = greatest(state, 'abandoned'), error_code = coalesce($2, error_code)
           where id = $1`,
    values: [id, untold.errorCode ?? null],
  });
  await openUntoldCase(client, id, id, untold);
}

/** Ends a message that nobody misses. */
export async function leaveMessage(db: Database, id: MessageId): Promise<void> {
  await db.query({
    name: 'leave-message',
    text: `update messages set in_flight_since = null, given_up_at = coalesce(given_up_at, now()),
             state = greatest(state, 'abandoned')
           where id = $1`,
    values: [id],
  });
}

/** Shows a person what a message could not say, while it may still be tried. @param fact names the case */
export async function openUntoldCase(
  on: pg.PoolClient | Database,
  id: MessageId,
  fact: string,
  { reason, errorCode, meaning }: Untold,
): Promise<void> {
  const { rows } = await on.query<{ subject: CaseSubject; subject_id: string; text_key: string }>({
    name: 'message-subject',
    text: 'select about as subject, about_id as subject_id, text_key from messages where id = $1',
    values: [id],
  });
  const [message] = rows;
  if (!message) return;
  await openCase(on, {
    kind: 'untold',
    fact,
    subject: message.subject,
    subjectId: message.subject_id,
    reason,
    details: { text: message.text_key, errorCode, meaning: meaning ?? untoldReasons[reason] },
  });
}

/** The citizen has told WhatsApp, and not us, that they want no messages unasked. */
export async function noteOptOut(on: pg.PoolClient | Database, id: MessageId): Promise<void> {
  await on.query({
    name: 'note-opt-out',
    text: `update citizens c set opted_out_at = coalesce(opted_out_at, now())
           from messages m where m.id = $1 and c.id = m.citizen_id`,
    values: [id],
  });
}

export interface StatusUpdate {
  readonly wamid: string;
  /** Our own id, when WhatsApp repeats it. */
  readonly opaqueId?: string;
  readonly status: 'sent' | 'delivered' | 'read' | 'played' | 'failed';
  /** Seconds since 1970. */
  readonly at: number;
  /** Of `failed`; `again`: another try, or another form of the message, may well arrive. */
  readonly failure?: {
    readonly code?: number;
    readonly meaning: string;
    readonly again: boolean;
    readonly optedOut: boolean;
  };
  readonly pricing?: { readonly category: string; readonly type: string };
}

interface Applied {
  readonly id: MessageId;
  readonly wamid: string;
  readonly was: string;
  readonly state: string;
  readonly failures: number;
  readonly given_up: boolean;
  readonly error_code: number | null;
  readonly again: boolean | null;
  readonly opted_out: boolean | null;
  readonly meaning: string | null;
}

/**
 * Applies a whole webhook of statuses in one transaction. A message only moves forward, in whatever order they come; and
 * a status with our own id proves that a send went out whose answer was lost. What failed for good becomes a case, and
 * what arrived after all settles it.
 * @returns the wamids of what failed and is to be tried again
 */
export async function applyStatuses(db: Database, updates: readonly StatusUpdate[]): Promise<string[]> {
  if (updates.length === 0) return [];
  return inTransaction(db, async (client) => {
    const again: string[] = [];
    for (const message of await moveForward(client, updates)) {
      const { id, wamid, state, failures, given_up: givenUp, error_code: errorCode, meaning } = message;
      if (state === 'failed' && !givenUp) {
        if (message.again === true && failures < mostFailures) again.push(wamid);
        else {
          if (message.opted_out === true) await noteOptOut(client, id);
          await giveUp(client, id, {
            reason: 'undelivered',
            ...(errorCode !== null && { errorCode }),
            ...(meaning !== null && { meaning }),
          });
        }
      }
      const arrived = state === 'delivered' || state === 'read' || state === 'played';
      if (arrived && state !== message.was) await settleCase(client, 'untold', id, 'it has arrived');
    }
    return again;
  });
}

/** @returns what was known of the messages before and afterwards */
async function moveForward(client: pg.PoolClient, updates: readonly StatusUpdate[]): Promise<Applied[]> {
  const { rows } = await client.query<Applied>({
    name: 'apply-statuses',
    text: `with told as (
             select s ->> 'wamid' as wamid, s ->> 'opaqueId' as opaque_id, (s ->> 'status')::message_state as state,
                    to_timestamp((s ->> 'at')::float8) as at, (s -> 'failure' ->> 'code')::integer as error_code,
                    (s -> 'failure' ->> 'again')::boolean as again,
                    (s -> 'failure' ->> 'optedOut')::boolean as opted_out, s -> 'failure' ->> 'meaning' as meaning,
                    s -> 'pricing' ->> 'category' as category, s -> 'pricing' ->> 'type' as type
             from jsonb_array_elements($1::jsonb) s
           ), known as (
             select m.id, t.* from told t join messages m on m.wamid = t.wamid
             union
             -- That an earlier send failed, told once more, says nothing about the one under way.
             select m.id, t.* from told t join messages m on m.id = t.opaque_id and m.wamid is null
               and (t.state <> 'failed' or m.failures = 0)
           ), best as (
             select id, max(wamid) as wamid, max(state) as state, max(error_code) as error_code,
                    bool_or(again) as again, bool_or(opted_out) as opted_out, max(meaning) as meaning,
                    max(category) as category, max(type) as type,
                    min(at) filter (where state = 'sent') as sent_at,
                    min(at) filter (where state = 'delivered') as delivered_at,
                    min(at) filter (where state in ('read', 'played')) as read_at,
                    min(at) filter (where state = 'failed') as failed_at
             from known group by id
           ), locked as (
             -- In the order of the ids, so that two webhooks cannot wait for each other.
             select m.id, m.state as was from messages m join best using (id) order by m.id for update of m
           )
           update messages m set
             wamid = coalesce(m.wamid, best.wamid), in_flight_since = null,
             state = greatest(m.state, best.state),
             failures = m.failures + (locked.was < 'failed' and best.state = 'failed')::int,
             error_code = coalesce(best.error_code, m.error_code),
             pricing_category = coalesce(best.category, m.pricing_category),
             pricing_type = coalesce(best.type, m.pricing_type),
             accepted_at = coalesce(m.accepted_at, now()),
             sent_at = coalesce(m.sent_at, best.sent_at),
             delivered_at = coalesce(m.delivered_at, best.delivered_at),
             read_at = coalesce(m.read_at, best.read_at),
             failed_at = coalesce(m.failed_at, best.failed_at)
           from best join locked using (id) where m.id = best.id
           returning m.id, m.wamid, locked.was, m.state, m.failures, m.given_up_at is not null as given_up,
             m.error_code, best.again, best.opted_out, best.meaning`,
    values: [toJsonb(updates)],
  });
  return rows;
}

/** Lets the messages about one thing that were given up be sent again, because a person asks for it. */
export async function releaseMessages(
  on: pg.PoolClient | Database,
  { about, aboutId }: { readonly about: string; readonly aboutId: string },
): Promise<void> {
  await on.query({
    name: 'release-messages',
    text: `update messages set given_up_at = null, failures = 0, remedies = '{}', error_code = null,
             wamid = null, state = 'begun'
           where about = $1 and about_id = $2 and given_up_at is not null and state < 'delivered'`,
    values: [about, aboutId],
  });
}
