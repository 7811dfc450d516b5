/** BillDesk's transaction and refund objects, which webhooks and status queries carry, read as facts. */
import { z } from 'zod';
import type { FailureReason } from '../../domain/payments/attempt.ts';
import type { GatewayFact, PaymentFact, PaymentMethod, RefundFact } from '../../domain/payments/fact.ts';
import { referencePlace } from './order.ts';
import { readId, readMoney, readReference, readWords, type Reading } from '../readers.ts';

type Fields = Readonly<Record<string, unknown>>;
const fieldsSchema = z.record(z.string(), z.unknown());

/**
 * Every fact in what BillDesk sealed: a payment with the refunds that it lists, or a refund. No field is insisted on but
 * an order: whatever else is missing or odd is for those who check the claim.
 * @param inChat our reference of the order in the chat that was asked about: its order at BillDesk has an id of Meta's
 * @returns none when it is about something else, or about no order
 */
export function factsOf(content: unknown, reading: Reading, inChat?: string): readonly GatewayFact[] {
  const told = fieldsSchema.safeParse(content).data;
  const reference = told && (keptReference(told) ?? inChat);
  // What names the order of an order in the chat takes the place of the id that Meta gave it.
  const fields = reference === undefined ? told : { ...told, orderid: reference };
  if (fields === undefined || ordersOf(fields) === undefined) return [];
  switch (kindOf(fields)) {
    case 'transaction':
      return [paymentOf(fields, reading), ...refundsIn(fields).map((refund) => refundOf(refund, reading))];
    case 'refund':
      return [refundOf(fields, reading)];
    default:
      return [];
  }
}

/** Our reference, where the payment of an order in the chat holds it. */
function keptReference({ additional_info: info }: Fields): string | undefined {
  const kept = readReference(fieldsSchema.safeParse(info).data?.[referencePlace]);
  return kept === 'NA' ? undefined : kept;
}

/** By its own word, and without one by the status that it carries. */
function kindOf({ objectid, refund_status, auth_status }: Fields): string | undefined {
  const told = readWords(objectid)?.toLowerCase();
  if (told !== undefined) return told;
  if (refund_status !== undefined) return 'refund';
  return auth_status === undefined ? undefined : 'transaction';
}

/** What names the order. @returns undefined when nothing does */
function ordersOf({
  orderid,
  bdorderid,
}: Fields): Pick<PaymentFact, 'reference' | 'gatewayOrderId'> | undefined {
  const reference = readReference(orderid);
  const gatewayOrderId = readReference(bdorderid);
  return reference === undefined && gatewayOrderId === undefined ? undefined : { reference, gatewayOrderId };
}

/** `NA` and `0001` are errors at BillDesk, not refusals by the bank: the money may still move. */
const paymentSays: ReadonlyMap<string, PaymentFact['says']> = new Map([
  ['0300', 'success'],
  ['0002', 'pending'],
  ['0399', 'failed'],
  ['0398', 'cancelled'],
]);

/**
 * Both 0799 and 0699 send the money back, 0699 before it has reached the corporation. Other words are published nowhere; two
 * are taken to mean what they mean of a payment.
 */
const refundSays: ReadonlyMap<string, RefundFact['says']> = new Map([
  ['0799', 'refunded'],
  ['0699', 'refunded'],
  ['0002', 'pending'],
  ['0399', 'failed'],
]);

/** `payment_category` would tell as well, but BillDesk's own logs contradict its list. */
const methods: ReadonlySet<string> = new Set<PaymentMethod>(['card', 'netbanking', 'upi', 'wallet']);

function paymentOf(fields: Fields, reading: Reading): PaymentFact {
  const status = readWords(fields['auth_status'], 64);
  const says = paymentSays.get(status ?? '') ?? 'unknown';
  return {
    kind: 'payment',
    says,
    ...commonOf(fields),
    // Without the surcharge, which `charge_amount` holds as well.
    ...readMoney(
      { amount: fields['amount'], currency: fields['currency'], at: fields['transaction_date'] },
      reading,
    ),
    transactionId: readId(fields['transactionid']),
    bankReference: readId(fields['bank_ref_no']),
    method: methodOf(fields['payment_method_type']),
    reason: reasonOf(says, fields['transaction_error_type']),
    // A status that we cannot name is what a person will want to see.
    code: says === 'unknown' ? status : readWords(fields['transaction_error_code'], 64),
    message: readWords(fields['transaction_error_desc']),
  };
}

function refundOf(fields: Fields, reading: Reading): RefundFact {
  const status = readWords(fields['refund_status'], 64);
  return {
    kind: 'refund',
    says: refundSays.get(status ?? '') ?? 'unknown',
    ...commonOf(fields),
    ...readMoney(
      { amount: fields['refund_amount'], currency: fields['currency'], at: fields['refund_date'] },
      reading,
    ),
    refundId: readId(fields['refundid']),
    refundReference: readReference(fields['merc_refund_ref_no']),
    transactionId: readId(fields['transactionid']),
    code: status,
    message: readWords(fields['refund_error_desc'] ?? fields['transaction_error_desc']),
  };
}

function commonOf(
  fields: Fields,
): Pick<PaymentFact, 'gateway' | 'reference' | 'gatewayOrderId' | 'merchantId'> {
  return { gateway: 'billdesk', merchantId: readReference(fields['mercid']) ?? '', ...ordersOf(fields) };
}

/** The refunds that a transaction lists. Only some answers have the field, as one object or as several. */
function refundsIn({ refund_info, ...transaction }: Fields): readonly Fields[] {
  const listed: readonly unknown[] = Array.isArray(refund_info) ? refund_info : [refund_info];
  const { mercid, orderid, bdorderid, transactionid, currency } = transaction;
  return listed
    .map((each) => fieldsSchema.safeParse(each).data)
    .filter((each) => each !== undefined)
    .map((each) => ({ mercid, orderid, bdorderid, transactionid, currency, ...each }));
}

function methodOf(type: unknown): PaymentMethod | undefined {
  const told = readWords(type)?.toLowerCase();
  if (told === undefined) return undefined;
  return methods.has(told) ? (told as PaymentMethod) : 'other';
}

function reasonOf(says: PaymentFact['says'], type: unknown): FailureReason | undefined {
  if (says === 'cancelled') return 'cancelled';
  if (says !== 'failed') return undefined;
  // The bank's no comes as `payment_processing_error` and its kin; other types are about the request.
  return readWords(type)?.toLowerCase().startsWith('payment_') === true ? 'declined' : 'other';
}
