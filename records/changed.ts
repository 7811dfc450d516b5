/** Whether the corporation's records have changed the bills of an order since it was made. */
import { hasChanged, type Order } from '../domain/payments/order.ts';
import type { Logger } from '../platform/log.ts';
import type { Records } from './records.ts';

/** Records that do not answer keep nobody from paying. */
export async function hasChangedInRecords(
  order: Order,
  { records, log }: { readonly records: Records; readonly log: Logger },
): Promise<boolean> {
  const { kind, number } = order.account;
  const record = await records.find(kind, number).catch((error: unknown) => {
    log.warn({ err: error }, 'the records do not say whether the bills of an order have changed');
    return undefined;
  });
  return record !== undefined && hasChanged(order, record.demands);
}
