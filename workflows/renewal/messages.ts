/** How the world talks to a renewal: its input, its signal, its update, its query. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { RenewalId, RenewalStanding } from '../../domain/renewal.ts';
import type { ByPerson } from '../people.ts';

export interface RenewalInput {
  readonly id: RenewalId;
  /** The citizen is reminded of an unpaid link after so many milliseconds. */
  readonly reminderMs: number;
}

/** Postgres knows something new of the renewal: an application, a decision, a payment, a certificate. */
export const renewalNewsSignal = defineSignal('renewalNews');

/** An officer's decision on an application; `why` is what the citizen reads when it is sent back or refused. */
export const decideUpdate = defineUpdate<string, [Deciding]>('decide');

export interface Deciding extends ByPerson {
  readonly decision: 'approve' | 'sendBack' | 'refuse';
}

/** Where the renewal stands; undefined before it was first looked at. */
export const renewalQuery = defineQuery<RenewalStanding | undefined>('renewal');
