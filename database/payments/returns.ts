/** A browser that comes back from a gateway: kept as evidence within limits, and a reason to ask the gateway. */
import type { GatewayName } from '../../domain/payments/attempt.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import { inTransaction, type Database } from '../connection.ts';
import { tellPayment } from '../inbox.ts';
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
    const { rows } = await client.query<{ id: bigint; orderId: OrderId; isPaid: boolean; kept: number }>({
      name: 'returned-attempt',
      // Locked so that returns at the same moment count each other.
      text: `select a.id, a.order_id as "orderId", a.state = 'success' as "isPaid",
               (select count(*)::int from gateway_evidence e where e.attempt_id = a.id and e.source = 'return') as kept
             from attempts a where a.reference = $1 and a.gateway = $2 for no key update`,
      values: [reference, gateway],
    });
    const [attempt] = rows;
    if (!attempt) return undefined;
    const { id, orderId, isPaid, kept } = attempt;
    if (kept < mostKept) await keepEvidence(client, { gateway, source: 'return', reference, raw });
    const turn = Math.floor(Date.now() / checkEveryMs);
    if (!isPaid) await tellPayment(client, orderId, `r:${id}:${turn}`, { check: true });
    return orderId;
  });
}
