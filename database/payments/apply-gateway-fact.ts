/**
 * The one way in which what a gateway says becomes true here. In one transaction: the evidence is kept, the claim checked
 * against what we asked for, the attempt moved, demands paid, the ledger posted, the receipt issued, the workflow told.
 */
import type pg from 'pg';
import type { AttemptState, FactSource, GatewayFact } from '../../domain/payments/attempt.ts';
import type { OrderId, ReviewId, ReviewReason } from '../../domain/payments/order.ts';
import { inTransaction, toJsonb, type Database } from '../connection.ts';
import { openCase } from '../cases.ts';
import { tell } from '../outbox.ts';
import { lockAttempt, moveAttempt, type Attempt } from './attempts.ts';
import { captureMoney, type Applying } from './capture.ts';
import { keepEvidence } from './evidence.ts';

export interface ToldFact {
  readonly fact: GatewayFact;
  /** Our name of the merchant account whose key proved it. */
  readonly merchant: string;
  readonly source: FactSource;
  /** The words in which it came. */
  readonly raw: string;
}

/** Whose news it is; undefined when the gateway speaks of an attempt that is not ours. */
export type Applied = OrderId | undefined;

export async function applyGatewayFact(db: Database, told: ToldFact, applying: Applying): Promise<Applied> {
  return inTransaction(db, async (client) => {
    const { fact, source, raw } = told;
    const { gateway, reference } = fact;
    const attempt = await lockAttempt(client, gateway, reference);
    const evidence = await keepEvidence(client, { gateway, source, reference, raw });
    if (evidence === undefined) return attempt?.orderId; // The same words again: they have had their effect.
    const changed = await take(client, { ...told, attempt, evidence, applying });
    if (attempt && changed && source !== 'query') {
      await tell(client, 'payment', attempt.orderId, { key: `f:${evidence}`, news: { check: false } });
    }
    return attempt?.orderId;
  });
}

interface Claim extends ToldFact {
  readonly attempt: Attempt | undefined;
  readonly evidence: bigint;
  readonly applying: Applying;
}

/** @returns whether anything is different now */
async function take(client: pg.PoolClient, claim: Claim): Promise<boolean> {
  const { fact, attempt } = claim;
  if (!attempt) {
    // Without money there is nothing that a person would have to look into.
    return fact.says === 'success' && (await openReview(client, claim, 'unknownReference'));
  }
  if (fact.says === 'success') {
    const doubt = doubtOf(claim, attempt);
    return doubt
      ? openReview(client, claim, doubt)
      : captureMoney(client, attempt, fact, { pays: true, ...claim.applying });
  }
  const to = stateFor(fact, attempt);
  return to !== undefined && moveAttempt(client, attempt, to, fact.reason);
}

function doubtOf({ fact, merchant }: ToldFact, attempt: Attempt): ReviewReason | undefined {
  // One account's key proves nothing about another's money.
  if (fact.merchantId !== attempt.merchantId || merchant !== attempt.merchant) return 'merchant';
  if (fact.currency !== 'INR') return 'currency';
  return fact.amount === attempt.amount ? undefined : 'amount';
}

function stateFor({ says }: GatewayFact, { over }: Attempt): AttemptState | undefined {
  switch (says) {
    case 'pending':
    case 'failed':
    case 'cancelled':
      return says;
    case 'notFound':
      return over ? 'expired' : undefined;
    default:
      return undefined; // Words that we do not know: the gateway is asked again.
  }
}

/** Leaves a claim to a person; nothing is posted until they have decided. */
async function openReview(client: pg.PoolClient, claim: Claim, reason: ReviewReason): Promise<boolean> {
  const { fact, attempt, evidence } = claim;
  const { rows } = await client.query<{ id: ReviewId }>({
    name: 'open-review',
    text: `insert into payment_reviews
             (reason, gateway, reference, transaction_id, order_id, attempt_id, evidence_id, fact)
           select $1, $2, $3, $4, $5, $6, $7, $8
           where not exists (select from captures where gateway = $2 and transaction_id = $4)
           on conflict (gateway, reference, transaction_id) do nothing returning id`,
    values: [
      reason,
      fact.gateway,
      fact.reference,
      fact.transactionId,
      attempt?.orderId,
      attempt?.id,
      evidence,
      toJsonb(fact),
    ],
  });
  const [review] = rows;
  if (!review) return false;
  if (attempt) await moveAttempt(client, attempt, 'review');
  else {
    await openCase(client, {
      kind: 'unknownReference',
      fact: `${fact.gateway} ${fact.reference} ${fact.transactionId ?? ''}`,
      subject: 'evidence',
      subjectId: String(evidence),
      reason,
      ...(fact.amount !== undefined && { amount: fact.amount }),
      details: { gateway: fact.gateway, reference: fact.reference, transactionId: fact.transactionId },
    });
  }
  return true;
}
