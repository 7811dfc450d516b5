/** Initiating a transaction: what is sent, and the way to Paytm's page in what comes back. */
import { z } from 'zod';
import { specOf } from '../../domain/accounts/specs.ts';
import { rupees } from '../amount.ts';
import { GatewayUnavailableError, type Exchange, type NewAttempt, type Opened } from '../gateway.ts';
import type { PaytmMerchant } from './merchant.ts';
import type { Fields } from './signed.ts';

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

/** How long the token opens Paytm's page. */
const tokenMs = 15 * 60_000;

const tokenSchema = z.object({ txnToken: z.string().min(1) });

/** What we asked for, where Paytm's page is, and how the answer came. */
interface Asked {
  readonly attempt: NewAttempt;
  readonly merchant: PaytmMerchant;
  readonly apiUrl: string;
  readonly exchange: Required<Exchange>;
}

/** @throws GatewayUnavailableError when there is no token in it */
export function openedOrder(answer: Fields, { attempt, merchant, apiUrl, exchange }: Asked): Opened {
  const { txnToken } = tokenSchema.safeParse(answer).data ?? {};
  if (txnToken === undefined)
    throw new GatewayUnavailableError('Paytm gives no way to its payment page', exchange);
  const { mid } = merchant;
  const { reference: orderId, at } = attempt;
  return {
    // Paytm gives an order no id of its own.
    gatewayOrderId: orderId,
    redirect: {
      kind: 'form',
      url: `${apiUrl}/theia/api/v1/showPaymentPage${queryOf(mid, orderId)}`,
      fields: { mid, orderId, txnToken },
    },
    usableUntil: at + tokenMs,
    exchange,
  };
}
