/** The inbox: what was accepted with 200 and must reach a workflow, once and in order. */
import type { CitizenId } from '../domain/citizen.ts';
import type { InboundMessage, Sender } from '../domain/inbound.ts';
import type { Language } from '../domain/language.ts';
import { toJsonb, withRetry, type Database } from './connection.ts';

export interface AcceptedMessage {
  readonly sender: Sender;
  readonly message: InboundMessage;
}

/** Rows of one lane that Temporal has not heard of yet, oldest first, and what a conversation needs to begin. */
export interface Undelivered {
  readonly rows: readonly { readonly id: bigint; readonly message: InboundMessage }[];
  /** Null until the citizen chose one. */
  readonly language: Language | null;
  readonly optedOut: boolean;
}

/**
 * Writes a whole webhook in one statement and resolves its citizens; repetitions add nothing.
 * @returns what was new, and whose lane it went to
 */
export async function acceptMessages(
  db: Database,
  batch: readonly AcceptedMessage[],
): Promise<{ readonly lane: CitizenId; readonly wamid: string }[]> {
  if (batch.length === 0) return [];
  const json = toJsonb(
    batch.map(({ sender, message }) => ({ key: `m:${message.wamid}`, ...sender, payload: message })),
  );
  const { rows } = await withRetry(() =>
    db.query<{ lane: CitizenId; wamid: string }>({
      name: 'accept-messages',
      text: 'select lane, wamid from accept_messages($1::jsonb)',
      values: [json],
    }),
  );
  return rows;
}

/**
 * Writes down, for the conversations that sent them, which messages WhatsApp could not deliver.
 * @returns the lanes that have something new
 */
export async function acceptFailures(db: Database, wamids: readonly string[]): Promise<CitizenId[]> {
  if (wamids.length === 0) return [];
  const { rows } = await db.query<{ lane: CitizenId }>({
    name: 'accept-failures',
    text: `insert into inbox (key, lane, payload)
           select 's:' || wamid || ':failed', citizen_id, jsonb_build_object(
             'wamid', wamid || ':failed', 'sentAt', extract(epoch from now())::bigint,
             'content', jsonb_build_object('kind', 'undelivered', 'messageId', id))
           from messages where wamid = any($1::text[])
           on conflict (key) do nothing returning lane`,
    values: [wamids],
  });
  return rows.map(({ lane }) => lane);
}

/** Lanes with something undelivered since before `olderThanMs`, the longest waiting first. */
export async function waitingLanes(db: Database, olderThanMs: number, limit: number): Promise<CitizenId[]> {
  const { rows } = await db.query<{ lane: CitizenId }>({
    name: 'waiting-lanes',
    text: `select lane from inbox
           where delivered_at is null and received_at < now() - $1 * interval '1 millisecond'
           group by lane order by min(id) limit $2`,
    values: [olderThanMs, limit],
  });
  return rows.map(({ lane }) => lane);
}

/** How many rows wait, and for how long the oldest one has, in seconds. */
export async function inboxBacklog(db: Database): Promise<{ rows: number; oldestSeconds: number }> {
  const { rows } = await db.query<{ rows: bigint; oldest: number | null }>({
    name: 'inbox-backlog',
    text: `select count(*) as rows, extract(epoch from now() - min(received_at))::float8 as oldest
           from inbox where delivered_at is null`,
  });
  return { rows: Number(rows[0]?.rows ?? 0), oldestSeconds: rows[0]?.oldest ?? 0 };
}

/**
 * Hands the undelivered rows of one lane to `hand` and marks them delivered when it succeeds. The rows stay locked
 * meanwhile, so that two processes never deliver one lane at the same time and its order holds.
 * @returns how many were delivered
 */
export async function deliverLane(
  db: Database,
  lane: CitizenId,
  hand: (undelivered: Undelivered) => Promise<void>,
  limit = 100,
): Promise<number> {
  const client = await db.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const { rows } = await client.query<{ id: bigint; payload: InboundMessage }>({
      name: 'lock-lane',
      text: `select id, payload from inbox
             where lane = $1 and delivered_at is null
             order by id limit $2 for update`,
      values: [lane, limit],
    });
    if (rows.length > 0) {
      const { rows: citizens } = await client.query<{ language: Language | null; opted_out: boolean }>({
        name: 'lane-citizen',
        text: 'select language, opted_out_at is not null as opted_out from citizens where id = $1',
        values: [lane],
      });
      await hand({
        rows: rows.map(({ id, payload }) => ({ id, message: payload })),
        language: citizens[0]?.language ?? null,
        optedOut: citizens[0]?.opted_out ?? false,
      });
      await client.query({
        name: 'mark-delivered',
        text: 'update inbox set delivered_at = now() where id = any($1::bigint[])',
        values: [rows.map(({ id }) => id)],
      });
    }
    await client.query('commit');
    return rows.length;
  } catch (error) {
    await client.query('rollback').catch((lost: unknown) => {
      broken = lost instanceof Error ? lost : new Error(String(lost));
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
