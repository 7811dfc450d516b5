/** What is told of several tries to pay one order. */
import type { PaymentFact } from '../domain/payments/fact.ts';

/** Which payments are told: all that took money; else one, and rather what is undecided than what is over. */
export function decisive(payments: readonly PaymentFact[]): readonly PaymentFact[] {
  const successes = payments.filter(({ says }) => says === 'success');
  if (successes.length > 0) return successes;
  const undecided = payments.filter(({ says }) => says === 'pending' || says === 'unknown');
  const [latest] = (undecided.length > 0 ? undecided : payments).toSorted(
    (one, other) => (other.at ?? 0) - (one.at ?? 0),
  );
  return latest === undefined ? [] : [latest];
}
