/** A receipt: what was paid, by which money. Issued once for each order, and never changed. */
import type { GatewayName, PaymentMethod } from './attempt.ts';
import type { Account, Due } from './dues.ts';
import type { Paise } from './money.ts';
import type { PaidService } from './services.ts';

/** `W-2026-27-000123`: counter, financial year, number without gaps. ASCII in every language, because people copy it. */
export type ReceiptNumber = string & { readonly brand: 'ReceiptNumber' };

export interface Receipt {
  readonly number: ReceiptNumber;
  readonly service: PaidService;
  /** With the owner and the address masked: anyone may pay for anyone. */
  readonly account: Account;
  /** The demands that this receipt settles. */
  readonly paid: readonly Due[];
  /** What they add up to. */
  readonly amount: Paise;
  /** When the gateway took the money: milliseconds since 1970. */
  readonly paidAt: number;
  readonly gateway: GatewayName;
  readonly transactionId: string;
  /** The bank's own reference; for UPI its RRN. */
  readonly bankReference?: string;
  readonly method?: PaymentMethod;
}

const shape = /^[A-Z]{1,4}-\d{4}-\d{2}-\d{6,}$/;

/** Reads a receipt number as people type it: any case, spaces around it. */
export function receiptNumberIn(text: string): ReceiptNumber | undefined {
  const number = text.trim().toUpperCase();
  return shape.test(number) ? (number as ReceiptNumber) : undefined;
}

/** `W-2026-27-000123`. */
export function receiptNumber(counter: string, financialYear: number, ordinal: number): ReceiptNumber {
  const year = `${financialYear}-${String((financialYear + 1) % 100).padStart(2, '0')}`;
  return `${counter}-${year}-${String(ordinal).padStart(6, '0')}` as ReceiptNumber;
}

/** What anyone who holds a receipt may check: whether it is real, and not who paid. */
export interface Verification {
  readonly number: ReceiptNumber;
  readonly service: PaidService;
  readonly amount: Paise;
  readonly paidAt: number;
  /** The last four digits of the account's number. */
  readonly accountEnding: string;
}
