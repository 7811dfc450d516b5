/** The entities of Razorpay, as its webhooks and its answers carry them. */
import { randomBytes, randomInt } from 'node:crypto';
import type { Method, Refund, State, Transaction } from '../../kit/books.ts';
import { oddly, type Oddities } from '../../kit/oddities.ts';
import { referenceNote } from '../../../gateways/razorpay/link.ts';
import type { Forgery, RazorpayFaults } from './faults.ts';
import { newId, type Order } from './order.ts';

export const seconds = (at: number): number => Math.floor(at / 1_000);

const twelveDigits = (): string =>
  Array.from({ length: 12 }, (_, index) => randomInt(index === 0 ? 1 : 0, 10)).join('');

export const newTransaction = (method: Method, state: State, at: number): Transaction => ({
  id: newId('pay'),
  state,
  method,
  bankReference: method === 'wallet' ? randomBytes(6).toString('hex').toUpperCase() : twelveDigits(),
  at,
});

export const newRefundId = (): string => newId('rfnd');

const statuses: Readonly<Record<State, string>> = {
  success: 'captured',
  pending: 'authorized',
  failure: 'failed',
  cancelled: 'failed',
};

const noError = {
  error_code: null,
  error_description: null,
  error_source: null,
  error_step: null,
  error_reason: null,
};

const errors: Readonly<Record<State, object>> = {
  success: noError,
  pending: noError,
  failure: {
    error_code: 'BAD_REQUEST_ERROR',
    error_description: 'Payment failed',
    error_source: 'issuer',
    error_step: 'payment_authorization',
    error_reason: 'payment_failed',
  },
  cancelled: {
    error_code: 'BAD_REQUEST_ERROR',
    error_description: 'Payment processing cancelled by user',
    error_source: 'customer',
    error_step: 'payment_authentication',
    error_reason: 'payment_cancelled',
  },
};

/** Where each method has the bank's number. */
const acquirerData: Readonly<Record<Method, (reference: string | null) => object>> = {
  upi: (rrn) => ({ rrn }),
  card: (rrn) => ({ auth_code: rrn?.slice(0, 6) ?? null, rrn }),
  netbanking: (bank_transaction_id) => ({ bank_transaction_id }),
  wallet: (transaction_id) => ({ transaction_id }),
};

export interface Writing extends Partial<
  Pick<RazorpayFaults, 'ids' | 'amounts' | 'times' | 'status' | 'imageContent'>
> {
  /** What is wrong in it, if it is about the content. */
  readonly forge?: Forgery;
}

const usual: Oddities = { ids: 'usual', amounts: 'usual', times: 'usual', status: '' };
const oddFields = { ids: ['id'], amounts: [], times: [], status: 'status' };

const amountAs = (amount: number, how: RazorpayFaults['amounts'] = 'usual'): unknown =>
  ({ usual: amount, absent: undefined, unreadable: amount / 100 + 0.001 })[how];

const timeAs = (at: number, how: RazorpayFaults['times'] = 'usual'): unknown =>
  ({ usual: seconds(at), absent: undefined, epochMs: at, impossible: 0 })[how];

/** An order of Razorpay's that nobody here made, where that is what is forged. */
const referenceOf = ({ reference }: Order, forge: Forgery | undefined): string =>
  forge === 'order' ? `NOBODYS${reference.slice(0, 20)}` : reference;

const refunded = ({ refunds }: Order, { id }: Transaction): number =>
  refunds.filter(({ transactionId }) => transactionId === id).reduce((sum, { amount }) => sum + amount, 0);

export const disputeStages = ['created', 'action_required', 'under_review', 'won', 'lost', 'closed'] as const;
export type DisputeStage = (typeof disputeStages)[number];

const daysToRespond = 10;

/** The dispute of an order's payment: one at most, so that every stage of it tells of the same. */
export function disputeObject(
  { amount, details }: Order,
  { id, at }: Transaction,
  stage: DisputeStage,
): object {
  const isOpen = stage === 'created' || stage === 'action_required';
  return {
    id: details.orderId.replace('order_', 'disp_'),
    entity: 'dispute',
    payment_id: id,
    amount,
    currency: details.currency,
    amount_deducted: stage === 'lost' ? amount : 0,
    reason_code: 'goods_or_services_not_received_or_partially_received',
    respond_by: seconds(at) + daysToRespond * 86_400,
    status: isOpen ? 'open' : stage,
    phase: 'chargeback',
    created_at: seconds(at),
  };
}

/** What a UPI app is told to pay. Razorpay leaves out paise that are none. */
const contentOf = ({ amount, gatewayOrderId }: Order, forge: Forgery | undefined): string =>
  'upi://pay?pa=kmc.rzp@testbank&pn=KolkataMunicipalCorporation&' +
  `tr=RZP${gatewayOrderId.replace('qr_', '')}qrv2&tn=PaymenttoKMC&am=${forge === 'amount' ? 1 : amount / 100}&cu=INR&mc=9311&mode=15`;

/** Of one link or code, as a webhook holds them together. */
export interface Entities {
  readonly link: object;
  readonly qrCode: object;
  readonly order: object;
  readonly payment: (transaction: Transaction) => object;
  readonly refund: (refund: Refund) => object;
}

export function entitiesOf(
  order: Order,
  { forge, ids, amounts, times, status, imageContent = true }: Writing = {},
): Entities {
  const { details, createdAt, transactions, validUntil } = order;
  const reference = referenceOf(order, forge);
  const isCode = details.kind === 'qrCode';
  const linkId = forge === 'order' ? newId(isCode ? 'qr' : 'plink') : order.gatewayOrderId;
  const orderId = details.orderId;
  const notes = { ...details.notes, ...(forge === 'order' && { [referenceNote]: reference }) };
  const amount = forge === 'amount' ? 100 : order.amount;
  const currency = forge === 'currency' ? 'USD' : details.currency;
  const paid = transactions.filter(({ state }) => state === 'success');
  const [firstPaid] = paid;
  const { closedAt } = details;
  const isOver = firstPaid === undefined && validUntil <= Date.now();
  const unpaid = closedAt !== undefined ? 'cancelled' : isOver ? 'expired' : 'created';
  const odd = { ...usual, ...(ids && { ids }) };

  return {
    link: {
      accept_partial: false,
      amount,
      amount_paid: firstPaid === undefined ? 0 : amount,
      callback_method: 'get',
      callback_url: order.returnUrl,
      cancelled_at: closedAt === undefined ? 0 : seconds(closedAt),
      created_at: seconds(createdAt),
      currency,
      customer: {},
      description: details.description,
      expire_by: seconds(validUntil),
      expired_at: unpaid === 'expired' ? seconds(validUntil) : 0,
      first_min_partial_amount: 0,
      id: linkId,
      notes,
      notify: { email: false, sms: false, whatsapp: false },
      // Made when the page is opened; here, when somebody begins to pay.
      ...(transactions.length > 0 && { order_id: orderId }),
      payments:
        paid.length === 0
          ? null
          : paid.map((each) => ({
              amount,
              created_at: seconds(each.at),
              method: each.method,
              payment_id: each.id,
              plink_id: linkId,
              status: 'captured',
            })),
      reference_id: reference,
      reminder_enable: false,
      reminders: [],
      short_url: details.shortUrl,
      status: firstPaid === undefined ? unpaid : 'paid',
      updated_at: seconds(transactions.at(-1)?.at ?? createdAt),
      upi_link: details.kind === 'upiLink',
      user_id: '',
      whatsapp_link: false,
    },
    qrCode: {
      id: linkId,
      entity: 'qr_code',
      created_at: seconds(createdAt),
      name: order.reference,
      usage: 'single_use',
      type: 'upi_qr',
      image_url: details.shortUrl,
      ...(imageContent && { image_content: contentOf(order, forge) }),
      payment_amount: amount,
      status: firstPaid === undefined && unpaid === 'created' ? 'active' : 'closed',
      description: details.description,
      fixed_amount: true,
      payments_amount_received: paid.length * amount,
      payments_count_received: paid.length,
      notes,
      customer_id: null,
      close_by: seconds(validUntil),
      closed_at:
        firstPaid === undefined ? (closedAt === undefined ? null : seconds(closedAt)) : seconds(firstPaid.at),
      close_reason: firstPaid === undefined ? (closedAt === undefined ? null : 'on_demand') : 'paid',
    },
    order: {
      id: orderId,
      entity: 'order',
      amount,
      amount_paid: firstPaid === undefined ? 0 : amount,
      amount_due: firstPaid === undefined ? amount : 0,
      currency,
      receipt: reference,
      status: firstPaid === undefined ? 'attempted' : 'paid',
      attempts: transactions.length,
      notes,
      ...(details.kind !== 'chat' && {
        product_id: linkId.replace('plink_', ''),
        product_type: 'payment_link_v2',
      }),
      created_at: seconds(transactions[0]?.at ?? createdAt),
    },
    payment: (transaction) => {
      const { id, state, method, bankReference, at } = transaction;
      const back = refunded(order, transaction);
      const isCaptured = state === 'success';
      const written = back >= order.amount ? 'refunded' : statuses[state];
      return oddly(
        {
          id,
          entity: 'payment',
          amount: amountAs(amount, amounts),
          currency,
          status: status || written,
          order_id: isCode ? null : orderId,
          invoice_id: null,
          international: false,
          method,
          amount_refunded: back,
          refund_status: back === 0 ? null : back >= order.amount ? 'full' : 'partial',
          captured: isCaptured,
          description: isCode
            ? 'QRv2 Payment'
            : details.kind === 'chat'
              ? details.description
              : `#${linkId.replace('plink_', '')}`,
          card_id: null,
          bank: method === 'netbanking' ? 'SBIN' : null,
          wallet: method === 'wallet' ? 'payzapp' : null,
          vpa: null,
          email: 'void@razorpay.com',
          contact: null,
          // Razorpay does not copy them from a QR code.
          notes: isCode ? [] : notes,
          fee: isCaptured ? Math.round(order.amount * 0.0236) : null,
          tax: isCaptured ? Math.round(order.amount * 0.0036) : null,
          ...errors[state],
          acquirer_data: acquirerData[method](
            state === 'failure' || state === 'cancelled' ? null : bankReference,
          ),
          created_at: timeAs(at, times),
        },
        odd,
        oddFields,
        at,
      );
    },
    refund: ({ id, reference: receipt = null, transactionId, state, amount: sentBack, at }) =>
      oddly(
        {
          id,
          entity: 'refund',
          amount: amountAs(sentBack, amounts),
          currency,
          payment_id: transactionId,
          notes: [],
          receipt,
          acquirer_data: { arn: null },
          created_at: timeAs(at, times),
          batch_id: null,
          status: state,
          speed_processed: 'normal',
          speed_requested: 'normal',
        },
        odd,
        oddFields,
        at,
      ),
  };
}
