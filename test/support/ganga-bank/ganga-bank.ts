/**
 * Ganga Bank, an invented gateway that is not shipped. It was written after docs/change.md and shows that this, the port and the
 * kit of the stand-ins suffice for a further gateway.
 *
 * Its API is JSON. An HMAC in a header signs requests and webhooks; answers are proven by TLS alone.
 */
import { z } from 'zod';
import { rupees } from '../../../gateways/amount.ts';
import {
  GatewayRefusedError,
  GatewayUnavailableError,
  NotACallbackError,
  NotAuthenticError,
  type Exchange,
  type Gateway,
  type Told,
} from '../../../gateways/gateway.ts';
import { openingKeys, sendingKey } from '../../../gateways/keys.ts';
import { accountOf, merchantWith, takersOf } from '../../../gateways/merchants.ts';
import type { GatewayOptions } from '../../../gateways/parts.ts';
import { readReference, readTime, readWords } from '../../../gateways/readers.ts';
import { httpCall, NoAnswerError, parseJson } from '../../../platform/http-call.ts';
import type { ValuesOf } from '../../../platform/settings.ts';
import { factsOf, gangaBank, readOrder, type BankOrder } from './order.ts';
import type { gangaBankSettings, GangaMerchant } from './settings.ts';
import { isSigned, returnText, signatureHeader, signatureOf } from './signature.ts';

const refusal = z.object({ code: z.string().min(1), message: z.string() });

export function makeGangaBank(
  settings: ValuesOf<typeof gangaBankSettings>,
  { timeoutMs = 10_000 }: GatewayOptions,
): Gateway | undefined {
  const { GANGABANK_API_URL: apiUrl, GANGABANK_MERCHANTS: merchants } = settings;
  if (merchants === undefined) return undefined;
  const merchantOf = (id: string): GangaMerchant => merchantWith(merchants, id, 'GANGABANK_MERCHANTS');

  /** @throws GatewayUnavailableError when no answer came */
  async function call(merchant: GangaMerchant, path: string, words: object): Promise<Answer> {
    const key = sendingKey(merchant, Date.now());
    if (key === undefined) throw new GatewayUnavailableError(`${merchant.id} has no key in force`);
    const request = JSON.stringify({ merchant: merchant.merchantId, ...words });
    const headers = {
      'content-type': 'application/json',
      [signatureHeader]: signatureOf(request, key.secret),
    };
    try {
      const url = `${apiUrl}${path}`;
      const { status, body } = await httpCall({
        ...{ url, method: 'POST', headers, body: request, timeoutMs, fetch },
      });
      return { status, exchange: { request, response: body } };
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
      throw new GatewayUnavailableError(error.message, { request });
    }
  }

  /** Our id of the account whose key signed this. */
  function signerOf(text: Buffer | string, signature: unknown): string {
    const signer = merchants?.find((merchant) =>
      openingKeys(merchant, Date.now()).some(({ secret }) => isSigned(text, String(signature), secret)),
    );
    if (signer === undefined) throw new NotAuthenticError('not signed by Ganga Bank');
    return signer.id;
  }

  return {
    name: gangaBank,
    merchantsFor: (service) =>
      takersOf(merchants, service, Date.now()).map((each) =>
        accountOf(each, { merchantId: each.merchantId, service }),
      ),
    async open({ merchant, reference, amount, returnUrl }) {
      const words = { reference, amount: rupees(amount), currency: 'INR', returnUrl };
      const answer = await call(merchantOf(merchant), '/orders', words);
      throwRefusal(answer);
      const { payUrl, orderId, validUntil } = orderIn(answer, reference);
      const { exchange } = answer;
      const [gatewayOrderId, usableUntil] = [
        readReference(orderId),
        readTime(validUntil, { now: Date.now() }),
      ];
      if (gatewayOrderId === undefined || usableUntil === undefined || payUrl === undefined) {
        throw new GatewayUnavailableError('an order without an id, a page or an end', exchange);
      }
      return { gatewayOrderId, redirect: { kind: 'link', url: payUrl }, usableUntil, exchange };
    },
    async ask({ merchant, reference }) {
      return toldBy(await call(merchantOf(merchant), '/orders/find', { reference }), merchant, reference);
    },
    readCallback({ headers, body }) {
      return settled(() => {
        const signature = headers[signatureHeader];
        const merchant = signerOf(body, signature);
        const order = readOrder(parseJson(body.toString()));
        const raw = `${signatureHeader}: ${String(signature)}\n\n${body.toString()}`;
        return { facts: order ? factsOf(order, Date.now()) : [], merchant, raw };
      });
    },
    readReturn({ query }) {
      return settled(() => {
        const [reference, status] = [readReference(query.get('reference')), query.get('status')];
        if (reference === undefined || status === null) throw new NotACallbackError('names no order');
        signerOf(returnText(reference, status), query.get('signature'));
        return { reference, raw: query.toString() };
      });
    },
    refunds: {
      async request({ merchant, reference, refundReference, transactionId, amount }) {
        const words = { reference, refundReference, paymentId: transactionId, amount: rupees(amount) };
        const answer = await call(merchantOf(merchant), '/refunds', words);
        throwRefusal(answer);
        return refundIn(toldBy(answer, merchant, reference), refundReference);
      },
      async ask({ merchant, reference, refundReference }) {
        const account = merchantOf(merchant);
        const told = toldBy(await call(account, '/orders/find', { reference }), merchant, reference);
        const found = refundIn(told, refundReference);
        if (found.facts.length > 0) return found;
        const { merchantId } = account;
        const none = { kind: 'refund', says: 'notFound', gateway: gangaBank, reference, merchantId } as const;
        return { ...told, facts: [{ ...none, refundReference }] };
      },
    },
  };
}

interface Answer {
  readonly status: number;
  readonly exchange: Required<Exchange>;
}

/** What is thrown while reading becomes a rejection. */
const settled = <T>(read: () => T): Promise<T> => Promise.resolve().then(read);

/** @throws GatewayRefusedError when the bank says no */
function throwRefusal({ status, exchange }: Answer): void {
  if (status < 400 || status >= 500) return;
  const said = refusal.safeParse(parseJson(exchange.response)).data;
  if (said === undefined) return;
  throw new GatewayRefusedError(readWords(said.code) ?? String(status), 'refused by Ganga Bank', exchange);
}

/** @throws GatewayUnavailableError when the answer is not about this order */
function orderIn({ status, exchange }: Answer, reference: string): BankOrder {
  const order = status === 200 ? readOrder(parseJson(exchange.response)) : undefined;
  if (order?.reference === reference) return order;
  throw new GatewayUnavailableError(`answered with ${status}, and not about this order`, exchange);
}

function toldBy(answer: Answer, merchant: string, reference: string): Told {
  const { request, response: raw } = answer.exchange;
  return { facts: factsOf(orderIn(answer, reference), Date.now()), merchant, raw, request };
}

const refundIn = (told: Told, refundReference: string): Told => ({
  ...told,
  facts: told.facts.filter((fact) => fact.kind === 'refund' && fact.refundReference === refundReference),
});
