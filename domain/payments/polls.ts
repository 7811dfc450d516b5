/** When a gateway is asked by ourselves what became of an attempt: webhooks are late, doubled, or never come. */
import { attemptStates } from './attempt.ts';
import type { AttemptStanding } from './order.ts';

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];

/**
 * Milliseconds after the attempt was opened. Banks decide most within minutes and some within days ("T+5"); a merge of
 * what Razorpay, BillDesk and municipal systems do.
 */
export const pollsMs: readonly number[] = [
  ...[30 * second, minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour],
  ...[3, 6, 9, 12, 15, 18, 21, 24].map((hours) => hours * hour),
  ...[2, 3, 4, 5].map((days) => days * day),
];

/**
 * What seems to be decided is asked about less often, because a failure may still become a success: from an hour on, or
 * at the last of the times where all are shorter.
 */
function sparse(polls: readonly number[]): readonly number[] {
  const late = polls.filter((afterMs) => afterMs >= hour);
  return late.length > 0 ? late : polls.slice(-1);
}

/**
 * When to ask about an attempt next: milliseconds since 1970, undefined when never again.
 * @param askedAt when it was last asked about
 */
export function nextPoll(
  { state, openedAt }: Pick<AttemptStanding, 'state' | 'openedAt'>,
  askedAt: number | undefined,
  polls: readonly number[],
): number | undefined {
  if (state === 'success' || state === 'review') return undefined;
  const times = attemptStates[state] === 'decided' ? sparse(polls) : polls;
  const since = askedAt ?? openedAt;
  return times.map((afterMs) => openedAt + afterMs).find((at) => at > since);
}
