/** How the world talks to the workflow of a payment that nobody here asked for. */
import { defineUpdate } from '@temporalio/workflow';
import type { PaymentFact } from '../../domain/payments/fact.ts';
import type { ReviewId } from '../../domain/payments/order.ts';
import type { ByPerson } from '../people.ts';

export interface UnknownPaymentInput {
  readonly reviewId: ReviewId;
  readonly fact: PaymentFact;
}

/** Closes the case, when a person has dealt with it. */
export const closeUpdate = defineUpdate<string, [ByPerson]>('close');
