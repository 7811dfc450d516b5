/** How this installation issues receipts and certificates; the API and the worker must do it alike. */
import type { ReceiptYear } from '../domain/payments/receipt.ts';
import { SettingsError, type Settings } from './settings.ts';

export const receiptSettings = [
  'RECEIPT_COUNTER',
  'CERTIFICATE_COUNTER',
  'RECEIPT_YEAR',
  'BACK_OFFICE_URL',
  'BACK_OFFICE_TOKEN',
] as const;

/**
 * `ownRegister`: nobody else has to be told that something is paid.
 * @throws SettingsError when both series are one: then neither would be without gaps
 */
export function receiptRules(settings: Pick<Settings, (typeof receiptSettings)[number]>): {
  counter: string;
  certificateCounter: string;
  receiptYear: ReceiptYear;
  ownRegister: boolean;
} {
  if (settings.CERTIFICATE_COUNTER === settings.RECEIPT_COUNTER) {
    throw new SettingsError(
      'CERTIFICATE_COUNTER is the same as RECEIPT_COUNTER: certificates and receipts need a series each. ' +
        'Example: CERTIFICATE_COUNTER=CE',
    );
  }
  return {
    counter: settings.RECEIPT_COUNTER,
    certificateCounter: settings.CERTIFICATE_COUNTER,
    receiptYear: settings.RECEIPT_YEAR,
    ownRegister: settings.BACK_OFFICE_URL === undefined,
  };
}
