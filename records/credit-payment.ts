/** Pays an order by credit alone, unless the corporation's records have other bills by now: from the chat and from the pay page. */
import type { Database } from '../database/connection.ts';
import { payByCredit, type PaidByCredit } from '../database/payments/pay-by-credit.ts';
import type { Order } from '../domain/payments/order.ts';
import type { PostingSettings } from '../domain/payments/posting.ts';
import type { Logger } from '../platform/log.ts';
import { hasChangedInRecords } from './changed.ts';
import type { Records } from './records.ts';

/** @param anyway the citizen knows that somebody else may be paying the same, and goes on */
export type CreditPayment = (order: Order, wanted: { readonly anyway: boolean }) => Promise<PaidByCredit>;

export function createCreditPayment({
  db,
  records,
  settings,
  log,
}: {
  readonly db: Database;
  readonly records: Records;
  readonly settings: PostingSettings;
  readonly log: Logger;
}): CreditPayment {
  return async (order, wanted) =>
    !settings.ownRegister && (await hasChangedInRecords(order, { records, log }))
      ? { outcome: 'refused', because: 'changed' }
      : payByCredit(db, order.id, wanted, settings);
}
