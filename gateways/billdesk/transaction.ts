/** BillDesk's transaction object, which webhooks, return forms and status queries all carry, read as a fact. */
import { z } from 'zod';
import type { FailureReason, GatewayFact, PaymentMethod } from '../../domain/payments/attempt.ts';
import { inPaise, rupee } from './amount.ts';

const text = z.string().optional().catch(undefined);

export const transactionSchema = z.object({
  objectid: z.literal('transaction').optional(),
  mercid: z.string().min(1),
  orderid: z.string().min(1),
  auth_status: z.string(),
  transactionid: text,
  bank_ref_no: text,
  /** Without the surcharge, which `charge_amount` holds as well. */
  amount: text,
  currency: text,
  transaction_date: text,
  payment_method_type: text,
  transaction_error_type: text,
  transaction_error_code: text,
  transaction_error_desc: text,
});
export type Transaction = z.output<typeof transactionSchema>;

/** `NA` and `0001` are errors at BillDesk, not refusals by the bank: the money may still move. */
const says: ReadonlyMap<string, GatewayFact['says']> = new Map([
  ['0300', 'success'],
  ['0002', 'pending'],
  ['0399', 'failed'],
  ['0398', 'cancelled'],
]);

/** `payment_category` would tell as well, but BillDesk's own logs contradict its list. */
const methods: ReadonlySet<string> = new Set<PaymentMethod>(['card', 'netbanking', 'upi', 'wallet']);

export function factOf(transaction: Transaction): GatewayFact {
  const said = says.get(transaction.auth_status) ?? 'unknown';
  const { currency, payment_method_type: method } = transaction;
  return {
    gateway: 'billdesk',
    reference: transaction.orderid,
    merchantId: transaction.mercid,
    says: said,
    amount: inPaise(transaction.amount),
    currency: currency === rupee ? 'INR' : currency,
    transactionId: transaction.transactionid,
    bankReference: transaction.bank_ref_no,
    method: method === undefined ? undefined : methodOf(method),
    at: instantOf(transaction.transaction_date),
    reason: reasonOf(said, transaction.transaction_error_type),
    // A status that we cannot name is what a person will want to see.
    code: said === 'unknown' ? transaction.auth_status : transaction.transaction_error_code,
    message: transaction.transaction_error_desc,
  };
}

const methodOf = (type: string): PaymentMethod => (methods.has(type) ? (type as PaymentMethod) : 'other');

function reasonOf(said: GatewayFact['says'], type: string | undefined): FailureReason | undefined {
  if (said === 'cancelled') return 'cancelled';
  if (said !== 'failed') return undefined;
  // The bank's no comes as `payment_processing_error` and its kin; other types are about the request.
  return type?.startsWith('payment_') === true ? 'declined' : 'other';
}

/** `2026-04-01T10:20:48+05:30` in milliseconds since 1970; without an offset it is Kolkata's clock. */
function instantOf(date: string | undefined): number | undefined {
  const [, clock, offset = '+05:30'] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(Z|[+-]\d\d:\d\d)?$/.exec(date ?? '') ?? [];
  const instant = clock === undefined ? NaN : Date.parse(`${clock}${offset}`);
  return Number.isNaN(instant) ? undefined : instant;
}
