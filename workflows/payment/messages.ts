/** How the world talks to a payment: its input, its signal, its updates, its query. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { OpenResult, Browser } from '../../activities/payments.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import type { Language } from '../../domain/language.ts';
import type { Paise } from '../../domain/money.ts';
import type { OrderId, PayToken, ReviewId, Standing } from '../../domain/payments/order.ts';
import type { PaidService } from '../../domain/services.ts';
import type { ByPerson } from '../people.ts';

export interface PaymentInput {
  readonly orderId: OrderId;
  readonly token: PayToken;
  readonly service: PaidService;
  readonly accountNumber: string;
  readonly ward: number;
  readonly amount: Paise;
  /** Who is told in the chat; nobody for orders of the portal. */
  readonly citizenId?: CitizenId;
  readonly language: Language;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** When gateways are asked: milliseconds after an attempt was opened. */
  readonly pollsMs: readonly number[];
  /** After so many milliseconds without the records, a person should look at the posting. */
  readonly postingLateMs: number;
  /** What an earlier run of the same payment hands on. */
  readonly carried?: Carried;
}

/** Plain JSON, because it crosses continue-as-new. */
export interface Carried {
  /** When each attempt was last asked about, by its reference. */
  readonly askedAt: Readonly<Record<string, number>>;
  readonly published: Published;
}

/** What stands in the search attributes. */
export interface Published {
  readonly stage?: string;
  readonly gateway?: string;
  readonly needsAttention: boolean;
}

/**
 * Postgres knows something new of the order. A signal and not an update, because the gateway's callback is answered
 * before a worker has to be there. `check`: the citizen came back from the gateway, which is a reason to ask it.
 */
export const paymentNewsSignal = defineSignal<[{ readonly check: boolean }]>('paymentNews');

/** Opens an attempt. An update and not a signal, because the pay page waits to hear where to send the browser. */
export const openAttemptUpdate = defineUpdate<
  OpenResult,
  [{ readonly browser: Browser; readonly anyway: boolean }]
>('openAttempt');

/** Asks the gateway about every attempt, now. */
export const recheckUpdate = defineUpdate<string, [ByPerson]>('recheck');

/** Tells the corporation's records of the receipt, now. */
export const retryPostingUpdate = defineUpdate<string, [ByPerson]>('retryPosting');

/** Decides on a claim of the gateway that cannot be true of the attempt. */
export const resolveReviewUpdate = defineUpdate<string, [Resolving]>('resolveReview');

export interface Resolving extends ByPerson {
  readonly reviewId: ReviewId;
  readonly decision: 'accept' | 'excess' | 'dismiss';
}

/** Ends the order: it can no longer be paid. */
export const cancelUpdate = defineUpdate<string, [ByPerson]>('cancel');

/** Where the payment stands; undefined before it was first looked at. */
export const paymentQuery = defineQuery<Standing | undefined>('payment');
