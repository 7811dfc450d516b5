/** What Razorpay posts to us and browsers bring back, and whose key proves it. */
import type { IncomingHttpHeaders } from 'node:http';
import { parseJson } from '../../platform/http-call.ts';
import {
  NotACallbackError,
  NotAuthenticError,
  type GatewayRequest,
  type Returned,
  type Told,
} from '../gateway.ts';
import { openingKeys } from '../keys.ts';
import { accountOf, factsOf } from './event.ts';
import type { RazorpayMerchant } from './merchant.ts';
import { isSigned, returnNames, signedOfReturn } from './signature.ts';

/**
 * The facts of a webhook. Its signature covers the raw bytes.
 * @throws NotAuthenticError when it is signed with no secret of ours
 */
export function toldByWebhook(
  { headers, body }: GatewayRequest,
  merchants: readonly RazorpayMerchant[],
  now: number,
): Told {
  const signature = headerOf(headers, 'x-razorpay-signature');
  if (signature === undefined) throw new NotAuthenticError('not signed');
  const text = body.toString('utf8');
  const event = parseJson(text);
  const account = accountOf(event);
  // Accounts may share a secret: then it belongs to the one that it names.
  const likely = merchants.filter(({ accountId }) => accountId === account);
  const merchant = [...likely, ...merchants].find(({ webhookSecrets: keys }) =>
    openingKeys({ keys }, now).some(({ secret }) => isSigned(body, signature, secret)),
  );
  if (merchant === undefined) throw new NotAuthenticError('signed with no secret of Razorpay');
  const id = headerOf(headers, 'x-razorpay-event-id');
  const proof = [
    `X-Razorpay-Signature: ${signature}`,
    ...(id === undefined ? [] : [`X-Razorpay-Event-Id: ${id}`]),
  ];
  return { facts: factsOf(event, { now }), merchant: merchant.id, raw: [...proof, '', text].join('\n') };
}

const headerOf = (headers: IncomingHttpHeaders, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
};

/**
 * What the browser brings back: after a payment signed, and after leaving perhaps no more than the link's reference.
 * @throws NotAuthenticError, NotACallbackError
 */
export function broughtByBrowser(
  { query }: GatewayRequest,
  merchants: readonly RazorpayMerchant[],
  now: number,
): Returned {
  const reference = query.get(returnNames.reference) ?? '';
  const signature = query.get(returnNames.signature);
  if (signature !== null) {
    const signed = signedOfReturn(query);
    const keys = merchants.flatMap((merchant) => openingKeys(merchant, now));
    if (!keys.some(({ keySecret }) => isSigned(signed, signature, keySecret))) {
      throw new NotAuthenticError('signed with no key of Razorpay');
    }
  }
  if (!/^[A-Za-z0-9-]{1,64}$/.test(reference)) throw new NotACallbackError('names no payment link of ours');
  const kept = signature === null ? [returnNames.reference] : Object.values(returnNames);
  const raw = new URLSearchParams(kept.map((name) => [name, query.get(name) ?? '']));
  return { reference, raw: raw.toString() };
}
