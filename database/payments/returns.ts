/** A browser that comes back from a gateway: kept as evidence, and a reason to ask. */
import type { GatewayName } from '../../domain/payments/attempt.ts';
import type { Order } from '../../domain/payments/order.ts';
import { inTransaction, type Database } from '../connection.ts';
import { tell } from '../outbox.ts';
import { keepEvidence } from './evidence.ts';
import { orderByReference } from './orders.ts';

/**
 * Keeps what the browser brought and leaves word for the workflow to ask the gateway.
 * @returns the order that it belongs to
 */
export async function noteReturn(
  db: Database,
  gateway: GatewayName,
  { reference, raw }: { readonly reference: string; readonly raw: string },
): Promise<Order | undefined> {
  const order = await orderByReference(db, reference);
  if (!order) return undefined;
  const { id, isNew } = await keepEvidence(db, { gateway, source: 'return', reference, raw });
  // A page that is loaded again has nothing new to ask about.
  if (isNew) {
    await inTransaction(db, (client) =>
      tell(client, 'payment', order.id, { key: `r:${id}`, news: { check: true } }),
    );
  }
  return order;
}
