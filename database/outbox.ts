/** The outbox: what must reach a workflow, written where it came true, delivered once and in order. */
import type pg from 'pg';
import type { CitizenId } from '../domain/citizen.ts';
import type { EntityKey, EntityName, EntityNews, Lane } from '../domain/entities.ts';
import type { IdentityChange, InboundMessage, Sender } from '../domain/conversation/inbound.ts';
import type { Language } from '../domain/language.ts';
import { openCase, settleCase } from './cases.ts';
import { inTransaction, toJsonb, withRetry, type Database } from './connection.ts';
import { currentTrace } from './trace.ts';

export interface AcceptedMessage {
  readonly sender: Sender;
  /** On a card that says of itself that it answers our request for the sender's number. */
  readonly shownPhone?: string;
  readonly message: InboundMessage;
}

/** One piece of news; the same key is told once, however often it is written. */
export interface Word<E extends EntityName> {
  readonly key: string;
  readonly news: EntityNews<E>;
}

/** Leaves word for one thing that lives on, in the transaction of what there is to tell. */
export async function tell<E extends EntityName>(
  client: pg.PoolClient,
  entity: E,
  subject: EntityKey<E>,
  { key, news }: Word<E>,
): Promise<void> {
  await client.query({
    name: 'tell',
    text: `insert into outbox (key, entity, subject, payload, trace) values ($1, $2, $3, $4, $5)
           on conflict (key) do nothing`,
    values: [key, entity, subject, toJsonb(news), currentTrace()],
  });
}

/**
 * Writes a whole webhook in one statement and resolves its citizens, messages and changes of identity in the order in
 * which they happened; repetitions add nothing.
 * @returns the ids of the messages that were new
 */
export async function acceptMessages(
  db: Database,
  batch: readonly AcceptedMessage[],
  changes: readonly IdentityChange[] = [],
): Promise<string[]> {
  if (batch.length === 0 && changes.length === 0) return [];
  const trace = currentTrace();
  const json = toJsonb([
    ...batch.map(({ sender, message, shownPhone }) => ({
      key: `m:${message.wamid}`,
      at: message.sentAt,
      ...sender,
      ...(shownPhone !== undefined && { shownPhone }),
      payload: message,
      trace,
    })),
    ...changes.map(({ wamid, sentAt, previous, current }) => ({
      at: sentAt,
      change: { wamid, previousBsuid: previous.bsuid, previousPhone: previous.phone, ...current },
    })),
  ]);
  const { rows } = await withRetry(() =>
    db.query<{ wamid: string }>({
      name: 'accept-messages',
      text: 'select wamid from accept_messages($1::jsonb)',
      values: [json],
    }),
  );
  return rows.map(({ wamid }) => wamid);
}

/** Writes down which messages WhatsApp could not deliver, for whatever they are about. */
export async function acceptFailures(db: Database, wamids: readonly string[]): Promise<void> {
  if (wamids.length === 0) return;
  await db.query({
    name: 'accept-failures',
    text: `insert into outbox (key, entity, subject, payload, trace)
           select 's:' || m.wamid || ':failed', m.about, m.about_id,
             case
               when m.about in ('payment', 'refund') then '{"check": false}'
               when m.about = 'conversation' then jsonb_build_object(
                 'wamid', m.wamid || ':failed', 'sentAt', extract(epoch from now())::bigint,
                 'content', jsonb_build_object('kind', 'undelivered', 'messageId', m.id))
               else '{}' end, $2
           from messages m where m.wamid = any($1::text[])
           on conflict (key) do nothing`,
    values: [wamids, currentTrace()],
  });
}

const isWaiting = 'delivered_at is null and set_aside_at is null';

/** Lanes with something that waits since before `olderThanMs` and that do not rest, the longest waiting first. */
export async function waitingLanes(db: Database, olderThanMs: number, limit: number): Promise<Lane[]> {
  const { rows } = await db.query<Lane>({
    name: 'waiting-lanes',
    text: `select entity, subject from outbox where ${isWaiting} group by entity, subject
           having min(received_at) < now() - $1 * interval '1 millisecond'
             and coalesce(max(rests_until), '-infinity') <= now()
           order by min(id) limit $2`,
    values: [olderThanMs, limit],
  });
  return rows;
}

/** What has not reached its workflow. */
export interface Backlog {
  readonly rows: number;
  /** Of the lanes that do not rest. */
  readonly oldestSeconds: number;
  /** Lanes whose first row Temporal refused and has not taken since. */
  readonly restingLanes: number;
}

export async function readBacklog(db: Database): Promise<Backlog> {
  const { rows } = await db.query<Backlog>({
    name: 'outbox-backlog',
    text: `select coalesce(sum(lane.rows), 0)::int as rows,
             coalesce(extract(epoch from now() - min(lane.oldest) filter (where not lane.rests)), 0)::float8
               as "oldestSeconds",
             (count(*) filter (where lane.rests))::int as "restingLanes"
           from (
             select count(*) as rows, min(received_at) as oldest, bool_or(refusals > 0) as rests
             from outbox where ${isWaiting} group by entity, subject
           ) lane`,
  });
  return rows[0] ?? { rows: 0, oldestSeconds: 0, restingLanes: 0 };
}

/** How much of a lane is handed over at once; a single row that is larger goes alone. */
export interface PortionLimits {
  readonly rows: number;
  readonly bytes: number;
}

/** A row that waits, as far as whoever refuses it has to be told of it. */
export interface WaitingRow {
  readonly id: bigint;
  readonly key: string;
  readonly bytes: number;
}

/** What became of a portion. `resting`: its first row was refused before, and its time has not come. `more`: the lane has more. */
export type PortionResult =
  | { readonly outcome: 'nothing' | 'resting' }
  | { readonly outcome: 'delivered'; readonly rows: number; readonly more: boolean }
  | { readonly outcome: 'refused'; readonly rows: readonly WaitingRow[]; readonly because: string };

/** What a portion is beside its news. */
export interface PortionFacts {
  readonly bytes: number;
  /** The traces that brought its rows, as W3C's `traceparent` has them. */
  readonly traces: readonly string[];
}

/** Why the workflow of a lane cannot be told this; undefined when it was told. */
export type Refusal = string | undefined;

/**
 * Hands the first rows of a lane over and marks them delivered when they were taken. The rows stay locked meanwhile, so
 * that two processes never deliver one lane at the same time and its order holds.
 * @param hand may be called again with the same news
 */
export async function deliverPortion<E extends EntityName>(
  db: Database,
  { entity, subject }: { readonly entity: E; readonly subject: EntityKey<E> },
  limits: PortionLimits,
  hand: (news: readonly EntityNews<E>[], facts: PortionFacts) => Promise<Refusal>,
): Promise<PortionResult> {
  return inTransaction(db, async (client): Promise<PortionResult> => {
    const { rows } = await client.query<
      WaitingRow & {
        payload: EntityNews<E>;
        trace: string | null;
        rests: boolean;
        refusals: number;
        standing: number;
      }
    >({
      name: 'lock-portion',
      text: `with lane as (
               select id, bytes from outbox where entity = $1 and subject = $2 and ${isWaiting}
               order by id limit $3 for update
             ), portion as (select id, sum(bytes) over (order by id) as so_far, bytes from lane)
             select o.id, o.key, o.bytes, o.payload, o.trace, o.refusals, coalesce(o.rests_until > now(), false) as rests,
               (select count(*)::int from lane) as standing
             from portion p join outbox o using (id) where p.so_far <= $4 or p.so_far = p.bytes order by o.id`,
      values: [entity, subject, limits.rows, limits.bytes],
    });
    const [first] = rows;
    if (!first) return { outcome: 'nothing' };
    if (first.rests) return { outcome: 'resting' };
    const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
    const because = await hand(
      rows.map(({ payload }) => payload),
      { bytes, traces: rows.flatMap(({ trace }) => trace ?? []) },
    );
    if (because !== undefined) {
      return { outcome: 'refused', rows: rows.map(({ id, key, bytes }) => ({ id, key, bytes })), because };
    }
    await client.query({
      name: 'mark-delivered',
      text: 'update outbox set delivered_at = now() where id = any($1::bigint[])',
      values: [rows.map(({ id }) => id)],
    });
    if (first.refusals > 0) await settleCase(client, 'refusedLane', first.key, 'it was taken later');
    const more = first.standing > rows.length || first.standing === limits.rows;
    return { outcome: 'delivered', rows: rows.length, more };
  });
}

/** Seconds for which a lane rests after the first refusal of its first row; twice as long after each further one. */
const firstRestSeconds = 10;
/**
 * As often a row is tried by itself: over some twenty minutes. After that it is set aside, and what came later in its lane
 * goes on: a citizen who writes again is answered.
 */
export const mostRefusals = 8;

/**
 * Notes that a row was refused although it was handed over alone: its lane rests, and a person is called.
 * @returns whether it was set aside, so that the lane goes on without it
 */
export async function noteRefusal(
  db: Database,
  { entity, subject }: Lane,
  { id, key, bytes }: WaitingRow,
  because: string,
): Promise<boolean> {
  return inTransaction(db, async (client) => {
    await openCase(client, {
      kind: 'refusedLane',
      fact: key,
      subject: 'lane',
      subjectId: `${entity} ${subject}`,
      reason: 'refused',
      details: { row: String(id), entity, subject, bytes, because },
    });
    const { rows } = await client.query<{ aside: boolean }>({
      name: 'note-refusal',
      text: `update outbox set refusals = refusals + 1,
               rests_until = now() + $2 * power(2, refusals) * interval '1 second',
               set_aside_at = case when refusals + 1 >= $3 then now() end,
               set_aside_because = case when refusals + 1 >= $3 then $4 end
             where id = $1 and ${isWaiting} returning set_aside_at is not null as aside`,
      values: [id, firstRestSeconds, mostRefusals, because],
    });
    return rows[0]?.aside ?? false;
  });
}

/** What a conversation needs to know of its citizen when it begins. */
export interface ConversationOpening {
  /** Null until the citizen chose one. */
  readonly language: Language | null;
  readonly optedOut: boolean;
}

export async function readOpening(db: Database, citizen: CitizenId): Promise<ConversationOpening> {
  const { rows } = await db.query<ConversationOpening>({
    name: 'lane-citizen',
    text: 'select language, opted_out_at is not null as "optedOut" from citizens where id = $1',
    values: [citizen],
  });
  return rows[0] ?? { language: null, optedOut: false };
}
