/** The transaction object, as BillDesk writes it into webhooks, return forms and answers. */
import { randomBytes, randomInt } from 'node:crypto';
import { clockInKolkata } from '../../../domain/calendar.ts';
import { paise } from '../../../domain/money.ts';
import { rupees } from '../../../gateways/amount.ts';
import type { Method, Refund, RefundState, State, Transaction } from '../../kit/books.ts';
import { oddly, type Oddities, type OddFields } from '../../kit/oddities.ts';
import type { Forgery } from './faults.ts';
import type { Order } from './order.ts';

/** `auth_status` and what goes with it. What BillDesk writes of a cancellation, nobody has published. */
const outcomes: Readonly<
  Record<State, readonly [status: string, code: string, type: string, words: string]>
> = {
  success: ['0300', 'TRS0000', 'success', 'Transaction Successful'],
  pending: ['0002', 'TRP0000', 'pending', 'Transaction Pending'],
  failure: ['0399', 'TRPPE0001', 'payment_processing_error', 'Payment processing error'],
  cancelled: ['0398', 'TRPCE0001', 'payment_cancelled_error', 'Cancelled by the customer'],
};

const routes: Readonly<Record<Method, readonly [category: string, process: string, bank: string]>> = {
  upi: ['10', 'intent', 'IC5'],
  card: ['02', '3ds', 'HDF'],
  netbanking: ['01', 'nb', 'SBI'],
  wallet: ['05', 'wallet', 'WLT'],
};

/** An amount as merchants must write it, in paise: stricter than our own reader. */
export const inPaise = (amount: string): number | undefined =>
  /^\d{1,12}\.\d{2}$/.test(amount) ? Number(amount.replace('.', '')) : undefined;

export const instant = (at: number): string => `${clockInKolkata(at)}+05:30`;

/** UPI's reference has twelve digits. */
const bankReference = (method: Method): string =>
  method === 'upi'
    ? Array.from({ length: 12 }, (_, index) => randomInt(index === 0 ? 1 : 0, 10)).join('')
    : randomBytes(6).toString('hex').toUpperCase();

export const newTransaction = (method: Method, state: State, at: number): Transaction => ({
  id: `X${routes[method][2]}${randomBytes(5).toString('hex').toUpperCase()}`,
  state,
  method,
  bankReference: bankReference(method),
  at,
});

export interface Writing extends Partial<Oddities> {
  /** What is wrong in it, if it is about the content. */
  readonly forge?: Forgery;
}

const names: OddFields = {
  ids: ['transactionid', 'refundid'],
  amounts: ['amount', 'charge_amount', 'refund_amount'],
  times: ['transaction_date', 'refund_date'],
  status: 'auth_status',
};
const usual: Oddities = { ids: 'usual', amounts: 'usual', times: 'usual', status: '' };

export function transactionObject(
  order: Order,
  transaction: Transaction,
  { forge = 'none', ...odd }: Writing = {},
): object {
  const { id, state, method, at } = transaction;
  const [auth_status, transaction_error_code, transaction_error_type, transaction_error_desc] =
    outcomes[state];
  const [payment_category, txn_process_type, bankid] = routes[method];
  const amount = forge === 'amount' ? '1.00' : rupees(paise(order.amount));
  const { currency, itemcode, additional_info, settlement_lob } = order.details;
  const object = {
    mercid: forge === 'merchant' ? 'OTHERMERCHANT' : order.merchantId,
    transaction_date: instant(at),
    surcharge: '0.00',
    payment_method_type: method,
    amount,
    ru: order.returnUrl,
    orderid: forge === 'order' ? `NOBODYS${order.reference.slice(0, 20)}` : order.reference,
    transaction_error_type,
    discount: '0.00',
    payment_category,
    bank_ref_no: transaction.bankReference,
    transactionid: id,
    txn_process_type,
    bankid,
    additional_info,
    itemcode,
    ...(settlement_lob === undefined ? {} : { settlement_lob }),
    transaction_error_code,
    currency: forge === 'currency' ? '840' : currency,
    auth_status,
    transaction_error_desc,
    objectid: 'transaction',
    charge_amount: amount,
  };
  return oddly(object, { ...usual, ...odd }, names, at);
}

/** How BillDesk writes a refund that is not sent, nobody has published: as of payments. */
const refundStatuses: Readonly<Record<RefundState, string>> = {
  processed: '0799',
  pending: '0002',
  failed: '0399',
};

export const newRefundId = (): string => `RF${randomBytes(6).toString('hex').toUpperCase()}`;

export function refundObject(order: Order, refund: Refund, odd: Partial<Oddities> = {}): object {
  const paid = order.transactions.find(({ id }) => id === refund.transactionId);
  const object = {
    objectid: 'refund',
    refundid: refund.id,
    transactionid: refund.transactionId,
    orderid: order.reference,
    mercid: order.merchantId,
    transaction_date: instant(paid?.at ?? refund.at),
    txn_amount: rupees(paise(order.amount)),
    refund_amount: rupees(paise(refund.amount)),
    currency: order.details.currency,
    refund_date: instant(refund.at),
    merc_refund_ref_no: refund.reference ?? 'NA',
    refund_status: refundStatuses[refund.state],
  };
  return oddly(object, { ...usual, ...odd }, names, refund.at);
}
