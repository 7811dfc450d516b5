/** An order as Ganga Bank tells of it, in every answer and every webhook, and the facts that it tells. */
import { z } from 'zod';
import type { GatewayFact, PaymentFact, RefundFact } from '../../../domain/payments/fact.ts';
import type { GatewayName } from '../../../domain/payments/gateways.ts';
import { readId, readMoney, readReference, readWords } from '../../../gateways/readers.ts';

/** `GatewayName` lists the shipped gateways only; the cast lets a test bring one more without loosening that type. */
export const gangaBank = 'gangabank' as GatewayName;

const told = z.unknown().optional();

const bankOrder = z.object({
  merchant: z.string(),
  reference: z.string(),
  status: z.string(),
  ...{ orderId: told, amount: told, currency: told, at: told },
  ...{ paymentId: told, bankReference: told },
  method: z.enum(['upi', 'card', 'netbanking', 'wallet', 'other']).optional().catch('other'),
  ...{ payUrl: z.url().optional(), validUntil: told },
  refunds: z
    .array(z.object({ refundId: told, reference: told, amount: told, status: z.string(), at: told }))
    .default([]),
});

export type BankOrder = z.output<typeof bankOrder>;

/** @returns undefined for what is no order */
export const readOrder = (value: unknown): BankOrder | undefined => bankOrder.safeParse(value).data;

const paymentWords: ReadonlyMap<unknown, Pick<PaymentFact, 'says' | 'reason'>> = new Map([
  ['NONE', { says: 'notFound' }],
  ['OPEN', { says: 'notFound' }],
  ['PENDING', { says: 'pending' }],
  ['PAID', { says: 'success' }],
  ['DECLINED', { says: 'failed', reason: 'declined' }],
  ['CANCELLED', { says: 'cancelled', reason: 'cancelled' }],
]);

const refundWords: ReadonlyMap<unknown, RefundFact['says']> = new Map([
  ['PENDING', 'pending'],
  ['PROCESSED', 'refunded'],
  ['FAILED', 'failed'],
]);

/** The payment first, then its refunds. */
export function factsOf(order: BankOrder, now: number): readonly GatewayFact[] {
  const { amount, currency, at, status, refunds } = order;
  const shared = {
    gateway: gangaBank,
    reference: readReference(order.reference),
    gatewayOrderId: readReference(order.orderId),
    merchantId: order.merchant,
    transactionId: readId(order.paymentId),
  };
  return [
    {
      ...{ kind: 'payment', ...shared, code: readWords(status) },
      ...(paymentWords.get(status) ?? { says: 'unknown' }),
      ...readMoney({ amount, currency, at }, { now }),
      bankReference: readId(order.bankReference),
      method: order.method,
    },
    ...refunds.map((refund): RefundFact => ({
      ...{ kind: 'refund', ...shared, code: readWords(refund.status) },
      says: refundWords.get(refund.status) ?? 'unknown',
      ...readMoney({ amount: refund.amount, currency, at: refund.at }, { now }),
      refundId: readId(refund.refundId),
      refundReference: readReference(refund.reference),
    })),
  ];
}
