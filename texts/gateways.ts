/** What citizens read of the payment gateways. */
import { gateways, type GatewayName } from '../domain/payments/gateways.ts';
import type { Language } from '../domain/language.ts';

const or = { bn: ' বা ', en: ' or ', hi: ' या ' } as const;

/** Whoever of them takes the payment, as `BillDesk`, `BillDesk or Paytm`, `BillDesk, Paytm or Razorpay`. */
export function oneOf(names: readonly GatewayName[], language: Language): string {
  const said = names.map((name) => gateways[name][language]);
  return [said.slice(0, -1).join(', '), ...said.slice(-1)].filter(Boolean).join(or[language]);
}
