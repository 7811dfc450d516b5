/** BillDesk behind the port of all gateways. */
import { parseJson } from '../../platform/http-call.ts';
import type { GatewayFact } from '../../domain/payments/fact.ts';
import type { ValuesOf } from '../../platform/settings.ts';
import {
  AlreadyOpenedError,
  GatewayRefusedError,
  GatewayUnavailableError,
  NotACallbackError,
  NotAuthenticError,
  type ChatTransactions,
  type Gateway,
  type Told,
} from '../gateway.ts';
import { decisive } from '../decisive.ts';
import { openingKeys } from '../keys.ts';
import { accountOf, merchantWith, takersOf } from '../merchants.ts';
import { callOptions, type GatewayOptions, type GatewayParts } from '../parts.ts';
import { chatFor } from '../upi.ts';
import { call } from './call.ts';
import { contentOfReturn, tokenOfCallback } from './incoming.ts';
import { claimedClient, openWithAny } from './jose.ts';
import type { BillDeskMerchant } from './merchant.ts';
import { additionalInfo, openedOrder, orderRequest } from './order.ts';
import { isDuplicateOrder, isFinal, isNotFound, refusalIn } from './refusal.ts';
import type { BillDeskMerchants, billDeskSettings } from './settings.ts';
import { refundsOf } from './refunds.ts';
import { factsOf } from './transaction.ts';

/** BillDesk as the settings want it; undefined where they give it no merchant account. */
export function makeBillDesk(
  { BILLDESK_MERCHANTS: merchants, BILLDESK_API_URL: apiUrl }: ValuesOf<typeof billDeskSettings>,
  options: GatewayOptions,
): Gateway | undefined {
  return merchants && createBillDesk({ merchants, apiUrl, ...options });
}

export function createBillDesk(parts: GatewayParts<BillDeskMerchants>): Gateway {
  const { merchants } = parts;
  const wire = callOptions(parts);
  const { timeoutMs, now } = wire;

  const merchantOf = (id: string): BillDeskMerchant => merchantWith(merchants, id, 'BILLDESK_MERCHANTS');

  /**
   * Reads a token that came by itself. Whom it is for, its header only claims, so that merchant's keys are tried first,
   * and then the others': accounts may share a client, or the claim may be wrong.
   */
  async function tell(token: string): Promise<Told> {
    const client = claimedClient(token);
    const likely = merchants.filter(({ clientid }) => clientid === client);
    let otherAccount: Told | undefined;
    for (const merchant of new Set([...likely, ...merchants])) {
      const opened = await openWithAny(token, openingKeys(merchant, now())).catch((error: unknown) => {
        if (error instanceof NotAuthenticError) return undefined;
        throw error;
      });
      if (opened === undefined) continue;
      const facts = factsOf(parseJson(opened), { now: now() });
      const told = { facts, merchant: merchant.id, raw: token };
      if (facts[0]?.merchantId === merchant.mercid) return told;
      otherAccount ??= told;
    }
    if (otherAccount === undefined) throw new NotAuthenticError('sealed with no key of BillDesk');
    return otherAccount;
  }

  /** BillDesk finds the payments of an order in the chat by their own ids alone: the order's is Meta's. */
  async function askInChat(
    merchant: BillDeskMerchant,
    reference: string,
    { transactionIds, ...meta }: ChatTransactions,
  ): Promise<Told> {
    const { id, mercid } = merchant;
    const told = { facts: [] as GatewayFact[], requests: [meta.request], answers: [meta.raw] };
    for (const transactionid of transactionIds) {
      const asked = { mercid, transactionid, refund_details: 'true' };
      const { status, content, exchange } = await call('transactions/get', asked, merchant, wire);
      const facts = factsOf(content, { now: now() }, reference);
      if (facts[0]?.kind !== 'payment' || facts[0].reference !== reference) {
        const what =
          refusalIn(content)?.error_code ?? (facts[0] ? 'it is about another order' : 'no transaction');
        throw new GatewayUnavailableError(`BillDesk, transactions/get: HTTP ${status}, ${what}`, exchange);
      }
      told.facts.push(...facts);
      told.requests.push(exchange.request);
      told.answers.push(exchange.response);
    }
    const payments = told.facts.filter((fact) => fact.kind === 'payment');
    const nothing = { gateway: 'billdesk', reference, merchantId: mercid, says: 'notFound' } as const;
    return {
      facts:
        payments.length === 0
          ? [{ kind: 'payment', ...nothing }]
          : [...decisive(payments), ...told.facts.filter((fact) => fact.kind !== 'payment')],
      merchant: id,
      raw: told.answers.join('\n'),
      request: told.requests.join('\n'),
    };
  }

  return {
    name: 'billdesk',

    merchantsFor: (service) =>
      takersOf(merchants, service, now()).map((each) =>
        accountOf(each, { merchantId: each.mercid, service, chat: chatFor(each, service) }),
      ),

    async open(attempt) {
      const merchant = merchantOf(attempt.merchant);
      const { status, content, exchange } = await call(
        'orders/create',
        orderRequest(attempt, merchant),
        merchant,
        { ...wire, timeoutMs: attempt.timeoutMs ?? timeoutMs },
      );
      const refusal = refusalIn(content);
      if (refusal === undefined) return openedOrder(content, { attempt, merchant, exchange });
      const { error_code: code, message } = refusal;
      if (isDuplicateOrder(refusal)) throw new AlreadyOpenedError(`BillDesk: ${message}`, exchange);
      if (isFinal(refusal)) throw new GatewayRefusedError(code, `BillDesk: ${message}`, exchange);
      throw new GatewayUnavailableError(`BillDesk, orders/create: HTTP ${status}, ${code}`, exchange);
    },

    keptInChat: ({ reference, ...attempt }) => additionalInfo(attempt, reference),

    async ask({ merchant: id, reference, inChat }) {
      const merchant = merchantOf(id);
      const { mercid } = merchant;
      if (inChat) return askInChat(merchant, reference, await inChat());
      const { status, content, exchange } = await call(
        'transactions/get',
        // The id that we gave: with BillDesk's own it finds nothing.
        { mercid, orderid: reference, refund_details: 'true' },
        merchant,
        wire,
      );
      const { request, response: raw } = exchange;
      const facts = factsOf(content, { now: now() });
      const [first] = facts;
      // Where the answer names the order by BillDesk's own id alone, the attempt is found by that.
      if (first?.kind === 'payment' && (first.reference ?? reference) === reference) {
        return { facts, merchant: id, raw, request };
      }
      const refusal = refusalIn(content);
      if (refusal !== undefined && isNotFound(refusal)) {
        const { error_code: code, message } = refusal;
        const gateway = 'billdesk';
        const nothing = { gateway, reference, merchantId: mercid, says: 'notFound', code, message } as const;
        return { facts: [{ kind: 'payment', ...nothing }], merchant: id, raw, request };
      }
      const what = refusal?.error_code ?? (first ? 'it is about another order' : 'no transaction');
      throw new GatewayUnavailableError(`BillDesk, transactions/get: HTTP ${status}, ${what}`, exchange);
    },

    readCallback: async ({ body }) => tell(tokenOfCallback(body)),

    async readReturn({ body }) {
      const content = contentOfReturn(body);
      if (!('token' in content)) return { reference: content.reference, raw: `orderid=${content.reference}` };
      const { facts, raw } = await tell(content.token);
      const reference = facts[0]?.reference;
      if (reference === undefined)
        throw new NotACallbackError('sealed by BillDesk, and about no order of ours');
      return { reference, raw };
    },

    refunds: refundsOf(merchantOf, wire),
  };
}
