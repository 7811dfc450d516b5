/** Attempts at a gateway, and what it says of them, straight into the database. */
import { randomUUID } from 'node:crypto';
import type { Database } from '../../database/connection.ts';
import { applyGatewayFact, type Applied, type ToldFact } from '../../database/payments/apply-gateway-fact.ts';
import { attemptOpened, beginAttempt, type WantedAttempt } from '../../database/payments/attempts.ts';
import type { Applying } from '../../database/payments/capture.ts';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import type { PaymentFact } from '../../domain/payments/fact.ts';
import type { Order } from '../../domain/payments/order.ts';

export const redirect = {
  url: 'https://gateway.example.test/pay',
  method: 'POST',
  fields: { rdata: 'x' },
} as const;

let references = 0;

export function wantedAttempt(anyway = false): WantedAttempt {
  references += 1;
  return {
    gateway: 'billdesk',
    merchant: 'main',
    merchantId: 'KMCTEST',
    reference: `PSTEST${references}` as AttemptReference,
    anyway,
  };
}

/** Opens an attempt, whoever else may be paying. @throws Error when none may begin */
export async function openAttempt(
  db: Database,
  order: Pick<Order, 'id'>,
  usableMs = 1_800_000,
): Promise<AttemptReference> {
  const begun = await beginAttempt(db, order.id, wantedAttempt(true));
  if (begun.is !== 'begun') throw new Error(`not begun: ${JSON.stringify(begun)}`);
  await attemptOpened(db, begun.reference, {
    gateway: 'billdesk',
    gatewayOrderId: `OA${begun.reference}`,
    redirect,
    usableUntil: Date.now() + usableMs,
    exchange: { request: 'sealed', response: `sealed ${begun.reference}` },
  });
  return begun.reference;
}

/** The gateway says that an attempt succeeded, or whatever `fact` says instead. */
export function tellOf(
  db: Database,
  order: Pick<Order, 'amount'>,
  fact: Partial<PaymentFact> & Pick<PaymentFact, 'reference'>,
  {
    applying,
    source = 'webhook',
    merchant = 'main',
    raw = `sealed words ${randomUUID()}`,
  }: Partial<Omit<ToldFact, 'fact'>> & { readonly applying: Applying },
): Promise<Applied> {
  return applyGatewayFact(
    db,
    {
      source,
      merchant,
      raw,
      fact: {
        kind: 'payment',
        gateway: 'billdesk',
        merchantId: 'KMCTEST',
        says: 'success',
        amount: order.amount,
        currency: 'INR',
        transactionId: `XIC${fact.reference ?? ''}`,
        bankReference: '609112345678',
        method: 'upi',
        at: Date.now(),
        ...fact,
      },
    },
    applying,
  );
}
