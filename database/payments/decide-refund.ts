/** What people decide about a refund that was requested, or that its gateway does not decide. The case is locked, and its order. */
import type pg from 'pg';
import { refused } from '../../domain/people/act.ts';
import type { Decide, Decision, Decided } from '../people/decision.ts';
import {
  lockRefund,
  moveRefund,
  noteNotRefunded,
  noteRefunded,
  postApproval,
  type LockedRefund,
} from './refunds.ts';

/** A decision about the refund of a case, which is locked. */
function ofRefund(
  decide: (client: pg.PoolClient, refund: LockedRefund, decision: Decision) => Promise<Decided>,
): Decide {
  return async (client, decision) => {
    const refund = await lockRefund(client, decision.case.subjectId);
    return refund ? decide(client, refund, decision) : refused('there is no such refund any more');
  };
}

/** Two names that differ by nothing but letter case are one person. */
const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** The second person agrees: from now on the corporation owes the refund. */
export const approveRefund = ofRefund(async (client, refund, { by: { who } }) => {
  if (isSame(refund.requestedBy, who)) {
    return refused(`${who} has asked for it: another person has to agree`);
  }
  if (refund.isDisputed) return refused('the payer disputes this payment: the bank decides first');
  // Before it moves: the row says by whom as soon as it is approved.
  await client.query({
    name: 'approve-refund',
    text: `update refunds set state = 'approved', approved_by = $2, approved_at = now()
           where reference = $1 and state = 'requested'`,
    values: [refund.reference, who],
  });
  await postApproval(client, refund);
  return { outcome: 'done' };
});

/** Nothing goes back. */
export const withdrawRefund = ofRefund(async (client, refund) => {
  await moveRefund(client, refund, 'withdrawn');
  return { outcome: 'done' };
});

const noted = (isNoted: boolean): Decided =>
  isNoted ? { outcome: 'done' } : refused('it was decided meanwhile');

/** A person has it in writing that the money went back. */
export const refundSent = ofRefund(async (client, refund, { settings }) =>
  noted(await noteRefunded(client, refund, { at: Date.now() }, settings)),
);

/** A person has it in writing that nothing went back. */
export const refundDismissed = ofRefund(async (client, refund) =>
  noted(await noteNotRefunded(client, refund, 'says the gateway in writing')),
);
