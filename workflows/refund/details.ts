/** What operators and finance see of a refund: its stage, and in a few lines what they can do. */
import type { RefundStanding, RefundState } from '../../domain/payments/refund.ts';
import { caseKinds } from '../../domain/people/case.ts';

/** What stands in the search attribute. */
export const stages: Readonly<Record<RefundState, string>> = {
  requested: 'awaiting approval',
  approved: 'approved',
  submitted: 'at the gateway',
  refunded: 'refunded',
  failed: 'not refunded',
  withdrawn: 'withdrawn',
};

const explained: Readonly<Record<RefundState, string>> = {
  requested: 'A second person has to agree; then the gateway is asked, and the citizen is told.',
  approved: 'Two persons agree. The gateway is about to be asked.',
  submitted:
    'The gateway was asked, and has not decided. It is asked by itself for seven days; nothing to do.',
  refunded: 'The money went back, and the citizen has the credit note.',
  failed: 'Nothing went back. It can be given back by another refund.',
  withdrawn: 'A person took the request back. Nothing went back, and the citizen was told nothing.',
};

interface Shown {
  /** Why the gateway could not be asked the last time; undefined when it could. */
  readonly failure: string | undefined;
  /** A person cancelled the workflow. */
  readonly cancelled: boolean;
}

/** Markdown for the Web UI. */
export function detailsOf(standing: RefundStanding, { failure, cancelled }: Shown): string {
  const { reference, order, attempt, amount, excess, reason, dueAgain, state, creditNote, cases } = standing;
  return [
    explained[state],
    cancelled ? '**This workflow was cancelled.** It ends when the gateway has decided.' : '',
    `₹${rupees(amount)} of \`payment-${order.id}\`, ₹${rupees(excess)} of it excess; ${attempt.gateway} \`${reference}\`. Reason: ${reason}.`,
    dueAgain ? 'What was paid with it is due again when it has gone back.' : '',
    standing.failure === undefined ? '' : `Nothing went back: ${standing.failure}`,
    failure === undefined || state !== 'submitted' ? '' : `The gateway did not answer: ${failure}`,
    creditNote === undefined ? '' : `Credit note \`${creditNote}\`.`,
    ...cases.map(({ id, kind }) => `**${caseKinds[kind].title}.** \`npm run desk -- case ${id}\``),
  ]
    .filter((line) => line !== '')
    .join('\n\n');
}

function rupees(paise: number): string {
  return (paise / 100).toFixed(2);
}
