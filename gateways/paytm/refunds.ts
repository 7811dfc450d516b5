/**
 * Paytm's refunds (paytmpayments.com, "Refund API", "Refund Status API"). What their result codes mean its pages tell in several
 * ways, so that the status alone decides.
 */
import { rupees } from '../amount.ts';
import {
  GatewayRefusedError,
  GatewayUnavailableError,
  type AskedRefund,
  type Exchange,
  type Refunds,
  type Told,
} from '../gateway.ts';
import type { CallOptions } from '../parts.ts';
import { call, codeIn, type Answer } from './call.ts';
import type { PaytmMerchant } from './merchant.ts';
import { isDuplicateRefund, isFinal, isNoRefund, resultIn } from './result.ts';
import { factsOfJson } from './transaction.ts';

export function refundsOf(merchantOf: (id: string) => PaytmMerchant, wire: CallOptions): Refunds {
  /** @throws GatewayUnavailableError when Paytm did not sign the answer */
  async function signedAnswer(path: string, body: object, merchant: PaytmMerchant): Promise<Answer> {
    const answer = await call(path, body, merchant, wire);
    if (!answer.isSigned)
      throw unavailable(path, `not signed by Paytm${codeIn(answer.body)}`, answer.exchange);
    return answer;
  }

  /** @returns undefined when the answer tells of no refund, or of another one than was asked about */
  function toldIn({ body, exchange }: Answer, refund: AskedRefund): Told | undefined {
    const { merchant, reference, refundReference } = refund;
    const facts = factsOfJson(body, { now: wire.now(), mid: merchantOf(merchant).mid });
    const [fact] = facts;
    if (fact?.kind !== 'refund' || fact.reference !== reference || fact.refundReference !== refundReference)
      return undefined;
    // Without an id of Paytm's it is the request that failed, and there is no refund.
    if (fact.refundId === undefined && fact.says !== 'refunded' && fact.says !== 'pending') return undefined;
    return { facts, merchant, raw: exchange.response, request: exchange.request };
  }

  async function ask(refund: AskedRefund): Promise<Told> {
    const { merchant: id, reference, refundReference, transactionId } = refund;
    const merchant = merchantOf(id);
    const { mid } = merchant;
    const path = '/v2/refund/status';
    const answer = await signedAnswer(path, { mid, orderId: reference, refId: refundReference }, merchant);
    const told = toldIn(answer, refund);
    if (told) return told;
    const { body, exchange } = answer;
    const result = resultIn(body);
    if (result && isNoRefund(result)) {
      const { resultCode: code, resultMsg: message } = result;
      const nothing = { gateway: 'paytm', says: 'notFound', merchantId: mid, code, message } as const;
      const fact = { kind: 'refund', ...nothing, reference, refundReference, transactionId } as const;
      return { facts: [fact], merchant: id, raw: exchange.response, request: exchange.request };
    }
    throw unavailable(path, `it is about another refund, or about none${codeIn(body)}`, exchange);
  }

  return {
    ask,

    /**
     * Whether a second request of one reference is refused, is the same refund or goes out once more, Paytm's pages do not
     * agree on. So it is sent only where Paytm knows of no such refund.
     */
    async request(refund) {
      const { merchant: id, reference, refundReference, transactionId, amount } = refund;
      const known = await ask(refund);
      if (known.facts[0]?.says !== 'notFound') return known;
      const merchant = merchantOf(id);
      const path = '/refund/apply';
      const answer = await signedAnswer(
        path,
        {
          mid: merchant.mid,
          txnType: 'REFUND',
          orderId: reference,
          txnId: transactionId,
          refId: refundReference,
          refundAmount: rupees(amount),
        },
        merchant,
      );
      const told = toldIn(answer, refund);
      if (told) return told;
      const { body, exchange } = answer;
      const result = resultIn(body);
      if (result && isFinal(result) && !isDuplicateRefund(result))
        throw new GatewayRefusedError(result.resultCode, `Paytm: ${result.resultMsg ?? 'refused'}`, exchange);
      throw unavailable(path, `no such refund${codeIn(body)}`, exchange);
    },
  };
}

const unavailable = (path: string, why: string, exchange: Exchange): GatewayUnavailableError =>
  new GatewayUnavailableError(`Paytm, ${path.slice(1)}: ${why}`, exchange);
