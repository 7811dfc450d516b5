/** A browser that comes back from a gateway: kept as evidence, and a reason to ask. */
import type { GatewayName } from '../../domain/attempt.ts';
import type { Order } from '../../domain/order.ts';
import { inTransaction, type Database } from '../connection.ts';
import { tellPayment } from '../inbox.ts';
import { digestOf } from './evidence.ts';
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
  const digest = digestOf(raw);
  await inTransaction(db, async (client) => {
    const { rowCount } = await client.query({
      name: 'keep-return',
      text: `insert into gateway_evidence (gateway, source, reference, attempt_id, raw, digest)
             select $1, 'return', reference, id, $3, $4 from attempts where reference = $2
             on conflict (source, digest) do nothing`,
      values: [gateway, reference, raw, digest],
    });
    // A page that is loaded again has nothing new to ask about.
    if (rowCount === 1) await tellPayment(client, order.id, `r:${digest}`, { check: true });
  });
  return order;
}
