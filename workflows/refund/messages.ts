/** How the world talks to a refund: its input, its signal, its updates, its query. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { RefundReference, RefundStanding } from '../../domain/payments/refund.ts';
import type { CarriedLife } from '../entity.ts';
import type { Request } from '../people.ts';

export interface RefundInput {
  readonly reference: RefundReference;
  /** When the gateway is asked: milliseconds after the second person has agreed. */
  readonly pollsMs: readonly number[];
  /** What an earlier run of the same refund hands on. */
  readonly carried?: Carried;
}

/** Plain JSON, because it crosses continue-as-new. */
export interface Carried {
  readonly life: CarriedLife;
  /** When the gateway was last asked; null when never. */
  readonly askedAt: number | null;
  readonly published: Published;
}

/** What stands in the search attributes. */
export interface Published {
  readonly stage?: string;
  readonly needsAttention: boolean;
}

/** Postgres knows something new of the refund. `check`: a person wants the gateway to be asked. */
export const refundNewsSignal = defineSignal<[{ readonly check: boolean }]>('refundNews');

/** Asks the gateway what became of the refund, now, and says it. */
export const recheckRefundUpdate = defineUpdate<string, [Request]>('recheck');

/** Tells the citizen again what could not be told. */
export const tellOfRefundAgainUpdate = defineUpdate<string, [Request]>('tellAgain');

/** Where the refund stands; undefined before it was first looked at. */
export const refundQuery = defineQuery<RefundStanding | undefined>('refund');
