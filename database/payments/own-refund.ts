/** What a gateway says of a refund that the corporation has asked for. */
import type pg from 'pg';
import type { RefundFact } from '../../domain/payments/fact.ts';
import type { PostingSettings } from '../../domain/payments/posting.ts';
import { openCase } from '../cases.ts';
import { tell } from '../outbox.ts';
import type { Claim } from './claim.ts';
import { keepRefundId, noteNotRefunded, noteRefunded, type LockedRefund } from './refunds.ts';

/** Takes it, and leaves word for its workflow. What cannot be true is left to a person. @returns whether anything is different now */
export async function takeOwnRefund(
  client: pg.PoolClient,
  claim: Claim<RefundFact>,
  refund: LockedRefund,
  settings: PostingSettings,
): Promise<boolean> {
  const { fact, evidence } = claim;
  const { reference } = refund;
  const doubt = doubtOf(claim, refund);
  if (doubt !== undefined) return callForDoubt(client, claim, refund, doubt);
  const isChanged = await apply(client, fact, refund, settings);
  if (isChanged)
    await tell(client, 'refund', reference, {
      key: `f:${reference}:${evidence}:${fact.says}:${refund.state}`,
      news: { check: false },
    });
  return isChanged;
}

/** One account's key proves nothing about another's money. */
function doubtOf({ fact, merchant }: Claim<RefundFact>, refund: LockedRefund): string | undefined {
  if (fact.merchantId !== refund.merchantId || merchant !== refund.merchant) return 'merchant';
  if (fact.currency === undefined ? fact.currencyAsTold !== undefined : fact.currency !== 'INR')
    return 'currency';
  if (fact.amount === undefined ? fact.amountAsTold !== undefined : fact.amount !== refund.amount)
    return 'amount';
  const { transactionId } = fact;
  if (transactionId !== undefined && transactionId !== refund.asked.transactionId) return 'transaction';
  const { state } = refund;
  // It was never asked for, or not any more.
  if (state === 'requested' || state === 'withdrawn') return `${fact.says} while ${state}`;
  return state === 'refunded' && fact.says === 'failed' ? 'failed after it was refunded' : undefined;
}

async function callForDoubt(
  client: pg.PoolClient,
  { fact, evidence }: Claim<RefundFact>,
  { reference, orderId }: LockedRefund,
  reason: string,
): Promise<boolean> {
  const id = await openCase(client, {
    kind: 'refundDoubt',
    fact: `${reference} ${reason} ${fact.amount ?? ''}`,
    subject: 'refund',
    subjectId: reference,
    reason,
    ...(fact.amount !== undefined && { amount: fact.amount }),
    details: { orderId, evidence: String(evidence), says: fact.says, code: fact.code },
  });
  return id !== undefined;
}

async function apply(
  client: pg.PoolClient,
  { says, at = Date.now(), refundId, code }: RefundFact,
  refund: LockedRefund,
  settings: PostingSettings,
): Promise<boolean> {
  if (refundId !== undefined) await keepRefundId(client, refund, refundId);
  if (says !== 'refunded' && says !== 'failed') return false;
  return says === 'refunded'
    ? noteRefunded(client, refund, { at, refundId }, settings)
    : noteNotRefunded(client, refund, code ?? 'failed');
}
