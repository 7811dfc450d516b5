/** The e-certificate: the certificate of enlistment of a trade, as it is issued when a renewal is paid. */
import type { CalendarDate } from './calendar.ts';
import type { Written } from './accounts/account.ts';
import type { InEveryLanguage } from './language.ts';
import type { Paise } from './money.ts';
import type { ReceiptNumber } from './payments/receipt.ts';

/** `CE-2026-27-000123`: like a receipt's, in a series of its own. */
export type CertificateNumber = string & { readonly brand: 'CertificateNumber' };

/** Unguessable: whoever has it may fetch the certificate with everything that is printed on it. */
export type CertificateKey = string & { readonly brand: 'CertificateKey' };

/** What is printed of the licence: the names in full, as the corporation's records have them on the day of the issue. */
export interface Particulars {
  readonly tradeName: Written;
  readonly trade: InEveryLanguage<string>;
  readonly holder: Written;
  readonly address: Written;
  readonly ward: number;
}

export interface Certificate {
  readonly number: CertificateNumber;
  readonly key: CertificateKey;
  /** In the address of its QR code. */
  readonly checkCode: string;
  readonly licenceNumber: string;
  readonly particulars: Particulars;
  readonly validFrom: CalendarDate;
  /** The last day. */
  readonly validUntil: CalendarDate;
  /** The fee that was paid for it, and its receipt. */
  readonly amount: Paise;
  readonly receipt: ReceiptNumber;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
}

/** What anyone who holds a certificate may check: whether it is real and in force, and not whose it is. */
export interface VerifiedCertificate {
  readonly number: CertificateNumber;
  readonly validFrom: CalendarDate;
  readonly validUntil: CalendarDate;
  readonly issuedAt: number;
  /** As it was shown when it was paid. */
  readonly tradeName: Written;
  /** The last four digits of the licence's number. */
  readonly licenceEnding: string;
  /** It is no longer in force; where it was replaced, by which. */
  readonly revoked?: { readonly at: number; readonly replacedBy?: CertificateNumber };
}
