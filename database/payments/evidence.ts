/** The very words of gateways, kept for ever: what finance shows when a payment is disputed. */
import { createHash } from 'node:crypto';
import type { GatewayName } from '../../domain/payments/gateways.ts';
import type pg from 'pg';
import type { Database } from '../connection.ts';

/** Opaque. */
export type EvidenceId = bigint;

export interface Evidence {
  readonly gateway: GatewayName;
  /** What brought them: an order that we made or ended, a callback, a returning browser, WhatsApp, a question or a refund of ours. */
  readonly source: 'create' | 'webhook' | 'return' | 'chat' | 'query' | 'refund';
  /** What the words are about; missing where they do not say. */
  readonly reference?: string | undefined;
  /** What we sent, where these words answer it. */
  readonly request?: string | undefined;
  readonly raw: string;
}

/**
 * Keeps words of a gateway. On a database they are committed at once and in their own right: whatever becomes of their
 * effect, they are there. The same words about the same attempt are kept once.
 */
export async function keepEvidence(
  on: Database | pg.PoolClient,
  { gateway, source, reference, request, raw }: Evidence,
): Promise<{ readonly id: EvidenceId; readonly isNew: boolean }> {
  const digest = createHash('sha256').update(raw).digest('hex');
  const { rows } = await on.query<{ id: EvidenceId; isNew: boolean }>({
    name: 'keep-evidence',
    text: `with kept as (
             insert into evidence (gateway, source, reference, request, raw, digest) values ($1, $2, $3, $4, $5, $6)
             on conflict (source, reference, digest) do nothing returning id
           )
           select id, true as "isNew" from kept
           union all
           select id, false from evidence where source = $2 and reference is not distinct from $3 and digest = $6
           limit 1`,
    values: [gateway, source, reference, request, clean(raw), digest],
  });
  const [kept] = rows;
  // The same words came twice in one moment: the other statement has not been visible to this one.
  return kept ?? keepEvidence(on, { gateway, source, reference, request, raw });
}

/** Postgres takes no NUL in a text. */
function clean(raw: string): string {
  return raw.replaceAll('\0', '\uFFFD');
}
