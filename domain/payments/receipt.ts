/** A receipt: what was paid, by which money. Issued once for each order, and never changed. */
import type { GatewayName } from './attempt.ts';
import type { PaymentMethod } from './fact.ts';
import type { Account, Due } from '../dues.ts';
import type { Paise } from '../money.ts';
import { serialNumber } from '../serial-number.ts';
import type { PaidService } from '../services.ts';

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

/** `W-2026-27-000123`. */
export function receiptNumber(counter: string, financialYear: number, ordinal: number): ReceiptNumber {
  return serialNumber(counter, financialYear, ordinal) as ReceiptNumber;
}

/** What anyone who holds a receipt may check: whether it is real, and not who paid. */
export interface VerifiedReceipt {
  readonly number: ReceiptNumber;
  readonly service: PaidService;
  readonly amount: Paise;
  readonly paidAt: number;
  /** The last four digits of the account's number. */
  readonly accountEnding: string;
}
