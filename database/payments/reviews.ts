/** Claims of a gateway that a person has to look at, and what they decided. */
import type { GatewayFact, GatewayName } from '../../domain/payments/attempt.ts';
import type { OrderId, ReviewId } from '../../domain/payments/order.ts';
import { inTransaction, type Database } from '../connection.ts';
import { lockAttempt, moveAttempt } from './attempts.ts';
import { writeAudit, type Act } from '../audit.ts';
import { captureMoney, type Applying } from './capture.ts';

/**
 * `accept`: the money is there and meant for this order, though something about it was odd. `excess`: it is there, and
 * the corporation owes it to the payer. `dismiss`: no money came.
 */
export type Decision = 'accept' | 'excess' | 'dismiss';

export interface Resolving extends Act {
  readonly orderId: OrderId;
  readonly reviewId: ReviewId;
  readonly decision: Decision;
}

export type Resolved =
  | { readonly is: 'resolved' }
  | {
      readonly is: 'refused';
      readonly because: 'unknown' | 'resolved already' | 'the amounts differ' | 'no amount';
    };

/** Carries out a decision, in one transaction with its entry in the audit log. */
export async function resolveReview(
  db: Database,
  resolving: Resolving,
  applying: Applying,
): Promise<Resolved> {
  const { reviewId, decision, orderId } = resolving;
  return inTransaction(db, async (client): Promise<Resolved> => {
    const { rows } = await client.query<{
      gateway: GatewayName;
      reference: string;
      fact: GatewayFact;
      resolved: boolean;
    }>({
      name: 'lock-review',
      text: `select gateway, reference, fact, resolved_at is not null as resolved
             from payment_reviews where id = $1 and order_id = $2 for update`,
      values: [reviewId, orderId],
    });
    const [review] = rows;
    const attempt = review && (await lockAttempt(client, review.gateway, review.reference));
    if (!attempt) return { is: 'refused', because: 'unknown' };
    if (review.resolved) return { is: 'refused', because: 'resolved already' };
    const { fact } = review;
    // Other than what we asked for, it cannot be what was owed.
    if (decision === 'accept' && fact.amount !== attempt.amount) {
      return { is: 'refused', because: 'the amounts differ' };
    }
    if (decision === 'excess' && fact.amount === undefined) return { is: 'refused', because: 'no amount' };
    if (decision === 'dismiss') await moveAttempt(client, attempt, 'failed', 'other');
    else await captureMoney(client, attempt, fact, { ...applying, pays: decision === 'accept' });
    await client.query({
      name: 'resolve-review',
      text: 'update payment_reviews set resolved_at = now(), decision = $2 where id = $1',
      values: [reviewId, decision],
    });
    await writeAudit(client, resolving, { review: reviewId, decision });
    return { is: 'resolved' };
  });
}

/** How many claims wait for a person. */
export async function openReviews(db: Database): Promise<number> {
  const { rows } = await db.query<{ open: number }>({
    name: 'open-reviews',
    text: 'select count(*)::int as open from payment_reviews where resolved_at is null',
  });
  return rows[0]?.open ?? 0;
}
