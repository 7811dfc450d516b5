/** A QR code of Razorpay for one payment of one amount (razorpay.com/docs/api/qr-codes): what is sent, and what comes back. */
import { specOf } from '../../domain/accounts/specs.ts';
import type { NewAttempt, Opened } from '../gateway.ts';
import { readReference, readTime, readWords } from '../readers.ts';
import { readIntent } from '../upi.ts';
import type { Calls } from './call.ts';
import { notesOf, referenceNote } from './link.ts';
import { readEntityId, readFields, readPaise } from './readers.ts';

/** Razorpay's pages have a quarter of an hour as the shortest time, some of them two hours as the longest. */
const shownMs = 20 * 60_000;

/** The code as Razorpay wants it. Nothing about a person. */
export function qrCodeRequest(attempt: NewAttempt): object {
  const { amount, service, accountNumber, at } = attempt;
  return {
    type: 'upi_qr',
    name: attempt.reference,
    usage: 'single_use',
    fixed_amount: true,
    payment_amount: amount,
    description: `${specOf(service).head} ${accountNumber}`,
    close_by: Math.floor((at + shownMs) / 1_000),
    notes: notesOf(attempt),
  };
}

/** A code as Razorpay tells of it. */
export interface QrCode {
  readonly id: string;
  readonly reference: string | undefined;
  readonly amount: number | undefined;
  readonly status: string | undefined;
  readonly isPaid: boolean;
  readonly closeBy: unknown;
  /** What the code says. Razorpay tells it where it has enabled "image content" for the account. */
  readonly content: unknown;
}

/** @returns undefined for what is no QR code */
export function qrCodeIn(answer: unknown): QrCode | undefined {
  const fields = readFields(answer) ?? {};
  const id = readEntityId('qr', fields['id']);
  if (id === undefined) return undefined;
  return {
    id,
    reference: readReference(readFields(fields['notes'])?.[referenceNote]),
    amount: readPaise(fields['payment_amount']),
    status: readWords(fields['status'], 64),
    isPaid: (readPaise(fields['payments_count_received']) ?? 0) > 0,
    closeBy: fields['close_by'],
    content: fields['image_content'],
  };
}

/**
 * The code of an attempt, to be shown as Razorpay made it.
 * @returns undefined where Razorpay does not tell what it says: its picture is an advertisement, and lies elsewhere
 * @throws GatewayUnavailableError when it is another code
 */
export function openedQrCode(
  code: QrCode | undefined,
  attempt: NewAttempt,
  calls: Calls,
): Opened | undefined {
  if (code === undefined) throw calls.unavailable('answers with something else than a QR code');
  const { id, reference, amount, closeBy } = code;
  if (reference !== attempt.reference || amount !== attempt.amount)
    throw calls.unavailable('answers with another QR code');
  const data = readIntent(code.content, attempt.amount);
  if (data === undefined) return undefined;
  const until = readTime(closeBy, { now: attempt.at + 2 * shownMs }) ?? attempt.at + shownMs;
  return {
    gatewayOrderId: id,
    redirect: { kind: 'qrCode', code: { data }, until },
    usableUntil: until,
    exchange: calls.exchange(),
  };
}
