/** Transactions and refunds, as Paytm writes them into webhooks, return forms and answers. */
import { randomInt } from 'node:crypto';
import { clockInKolkata } from '../../../domain/calendar.ts';
import { paise } from '../../../domain/money.ts';
import { rupees } from '../../../gateways/amount.ts';
import type { Method, Refund, RefundState, State, Transaction } from '../../kit/books.ts';
import { oddly, type Oddities, type OddFields } from '../../kit/oddities.ts';
import type { Forgery } from './faults.ts';
import type { Order } from './order.ts';

type Fields = Readonly<Record<string, unknown>>;

/** `resultStatus`, `resultCode` and the words that go with them. */
const outcomes: Readonly<Record<State, readonly [status: string, code: string, words: string]>> = {
  success: ['TXN_SUCCESS', '01', 'Txn Success'],
  pending: [
    'PENDING',
    '402',
    'Looks like the payment is not complete. Please wait while we confirm the status with your bank.',
  ],
  failure: ['TXN_FAILURE', '227', 'Your payment has been declined by your bank.'],
  cancelled: [
    'TXN_FAILURE',
    '141',
    'Transaction cancelled by customer after landing on Payment Gateway Page.',
  ],
};

const routes: Readonly<Record<Method, readonly [mode: string, gateway: string, bank: string]>> = {
  upi: ['UPI', 'PPBLC', ''],
  card: ['CC', 'HDFC', 'HDFC Bank'],
  netbanking: ['NB', 'SBI', 'State Bank of India'],
  wallet: ['PPI', 'WALLET', 'WALLET'],
};

const digits = (count: number): string => Array.from({ length: count }, () => randomInt(10)).join('');

/** Kolkata's clock, which no zone is written beside. */
export const instant = (at: number): string => `${clockInKolkata(at).replace('T', ' ')}.0`;

/** Ids begin with the day. */
const newId = (at: number): string => `${clockInKolkata(at).slice(0, 10).replaceAll('-', '')}${digits(27)}`;

export const newTransaction = (method: Method, state: State, at: number): Transaction => ({
  id: newId(at),
  state,
  method,
  bankReference: `6${digits(11)}`,
  at,
});
export const newRefundId = (): string => newId(Date.now());

export interface Writing extends Partial<Oddities> {
  /** What is wrong in it, if it is about the content. */
  readonly forge?: Forgery;
  /** Another result code than the true one. */
  readonly code?: string;
}

const names: OddFields = {
  ids: ['txnId', 'refundId'],
  amounts: ['txnAmount', 'refundAmount', 'refundAmt'],
  times: ['txnDate', 'userCreditInitiateTimestamp'],
  status: 'status',
};
const usual: Oddities = { ids: 'usual', amounts: 'usual', times: 'usual', status: '' };

/** What goes back in all. */
const refunded = ({ refunds }: Order): string =>
  rupees(
    paise(refunds.filter(({ state }) => state !== 'failed').reduce((sum, { amount }) => sum + amount, 0)),
  );

/** A transaction by the names of JSON webhooks. */
export function transactionBody(
  order: Order,
  transaction: Transaction,
  { forge = 'none', code = '', ...odd }: Writing = {},
): Fields {
  const { id, state, method, at } = transaction;
  const [status, respCode, respMsg] = outcomes[state];
  const [paymentMode, gatewayName, bankName] = routes[method];
  const body = {
    mid: forge === 'merchant' ? 'OTHERMERCHANT' : order.merchantId,
    orderId: forge === 'order' ? `NOBODYS${order.reference.slice(0, 20)}` : order.reference,
    txnId: id,
    txnAmount: forge === 'amount' ? '1.00' : rupees(paise(order.amount)),
    currency: forge === 'currency' ? 'USD' : 'INR',
    status,
    respCode: code === '' ? respCode : code,
    respMsg,
    txnType: 'SALE',
    paymentMode,
    gatewayName,
    bankTxnId: transaction.bankReference,
    bankName,
    txnDate: instant(at),
  };
  return oddly(body, { ...usual, ...odd }, names, at);
}

/** The same as the answer about an order has it, which names no currency. */
export function statusBody(order: Order, transaction: Transaction, writing: Writing): Fields {
  const { status, respCode, respMsg, currency: _, ...body } = transactionBody(order, transaction, writing);
  return {
    resultInfo: { resultStatus: status, resultCode: respCode, resultMsg: respMsg },
    ...body,
    refundAmt: refunded(order),
  };
}

const formNames: Readonly<Record<string, string>> = {
  orderId: 'ORDERID',
  mid: 'MID',
  txnId: 'TXNID',
  txnAmount: 'TXNAMOUNT',
  currency: 'CURRENCY',
  status: 'STATUS',
  respCode: 'RESPCODE',
  respMsg: 'RESPMSG',
  paymentMode: 'PAYMENTMODE',
  gatewayName: 'GATEWAYNAME',
  bankTxnId: 'BANKTXNID',
  bankName: 'BANKNAME',
  txnDate: 'TXNDATE',
};

/** The same by the names of a form. */
export function transactionForm(
  order: Order,
  transaction: Transaction,
  writing: Writing,
): Readonly<Record<string, string>> {
  const body = transactionBody(order, transaction, writing);
  return Object.fromEntries(
    Object.entries(formNames)
      .filter(([name]) => body[name] !== undefined)
      .map(([name, inForm]) => [inForm, String(body[name])]),
  );
}

/** The form of a webhook has more than that of a returning browser. */
export const webhookForm = (
  order: Order,
  transaction: Transaction,
  writing: Writing,
): Readonly<Record<string, string>> => ({
  ...transactionForm(order, transaction, writing),
  CUSTID: order.details.custId,
  MERC_UNQ_REF: order.details.mercUnqRef,
  TXNDATETIME: instant(transaction.at),
});

/** What a UPI app is told to pay. */
export function upiUri(
  { merchantId, reference, amount }: Order,
  by: 'intent' | 'qr',
  forge: Forgery,
): string {
  const wanted = forge === 'amount' ? '1.00' : rupees(paise(amount));
  const payee = `pa=paytm-${merchantId.toLowerCase()}@paytm&pn=Kolkata%20Municipal%20Corporation&mc=9311`;
  return `upi://pay?${payee}&tr=${reference}&am=${wanted}&cu=INR&mode=${by === 'intent' ? '04' : '15'}`;
}

/** What the browser brings when nobody has begun to pay. */
export const nothingBegun = ({ merchantId, reference, amount }: Order): Readonly<Record<string, string>> => ({
  MID: merchantId,
  ORDERID: reference,
  TXNAMOUNT: rupees(paise(amount)),
  CURRENCY: 'INR',
  STATUS: 'TXN_FAILURE',
  RESPCODE: '1006',
  RESPMSG: 'Your Session has expired.',
  BANKTXNID: '',
});

/** What webhooks and answers alike tell of a refund. */
function refundFields(order: Order, refund: Refund, { forge = 'none', ...odd }: Writing): Fields {
  const paid = order.transactions.find(({ id }) => id === refund.transactionId);
  const at = instant(refund.at);
  const amount = rupees(paise(refund.amount));
  const fields = {
    txnId: refund.transactionId,
    orderId: order.reference,
    txnAmount: rupees(paise(order.amount)),
    mid: forge === 'merchant' ? 'OTHERMERCHANT' : order.merchantId,
    refundAmount: amount,
    txnTimestamp: instant(paid?.at ?? refund.at),
    acceptRefundTimestamp: at,
    // One that the merchant began by hand has an id of Paytm's in its place.
    refId: refund.reference ?? refund.id,
    merchantRefundRequestTimestamp: at,
    refundId: refund.id,
    // Handed to the bank: only then there are this time and the account to which it goes.
    ...(refund.state === 'processed' && {
      totalRefundAmount: refunded(order),
      userCreditInitiateTimestamp: at,
      refundDetailInfoList: [{ refundType: 'TO_SOURCE', payMethod: 'UPI', refundAmount: amount }],
    }),
  };
  return oddly(fields, { ...usual, ...odd, status: '' }, names, refund.at);
}

/** What the webhooks of refunds say beside that: of one that was handed to the bank no status. */
const webhookWords: Readonly<Record<RefundState, Fields>> = {
  processed: {},
  pending: { status: 'SUCCESS' },
  failed: {
    status: 'FAILED',
    rejectRefundReasonCode: '1',
    rejectRefundReasonMessage: 'Insufficient balance in your settlement account',
  },
};

export const refundBody = (order: Order, refund: Refund, writing: Writing): Fields => ({
  source: 'MERCHANT',
  ...refundFields(order, refund, writing),
  ...webhookWords[refund.state],
});

const refundResults: Readonly<Record<RefundState, readonly [status: string, code: string, words: string]>> = {
  processed: ['TXN_SUCCESS', '10', 'Refund Successful'],
  pending: ['PENDING', '601', 'Refund request was raised for this transaction. But it is pending state.'],
  failed: ['TXN_FAILURE', '629', 'Refund is already declined by the bank'],
};

/** The answer about a refund. */
export function refundStatusBody(order: Order, refund: Refund, writing: Writing): Fields {
  const [resultStatus, resultCode, resultMsg] = refundResults[refund.state];
  return { resultInfo: { resultStatus, resultCode, resultMsg }, ...refundFields(order, refund, writing) };
}
