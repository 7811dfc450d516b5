/** The very words of gateways, kept for ever: what finance shows when a payment is disputed. */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { GatewayName } from '../../domain/payments/attempt.ts';
import { inTransaction, type Database } from '../connection.ts';

export interface Evidence {
  readonly gateway: GatewayName;
  /** What brought them: an order that we made, a callback, a returning browser, a question of ours. */
  readonly source: 'create' | 'webhook' | 'return' | 'query';
  /** Ours; empty where the words name none. */
  readonly reference: string;
  /** What we sent, where these words answer it. */
  readonly request?: string;
  readonly raw: string;
}

/**
 * Keeps words of a gateway; the same words from the same source once.
 * @returns its id, or undefined when they were known
 */
export async function keepEvidence(
  client: pg.PoolClient,
  { gateway, source, reference, request, raw }: Evidence,
): Promise<bigint | undefined> {
  const { rows } = await client.query<{ id: bigint }>({
    name: 'keep-evidence',
    text: `insert into gateway_evidence (gateway, source, reference, attempt_id, request, raw, digest)
           values ($1, $2, $3, (select id from attempts where reference = $3 and gateway = $1), $4, $5, $6)
           on conflict (source, digest) do nothing returning id`,
    values: [gateway, source, reference, request, raw, createHash('sha256').update(raw).digest('hex')],
  });
  return rows[0]?.id;
}

/** Keeps words that have no effect of their own: of calls that failed, and of callbacks that nobody here can read. */
export async function keepWords(db: Database, evidence: Evidence): Promise<void> {
  await inTransaction(db, (client) => keepEvidence(client, evidence));
}
