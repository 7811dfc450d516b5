/** Who did what, and why: every act of a person. Append-only. */
import type pg from 'pg';
import { minuteInKolkata } from '../domain/calendar.ts';
import type { OrderId } from '../domain/payments/order.ts';
import type { Database } from './connection.ts';

/** Something that a person did. */
export interface Act {
  /** Missing for what belongs to no order of ours. */
  readonly orderId?: OrderId;
  /** Names the act; told twice, it is written once. */
  readonly key: string;
  readonly act: string;
  readonly who: string;
  readonly why: string;
}

export async function writeAudit(
  on: pg.PoolClient | Database,
  { orderId, key, act, who, why }: Act,
  details: Readonly<Record<string, string>> = {},
): Promise<void> {
  await on.query({
    name: 'write-audit',
    text: `insert into audit_log (key, order_id, act, who, why, details) values ($1, $2, $3, $4, $5, $6)
           on conflict (key) do nothing`,
    values: [key, orderId, act, who, why, details],
  });
}

/** An act as it was written down. */
export interface WrittenAct {
  readonly act: string;
  readonly who: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The act of a key; undefined when nobody has done it. */
export async function readAct(client: pg.PoolClient, key: string): Promise<WrittenAct | undefined> {
  const { rows } = await client.query<WrittenAct>({
    name: 'read-act',
    text: 'select act, who, (extract(epoch from at) * 1000)::float8 as at from audit_log where key = $1',
    values: [key],
  });
  return rows[0];
}

export function doneBy({ act, who, at }: WrittenAct): string {
  return `${act}, by ${who} on ${minuteInKolkata(at)}`;
}
