/** How the world talks to a renewal: its input, its signal, its query. */
import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { CarriedLife } from '../entity.ts';
import type { RenewalId, RenewalStanding } from '../../domain/renewal.ts';

export interface RenewalInput {
  readonly id: RenewalId;
  /** The citizen is reminded of an unpaid link after so many milliseconds. */
  readonly reminderMs: number;
  /** What an earlier run of the same renewal hands on. */
  readonly carried?: { readonly life: CarriedLife; readonly published: Published };
}

/** What stands in the search attributes. */
export interface Published {
  readonly stage?: string;
  readonly needsAttention: boolean;
}

/** Postgres knows something new of the renewal: an application, a decision, a payment, a certificate. */
export const renewalNewsSignal = defineSignal('renewalNews');

/** Where the renewal stands; undefined before it was first looked at. */
export const renewalQuery = defineQuery<RenewalStanding | undefined>('renewal');
