/** Amounts as BillDesk writes them: rupees with two decimals. Never through a float. */
import type { Paise } from '../../domain/money.ts';

/** `30000` as `300.00`. */
export function rupees(amount: Paise): string {
  const paise = amount % 100;
  return `${(amount - paise) / 100}.${String(paise).padStart(2, '0')}`;
}

/** `300.00` as `30000`; undefined for whatever is not written so. */
export function inPaise(text: unknown): number | undefined {
  if (typeof text !== 'string' || !/^\d+\.\d{2}$/.test(text)) return undefined;
  const amount = Number(text.replace('.', ''));
  return Number.isSafeInteger(amount) ? amount : undefined;
}

/** ISO 4217's number of the Indian rupee. */
export const rupee = '356';
