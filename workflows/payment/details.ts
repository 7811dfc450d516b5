/** What operators and finance see of a payment: its stage, whether it needs a person, and in a few lines why. */
import type { Standing } from '../../domain/payments/order.ts';
import type { Stage } from '../../domain/payments/stage.ts';
import { caseKinds } from '../../domain/people/case.ts';

/** What stands in the search attribute. `done`: paid, and everybody has been told. */
export const stageNames = {
  ready: 'link sent',
  atGateway: 'at the gateway',
  undecided: 'bank undecided',
  review: 'review',
  paid: 'paid',
  done: 'done',
  excess: 'excess',
  givenBack: 'given back',
  credited: 'credited',
  settled: 'settled elsewhere',
  changed: 'bills changed',
  expired: 'expired',
  cancelled: 'cancelled',
} as const satisfies Readonly<Record<Stage | 'done', string>>;

const explained: Readonly<Record<Stage | 'done', string>> = {
  ready: 'The link is out. The last try to pay did not succeed.',
  atGateway: 'The citizen was sent to the gateway. It is asked by itself; nothing to do.',
  undecided: 'The bank has not decided. It is asked by itself for five days; the citizen cannot pay again.',
  review: '**The gateway says what cannot be true of this attempt.** A person decides.',
  paid: 'Paid. The receipt, or the word to the records, is on its way.',
  done: 'Paid, and everybody has been told.',
  excess: 'Money came for what had been paid already.',
  givenBack: 'Money came for what had been paid already, and went back.',
  credited:
    'Money came for what had been paid already, and became credit: it pays the next bills of the account.',
  settled: 'The bills were paid elsewhere. What was begun here may still succeed.',
  changed: 'The bills are not what they were when the link was made. What was begun may still succeed.',
  expired: 'The link has ended unpaid. What was begun in time may still succeed.',
  cancelled: 'A person ended the order. What was begun may still succeed.',
};

interface Shown {
  readonly stage: Stage | 'done';
  /** Why the records could not be told; undefined when they were, or it goes on. */
  readonly postingFailure: string | undefined;
  /** A person cancelled the workflow. */
  readonly cancelled: boolean;
}

/** Markdown for the Web UI. */
export function detailsOf(standing: Standing, { stage, postingFailure, cancelled }: Shown): string {
  const { attempts, receipts, excess, refunds = [], credits = [], cases } = standing;
  return [
    explained[stage],
    cancelled
      ? '**This workflow was cancelled.** It watches on until the money is decided, posted and told, and then ends.'
      : '',
    ...attempts.map(
      ({ reference, gateway, merchant, state, reason, choice, chat }) =>
        `- ${gateway}, account \`${merchant}\`, \`${reference}\`${chat === undefined ? '' : ', in the chat'}: ${state}${reason === undefined ? '' : ` (${reason})`}` +
        (choice === undefined ? '' : `; picked by ${choice}`),
    ),
    ...receipts.map(
      ({ number, amount, byCredit, posting }) =>
        `- receipt \`${number}\`, ₹${rupees(amount)}${byCredit === undefined ? '' : ` (₹${rupees(byCredit)} by credit)`}, posting: ${posting}`,
    ),
    ...excess.map(({ amount }) => `- ₹${rupees(amount)} came for what had been paid`),
    ...refunds.map(({ amount, sent }) =>
      sent
        ? `- ₹${rupees(amount)} went back, credit note \`${sent.creditNote}\``
        : `- ₹${rupees(amount)} is on its way back`,
    ),
    ...credits.map(({ amount }) => `- ₹${rupees(amount)} became credit of the account`),
    postingFailure === undefined
      ? ''
      : `The corporation's records could not be told: ${postingFailure}. The update \`retryPosting\` tries at once.`,
    ...cases.map(
      ({ id, kind, reason }) => `**Case \`${id}\`**: ${caseKinds[kind].title} (${reason}). The desk decides.`,
    ),
  ]
    .filter((line) => line !== '')
    .join('\n\n');
}

function rupees(paise: number): string {
  return (paise / 100).toFixed(2);
}
