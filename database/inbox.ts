/** The inbox: what was accepted with 200 and must reach a workflow, once and in order. */
import type pg from 'pg';
import type { CitizenId } from '../domain/citizen.ts';
import type { IdentityChange, InboundMessage, Sender } from '../domain/inbound.ts';
import type { Language } from '../domain/language.ts';
import type { OrderId, ReviewId } from '../domain/payments/order.ts';
import type { RenewalId } from '../domain/renewal.ts';
import { inTransaction, toJsonb, withRetry, type Database } from './connection.ts';

export interface AcceptedMessage {
  readonly sender: Sender;
  readonly message: InboundMessage;
}

/** Which workflow a row is for: rows of one lane are delivered in order. */
export type Lane =
  | { readonly workflow: 'conversation'; readonly id: CitizenId }
  | { readonly workflow: 'payment'; readonly id: OrderId }
  | { readonly workflow: 'renewal'; readonly id: RenewalId }
  | { readonly workflow: 'unknownPayment'; readonly id: ReviewId };

/** What a payment is told: that Postgres knows something new of its order, and whether to ask the gateway. */
export interface PaymentNews {
  readonly check: boolean;
}

/** A row that Temporal has not heard of yet. */
interface Waiting<T> {
  readonly id: bigint;
  readonly payload: T;
}

/** What a conversation needs to begin, and what waits for it, oldest first. */
export interface ConversationMail {
  readonly messages: readonly InboundMessage[];
  /** Null until the citizen chose one. */
  readonly language: Language | null;
  readonly optedOut: boolean;
}

/**
 * Writes a whole webhook in one statement and resolves its citizens, messages and changes of identity in the order in
 * which they happened; repetitions add nothing.
 * @returns what was new, and whose lane it went to
 */
export async function acceptMessages(
  db: Database,
  batch: readonly AcceptedMessage[],
  changes: readonly IdentityChange[] = [],
): Promise<{ readonly lane: CitizenId; readonly wamid: string }[]> {
  if (batch.length === 0 && changes.length === 0) return [];
  const json = toJsonb([
    ...batch.map(({ sender, message }) => ({
      key: `m:${message.wamid}`,
      at: message.sentAt,
      ...sender,
      payload: message,
    })),
    ...changes.map(({ wamid, sentAt, previous, current }) => ({
      at: sentAt,
      change: { wamid, previousBsuid: previous.bsuid, previousPhone: previous.phone, ...current },
    })),
  ]);
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
 * Leaves word for the workflow of an order, in the transaction of what there is to tell.
 * @param key names the news; the same news is told once
 */
export async function tellPayment(
  client: pg.PoolClient,
  order: OrderId,
  key: string,
  news: PaymentNews,
): Promise<void> {
  await client.query({
    name: 'tell-payment',
    text: `insert into inbox (key, workflow, lane, payload) values ($1, 'payment', $2, $3)
           on conflict (key) do nothing`,
    values: [key, order, news],
  });
}

/** Leaves word that something about a renewal was written down, in the transaction of that. */
export async function tellRenewal(client: pg.PoolClient, renewal: RenewalId, key: string): Promise<void> {
  await client.query({
    name: 'tell-renewal',
    text: `insert into inbox (key, workflow, lane, payload) values ($1, 'renewal', $2, '{}')
           on conflict (key) do nothing`,
    values: [key, renewal],
  });
}

/** Leaves word that a gateway tells of a payment that nobody here asked for. */
export async function tellOfUnknownPayment(client: pg.PoolClient, review: ReviewId): Promise<void> {
  await client.query({
    name: 'tell-of-unknown-payment',
    text: `insert into inbox (key, workflow, lane, payload) values ('u:' || $1, 'unknownPayment', $1, '{}')
           on conflict (key) do nothing`,
    values: [review],
  });
}

/**
 * Writes down which messages WhatsApp could not deliver, for the workflows that sent them: what is said of a payment has
 * the order's id before its own name, what is said of a renewal that of the application, and everything else was said in a
 * conversation.
 * @returns the lanes that have something new
 */
export async function acceptFailures(db: Database, wamids: readonly string[]): Promise<Lane[]> {
  if (wamids.length === 0) return [];
  const { rows } = await db.query<Lane>({
    name: 'accept-failures',
    text: `insert into inbox (key, workflow, lane, payload)
           select 's:' || m.wamid || ':failed',
             case when o.id is not null then 'payment' when r.id is not null then 'renewal'
               else 'conversation' end::inbox_workflow,
             coalesce(o.id, r.id, m.citizen_id),
             case when o.id is not null then '{"check": false}' when r.id is not null then '{}'
             else jsonb_build_object(
               'wamid', m.wamid || ':failed', 'sentAt', extract(epoch from now())::bigint,
               'content', jsonb_build_object('kind', 'undelivered', 'messageId', m.id)) end
           from messages m left join orders o on o.id = left(m.id, 36)
             left join renewals r on r.application = left(m.id, 36)
           where m.wamid = any($1::text[])
           on conflict (key) do nothing returning workflow, lane as id`,
    values: [wamids],
  });
  return rows;
}

/** Lanes with something undelivered since before `olderThanMs`, the longest waiting first. */
export async function waitingLanes(db: Database, olderThanMs: number, limit: number): Promise<Lane[]> {
  const { rows } = await db.query<Lane>({
    name: 'waiting-lanes',
    text: `select workflow, lane as id from inbox
           where delivered_at is null and received_at < now() - $1 * interval '1 millisecond'
           group by workflow, lane order by min(id) limit $2`,
    values: [olderThanMs, limit],
  });
  return rows;
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

/** Who takes what waits in a lane to its workflow. */
export interface Hands {
  conversation(citizenId: CitizenId, mail: ConversationMail): Promise<void>;
  payment(orderId: OrderId, news: readonly PaymentNews[]): Promise<void>;
  renewal(id: RenewalId): Promise<void>;
  unknownPayment(reviewId: ReviewId): Promise<void>;
}

/**
 * Hands the undelivered rows of one lane over and marks them delivered when that succeeds. The rows stay locked
 * meanwhile, so that two processes never deliver one lane at the same time and its order holds.
 * @returns how many were delivered
 */
export async function deliverLane(db: Database, lane: Lane, hands: Hands, limit = 100): Promise<number> {
  return inTransaction(db, async (client) => {
    const { rows } = await client.query<Waiting<unknown>>({
      name: 'lock-lane',
      text: `select id, payload from inbox
             where workflow = $1 and lane = $2 and delivered_at is null
             order by id limit $3 for update`,
      values: [lane.workflow, lane.id, limit],
    });
    if (rows.length === 0) return 0;
    switch (lane.workflow) {
      case 'conversation': {
        const messages = (rows as Waiting<InboundMessage>[]).map(({ payload }) => payload);
        await hands.conversation(lane.id, { messages, ...(await openingOf(client, lane.id)) });
        break;
      }
      case 'payment': {
        const news = (rows as Waiting<PaymentNews>[]).map(({ payload }) => payload);
        await hands.payment(lane.id, news);
        break;
      }
      case 'renewal':
        await hands.renewal(lane.id);
        break;
      case 'unknownPayment':
        await hands.unknownPayment(lane.id);
    }
    await client.query({
      name: 'mark-delivered',
      text: 'update inbox set delivered_at = now() where id = any($1::bigint[])',
      values: [rows.map(({ id }) => id)],
    });
    return rows.length;
  });
}

async function openingOf(
  client: pg.PoolClient,
  citizenId: CitizenId,
): Promise<Omit<ConversationMail, 'messages'>> {
  const { rows } = await client.query<{ language: Language | null; opted_out: boolean }>({
    name: 'lane-citizen',
    text: 'select language, opted_out_at is not null as opted_out from citizens where id = $1',
    values: [citizenId],
  });
  return { language: rows[0]?.language ?? null, optedOut: rows[0]?.opted_out ?? false };
}
