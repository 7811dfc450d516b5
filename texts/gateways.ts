/** What citizens read of the payment gateways. */
import { gateways, type GatewayName } from '../domain/payments/gateways.ts';
import type { Language } from '../domain/language.ts';

const or = { bn: ' বা ', en: ' or ', hi: ' या ' } as const;

/** Whoever of them takes the payment, as `BillDesk` or `BillDesk or Paytm`. */
export function oneOf(names: readonly GatewayName[], language: Language): string {
  return names.map((name) => gateways[name][language]).join(or[language]);
}
