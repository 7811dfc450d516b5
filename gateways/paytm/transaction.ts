/** What webhooks and status answers tell of payments and refunds, read as facts. */
import type { FailureReason } from '../../domain/payments/attempt.ts';
import type { GatewayFact, PaymentFact, PaymentMethod, RefundFact } from '../../domain/payments/fact.ts';
import { readId, readMoney, readReference, readTime, readWords, type Reading } from '../readers.ts';
import { resultIn } from './result.ts';
import type { Fields, SignedWords } from './signed.ts';

interface ReadingOfMerchant extends Reading {
  /** The MID whose key proved the words: some of them name none. */
  readonly mid: string;
}

/**
 * Every fact in a callback. No field is insisted on but an order: whatever else is missing or odd is for those who check the
 * claim.
 * @returns none when it is about something else, or about no order
 */
export function factsOfCallback(
  { kind, fields }: SignedWords,
  reading: ReadingOfMerchant,
): readonly GatewayFact[] {
  return kind === 'form' ? factsOfForm(fields, reading) : factsOfJson(fields, reading);
}

/** The facts in signed JSON. Answers put status and code into `resultInfo`, and webhooks beside the rest. */
export function factsOfJson(body: Fields, reading: ReadingOfMerchant): readonly GatewayFact[] {
  const { resultStatus: status, resultCode: respCode, resultMsg: respMsg } = resultIn(body) ?? {};
  const fields: Fields = { status, respCode, respMsg, ...body };
  if (readReference(fields['orderId']) === undefined) return [];
  if (isRefund(fields)) return [refundOf(fields, reading)];
  return fields['status'] === undefined ? [] : [paymentOf(fields, reading)];
}

/** By its own word, and without one by the ids that it carries. */
function isRefund({ txnType, refundId, refId }: Fields): boolean {
  const type = readWords(txnType);
  if (type !== undefined) return type === 'REFUND';
  return readId(refundId) !== undefined || readReference(refId) !== undefined;
}

/** The names of a form, and what JSON calls the same. */
const formNames: ReadonlyMap<string, string> = new Map([
  ['MID', 'mid'],
  ['ORDERID', 'orderId'],
  ['TXNID', 'txnId'],
  ['TXNAMOUNT', 'txnAmount'],
  ['CURRENCY', 'currency'],
  ['TXNDATE', 'txnDate'],
  ['TXNDATETIME', 'txnDateTime'],
  ['PAYMENTMODE', 'paymentMode'],
  ['BANKTXNID', 'bankTxnId'],
  ['STATUS', 'status'],
  ['RESPCODE', 'respCode'],
  ['RESPMSG', 'respMsg'],
]);

/** What stands in a form of a success. */
const formValues: Readonly<Record<string, RegExp>> = {
  ORDERID: /^[\w@.-]{1,50}$/,
  PAYMENTMODE: /^[A-Z_]+$/,
  RESPCODE: /^01$/,
  STATUS: /^TXN_SUCCESS$/,
  TXNAMOUNT: /^\d+\.\d\d$/,
  TXNID: /^\d+$/,
};

/**
 * Every payer holds a signed form in the browser, and could post its values under other names: a date as the id of a second
 * payment. With the MID in its place and each of these values fit for its name, they can stand under no names but their own.
 */
function isWhole(form: Fields, { mid }: ReadingOfMerchant): boolean {
  return (
    form['MID'] === mid && Object.entries(formValues).every(([name, value]) => value.test(String(form[name])))
  );
}

/** Of forms only those of payments tell something: those of refunds repeat what JSON has told. */
function factsOfForm(form: Fields, reading: ReadingOfMerchant): readonly GatewayFact[] {
  const fields = Object.fromEntries(
    Object.entries(form).map(([name, value]) => [formNames.get(name) ?? name, value]),
  );
  if (readReference(fields['orderId']) === undefined || fields['status'] === undefined) return [];
  const payment = paymentOf(fields, reading);
  return [payment.says === 'success' && !isWhole(form, reading) ? { ...payment, says: 'unknown' } : payment];
}

/** The bank's no, or Paytm's for it. */
const declined = ['227', '235', '267', '295', '335', '401', '810', '820', '843'];

/**
 * By status and code, of which neither suffices alone. 501 is an error of Paytm, not a refusal by the bank: the money may
 * still move, as with every code that stands nowhere.
 */
const paymentSays: ReadonlyMap<string, PaymentFact['says']> = new Map([
  ['TXN_SUCCESS 01', 'success'],
  ['PENDING 400', 'pending'],
  ['PENDING 402', 'pending'],
  ['TXN_FAILURE 141', 'cancelled'],
  ...declined.map((code) => [`TXN_FAILURE ${code}`, 'failed'] as const),
  // UPI knows of no such payment, which NPCI has everybody take for a failure, whatever stands beside it.
  ...['TXN_FAILURE', 'PENDING'].map((status) => [`${status} U48`, 'failed'] as const),
]);

const reasons: Partial<Record<PaymentFact['says'], FailureReason>> = {
  failed: 'declined',
  cancelled: 'cancelled',
};

const methods: ReadonlyMap<string, PaymentMethod> = new Map([
  ['UPI', 'upi'],
  ['UPI_INTENT', 'upi'],
  ['CC', 'card'],
  ['DC', 'card'],
  ['EMI', 'card'],
  ['CREDIT_CARD', 'card'],
  ['DEBIT_CARD', 'card'],
  ['NB', 'netbanking'],
  ['NET_BANKING', 'netbanking'],
  ['PPI', 'wallet'],
  ['BALANCE', 'wallet'],
]);

function paymentOf(fields: Fields, reading: ReadingOfMerchant): PaymentFact {
  const status = readWords(fields['status'], 64) ?? '';
  const code = readWords(fields['respCode'], 64);
  const outcome = `${status} ${code ?? ''}`.trim();
  const says = paymentSays.get(outcome) ?? 'unknown';
  const mode = readWords(fields['paymentMode'])?.toUpperCase();
  const { txnDate, txnDateTime } = fields;
  return {
    kind: 'payment',
    says,
    ...commonOf(fields, reading),
    // The date alone may stand beside the time.
    ...moneyOf(fields['txnAmount'], readTime(txnDateTime, reading) === undefined ? txnDate : txnDateTime, {
      fields,
      reading,
    }),
    bankReference: readId(fields['bankTxnId']),
    method: mode === undefined ? undefined : (methods.get(mode) ?? 'other'),
    reason: reasons[says],
    // What we cannot name is what a person will want to see whole.
    code: says === 'unknown' ? outcome : code,
    message: readWords(fields['respMsg']),
  };
}

/** What `resultStatus` and `status` say of a refund. */
const refundSays: ReadonlyMap<string, RefundFact['says']> = new Map([
  ['TXN_SUCCESS', 'refunded'],
  ['PENDING', 'pending'],
  ['TXN_FAILURE', 'failed'],
  ['FAILED', 'failed'],
  // Paytm has accepted the refund; the money is not on its way yet.
  ['SUCCESS', 'pending'],
]);

function refundOf(fields: Fields, reading: ReadingOfMerchant): RefundFact {
  const status = readWords(fields['status'], 64);
  const { userCreditInitiateTimestamp: sentAt, acceptRefundTimestamp, txnDate } = fields;
  // The webhook of a refund that has been handed to the bank has this time, and no status.
  const isSent = status === undefined && sentAt !== undefined;
  const says = isSent ? 'refunded' : (refundSays.get(status ?? '') ?? 'unknown');
  return {
    kind: 'refund',
    says,
    ...commonOf(fields, reading),
    ...moneyOf(fields['refundAmount'], sentAt ?? acceptRefundTimestamp ?? txnDate, { fields, reading }),
    refundId: readId(fields['refundId']),
    refundReference: readReference(fields['refId']),
    // The webhook of a refund that went well has none.
    ...(says !== 'refunded' && {
      code: readWords(fields['rejectRefundReasonCode'] ?? fields['respCode'], 64) ?? status,
      message: readWords(fields['rejectRefundReasonMessage'] ?? fields['respMsg']),
    }),
  };
}

function commonOf(
  fields: Fields,
  { mid }: ReadingOfMerchant,
): Pick<PaymentFact, 'gateway' | 'reference' | 'merchantId' | 'transactionId'> {
  return {
    gateway: 'paytm',
    reference: readReference(fields['orderId']),
    merchantId: readReference(fields['mid']) ?? mid,
    transactionId: readId(fields['txnId']),
  };
}

/** Accounts at Paytm hold rupees alone, and not all of its words repeat that. */
function moneyOf(
  amount: unknown,
  at: unknown,
  { fields, reading }: { readonly fields: Fields; readonly reading: Reading },
): ReturnType<typeof readMoney> {
  return readMoney({ amount, currency: fields['currency'] ?? 'INR', at }, reading);
}
