/** Attempts at a gateway, and what it says of them, straight into the database. */
import { randomUUID } from 'node:crypto';
import type { Database } from '../../database/connection.ts';
import {
  receiveFacts,
  type FactOutcome,
  type ToldFacts,
} from '../../database/payments/apply-gateway-fact.ts';
import { beginAttempt, noteAttemptOpened, type WantedAttempt } from '../../database/payments/attempts.ts';
import type { PostingSettings } from '../../domain/payments/posting.ts';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import type { PaymentFact } from '../../domain/payments/fact.ts';
import type { Order } from '../../domain/payments/order.ts';

export const redirect = {
  url: 'https://gateway.example.test/pay',
  kind: 'form',
  fields: { rdata: 'x' },
} as const;

/** How money is posted where the register is our own. */
export const postingSettings = {
  counter: 'W',
  certificateCounter: 'CE',
  creditNoteCounter: 'CN',
  receiptYear: 'posting',
  ownRegister: true,
} as const;

let references = 0;

export function wantedAttempt(anyway = false): WantedAttempt {
  references += 1;
  return {
    merchant: { id: 'main', gateway: 'billdesk', merchantId: 'KMCTEST' },
    choice: 'weight 100 of 100, health 1',
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
  if (begun.outcome !== 'begun') throw new Error(`not begun: ${JSON.stringify(begun)}`);
  await noteAttemptOpened(db, begun.reference, {
    gatewayOrderId: `OA${begun.reference}`,
    redirect,
    usableUntil: Date.now() + usableMs,
  });
  return begun.reference;
}

/** A success as a gateway tells it, or whatever `fact` says instead. */
export function paymentFact(
  order: Pick<Order, 'amount'>,
  fact: Partial<PaymentFact> & { readonly reference: string },
): PaymentFact {
  return {
    kind: 'payment',
    gateway: 'billdesk',
    merchantId: 'KMCTEST',
    says: 'success',
    amount: order.amount,
    currency: 'INR',
    transactionId: `XIC${fact.reference}`,
    bankReference: '609112345678',
    method: 'upi',
    at: Date.now(),
    ...fact,
  };
}

/** The gateway says that an attempt succeeded, or whatever `fact` says instead. */
export async function tellOf(
  db: Database,
  order: Pick<Order, 'amount'>,
  fact: Partial<PaymentFact> & { readonly reference: string },
  {
    settings,
    source = 'webhook',
    merchant = 'main',
    raw = `sealed words ${randomUUID()}`,
  }: Partial<ToldFacts> & { readonly settings: PostingSettings },
): Promise<FactOutcome | undefined> {
  const told = { gateway: 'billdesk', source, merchant, raw, facts: [paymentFact(order, fact)] } as const;
  return (await receiveFacts(db, told, settings))[0];
}
