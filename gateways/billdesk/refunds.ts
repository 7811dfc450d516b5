/** BillDesk's refunds (docs.billdesk.io, "Create refund", "Retrieve refund"). `merc_refund_ref_no` makes them idempotent. */
import { z } from 'zod';
import { clockInKolkata } from '../../domain/calendar.ts';
import { rupees } from '../amount.ts';
import {
  GatewayRefusedError,
  GatewayUnavailableError,
  type AskedRefund,
  type Refunds,
  type Told,
} from '../gateway.ts';
import type { CallOptions } from '../parts.ts';
import { call } from './call.ts';
import type { BillDeskMerchant } from './merchant.ts';
import { rupee } from './order.ts';
import { isDuplicateRefund, isFinal, isNotFound, refusalIn } from './refusal.ts';
import { factsOf } from './transaction.ts';

const orderSchema = z.object({ orderid: z.string().min(1) });

type Answer = Awaited<ReturnType<typeof call>>;

export function refundsOf(merchantOf: (id: string) => BillDeskMerchant, wire: CallOptions): Refunds {
  /** @returns undefined when the answer is about something else than the refund asked about */
  function toldIn(
    { content, exchange }: Answer,
    { refundReference, merchant }: AskedRefund,
  ): Told | undefined {
    const facts = factsOf(content, { now: wire.now() });
    const [fact] = facts;
    if (fact?.kind !== 'refund' || fact.refundReference !== refundReference) return undefined;
    return { facts, merchant, raw: exchange.response, request: exchange.request };
  }

  async function ask(refund: AskedRefund): Promise<Told> {
    const { merchant: id, reference, refundReference, transactionId } = refund;
    const merchant = merchantOf(id);
    const { mercid } = merchant;
    const answer = await call('refunds/get', { mercid, merc_refund_ref_no: refundReference }, merchant, wire);
    const { status, content, exchange } = answer;
    const told = toldIn(answer, refund);
    if (told) return told;
    const refusal = refusalIn(content);
    if (refusal !== undefined && isNotFound(refusal)) {
      const { error_code: code, message } = refusal;
      const nothing = { gateway: 'billdesk', says: 'notFound', merchantId: mercid, code, message } as const;
      const fact = { kind: 'refund', ...nothing, reference, refundReference, transactionId } as const;
      return { facts: [fact], merchant: id, raw: exchange.response, request: exchange.request };
    }
    const what = refusal?.error_code ?? 'it is about another refund, or about none';
    throw new GatewayUnavailableError(`BillDesk, refunds/get: HTTP ${status}, ${what}`, exchange);
  }

  /** The id that Meta gave an order in the chat, which only the transaction tells. */
  async function orderIdOf(merchant: BillDeskMerchant, transactionid: string): Promise<string> {
    const { mercid } = merchant;
    const answer = await call('transactions/get', { mercid, transactionid }, merchant, wire);
    const orderId = orderSchema.safeParse(answer.content).data?.orderid;
    if (orderId !== undefined) return orderId;
    const what = refusalIn(answer.content)?.error_code ?? 'it names no order';
    throw new GatewayUnavailableError(
      `BillDesk, transactions/get: HTTP ${answer.status}, ${what}`,
      answer.exchange,
    );
  }

  return {
    ask,

    async request(refund) {
      const { merchant: id, reference, refundReference, transactionId, amount, captured, paidAt } = refund;
      const merchant = merchantOf(id);
      const answer = await call(
        'refunds/create',
        {
          mercid: merchant.mercid,
          orderid: refund.isInChat ? await orderIdOf(merchant, transactionId) : reference,
          transactionid: transactionId,
          transaction_date: `${clockInKolkata(paidAt)}+05:30`,
          txn_amount: rupees(captured),
          refund_amount: rupees(amount),
          currency: rupee,
          merc_refund_ref_no: refundReference,
        },
        merchant,
        wire,
      );
      const told = toldIn(answer, refund);
      if (told) return told;
      const { status, content, exchange } = answer;
      const refusal = refusalIn(content);
      if (refusal === undefined) {
        throw new GatewayUnavailableError(
          `BillDesk, refunds/create: HTTP ${status}, no such refund`,
          exchange,
        );
      }
      // An earlier request arrived, and its answer did not.
      if (isDuplicateRefund(refusal)) return ask(refund);
      const { error_code: code, message } = refusal;
      if (isFinal(refusal)) throw new GatewayRefusedError(code, `BillDesk: ${message}`, exchange);
      throw new GatewayUnavailableError(`BillDesk, refunds/create: HTTP ${status}, ${code}`, exchange);
    },
  };
}
