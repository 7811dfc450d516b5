/**
 * What the files in a chat are called. A phone shows the first twenty characters or so, hence what tells one file from the
 * next comes first. In English whatever the language of the file, because not every file system keeps other scripts.
 */
import { groupAssesseeNumber } from '../domain/accounts/property.ts';
import type { CalendarDate } from '../domain/calendar.ts';
import type { Particulars } from '../domain/certificate.ts';
import type { Receipt } from '../domain/payments/receipt.ts';
import type { CreditNote } from '../domain/payments/refund.ts';
import { cut } from '../domain/outbound.ts';
import { shownAccount } from './bills.ts';
import { serviceTexts } from './services/services.ts';

/** `000123 property tax 31-107-11-0057-1.pdf` for receipt W-2026-27-000123. */
export function receiptFile({ number, service, account }: Receipt): string {
  const ordinal = number.slice(number.lastIndexOf('-') + 1);
  return pdf(ordinal, serviceTexts[service].name.en.toLowerCase(), shownAccount(service, account.number));
}

/** `000123 credit note 31-107-11-0057-1.pdf` for credit note CN-2026-27-000123. */
export function creditNoteFile({ number, order }: Pick<CreditNote, 'number' | 'order'>): string {
  const ordinal = number.slice(number.lastIndexOf('-') + 1);
  return pdf(ordinal, 'credit note', shownAccount(order.service, order.account.number));
}

/** `31-107-11-0057-1 statement.pdf`. */
export function statementFile(assesseeNumber: string): string {
  return pdf(groupAssesseeNumber(assesseeNumber), 'statement');
}

/** `Babui Dress Makers trade licence 2030.pdf`, by the year in which it ends. */
export function certificateFile({ tradeName }: Particulars, validUntil: CalendarDate): string {
  return pdf(cut(tradeName.en, longestName), 'trade licence', validUntil.slice(0, 4));
}

const longestName = 60;

/** Control characters, and what some file system does not take in a name. */
const forbidden = /[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu;

function pdf(...words: readonly string[]): string {
  const name = words.join(' ').replace(forbidden, ' ').replace(/\s+/g, ' ').trim();
  return `${name}.pdf`;
}
