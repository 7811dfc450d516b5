/** Razorpay's webhooks: which events tell of what, how each is written, and how it is signed. */
import { randomBytes } from 'node:crypto';
import { sign } from '../../../gateways/razorpay/signature.ts';
import type { Message, Refund, RefundState, State, Transaction } from '../../kit/books.ts';
import { disputeObject, entitiesOf, seconds, type DisputeStage, type Writing } from './entities.ts';
import { newId, type Order } from './order.ts';
import type { Forgery } from './faults.ts';

type EventName =
  | 'payment.authorized'
  | 'payment.captured'
  | 'payment.failed'
  | 'order.paid'
  | 'payment_link.paid'
  | 'qr_code.credited'
  | 'refund.created'
  | 'refund.processed'
  | 'refund.failed'
  | `payment.dispute.${DisputeStage}`;

/** What happens in each state, in Razorpay's order. */
const eventsInState: Readonly<Record<State, readonly EventName[]>> = {
  success: ['payment.authorized', 'payment.captured', 'order.paid', 'payment_link.paid'],
  pending: ['payment.authorized'],
  failure: ['payment.failed'],
  cancelled: ['payment.failed'],
};

export function eventsIn(state: State, { details }: Order): readonly EventName[] {
  if (details.kind === 'qrCode' && state === 'success')
    return ['payment.authorized', 'payment.captured', 'qr_code.credited'];
  // Of an order in the chat there is no link that could be paid.
  return eventsInState[state].filter((name) => name !== 'payment_link.paid' || details.kind !== 'chat');
}

/** Posted where the merchant closes a code; where it runs out, Razorpay posts nothing. */
export const closedEvent = (order: Order, at: number): object => ({
  entity: 'event',
  account_id: order.merchantId,
  event: 'qr_code.closed',
  contains: ['qr_code'],
  payload: { qr_code: { entity: entitiesOf(order).qrCode } },
  created_at: seconds(at),
});

export const refundEvents: Readonly<Record<RefundState, EventName>> = {
  pending: 'refund.created',
  processed: 'refund.processed',
  failed: 'refund.failed',
};

interface Told {
  readonly order: Order;
  readonly transaction: Transaction;
  readonly refund?: Refund;
  readonly disputed?: DisputeStage;
}

/** The body of an event. */
export function eventObject(
  name: EventName,
  { order, transaction, refund, disputed }: Told,
  how: Writing,
): object {
  const told = entitiesOf(order, how);
  const account_id = how.forge === 'merchant' ? 'OTHERMERCHANT' : order.merchantId;
  // A snapshot of when it happened: before the money was captured, it was authorised.
  const snapshot =
    name === 'payment.authorized' ? ({ ...transaction, state: 'pending' } as const) : transaction;
  const payment = { entity: told.payment(snapshot) };
  if (name === 'payment_link.paid') {
    // In this event Razorpay leaves out the prefix of the order, and sorts all keys.
    const { id, ...rest } = told.order as { readonly id: string };
    return sorted({
      account_id,
      contains: ['payment_link', 'order', 'payment'],
      created_at: seconds(order.createdAt),
      entity: 'event',
      event: name,
      payload: {
        order: { entity: { ...rest, id: id.replace('order_', '') } },
        payment,
        payment_link: { entity: told.link },
      },
    }) as object;
  }
  const payload = {
    payment,
    ...(name === 'order.paid' && { order: { entity: told.order } }),
    ...(name === 'qr_code.credited' && { qr_code: { entity: told.qrCode } }),
    ...(refund && { refund: { entity: told.refund(refund) } }),
    ...(disputed && { dispute: { entity: disputeObject(order, transaction, disputed) } }),
  };
  return {
    entity: 'event',
    account_id,
    event: name,
    contains: Object.keys(payload).reverse(),
    payload,
    created_at: seconds(refund?.at ?? transaction.at),
  };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, each]) => [name, sorted(each)]));
}

/** A signature that is right, altered, or of somebody else's secret. */
export function signature(signed: string, secret: string, forge: Forgery = 'none'): string {
  const hex = sign(signed, forge === 'key' ? randomBytes(16).toString('hex') : secret);
  return forge === 'signature' ? `${hex.startsWith('0') ? '1' : '0'}${hex.slice(1)}` : hex;
}

/** The request of a webhook. Posted once more by hand, the same event has another id. */
export function messageOf(event: object, secret: string, forge?: Forgery): Message {
  const body = JSON.stringify(event);
  return {
    body,
    headers: {
      'Content-Type': 'application/json',
      'X-Razorpay-Signature': signature(body, secret, forge),
      'x-razorpay-event-id': newId('pay').replace('pay_', ''),
    },
  };
}
