/**
 * A gateway tells of money under a reference that is not ours. Nothing can be posted for it; it is shown here until a
 * person has found out whose it is, and says so.
 */
import {
  allHandlersFinished,
  condition,
  proxyActivities,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import type { PaymentActivities } from '../../activities/payments.ts';
import { named } from '../people.ts';
import { closeUpdate, type UnknownPaymentInput } from './messages.ts';

const acts = proxyActivities<PaymentActivities>({ startToCloseTimeout: '10 seconds' });

export async function unknownPayment({ reviewId, fact }: UnknownPaymentInput): Promise<void> {
  const { gateway, reference, transactionId = 'without a transaction id', amount } = fact;
  let closed = false;
  setHandler(
    closeUpdate,
    async (by) => {
      await acts.closeUnknownPayment({
        key: `review-${reviewId}`,
        act: 'closeUnknownPayment',
        reviewId,
        ...by,
      });
      closed = true;
      return 'closed';
    },
    { validator: named, description: 'Closes the case: {"who", "why"}' },
  );
  setCurrentDetails(
    [
      `**${gateway} tells of ${amount === undefined ? 'money' : `₹${(amount / 100).toFixed(2)}`} that nobody here asked for.**`,
      `Its reference is \`${reference}\`, its transaction \`${transactionId}\`.`,
      'Ask the gateway whose it is. When that is settled, send the update `close` with who you are and why.',
    ].join('\n\n'),
  );
  await condition(() => closed);
  await condition(allHandlersFinished);
}
