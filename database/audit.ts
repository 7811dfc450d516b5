/** Who did what to a payment, a renewal or a certificate, and why. Append-only. */
import type pg from 'pg';
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
