/** Claims of a gateway that cannot be true of the attempt, and attempts that nobody decides: what people decide about them. */
import type pg from 'pg';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import type { GatewayName } from '../../domain/payments/gateways.ts';
import type { PaymentFact } from '../../domain/payments/fact.ts';
import type { OrderId, ReviewReason } from '../../domain/payments/order.ts';
import type { OpenCase } from '../../domain/people/case.ts';
import { openCase } from '../cases.ts';
import type { Database } from '../connection.ts';
import type { Claim } from './claim.ts';
import { lockAttempt, moveAttempt, type Attempt } from './attempts.ts';
import { captureMoney, capturesOf, lockTransaction } from './capture.ts';
import type { PostingSettings } from '../../domain/payments/posting.ts';

/** What stands in the details of a review. */
interface ReviewDetails {
  readonly reference: string;
  readonly merchant: string;
  readonly fact: PaymentFact;
}

/** Leaves a claim to a person; nothing is posted until they have decided. @returns whether anything is different now */
export async function openReview(
  client: pg.PoolClient,
  { fact, merchant, evidence }: Claim<PaymentFact>,
  attempt: Attempt,
  reason: ReviewReason,
): Promise<boolean> {
  const details: ReviewDetails & { evidence: string } = {
    reference: attempt.reference,
    merchant,
    fact,
    evidence: String(evidence),
  };
  const id = await openCase(client, {
    kind: 'review',
    fact: [attempt.reference, fact.transactionId ?? fact.bankReference ?? '', reason, fact.amount ?? ''].join(
      ' ',
    ),
    subject: 'payment',
    subjectId: attempt.orderId,
    reason,
    ...(fact.amount !== undefined && { amount: fact.amount }),
    details: { ...details },
  });
  if (id === undefined) return false;
  await moveAttempt(client, attempt, 'review');
  return true;
}

/** Closes what waits for a person about an attempt, because a fact has settled it. */
export async function settleUndecided(
  client: pg.PoolClient,
  attempt: Attempt,
  because: string,
): Promise<void> {
  await client.query({
    name: 'settle-undecided',
    text: `update cases set closed_at = now(), decision = 'settled', why = $3
           where kind in ('review', 'undecided') and subject = 'payment' and subject_id = $1
             and details ->> 'reference' = $2 and closed_at is null`,
    values: [attempt.orderId, attempt.reference, because],
  });
}

export type DecisionOutcome =
  { readonly outcome: 'done' } | { readonly outcome: 'refused'; readonly because: string };

/**
 * What a person decides about a review. `accept`: the money is there and meant for this order: it pays what it reaches for.
 * `excess`: it is there, and the corporation owes it to the payer. `dismiss`: no money came. The case is locked, and closed by
 * whoever called.
 */
export async function decideReview(
  client: pg.PoolClient,
  review: OpenCase,
  decision: 'accept' | 'excess' | 'dismiss',
  settings: PostingSettings,
): Promise<DecisionOutcome> {
  const { reference, merchant, fact } = review.details as unknown as ReviewDetails;
  const attempt = await lockAttempt(client, fact.gateway, { reference });
  if (!attempt) return { outcome: 'refused', because: 'there is no such attempt' };
  if (decision === 'dismiss') {
    if (!(await hasOtherReview(client, review, reference)))
      await moveAttempt(client, attempt, 'failed', { reason: 'other' });
    return { outcome: 'done' };
  }
  const { amount, transactionId } = fact;
  if (amount === undefined || amount <= 0) {
    return {
      outcome: 'refused',
      because: 'the gateway names no amount that can be read: ask it, then recheck',
    };
  }
  // What no reader knows as rupees is no sum of ours, whatever number stands before it.
  if (fact.currency === undefined ? fact.currencyAsTold !== undefined : fact.currency !== 'INR') {
    return { outcome: 'refused', because: 'it is not in rupees: ask the gateway what it took' };
  }
  const known =
    transactionId === undefined ? undefined : await lockTransaction(client, fact.gateway, transactionId);
  const captures = await capturesOf(client, attempt.id);
  if (
    known ||
    captures.some(
      ({ transactionIds }) => transactionId !== undefined && transactionIds.includes(transactionId),
    )
  ) {
    return { outcome: 'refused', because: 'this transaction is in the books already' };
  }
  await captureMoney(
    client,
    attempt,
    { merchant, fact: { ...fact, amount }, mayPay: decision === 'accept' },
    settings,
  );
  return { outcome: 'done' };
}

async function hasOtherReview(
  client: pg.PoolClient,
  { id, subjectId }: OpenCase,
  reference: string,
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'other-reviews',
    text: `select from cases where kind = 'review' and subject = 'payment' and subject_id = $1
             and details ->> 'reference' = $2 and id <> $3 and closed_at is null limit 1`,
    values: [subjectId, reference, id],
  });
  return rowCount === 1;
}

export interface UndecidedAttempt {
  readonly orderId: OrderId;
  readonly gateway: GatewayName;
  readonly reference: AttemptReference;
  /** In paise. */
  readonly amount: number;
}

/** An attempt that the bank has not decided within five days: from now on a person looks after it. */
export async function callPersonForUndecided(
  on: Database,
  { orderId, gateway, reference, amount }: UndecidedAttempt,
): Promise<void> {
  await openCase(on, {
    kind: 'undecided',
    fact: `attempt-${reference}`,
    subject: 'payment',
    subjectId: orderId,
    reason: 'the bank has not decided',
    amount,
    details: { gateway, reference },
  });
}

/** A person has it in writing that no money came of an attempt. */
export async function dismissUndecided(client: pg.PoolClient, undecided: OpenCase): Promise<DecisionOutcome> {
  const { gateway, reference } = undecided.details as unknown as UndecidedAttempt;
  const attempt = await lockAttempt(client, gateway, { reference });
  if (!attempt) return { outcome: 'refused', because: 'there is no such attempt' };
  if (attempt.state === 'success') return { outcome: 'refused', because: 'the money has come since' };
  await moveAttempt(client, attempt, 'failed', { reason: 'other' });
  return { outcome: 'done' };
}
