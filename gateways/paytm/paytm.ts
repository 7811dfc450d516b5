/** Paytm behind the port of all gateways. */
import type { ValuesOf } from '../../platform/settings.ts';
import {
  GatewayUnavailableError,
  NotACallbackError,
  NotAuthenticError,
  type Gateway,
  type GatewayRequest,
  type Returned,
  type Told,
} from '../gateway.ts';
import { accountOf, merchantWith, takersOf } from '../merchants.ts';
import { callOptions, type GatewayOptions, type GatewayParts } from '../parts.ts';
import { readReference } from '../readers.ts';
import { waysFor } from '../upi.ts';
import { call, codeIn, isOurs } from './call.ts';
import type { PaytmMerchant } from './merchant.ts';
import { openingOf } from './opening.ts';
import { refundsOf } from './refunds.ts';
import { isNotFound, resultIn } from './result.ts';
import type { PaytmMerchants, paytmSettings } from './settings.ts';
import { signedCallback, signedForm, type SignedWords } from './signed.ts';
import { factsOfCallback, factsOfJson } from './transaction.ts';

/** Paytm as the settings want it; undefined where they give it no merchant account. */
export function makePaytm(
  { PAYTM_MERCHANTS: merchants, PAYTM_API_URL: apiUrl }: ValuesOf<typeof paytmSettings>,
  options: GatewayOptions,
): Gateway | undefined {
  return merchants && createPaytm({ merchants, apiUrl, ...options });
}

export function createPaytm(parts: GatewayParts<PaytmMerchants>): Gateway {
  const { merchants } = parts;
  const wire = callOptions(parts);
  const { now } = wire;
  const merchantOf = (id: string): PaytmMerchant => merchantWith(merchants, id, 'PAYTM_MERCHANTS');

  /**
   * The account whose key signed what came by itself. The MID in it is only a claim, so that account's keys are tried first,
   * and then the others'.
   */
  function signerOf({ covered, checksum = '', fields }: SignedWords): PaytmMerchant {
    const claimed = fields['mid'] ?? fields['MID'];
    const likely = merchants.filter(({ mid }) => mid === claimed);
    const signer = [...likely, ...merchants].find((each) => isOurs(covered, checksum, each, now()));
    if (signer === undefined) throw new NotAuthenticError('signed with no key of Paytm');
    return signer;
  }

  function told({ body }: GatewayRequest): Told {
    const words = signedCallback(body);
    const { id: merchant, mid } = signerOf(words);
    return { facts: factsOfCallback(words, { now: now(), mid }), merchant, raw: body.toString('utf8') };
  }

  function returned({ method, query, body }: GatewayRequest): Returned {
    const form = method === 'GET' ? query : new URLSearchParams(body.toString('utf8'));
    const reference = form.get('ORDERID') ?? '';
    if (!/^[A-Za-z0-9]{1,50}$/.test(reference)) throw new NotACallbackError('it names no order');
    if (!form.has('CHECKSUMHASH')) return { reference, raw: `ORDERID=${reference}` };
    signerOf(signedForm(form));
    return { reference, raw: form.toString() };
  }

  return {
    name: 'paytm',

    merchantsFor: (service) =>
      takersOf(merchants, service, now()).map((each) =>
        accountOf(each, { merchantId: each.mid, service, ways: waysFor(each, service) }),
      ),

    open: openingOf(merchantOf, wire),

    async ask({ merchant: id, reference }) {
      const merchant = merchantOf(id);
      const { mid } = merchant;
      const { body, isSigned, exchange } = await call(
        '/v3/order/status',
        { mid, orderId: reference },
        merchant,
        wire,
      );
      const { request, response: raw } = exchange;
      const unavailable = (why: string): GatewayUnavailableError =>
        new GatewayUnavailableError(`Paytm, order/status: ${why}${codeIn(body)}`, exchange);
      if (!isSigned) throw unavailable('not signed by Paytm');
      if ((readReference(body['orderId']) ?? reference) !== reference)
        throw unavailable('it is about another order');
      const result = resultIn(body);
      if (result && isNotFound(result)) {
        const { resultCode: code, resultMsg: message } = result;
        const nothing = {
          gateway: 'paytm',
          reference,
          merchantId: mid,
          says: 'notFound',
          code,
          message,
        } as const;
        return { facts: [{ kind: 'payment', ...nothing }], merchant: id, raw, request };
      }
      const facts = factsOfJson(body, { now: now(), mid });
      if (facts[0]?.kind !== 'payment') throw unavailable('no transaction');
      return { facts, merchant: id, raw, request };
    },

    // What is thrown in a promise's executor rejects it.
    readCallback: (request) => new Promise((resolve) => resolve(told(request))),
    readReturn: (request) => new Promise((resolve) => resolve(returned(request))),

    refunds: refundsOf(merchantOf, wire),
  };
}
