/** UPI without Paytm's page: an intent that opens an app on the citizen's phone, and a QR code. */
import { clockInKolkata } from '../../domain/calendar.ts';
import type { QrCode } from '../../domain/payments/redirect.ts';
import { rupees } from '../amount.ts';
import type { NewAttempt } from '../gateway.ts';
import { readIntent } from '../upi.ts';
import type { PaytmMerchant } from './merchant.ts';
import type { Fields } from './signed.ts';

/** "Process Transaction API" for an app; the account needs what Paytm calls Native+. */
export const intentRequest = ({ reference }: NewAttempt, { mid }: PaytmMerchant): object => ({
  mid,
  orderId: reference,
  requestType: 'NATIVE',
  paymentMode: 'UPI_INTENT',
  paymentFlow: 'NONE',
});

/** The intent in the answer. Paytm does not sign it. @returns undefined when there is none for this attempt */
export function intentIn({ deepLinkInfo }: Fields, { reference, amount }: NewAttempt): string | undefined {
  const { deepLink, orderId = reference } = (deepLinkInfo ?? {}) as Fields;
  return orderId === reference ? readIntent(deepLink, amount) : undefined;
}

/** "Create QR Code API". */
export const qrRequest = (
  { reference, amount }: NewAttempt,
  { mid }: PaytmMerchant,
  until: number,
): object => ({
  mid,
  orderId: reference,
  amount: rupees(amount),
  businessType: 'UPI_QR_CODE',
  // Where at the merchant's it is shown.
  posId: 'WEB',
  expiryDate: clockInKolkata(until).replace('T', ' '),
});

/** A code has a few thousand bytes; the first of a PNG are always the same. */
const picture = /^iVBORw0KGgo[A-Za-z0-9+/=]{1,60000}$/;

/** The code in the answer; its picture where it is not told what the picture says. @returns undefined when there is neither */
export function qrCodeIn({ qrData, image }: Fields, { amount }: NewAttempt): QrCode | undefined {
  const data = readIntent(qrData, amount);
  if (data !== undefined) return { data };
  return qrData === undefined && typeof image === 'string' && picture.test(image)
    ? { png: image }
    : undefined;
}
