/** Amounts as gateways want them written: rupees with two decimals. Never through a float. */
import type { Paise } from '../domain/money.ts';

/** `30000` as `300.00`. */
export function rupees(amount: Paise): string {
  const paise = amount % 100;
  return `${(amount - paise) / 100}.${String(paise).padStart(2, '0')}`;
}
