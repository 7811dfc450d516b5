/** A browser that comes back from a gateway: kept as evidence within limits, and a reason to ask the gateway. */
import type { GatewayName } from '../../domain/payments/gateways.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import { inTransaction, type Database } from '../connection.ts';
import { tell } from '../outbox.ts';
import { keepEvidence } from './evidence.ts';

/** A browser brings one form, or a few; anybody who knows the reference can send any number. */
const mostKept = 5;
/** However many come, the gateway is asked once in so many milliseconds. */
const checkEveryMs = 10_000;

/**
 * Keeps what the browser brought and leaves word for the workflow to ask the gateway.
 * @returns the order that it belongs to
 */
export async function noteReturn(
  db: Database,
  gateway: GatewayName,
  { reference, raw }: { readonly reference: string; readonly raw: string },
): Promise<OrderId | undefined> {
  return inTransaction(db, async (client) => {
    const { rows } = await client.query<{ id: bigint; orderId: OrderId; isPaid: boolean }>({
      name: 'returned-attempt',
      // Locked, so that returns at the same moment count each other.
      text: `select id, order_id as "orderId", state = 'success' as "isPaid" from attempts
             where reference = $1 and gateway = $2 for no key update`,
      values: [reference, gateway],
    });
    const [attempt] = rows;
    if (!attempt) return undefined;
    const { id, orderId, isPaid } = attempt;
    const { rowCount: kept } = await client.query({
      name: 'kept-returns',
      text: `select from evidence
             where reference = $1 and gateway = $2 and source = 'return' limit $3`,
      values: [reference, gateway, mostKept],
    });
    if (kept !== mostKept) await keepEvidence(client, { gateway, source: 'return', reference, raw });
    const turn = Math.floor(Date.now() / checkEveryMs);
    if (!isPaid) await tell(client, 'payment', orderId, { key: `r:${id}:${turn}`, news: { check: true } });
    return orderId;
  });
}
