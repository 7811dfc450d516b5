/** How the world talks to a payment: its input, its signal, its updates, its query. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { OpenResult, Browser } from '../../activities/payments.ts';
import type { PaymentNews } from '../../domain/entities.ts';
import type { Order, Standing } from '../../domain/payments/order.ts';
import type { PayWay } from '../../domain/payments/way.ts';
import type { CarriedLife } from '../entity.ts';
import type { Request } from '../people.ts';

export interface PaymentInput {
  /** What is paid, and who is told in the chat. Whole, so that books that were lost are rebuilt from it (docs/restore.md). */
  readonly order: Order;
  /** When gateways are asked, in place of the usual times: milliseconds after an attempt was opened. */
  readonly pollsMs?: readonly number[];
  /** After so many milliseconds without the records, a person should look at the posting. */
  readonly postingLateMs: number;
  /** What an earlier run of the same payment hands on. */
  readonly carried?: Carried;
}

/** Plain JSON, because it crosses continue-as-new. */
export interface Carried {
  readonly life: CarriedLife;
  /** When each attempt was last asked about, by its reference. */
  readonly askedAt: Readonly<Record<string, number>>;
  /** How often. Missing in what was handed on before it was counted. */
  readonly askedTimes?: Readonly<Record<string, number>>;
  /** Since when the records are to be told of something; null when they know all. */
  readonly postingSince: number | null;
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
 * before a worker has to be there. The citizen may have come back from the gateway, or WhatsApp say something of an order in the
 * chat, which are reasons to ask it.
 */
export const paymentNewsSignal = defineSignal<[PaymentNews]>('paymentNews');

/** Opens an attempt. An update and not a signal, because the pay page waits to hear where to send the browser. */
export const openAttemptUpdate = defineUpdate<OpenResult, [WantedOpening]>('openAttempt');

export interface WantedOpening {
  readonly way: PayWay;
  readonly browser: Browser;
  /** The citizen knows that somebody else is paying the same, and goes on. */
  readonly anyway: boolean;
}

/** Asks the gateway about every attempt, now, and says what came of each. */
export const recheckUpdate = defineUpdate<string, [Request]>('recheck');

/** Tells the corporation's records of the receipts, now, also of what they have refused. */
export const retryPostingUpdate = defineUpdate<string, [Request]>('retryPosting');

/** Tells the citizen again what could not be told. */
export const tellAgainUpdate = defineUpdate<string, [Request]>('tellAgain');

/** Where the payment stands; undefined before it was first looked at. */
export const paymentQuery = defineQuery<Standing | undefined>('payment');
