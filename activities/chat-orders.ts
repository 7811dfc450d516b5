/** Orders that are paid within WhatsApp: which are, and the attempt that begins with one. */
import type { Database } from '../database/connection.ts';
import { beginChatAttempt } from '../database/payments/attempts.ts';
import { chatOrderUntil, type ChatOrder } from '../domain/payments/chat-order.ts';
import { toPay, type Order } from '../domain/payments/order.ts';
import type { GatewayPool } from '../gateways/pool.ts';
import type { Logger } from '../platform/log.ts';
import type { PaymentActivities } from './payments.ts';
import { newReference } from './references.ts';

interface Dependencies {
  readonly db: Database;
  readonly gateways: GatewayPool;
  readonly pickAccount: PaymentActivities['pickAccount'];
  readonly log: Logger;
}

/** Begins an attempt that is paid in the chat. @returns undefined where the order is paid under its link */
export type OpenInChat = (order: Order) => Promise<ChatOrder | undefined>;

export function createOpenInChat({ db, gateways, pickAccount, log }: Dependencies): OpenInChat {
  async function open(order: Order): Promise<ChatOrder | undefined> {
    const amount = toPay(order);
    const until = chatOrderUntil({ ...order, amount }, Date.now());
    if (until === undefined) return undefined;
    const picked = await pickAccount({ orderId: order.id, way: 'page', tried: [], waitedMs: 0 });
    // Whether an account that has failed is well again, only a call of its gateway tells.
    if (picked.outcome === 'refused' || picked.isTrial) return undefined;
    const gateway = gateways.by(picked.gateway);
    const account = gateway.merchantsFor(order.service).find(({ id }) => id === picked.merchant);
    const reference = newReference();
    const {
      service,
      account: { number: accountNumber, ward },
    } = order;
    const kept = gateway.keptInChat?.({ reference, service, accountNumber, ward });
    if (!account?.chat || amount > account.chat.most || !kept) return undefined;
    const { configuration } = account.chat;
    const merchant = { ...account, gateway: gateway.name };
    const { choice } = picked;
    if (!(await beginChatAttempt(db, order.id, { merchant, choice, reference, configuration, until })))
      return undefined;
    return { reference, gateway: gateway.name, configuration, kept, until };
  }

  return async (order) => {
    try {
      return await open(order);
    } catch (error) {
      log.warn({ err: error, order: order.id }, 'an order was not opened in the chat; its link is sent');
      return undefined;
    }
  };
}
