/** What gateways tell, freed of their wires: a union told apart by `kind`. A fact is a claim until it has been checked. */
import type { FailureReason } from './attempt.ts';
import type { GatewayName } from './gateways.ts';

export type PaymentMethod = 'card' | 'netbanking' | 'upi' | 'wallet' | 'other';

/**
 * What facts of every kind name. At least one of `reference` and `gatewayOrderId` is there, and either finds the attempt; of a
 * refund or a dispute the money itself may be all that is named.
 */
interface FactOfGateway {
  readonly gateway: GatewayName;
  /** Ours, by which the gateway knows the attempt. Compared exactly. */
  readonly reference?: string;
  /** The gateway's own id of the order. Compared exactly. */
  readonly gatewayOrderId?: string;
  /** The merchant id for which the money moved, as the gateway names it. Compared exactly. */
  readonly merchantId: string;
  /** In paise. Missing where the gateway names none, or none that can be read. */
  readonly amount?: number;
  /** ISO 4217, as `INR`. */
  readonly currency?: string;
  /** The gateway's id of the money taken, in upper case. Missing where it gives none. */
  readonly transactionId?: string;
  /** When it happened: milliseconds since 1970. */
  readonly at?: number;
  /** The gateway's own code and words, for people who look into it. */
  readonly code?: string;
  readonly message?: string;
  /** The gateway's words for what could not be read, cut to 64 characters. */
  readonly amountAsTold?: string;
  readonly currencyAsTold?: string;
  readonly atAsTold?: string;
}

/** What became of a payment. */
export interface PaymentFact extends FactOfGateway {
  readonly kind: 'payment';
  /** `notFound`: nothing was begun. `unknown`: words that we do not know; asked again, and never taken for a failure. */
  readonly says: 'success' | 'pending' | 'failed' | 'cancelled' | 'notFound' | 'unknown';
  /** The bank's own reference, in upper case; for UPI its RRN. */
  readonly bankReference?: string;
  readonly method?: PaymentMethod;
  readonly reason?: FailureReason;
}

/** Money that went back to the payer, whoever began it. `amount` is what goes back, not what was paid. */
export interface RefundFact extends FactOfGateway {
  readonly kind: 'refund';
  /** `notFound`: the gateway was asked, and knows of no such refund. `unknown`: words that we do not know. */
  readonly says: 'refunded' | 'pending' | 'failed' | 'notFound' | 'unknown';
  /** The gateway's id of the refund, in upper case. */
  readonly refundId?: string;
  /** Ours, where we asked for the refund. */
  readonly refundReference?: string;
}

/** A payer wants money back through the bank. `amount` is what is disputed, `at` when this was said. */
export interface DisputeFact extends FactOfGateway {
  readonly kind: 'dispute';
  /** `closed`: it ended without winner or loser, and no money moved. */
  readonly says: 'opened' | 'underReview' | 'won' | 'lost' | 'closed';
  /** The gateway's id of the dispute, in upper case. */
  readonly disputeId: string;
  /** The gateway's code for why. */
  readonly reason?: string;
  /** Until when the corporation may answer: milliseconds since 1970. */
  readonly respondBy?: number;
}

export type GatewayFact = PaymentFact | RefundFact | DisputeFact;

/** How a fact reached us: by itself, as the answer to a question, or as the answer to our request for a refund. */
export type FactSource = 'webhook' | 'query' | 'refund';
