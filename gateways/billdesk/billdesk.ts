/** BillDesk behind the interface of all gateways. */
import type { BillDeskMerchant } from '../../domain/billdesk-merchant.ts';
import {
  AlreadyOpenedError,
  GatewayRefusedError,
  GatewayUnavailableError,
  NotACallbackError,
  NotAuthenticError,
  type Gateway,
  type Told,
} from '../gateway.ts';
import { call } from './call.ts';
import { contentOfReturn, tokenOfCallback } from './incoming.ts';
import { claimedClient, open } from './jose.ts';
import { openedOrder, orderRequest } from './order.ts';
import { isDuplicateOrder, isFinal, isNotFound, refusalIn } from './refusal.ts';
import { factOf, transactionSchema } from './transaction.ts';

export interface BillDeskOptions {
  /** BILLDESK_MERCHANTS. The first one takes new attempts. */
  readonly merchants: readonly [BillDeskMerchant, ...BillDeskMerchant[]];
  /** BILLDESK_API_URL, without a slash at the end. */
  readonly apiUrl: string;
  /** For one call as a whole. A citizen may be waiting before the pay page. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
}

export function createBillDesk({
  merchants,
  apiUrl,
  timeoutMs = 10_000,
  fetch = globalThis.fetch,
}: BillDeskOptions): Gateway {
  const wire = { apiUrl, timeoutMs, fetch };

  function merchantNamed(name: string): BillDeskMerchant {
    const merchant = merchants.find((each) => each.name === name);
    if (merchant === undefined) {
      throw new GatewayUnavailableError(`BillDesk: BILLDESK_MERCHANTS has no merchant ${name}`);
    }
    return merchant;
  }

  /**
   * Reads a token that came by itself. Whom it is for, its header only claims, so that merchant's key is tried first, and
   * then the others': accounts may share a client, or the claim may be wrong.
   */
  async function tell(token: string): Promise<Told> {
    const client = claimedClient(token);
    const likely = merchants.filter(({ clientid }) => clientid === client);
    let otherAccount: Told | undefined;
    for (const merchant of new Set([...likely, ...merchants])) {
      const opened = await open(token, merchant).catch((error: unknown) => {
        if (error instanceof NotAuthenticError) return undefined;
        throw error;
      });
      if (opened === undefined) continue;
      const told = { fact: factOf(transactionIn(opened)), merchant: merchant.name, raw: token };
      if (told.fact.merchantId === merchant.mercid) return told;
      otherAccount ??= told;
    }
    if (otherAccount === undefined) throw new NotAuthenticError('sealed with no key of BillDesk');
    return otherAccount;
  }

  return {
    name: 'billdesk',
    merchant: () => ({ name: merchants[0].name, id: merchants[0].mercid }),

    async open(attempt) {
      const merchant = merchantNamed(attempt.merchant);
      const { status, content, exchange } = await call(
        'orders/create',
        orderRequest(attempt, merchant),
        merchant,
        wire,
      );
      const refusal = refusalIn(content);
      if (refusal === undefined) return { ...openedOrder(content, attempt, merchant), exchange };
      const { error_code: code, message } = refusal;
      if (isDuplicateOrder(refusal)) throw new AlreadyOpenedError(`BillDesk: ${message}`);
      if (isFinal(refusal)) throw new GatewayRefusedError(code, `BillDesk: ${message}`);
      throw new GatewayUnavailableError(`BillDesk, orders/create: HTTP ${status}, ${code}`);
    },

    async ask({ merchant: name, reference }) {
      const merchant = merchantNamed(name);
      const { mercid } = merchant;
      const { status, content, exchange } = await call(
        'transactions/get',
        // The id that we gave: with BillDesk's own it finds nothing.
        { mercid, orderid: reference, refund_details: 'true' },
        merchant,
        wire,
      );
      const raw = exchange.response;
      const transaction = transactionSchema.safeParse(content).data;
      if (transaction?.orderid === reference) {
        return { fact: factOf(transaction), merchant: name, raw };
      }
      const refusal = refusalIn(content);
      if (refusal !== undefined && isNotFound(refusal)) {
        const { error_code: code, message } = refusal;
        const fact = {
          gateway: 'billdesk',
          reference,
          merchantId: mercid,
          says: 'notFound',
          code,
          message,
        } as const;
        return { fact, merchant: name, raw };
      }
      const what = refusal?.error_code ?? (transaction ? 'it is about another order' : 'no transaction');
      throw new GatewayUnavailableError(`BillDesk, transactions/get: HTTP ${status}, ${what}`);
    },

    readCallback: (body) => tell(tokenOfCallback(body)),

    async readReturn(body) {
      const content = contentOfReturn(body);
      return 'token' in content
        ? { verified: true, told: await tell(content.token) }
        : { verified: false, reference: content.reference, raw: body.toString('utf8') };
    },
  };
}

/** @throws NotACallbackError when BillDesk sealed something else, such as a refund */
function transactionIn(opened: string): Parameters<typeof factOf>[0] {
  try {
    return transactionSchema.parse(JSON.parse(opened));
  } catch {
    throw new NotACallbackError('sealed by BillDesk, but no transaction');
  }
}
