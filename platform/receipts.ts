/** How this installation issues receipts, certificates and credit notes; the API and the worker must do it alike. */
import type { ReceiptYear } from '../domain/payments/receipt.ts';
import { SettingsError, type Settings } from './settings.ts';

export const receiptSettings = [
  'RECEIPT_COUNTER',
  'CERTIFICATE_COUNTER',
  'CREDIT_NOTE_COUNTER',
  'RECEIPT_YEAR',
  'BACK_OFFICE_URL',
  'BACK_OFFICE_TOKEN',
] as const;

/**
 * `ownRegister`: nobody else has to be told that something is paid.
 * @throws SettingsError when two series are one: then neither would be without gaps
 */
export function receiptRules(settings: Pick<Settings, (typeof receiptSettings)[number]>): {
  counter: string;
  certificateCounter: string;
  creditNoteCounter: string;
  receiptYear: ReceiptYear;
  ownRegister: boolean;
} {
  if (settings.CERTIFICATE_COUNTER === settings.RECEIPT_COUNTER) {
    throw new SettingsError(
      'CERTIFICATE_COUNTER is the same as RECEIPT_COUNTER: certificates and receipts need a series each. ' +
        'Example: CERTIFICATE_COUNTER=CE',
    );
  }
  if ([settings.RECEIPT_COUNTER, settings.CERTIFICATE_COUNTER].includes(settings.CREDIT_NOTE_COUNTER)) {
    throw new SettingsError(
      'CREDIT_NOTE_COUNTER is the same as RECEIPT_COUNTER or CERTIFICATE_COUNTER: credit notes need a series of their own. ' +
        'Example: CREDIT_NOTE_COUNTER=CN',
    );
  }
  return {
    counter: settings.RECEIPT_COUNTER,
    certificateCounter: settings.CERTIFICATE_COUNTER,
    creditNoteCounter: settings.CREDIT_NOTE_COUNTER,
    receiptYear: settings.RECEIPT_YEAR,
    ownRegister: settings.BACK_OFFICE_URL === undefined,
  };
}
