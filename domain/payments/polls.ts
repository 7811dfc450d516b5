/** When a gateway is asked by ourselves what became of an attempt: webhooks are late, doubled, or never come. */
import { dateInKolkata } from '../calendar.ts';
import { attemptStates, marginMs } from './attempt.ts';
import type { AttemptStanding } from './order.ts';

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];

/** Banks decide most within minutes and some within days: so many days after the first ("T+5"), nobody asks any more. */
const days = [1, 2, 3, 4, 5].map((each) => each * day);

/**
 * Milliseconds after the attempt was opened, for cards, net banking and wallets; a merge of what Razorpay, BillDesk and
 * municipal systems do.
 */
const usualPollsMs: readonly number[] = [
  ...[30 * second, minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour],
  ...[3, 6, 9, 12, 15, 18, 21].map((hours) => hours * hour),
  ...days,
];

/** After an order in the chat has ended, Meta takes no payment of it: what was begun in time is known by then. */
const chatMarginMs = 30 * minute;

/**
 * For UPI. NPCI (26 April and 21 May 2025) allows three questions about a payment, the first not before 90 seconds, the last
 * within two hours or so. Whoever else has the gateway asked, a citizen or a clerk, takes one of the three.
 */
const upiPollsMs: readonly number[] = [90 * second, 10 * minute, 2 * hour];

/** NPCI keeps the calls of machines out of these times of the day in Kolkata. */
const busyTimes = [
  { from: '10:00', until: '13:00' },
  { from: '17:00', until: '21:30' },
] as const;

/** For how long after it was opened an attempt may be asked about; what moves out of a busy time comes hours later. */
export const longestWatchMs = 5.5 * day;

/** How often a gateway was asked about an attempt, whoever wanted it, and when last: milliseconds since 1970. */
export interface Asked {
  readonly times: number;
  readonly lastAt: number;
}

/** As far as asking about it is concerned. */
export type WatchedAttempt = Pick<AttemptStanding, 'state' | 'openedAt' | 'usableUntil' | 'method' | 'chat'>;

/**
 * When to ask about an attempt next: milliseconds since 1970, undefined when never again.
 * @param asked undefined as long as nobody has asked
 * @param pollsMs other times than those of the attempt's method, in milliseconds after it was opened
 */
export function nextPoll(
  attempt: WatchedAttempt,
  asked: Asked | undefined,
  pollsMs: readonly number[] | undefined,
): number | undefined {
  const { state, openedAt, usableUntil, chat } = attempt;
  if (state === 'success' || state === 'review') return undefined;
  const { times, lastAt: since } = asked ?? { times: 0, lastAt: openedAt };
  const polls = pollsMs ?? (mayBeUpi(attempt) ? [...earlyUpiPolls(attempt, times), ...days] : usualPollsMs);
  const wanted = attemptStates[state] === 'decided' ? sparse(polls) : polls;
  const isQuiet = pollsMs === undefined && mayBeUpi(attempt);
  const last = chat !== undefined && state === 'expired' ? usableUntil + chatMarginMs : Infinity;
  return wanted
    .map((afterMs) => (isQuiet && afterMs >= day ? outsideBusyTimes(openedAt + afterMs) : openedAt + afterMs))
    .find((at) => at > since && at <= last);
}

/** Why the gateway is to be asked out of turn. */
export interface Occasion {
  readonly now: number;
  readonly pollsMs: readonly number[] | undefined;
  /** WhatsApp says that it is paid, rather than that a citizen or a clerk wants to know. */
  readonly isPaidInChat?: boolean;
}

/** Whether the gateway may be asked about an attempt now, out of turn. */
export function mayAsk(
  attempt: WatchedAttempt,
  asked: Asked | undefined,
  { now, pollsMs, isPaidInChat = false }: Occasion,
): boolean {
  if (pollsMs !== undefined || !mayBeUpi(attempt)) return true;
  const { length: most, 0: first = 0 } = upiPollsMs;
  const times = asked?.times ?? 0;
  if (isPaidInChat) return times < most;
  // The last question about an order in the chat is kept for when WhatsApp says that it is paid.
  return now >= attempt.openedAt + first && times < (attempt.chat === undefined ? most : most - 1);
}

/** By UPI, or nobody knows by what: then the rule of UPI holds. */
const mayBeUpi = ({ method }: WatchedAttempt): boolean => method === undefined || method === 'upi';

/**
 * What is left of the three. Of a payment that nobody seems to have begun, the last question comes as soon as the answer is
 * decisive. An order in the chat is opened long before anybody pays it, if at all, and WhatsApp says when that happens: it has one
 * question less, and always that last one.
 */
function earlyUpiPolls(
  { state, openedAt, usableUntil, chat }: WatchedAttempt,
  times: number,
): readonly number[] {
  if (state !== 'redirected') return upiPollsMs.slice(times);
  const decisiveMs = usableUntil + marginMs + second - openedAt;
  const polls = upiPollsMs.map((afterMs) => (afterMs > hour ? Math.min(afterMs, decisiveMs) : afterMs));
  return chat === undefined ? polls.slice(times) : polls.slice(Math.min(times + 1, polls.length - 1));
}

/**
 * What seems to be decided is asked about less often, because a failure may still become a success: from an hour on, or
 * at the last of the times where all are shorter.
 */
function sparse(polls: readonly number[]): readonly number[] {
  const late = polls.filter((afterMs) => afterMs >= hour);
  return late.length > 0 ? late : polls.slice(-1);
}

/** The same instant, or the end of the busy time in which it lies. */
function outsideBusyTimes(instant: number): number {
  const date = dateInKolkata(instant);
  const at = (time: string): number => Date.parse(`${date}T${time}:00+05:30`);
  const busy = busyTimes.find(({ from, until }) => instant >= at(from) && instant < at(until));
  return busy === undefined ? instant : at(busy.until);
}
