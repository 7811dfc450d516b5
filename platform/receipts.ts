/** How this installation issues receipts; the API and the worker must do it alike. */
import type { Settings } from './settings.ts';

export const receiptSettings = ['RECEIPT_COUNTER', 'BACK_OFFICE_URL', 'BACK_OFFICE_TOKEN'] as const;

/** `ownRegister`: nobody else has to be told that something is paid. */
export function receiptRules(settings: Pick<Settings, (typeof receiptSettings)[number]>): {
  counter: string;
  ownRegister: boolean;
} {
  return { counter: settings.RECEIPT_COUNTER, ownRegister: settings.BACK_OFFICE_URL === undefined };
}
