/** Initiating a transaction: what is sent, and the way to Paytm's page. */
import { specOf } from '../../domain/accounts/specs.ts';
import type { PageRedirect } from '../../domain/payments/redirect.ts';
import { rupees } from '../amount.ts';
import type { NewAttempt } from '../gateway.ts';
import type { PaytmMerchant } from './merchant.ts';

/** The transaction as Paytm wants it (paytmpayments.com, "Initiate Transaction API"). Nothing about a person. */
export function orderRequest(attempt: NewAttempt, { mid, websiteName = 'DEFAULT' }: PaytmMerchant): object {
  const { reference, amount, returnUrl, service, accountNumber, ward } = attempt;
  return {
    requestType: 'Payment',
    mid,
    websiteName,
    orderId: reference,
    callbackUrl: returnUrl,
    txnAmount: { value: rupees(amount), currency: 'INR' },
    // Paytm offers saved cards by this id, so that no two payers may share one: anybody may pay for an account.
    userInfo: { custId: reference },
    // By the revenue head finance finds the money in Paytm's settlement files.
    extendInfo: {
      udf1: specOf(service).head,
      udf2: `WARD${String(ward).padStart(2, '0')}`,
      mercUnqRef: accountNumber.replace(/[^A-Za-z0-9@._-]/g, '-'),
    },
  };
}

/** Paytm finds an order by the MID and our id of it; the API takes them in the address, too. */
export const queryOf = (mid: string, reference: string): string =>
  `?${new URLSearchParams({ mid, orderId: reference }).toString()}`;

/** Where the token of an order leads to. */
export function pageOf(apiUrl: string, mid: string, orderId: string, txnToken: string): PageRedirect {
  return {
    kind: 'form',
    url: `${apiUrl}/theia/api/v1/showPaymentPage${queryOf(mid, orderId)}`,
    fields: { mid, orderId, txnToken },
  };
}
