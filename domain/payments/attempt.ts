/** One try to pay an order at one gateway: the states it has, and how it may move between them. */
import { addDays, dateInKolkata, type CalendarDate } from '../calendar.ts';
import type { Move } from './moves.ts';

/** Ours, `[A-Z0-9]`, unguessable, unique for ever; the gateway knows the attempt by it. */
export type AttemptReference = string & { readonly brand: 'AttemptReference' };

/**
 * What each state means for whoever wants to pay. `open`: the gateway's page may be in use. `undecided`: money may be on
 * its way, so nobody must be asked to pay this order a second time. `decided`: nothing is on its way as far as is known.
 */
export const attemptStates = {
  /** Written down, not yet known to the gateway. */
  created: 'open',
  /** The citizen was sent to the gateway's page. */
  redirected: 'open',
  /** The bank has not decided. */
  pending: 'undecided',
  /** The gateway says something that cannot be true of this attempt; a person decides. */
  review: 'undecided',
  success: 'decided',
  failed: 'decided',
  cancelled: 'decided',
  /** The gateway's page has ended, and the gateway knows of no payment. */
  expired: 'decided',
} as const satisfies Readonly<Record<string, 'open' | 'undecided' | 'decided'>>;

export type AttemptState = keyof typeof attemptStates;

/**
 * Every allowed move. Success is never undone: a gateway that takes it back opens a case. A failure may still turn out to
 * be a success, because banks answer late, some after days.
 */
export const attemptMoves = [
  { from: 'created', to: 'redirected', because: 'the gateway took the order' },
  { from: 'created', to: 'expired', because: 'the gateway never took the order' },
  ...(['created', 'redirected', 'expired'] as const).flatMap((from) => [
    { from, to: 'pending', because: 'the bank has not decided' } as const,
    { from, to: 'success', because: 'the gateway has the money' } as const,
    { from, to: 'failed', because: 'the bank declined' } as const,
    { from, to: 'cancelled', because: 'the citizen gave up' } as const,
    { from, to: 'review', because: 'a claim that cannot be true' } as const,
  ]),
  { from: 'redirected', to: 'expired', because: 'the page has ended and the gateway knows of no payment' },
  { from: 'pending', to: 'success', because: 'the bank paid' },
  { from: 'pending', to: 'failed', because: 'the bank declined, or a person says so' },
  { from: 'pending', to: 'cancelled', because: 'the citizen gave up' },
  { from: 'pending', to: 'review', because: 'a claim that cannot be true' },
  { from: 'failed', to: 'success', because: 'the bank answered late' },
  { from: 'failed', to: 'review', because: 'a claim that cannot be true' },
  { from: 'cancelled', to: 'success', because: 'the bank answered late' },
  { from: 'cancelled', to: 'review', because: 'a claim that cannot be true' },
  { from: 'review', to: 'success', because: 'a right claim came, or a person took the money' },
  { from: 'review', to: 'failed', because: 'a person says that no money came' },
] as const satisfies readonly Move<AttemptState>[];

export function mayMove(from: AttemptState, to: AttemptState): boolean {
  return attemptMoves.some((move) => move.from === from && move.to === to);
}

/** The states of a kind, as `attemptStates` has them. */
export function statesThatAre(...kinds: readonly (typeof attemptStates)[AttemptState][]): AttemptState[] {
  return (Object.keys(attemptStates) as AttemptState[]).filter((state) =>
    kinds.includes(attemptStates[state]),
  );
}

/** After the gateway's page has ended, so long may a payment begun in time take to be known, in milliseconds. */
export const marginMs = 900_000;

/** As far as time is concerned. */
export interface AttemptInTime {
  readonly state: AttemptState;
  /** Until when the gateway's page can be used: milliseconds since 1970. */
  readonly usableUntil: number;
  /** It is paid within WhatsApp. */
  readonly chat?: string;
}

/**
 * Whether money may be on its way, so that nobody must be asked to pay this order a second time: the bank has not
 * decided, a person has to, or the gateway's page has ended and nobody has said how. An order in the chat comes unasked, and
 * nobody may have looked at it: when it has ended, another attempt asks the gateway first.
 */
export function isUndecided({ state, usableUntil, chat }: AttemptInTime, now: number): boolean {
  return (
    attemptStates[state] === 'undecided' ||
    (state === 'redirected' && usableUntil <= now && chat === undefined)
  );
}

/**
 * Days within which a bank gives back what left an account and never arrived, counted from the day of payment: T+5 by the
 * Reserve Bank's rules on failed transactions (RBI/2019-20/67, Annex).
 */
export const daysUntilBack = 5;

/** The day by which money of an attempt that was begun then (milliseconds since 1970) has arrived, or is given back. */
export function decidedBy(openedAt: number): CalendarDate {
  return addDays(dateInKolkata(openedAt), daysUntilBack);
}

/** Why an attempt did not succeed, as far as a citizen can do something with it. */
export type FailureReason = 'declined' | 'cancelled' | 'expired' | 'other';
