/**
 * The events of Razorpay's webhooks, read as facts. Each is a snapshot of some entities at its time, and they come in any
 * order: `payment.captured` before `payment.authorized`, and for days after `payment.failed`.
 */
import type { GatewayFact } from '../../domain/payments/fact.ts';
import { readReference, readWords, type Reading } from '../readers.ts';
import { referenceNote } from './link.ts';
import { disputeOf, isNeverCaptured, paymentOf, refundOf, type Whose } from './payment.ts';
import { readEntityId, readFields, type Fields } from './readers.ts';

/** What each tells of; those of refunds and disputes also of the payment that is given back or disputed. */
const known: ReadonlyMap<string, 'payment' | 'refund' | 'dispute'> = new Map([
  ['payment_link.paid', 'payment'],
  ['payment_link.partially_paid', 'payment'],
  ['qr_code.credited', 'payment'],
  ['order.paid', 'payment'],
  ['payment.authorized', 'payment'],
  ['payment.captured', 'payment'],
  ['payment.failed', 'payment'],
  ['refund.created', 'refund'],
  ['refund.processed', 'refund'],
  ['refund.failed', 'refund'],
  ['refund.speed_changed', 'refund'],
  ['payment.dispute.created', 'dispute'],
  ['payment.dispute.action_required', 'dispute'],
  ['payment.dispute.under_review', 'dispute'],
  ['payment.dispute.won', 'dispute'],
  ['payment.dispute.lost', 'dispute'],
  ['payment.dispute.closed', 'dispute'],
]);

/** Which account an event says it is for. Nobody has checked that: it is good for choosing the secret to check it with. */
export const accountOf = (event: unknown): string | undefined =>
  readReference(readFields(event)?.['account_id']);

/** @returns none for an event that we do not know, and for a payment that was made by no link */
export function factsOf(event: unknown, reading: Reading): readonly GatewayFact[] {
  const fields = readFields(event) ?? {};
  const kind = known.get(readWords(fields['event']) ?? '');
  const entities = entitiesOf(fields['payload']);
  const { payment, refund, dispute } = entities;
  const whose = whoseOf(entities, accountOf(event) ?? '');
  if (kind === undefined || payment === undefined || whose === undefined) return [];
  // A claim of money names what it was for.
  const isNamed = whose.reference !== undefined || whose.gatewayOrderId !== undefined;
  const paid = isNamed ? [paymentOf(payment, whose, reading)] : [];
  if (kind === 'refund' && refund !== undefined && !isNeverCaptured(payment)) {
    return [...paid, refundOf(refund, whose, reading)];
  }
  if (kind === 'dispute' && dispute !== undefined) {
    const fact = disputeOf(dispute, whose, { ...reading, at: fields['created_at'] });
    return fact === undefined ? [] : [fact];
  }
  return paid;
}

type Name = 'payment' | 'payment_link' | 'qr_code' | 'order' | 'refund' | 'dispute';

/** What stands in a payload under each name, within `entity`. */
function entitiesOf(payload: unknown): Partial<Record<Name, Fields>> {
  const names = Object.entries(readFields(payload) ?? {});
  return Object.fromEntries(
    names.map(([name, within]) => [name, readFields(readFields(within)?.['entity'])]),
  );
}

/** How Razorpay describes every payment by a QR code. Nothing else in it leads to the code: its refunds and disputes go by its id. */
const byQrCode = /^QRv\d+ Payment$/;

/**
 * Whose payment it is: by the link or the code, by the order that Razorpay made for the link, or by what it copied from the
 * link to the payment. @returns undefined when nothing leads to either
 */
function whoseOf(
  { payment, payment_link: link, qr_code: code, order, refund }: Partial<Record<Name, Fields>>,
  merchantId: string,
): Whose | undefined {
  const isOfLink = readWords(order?.['product_type'])?.startsWith('payment_link') ?? false;
  const reference =
    readReference(link?.['reference_id']) ??
    readReference(order?.['receipt']) ??
    [code, payment, refund]
      .map((each) => readReference(readFields(each?.['notes'])?.[referenceNote]))
      .find((each) => each !== undefined);
  const gatewayOrderId =
    readEntityId('plink', link?.['id']) ??
    readEntityId('qr', code?.['id']) ??
    (isOfLink ? readEntityId('plink', order?.['product_id']) : undefined) ??
    // The description of such a payment is the link's id, as #QflcnnZqCekuvL.
    readEntityId('plink', /^#(\w+)$/.exec(readWords(payment?.['description']) ?? '')?.[1]);
  const isOfOthers =
    reference === undefined &&
    gatewayOrderId === undefined &&
    !byQrCode.test(readWords(payment?.['description']) ?? '');
  return isOfOthers ? undefined : { reference, gatewayOrderId, merchantId };
}
