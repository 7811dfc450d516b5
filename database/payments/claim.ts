/** What a gateway claims, with what proves it. */
import type { FactSource, GatewayFact } from '../../domain/payments/fact.ts';
import type { EvidenceId } from './evidence.ts';

export interface Claim<F extends GatewayFact = GatewayFact> {
  readonly fact: F;
  /** Our id of the merchant account whose key proved it. */
  readonly merchant: string;
  readonly evidence: EvidenceId;
  /** What brought it. */
  readonly source: FactSource;
}
