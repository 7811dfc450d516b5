/** A payment link: what is sent to have one made, and the way to its page in what comes back. */
import { z } from 'zod';
import { specOf } from '../../domain/accounts/specs.ts';
import type { NewAttempt, Opened } from '../gateway.ts';
import { readCurrency, readReference, readTime, readWords } from '../readers.ts';
import type { Calls } from './call.ts';
import { readEntityId, readFields, readPaise } from './readers.ts';

/** Razorpay takes no shorter time than a quarter of an hour. */
const sessionMs = 30 * 60_000;

/** The name of the note that holds our reference. Razorpay copies the notes of a link to its order and its payments, those of a QR code not. */
export const referenceNote = 'attempt';

/** What `notesOf` is made of. */
type Noted = Pick<NewAttempt, 'reference' | 'service' | 'accountNumber' | 'ward'>;

/** Nothing about a person. By the revenue head finance finds the money in Razorpay's settlement files. */
export const notesOf = ({ reference, service, accountNumber, ward }: Noted): Record<string, string> => ({
  [referenceNote]: reference,
  head: specOf(service).head,
  account: accountNumber,
  ward: `WARD${String(ward).padStart(2, '0')}`,
});

/**
 * The link as Razorpay wants it (razorpay.com/docs/api/payments/payment-links).
 * @param opensApp whether its page is to have a UPI app opened, and nothing else
 */
export function linkRequest(attempt: NewAttempt, opensApp: boolean): object {
  const { reference, amount, service, accountNumber, returnUrl, at } = attempt;
  return {
    ...(opensApp && { upi_link: true }),
    amount,
    currency: 'INR',
    accept_partial: false,
    reference_id: reference,
    description: `${specOf(service).head} ${accountNumber}`,
    expire_by: Math.floor((at + sessionMs) / 1_000),
    notify: { sms: false, email: false },
    reminder_enable: false,
    notes: notesOf(attempt),
    callback_url: returnUrl,
    callback_method: 'get',
  };
}

/** A payment link as Razorpay tells of it. */
export interface Link {
  readonly id: string;
  readonly reference: string | undefined;
  readonly amount: number | undefined;
  readonly currency: 'INR' | undefined;
  readonly status: string | undefined;
  readonly isPaid: boolean;
  /** Its page has a UPI app opened. */
  readonly opensApp: boolean;
  readonly shortUrl: string | undefined;
  readonly expireBy: unknown;
  /** Razorpay makes the order when the page is opened for the first time. */
  readonly orderId: string | undefined;
}

const address = z.url({ protocol: /^https?$/ });

/** @returns undefined for what is no payment link */
export function linkIn(answer: unknown): Link | undefined {
  const fields = readFields(answer) ?? {};
  const id = readEntityId('plink', fields['id']);
  if (id === undefined) return undefined;
  return {
    id,
    reference: readReference(fields['reference_id']),
    amount: readPaise(fields['amount']),
    currency: readCurrency(fields['currency']),
    status: readWords(fields['status'], 64),
    isPaid: readWords(fields['status'], 64) === 'paid',
    opensApp: fields['upi_link'] === true,
    shortUrl: address.safeParse(fields['short_url']).data,
    expireBy: fields['expire_by'],
    orderId: readEntityId('order', fields['order_id']),
  };
}

/**
 * The way to a link's page.
 * @throws GatewayUnavailableError when it is another link, or leads nowhere
 */
export function openedLink(link: Link | undefined, attempt: NewAttempt, calls: Calls): Opened {
  if (link === undefined) throw calls.unavailable('answers with something else than a payment link');
  const { id, reference, amount, currency, opensApp, shortUrl, expireBy } = link;
  if (reference !== attempt.reference || amount !== attempt.amount || currency !== 'INR') {
    throw calls.unavailable('answers with another payment link');
  }
  if (shortUrl === undefined) throw calls.unavailable('gives no way to its payment page');
  return {
    gatewayOrderId: id,
    redirect: { kind: 'link', url: shortUrl, ...(opensApp && { opensApp }) },
    usableUntil: readTime(expireBy, { now: attempt.at }) ?? attempt.at + sessionMs,
    exchange: calls.exchange(),
  };
}
