/** What operators and finance see of a payment: its stage, whether it needs a person, and in a few lines why. */
import type { AttemptStanding, Review, Standing } from '../../domain/payments/order.ts';
import type { Published } from './messages.ts';

export type Stage =
  'link sent' | 'at the gateway' | 'bank undecided' | 'review' | 'paid' | 'done' | 'expired' | 'cancelled';

export function stageOf({ state, attempts, reviews, receipt }: Standing, told: boolean): Stage {
  const latest = attempts.at(-1)?.state;
  if (reviews.length > 0) return 'review';
  if (receipt) return told && receipt.posted ? 'done' : 'paid';
  if (latest === 'pending') return 'bank undecided';
  if (latest === 'redirected') return 'at the gateway';
  if (state === 'paid') return 'done';
  return state === 'open' ? 'link sent' : state;
}

export function needsPerson(
  { reviews, excess, attempts }: Standing,
  late: boolean,
  isWatchedNoMore: (attempt: AttemptStanding) => boolean,
): boolean {
  return reviews.length > 0 || excess > 0 || late || attempts.some(isWatchedNoMore);
}

/** What stands in the search attributes, by their names. */
export function attributesOf({ stage, gateway, needsAttention }: Published): {
  readonly paymentStage: string | undefined;
  readonly gateway: string | undefined;
  readonly needsAttention: boolean;
} {
  return { paymentStage: stage, gateway, needsAttention };
}

const stages: Readonly<Record<Stage, string>> = {
  'link sent': 'The link is out. Nobody has tried to pay yet, or the last try did not succeed.',
  'at the gateway': 'The citizen was sent to the gateway. It is asked by itself; nothing to do.',
  'bank undecided':
    'The bank has not decided. It is asked by itself for five days; the citizen cannot pay again.',
  review: '**The gateway says what cannot be true of this attempt.** See below.',
  paid: 'Paid. The receipt, or the word to the records, is on its way.',
  done: 'Paid, and everybody has been told.',
  expired: 'The link has ended unpaid. What was begun in time may still succeed.',
  cancelled: 'A person ended the order.',
};

interface More {
  readonly stage: Stage;
  readonly posting: string | undefined;
  readonly isWatchedNoMore: (attempt: AttemptStanding) => boolean;
}

/** Markdown for the Web UI. */
export function detailsOf(standing: Standing, { stage, posting, isWatchedNoMore }: More): string {
  const { attempts, receipt, excess, reviews } = standing;
  return [
    stages[stage],
    ...attempts.map(
      ({ reference, gateway, state, reason }) =>
        `- ${gateway} \`${reference}\`: ${state}${reason === undefined ? '' : ` (${reason})`}`,
    ),
    receipt ? `Receipt \`${receipt.number}\`, ₹${rupees(receipt.amount)}.` : '',
    excess > 0
      ? `**₹${rupees(excess)} came for bills that were paid already.** It is kept as excess until it is refunded.`
      : '',
    posting === undefined
      ? ''
      : `The corporation's records have not taken the receipt: ${posting}. Update \`retryPosting\` tries at once.`,
    attempts.some(isWatchedNoMore)
      ? '**The bank never decided.** Ask the gateway by telephone, then send the update `recheck`.'
      : '',
    ...reviews.map(reviewLine),
  ]
    .filter((line) => line !== '')
    .join('\n\n');
}

function reviewLine({ id, reason, reference, amount }: Review): string {
  const told = amount === undefined ? '' : `, ₹${rupees(amount)}`;
  return (
    `**Review \`${id}\`**: the ${reason} of \`${reference}\`${told} differs from what was asked for. ` +
    'Update `resolveReview` with `accept`, `excess` or `dismiss`.'
  );
}

function rupees(paise: number): string {
  return (paise / 100).toFixed(2);
}
