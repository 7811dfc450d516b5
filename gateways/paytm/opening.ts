/** Opening an attempt at Paytm: on its page, in an app of the citizen's phone, or by a QR code. */
import { z } from 'zod';
import type { Redirect } from '../../domain/payments/redirect.ts';
import {
  AlreadyOpenedError,
  exchangeOf,
  GatewayRefusedError,
  GatewayUnavailableError,
  type Exchange,
  type Gateway,
  type NewAttempt,
  type Opened,
} from '../gateway.ts';
import type { CallOptions } from '../parts.ts';
import { call, codeIn } from './call.ts';
import type { PaytmMerchant } from './merchant.ts';
import { orderRequest, pageOf, queryOf } from './order.ts';
import { isDuplicateOrder, isFinal, isMade, isShown, resultIn } from './result.ts';
import { intentIn, intentRequest, qrCodeIn, qrRequest } from './upi.ts';

/** How long an order can be paid: its token opens Paytm's page, and its QR code is shown. */
const usableMs = 15 * 60_000;

const tokenSchema = z.object({ txnToken: z.string().min(1) });

interface Initiated {
  readonly txnToken: string;
  readonly exchange: Required<Exchange>;
}

export function openingOf(merchantOf: (id: string) => PaytmMerchant, wire: CallOptions): Gateway['open'] {
  /** All calls of one opening share its time. */
  function withinTime({ timeoutMs = wire.timeoutMs }: NewAttempt): () => CallOptions {
    const endsAt = performance.now() + timeoutMs;
    return () => ({ ...wire, timeoutMs: Math.max(Math.round(endsAt - performance.now()), 1) });
  }

  async function initiate(
    attempt: NewAttempt,
    merchant: PaytmMerchant,
    timed: CallOptions,
  ): Promise<Initiated> {
    const path = `/theia/api/v1/initiateTransaction${queryOf(merchant.mid, attempt.reference)}`;
    const { body, isSigned, exchange } = await call(path, orderRequest(attempt, merchant), merchant, timed);
    const result = resultIn(body);
    if (result && isMade(result) && isSigned) {
      const { txnToken } = tokenSchema.safeParse(body).data ?? {};
      if (txnToken !== undefined) return { txnToken, exchange };
      throw new GatewayUnavailableError('Paytm gives no way to its payment page', exchange);
    }
    if (result && isDuplicateOrder(result))
      throw new AlreadyOpenedError('Paytm: there is an order of this id', exchange);
    if (result && isFinal(result))
      throw new GatewayRefusedError(result.resultCode, `Paytm: ${result.resultMsg ?? 'refused'}`, exchange);
    throw new GatewayUnavailableError(
      `Paytm, initiateTransaction: no answer to trust${codeIn(body)}`,
      exchange,
    );
  }

  /** The order is there, and its page serves as well: so whatever keeps Paytm from giving an intent leads there. */
  async function openApp(
    attempt: NewAttempt,
    merchant: PaytmMerchant,
    { txnToken, exchange: first }: Initiated,
    timed: CallOptions,
  ): Promise<Opened> {
    const { mid } = merchant;
    const page = pageOf(wire.apiUrl, mid, attempt.reference, txnToken);
    const path = `/theia/api/v1/processTransaction${queryOf(mid, attempt.reference)}`;
    const head = { version: 'v1', requestTimestamp: String(wire.now()), channelId: 'WAP', txnToken };
    try {
      const request = intentRequest(attempt, merchant);
      const { body, exchange } = await call(path, request, merchant, timed, () => head);
      const uri = intentIn(body, attempt);
      return openedBy(attempt, uri === undefined ? page : { kind: 'intent', uri }, both(first, exchange));
    } catch (error) {
      if (!(error instanceof GatewayUnavailableError)) throw error;
      return openedBy(attempt, page, both(first, exchangeOf(error)));
    }
  }

  /** @returns undefined where the account may not make QR codes */
  async function openQr(
    attempt: NewAttempt,
    merchant: PaytmMerchant,
    timed: CallOptions,
  ): Promise<Opened | undefined> {
    const until = attempt.at + usableMs;
    const { clientId = 'C11' } = merchant;
    const { body, isSigned, exchange } = await call(
      '/paymentservices/qr/create',
      qrRequest(attempt, merchant, until),
      merchant,
      timed,
      (signature) => ({ clientId, version: 'v1', signature }),
    );
    const result = resultIn(body);
    const code = result && isShown(result) && isSigned ? qrCodeIn(body, attempt) : undefined;
    if (code !== undefined) return openedBy(attempt, { kind: 'qrCode', code, until }, exchange);
    if (result && isFinal(result)) return undefined;
    throw new GatewayUnavailableError(`Paytm, qr/create: no answer to trust${codeIn(body)}`, exchange);
  }

  return async (attempt) => {
    const merchant = merchantOf(attempt.merchant);
    const timed = withinTime(attempt);
    const shown = attempt.way === 'upiQr' ? await openQr(attempt, merchant, timed()) : undefined;
    if (shown !== undefined) return shown;
    const initiated = await initiate(attempt, merchant, timed());
    if (attempt.way === 'upiApp') return openApp(attempt, merchant, initiated, timed());
    const page = pageOf(wire.apiUrl, merchant.mid, attempt.reference, initiated.txnToken);
    return openedBy(attempt, page, initiated.exchange);
  };
}

/** Paytm gives an order no id of its own. */
const openedBy = (
  { reference, at }: NewAttempt,
  redirect: Redirect,
  exchange: Required<Exchange>,
): Opened => ({ gatewayOrderId: reference, redirect, usableUntil: at + usableMs, exchange });

/** Two calls as evidence of one opening. */
const both = (first: Required<Exchange>, second: Exchange | undefined): Required<Exchange> => ({
  request: [first.request, second?.request].join('\n'),
  response: [first.response, second?.response].join('\n'),
});
