/** Money that a gateway has taken: when two claims are about the same money. */
import type { PaymentFact } from './fact.ts';

/** Money of an attempt that is in the books. */
export interface KnownCapture {
  readonly id: string;
  /** In paise. */
  readonly amount: number;
  /** The gateway's ids of it: none, while the gateway has given it none. */
  readonly transactionIds: readonly string[];
  readonly bankReference?: string;
}

/**
 * Whether a success of the same attempt tells of money that is in the books. Ids have been made alike before (gateways/readers.ts).
 * The same id is the same money; so is the same amount with the same bank reference, whatever the ids; and a claim that lacks
 * what could tell it apart adds nothing.
 */
export function isSameMoney(
  { amount, transactionId, bankReference }: Pick<PaymentFact, 'amount' | 'transactionId' | 'bankReference'>,
  known: KnownCapture,
): boolean {
  if (transactionId !== undefined && known.transactionIds.includes(transactionId)) return true;
  if (amount !== known.amount) return false;
  const bothHaveReferences = bankReference !== undefined && known.bankReference !== undefined;
  if (bothHaveReferences) return bankReference === known.bankReference;
  return transactionId === undefined || known.transactionIds.length === 0;
}
