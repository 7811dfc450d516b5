/**
 * What tells that somebody may have paid, and proves nothing: a browser that comes back from a gateway, or WhatsApp's word of an
 * order in the chat. Kept as evidence within limits, and a reason to ask the gateway.
 */
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

/**
 * Keeps what WhatsApp says of payments in the chat and leaves word to ask the gateway, once for the same words: `pending` and
 * `captured` may come within a second. What it says of no attempt of ours is left aside.
 */
export async function noteChatPayments(
  db: Database,
  said: readonly { readonly reference: string; readonly isPaid: boolean; readonly words: string }[],
): Promise<void> {
  for (const { reference, isPaid, words: raw } of said) {
    await inTransaction(db, async (client) => {
      const { rows } = await client.query<{ orderId: OrderId; gateway: GatewayName }>({
        name: 'chat-attempt',
        text: `select order_id as "orderId", gateway from attempts where reference = $1 and chat is not null`,
        values: [reference],
      });
      const [attempt] = rows;
      if (!attempt) return;
      const { orderId, gateway } = attempt;
      const { id } = await keepEvidence(client, { gateway, source: 'chat', reference, raw });
      const news = { check: true, ...(isPaid && { isPaidInChat: true }) };
      await tell(client, 'payment', orderId, { key: `c:${orderId}:${id}`, news });
    });
  }
}
