/**
 * What each decision about a case does. A function carries a decision out in the transaction of the act, and refuses before
 * it has written anything. Those that are more than a word to a workflow live beside what they change.
 */
import type pg from 'pg';
import type { caseKinds, CaseKindName } from '../../domain/people/case.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import type { RefundReference } from '../../domain/payments/refund.ts';
import type { RenewalId } from '../../domain/renewal.ts';
import { releaseMessages } from '../messages.ts';
import { tell } from '../outbox.ts';
import { retryPosting } from '../payments/receipts.ts';
import { approveRenewal, refuseRenewal, sendRenewalBack } from '../licences/decide.ts';
import { extendAfterAll, leaveUnextended } from '../licences/extend.ts';
import { approveRefund, refundDismissed, refundSent, withdrawRefund } from '../payments/decide-refund.ts';
import { decideReview, dismissUndecided } from '../payments/reviews.ts';
import type { Decide, Decided, Decision } from './decision.ts';

type Decisions = {
  readonly [Kind in CaseKindName]: { readonly [D in keyof (typeof caseKinds)[Kind]['decisions']]: Decide };
};

/** The case is closed with the reason; nothing else changes. */
const noted: Decide = () => Promise.resolve({ outcome: 'done' });

/** The records are told once more, also of what they have refused. */
const postAgain: Decide = async (client, decision) => {
  await retryPosting(client, decision.case.subjectId as OrderId);
  return leaveWord(client, decision, false);
};

/** What was given up is told once more. */
const tellAgain: Decide = async (client, decision) => {
  const { subject, subjectId } = decision.case;
  await releaseMessages(client, { about: subject, aboutId: subjectId });
  return leaveWord(client, decision, false);
};

/** The gateway is asked once more. */
const askGateway: Decide = (client, decision) => leaveWord(client, decision, true);

/** The claim of a gateway is taken, or not. The workflow learns of it. */
function review(claim: 'accept' | 'excess' | 'dismiss'): Decide {
  return (client, decision) =>
    andTell(client, decision, decideReview(client, decision.case, claim, decision.settings));
}

/** No money came of an attempt. */
const undecided: Decide = (client, decision) =>
  andTell(client, decision, dismissUndecided(client, decision.case));

/** Leaves word of what was decided about an order. */
async function andTell(
  client: pg.PoolClient,
  decision: Decision,
  decided: Promise<Decided>,
): Promise<Decided> {
  const result = await decided;
  if (result.outcome === 'done') await leaveWord(client, decision, false);
  return result;
}

async function leaveWord(client: pg.PoolClient, { case: about }: Decision, check: boolean): Promise<Decided> {
  const key = `c:${about.id}:${about.seen}`;
  switch (about.subject) {
    case 'payment':
      await tell(client, 'payment', about.subjectId as OrderId, { key, news: { check } });
      return { outcome: 'leftOpen' };
    case 'refund':
      await tell(client, 'refund', about.subjectId as RefundReference, { key, news: { check } });
      return { outcome: 'leftOpen' };
    case 'renewal':
      await tell(client, 'renewal', about.subjectId as RenewalId, { key, news: {} });
      return { outcome: 'leftOpen' };
    default:
      return { outcome: 'refused', because: `nothing watches over a ${about.subject} that could try again` };
  }
}

export const decisions: Decisions = {
  review: { accept: review('accept'), excess: review('excess'), dismiss: review('dismiss') },
  undecided: { recheck: askGateway, dismiss: undecided },
  unknownReference: { settled: noted },
  excess: { keep: noted },
  partPaid: { noted },
  reversal: { stands: noted },
  gatewayRefund: { noted },
  refundBeyond: { noted },
  refundApproval: { approve: approveRefund, withdraw: withdrawRefund },
  refundFailed: { noted },
  refundUndecided: { recheck: askGateway, sent: refundSent, dismiss: refundDismissed },
  refundDoubt: { noted },
  dueAgain: { noted },
  dispute: { noted },
  disputeLost: { noted },
  notApplied: { noted },
  postingRefused: { retry: postAgain, noted },
  postingLate: { retry: postAgain },
  untold: { tellAgain, noted },
  licenceApproval: { approve: approveRenewal, sendBack: sendRenewalBack, refuse: refuseRenewal },
  notExtended: { extend: extendAfterAll, noted: leaveUnextended },
  personWanted: { noted },
  refusedLane: { noted },
};
