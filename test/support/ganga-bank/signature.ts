/** What proves who wrote something: an HMAC of the text, which stands in a header, or in the query of a returning browser. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const signatureHeader = 'x-ganga-signature';

export const signatureOf = (text: Buffer | string, secret: string): string =>
  createHmac('sha256', secret).update(text).digest('hex');

export function isSigned(text: Buffer | string, signature: string, secret: string): boolean {
  const [given, right] = [Buffer.from(signature), Buffer.from(signatureOf(text, secret))];
  return given.length === right.length && timingSafeEqual(given, right);
}

/** What a returning browser proves: the order, and how its payment ended. */
export const returnText = (reference: string, status: string): string => `${reference}|${status}`;
