/** Razorpay's payment and refund entities, which webhooks and answers carry, read as facts. */
import type { FailureReason } from '../../domain/payments/attempt.ts';
import type { DisputeFact, PaymentFact, PaymentMethod, RefundFact } from '../../domain/payments/fact.ts';
import { asTold, readId, readMoney, readReference, readTime, readWords, type Reading } from '../readers.ts';
import { readEntityId, readFields, readPaise, type Fields } from './readers.ts';

/** Whose money it is. At least one of the first two is there, but for what came of a payment by a QR code. */
export interface Whose {
  readonly reference?: string | undefined;
  /** The payment link, or the QR code. */
  readonly gatewayOrderId?: string | undefined;
  readonly merchantId: string;
}

/** `authorized`: the bank holds the money for us; Razorpay captures it, or gives it back after days. */
const paymentSays: ReadonlyMap<string, PaymentFact['says']> = new Map([
  ['created', 'pending'],
  ['authorized', 'pending'],
  ['captured', 'success'],
  ['refunded', 'success'],
  ['failed', 'failed'],
]);

const refundSays: ReadonlyMap<string, RefundFact['says']> = new Map([
  ['pending', 'pending'],
  ['processed', 'refunded'],
  ['failed', 'failed'],
]);

const methods: ReadonlySet<string> = new Set<PaymentMethod>(['card', 'netbanking', 'upi', 'wallet']);

/** Who said no where it was not the bank, the payer's or that of a card. */
const otherSources: ReadonlySet<string> = new Set(['business', 'internal', 'gateway']);

/** Whether a payment was given back before it was captured: then the corporation never had the money. */
export const isNeverCaptured = ({ status, captured }: Fields): boolean =>
  status === 'refunded' && captured === false;

/** Whether money was sent back that the corporation had. */
export const hasRefunds = (payment: Fields): boolean =>
  !isNeverCaptured(payment) && (readPaise(payment['amount_refunded']) ?? 0) > 0;

export function paymentOf(payment: Fields, whose: Whose, reading: Reading): PaymentFact {
  const status = readWords(payment['status'], 64);
  const reason = readWords(payment['error_reason'], 64)?.toLowerCase();
  const told = isNeverCaptured(payment) ? 'failed' : (paymentSays.get(status ?? '') ?? 'unknown');
  // A citizen who gives up on the page leaves a payment that failed.
  const says = told === 'failed' && reason === 'payment_cancelled' ? 'cancelled' : told;
  return {
    kind: 'payment',
    says,
    gateway: 'razorpay',
    ...whose,
    ...moneyOf(payment, reading),
    transactionId: idOf(payment['id']),
    bankReference: bankReferenceOf(payment['acquirer_data']),
    method: methodOf(payment['method']),
    reason: says === 'failed' || says === 'cancelled' ? reasonOf(payment, reason) : undefined,
    ...(says === 'unknown'
      ? // A status that we cannot name is what a person will want to see.
        { code: status }
      : {
          code: [readWords(payment['error_code'], 64), reason].filter(Boolean).join('/') || undefined,
          message: readWords(payment['error_description']),
        }),
  };
}

export function refundOf(refund: Fields, whose: Whose, reading: Reading): RefundFact {
  const status = readWords(refund['status'], 64);
  return {
    kind: 'refund',
    says: refundSays.get(status ?? '') ?? 'unknown',
    gateway: 'razorpay',
    ...whose,
    ...moneyOf(refund, reading),
    refundId: readId(refund['id']),
    refundReference: readReference(refund['receipt']),
    transactionId: idOf(refund['payment_id']),
    code: status,
  };
}

const disputeSays: ReadonlyMap<string, DisputeFact['says']> = new Map([
  ['open', 'opened'],
  ['under_review', 'underReview'],
  ['won', 'won'],
  ['lost', 'lost'],
  ['closed', 'closed'],
]);

/** A bank leaves weeks for an answer, and times so far ahead are read nowhere else. */
const longestToRespondMs = 90 * 86_400_000;

/**
 * @param at when it was said
 * @returns undefined for a dispute without an id, or with a status that we do not know
 */
export function disputeOf(
  dispute: Fields,
  whose: Whose,
  { at, now }: Reading & { readonly at: unknown },
): DisputeFact | undefined {
  const says = disputeSays.get(readWords(dispute['status'])?.toLowerCase() ?? '');
  const disputeId = readId(dispute['id']);
  if (says === undefined || disputeId === undefined) return undefined;
  return {
    kind: 'dispute',
    says,
    gateway: 'razorpay',
    ...whose,
    ...moneyOf({ ...dispute, created_at: at }, { now }),
    disputeId,
    transactionId: idOf(dispute['payment_id']),
    reason: readWords(dispute['reason_code'], 64),
    respondBy: readTime(dispute['respond_by'], { now: now + longestToRespondMs }),
  };
}

/** The id of a payment, as facts have it. */
export const idOf = (value: unknown): string | undefined => readId(readEntityId('pay', value) ?? value);

function moneyOf(
  { amount, currency, created_at: at }: Fields,
  reading: Reading,
): ReturnType<typeof readMoney> {
  const inPaise = readPaise(amount);
  return {
    ...readMoney({ amount: undefined, currency, at }, reading),
    amount: inPaise,
    amountAsTold: inPaise === undefined ? asTold(amount) : undefined,
  };
}

/** UPI's and cards' RRN, or a bank's or wallet's own number. A card's `auth_code` is used again and names nothing. */
function bankReferenceOf(acquirerData: unknown): string | undefined {
  const told = readFields(acquirerData) ?? {};
  return ['rrn', 'bank_transaction_id', 'transaction_id', 'upi_transaction_id']
    .map((name) => readId(told[name]))
    .find((id) => id !== undefined);
}

function methodOf(method: unknown): PaymentMethod | undefined {
  const told = readWords(method)?.toLowerCase();
  if (told === undefined) return undefined;
  return methods.has(told) ? (told as PaymentMethod) : 'other';
}

function reasonOf(payment: Fields, reason: string | undefined): FailureReason {
  if (reason === 'payment_cancelled') return 'cancelled';
  if (reason === 'payment_timed_out') return 'expired';
  const source = readWords(payment['error_source'])?.toLowerCase();
  return source === undefined || otherSources.has(source) ? 'other' : 'declined';
}
