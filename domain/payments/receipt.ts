/**
 * A receipt: what was paid, by which money. Issued once for each capture, or for what credit paid alone, and never changed.
 */
import type { GatewayName } from './gateways.ts';
import type { Account, PaidService } from '../accounts/kinds.ts';
import type { Due } from '../dues.ts';
import type { Paise } from '../money.ts';
import type { PaymentMethod } from './fact.ts';
import type { CalendarDate } from '../calendar.ts';
import { serialNumber } from '../serial-number.ts';

/** `W-2026-27-000123`: counter, financial year, number without gaps. ASCII in every language, because people copy it. */
export type ReceiptNumber = string & { readonly brand: 'ReceiptNumber' };

/** A bill on a receipt: as it was asked for where the money paid it whole, and else by the lines that were paid of it. */
export interface PaidDue extends Due {
  /** The bill is not what was asked for: it was paid in part, or the rest of it was. */
  readonly isPart: boolean;
  /** Nothing of the bill is due any more. */
  readonly settles: boolean;
  /** What the corporation's records know of it. */
  readonly posting: 'due' | 'posted' | 'refused';
}

/** Whose financial year a receipt's number is of: the day on which it was issued, or on which the citizen paid. */
export const receiptYears = ['posting', 'payment'] as const;
export type ReceiptYear = (typeof receiptYears)[number];

/** Credit of an account, or what of it is used, by the payment that came too much. */
export interface CreditSource {
  readonly amount: Paise;
  /** Of that payment, where it had paid anything. */
  readonly receipt?: ReceiptNumber;
  /** When that payment was taken: milliseconds since 1970. */
  readonly paidAt: number;
}

export interface Receipt {
  readonly number: ReceiptNumber;
  readonly service: PaidService;
  /** With the owner and the address masked: anyone may pay for anyone. */
  readonly account: Account;
  /** The bills that its money paid, all or part of each. */
  readonly paid: readonly PaidDue[];
  /** What they add up to. */
  readonly amount: Paise;
  /** When the gateway took the money, or the credit was used: milliseconds since 1970. */
  readonly paidAt: number;
  readonly issuedAt: number;
  /** In the address of its QR code. */
  readonly checkCode: string;
  /** What of the amount was credit, by the payments that came too much; missing where nothing was. */
  readonly credit?: readonly CreditSource[];
  /** Through which gateway the money came, and its id there; missing where credit paid everything. */
  readonly gateway?: GatewayName;
  readonly transactionId?: string;
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
  /** What of its money was given back since, and when the last part of that was. */
  readonly givenBack?: { readonly amount: Paise; readonly on: CalendarDate };
}
