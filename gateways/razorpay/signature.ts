/** Razorpay's signatures: HMAC-SHA256 in hexadecimal, over the raw bytes of a webhook or over what a browser brings back. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const sign = (signed: Buffer | string, secret: string): string =>
  createHmac('sha256', secret).update(signed).digest('hex');

export function isSigned(signed: Buffer | string, signature: string, secret: string): boolean {
  const expected = Buffer.from(sign(signed, secret));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The parameters with which a payment link sends the browser back. */
export const returnNames = {
  link: 'razorpay_payment_link_id',
  reference: 'razorpay_payment_link_reference_id',
  status: 'razorpay_payment_link_status',
  payment: 'razorpay_payment_id',
  signature: 'razorpay_signature',
} as const;

/** What of them is signed. */
export const signedOfReturn = (fields: URLSearchParams): string =>
  (['link', 'reference', 'status', 'payment'] as const)
    .map((each) => fields.get(returnNames[each]) ?? '')
    .join('|');
