/** A person ends an order, so that it can no longer be paid. */
import { objectionTo, refused, type Acted } from '../../domain/people/act.ts';
import type { Person } from '../../domain/people/role.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import { doneBy, readAct, writeAudit } from '../audit.ts';
import { inTransaction, type Database } from '../connection.ts';
import { tell } from '../outbox.ts';
import { cancelOrder } from '../payments/orders.ts';
import { orderFacts, stateOfOrder, type OrderFacts } from '../payments/standing.ts';
import { isAtGateway, isUndecided } from '../payments/states.ts';

export interface Cancelling {
  readonly orderId: string;
  readonly why: string;
}

/** Cancels an order, unless it is paid or money may be on its way for it. */
export async function cancelByPerson(
  db: Database,
  person: Person,
  { orderId, why }: Cancelling,
): Promise<Acted> {
  const objection = objectionTo(person, 'finance', why);
  if (objection !== undefined) return refused(objection);
  return inTransaction(db, async (client): Promise<Acted> => {
    await client.query({
      name: 'lock-order-to-cancel',
      text: 'select from orders where id = $1 for update',
      values: [orderId],
    });
    const { rows } = await client.query<OrderFacts & { id: OrderId; tried: boolean; paying: boolean }>({
      name: 'order-to-cancel',
      text: `select o.id, ${orderFacts}, exists (select from attempts a where a.order_id = o.id) as tried,
               exists (select from attempts a where a.order_id = o.id and (${isAtGateway} or ${isUndecided})) as paying
             from orders o where o.id = $1`,
      values: [orderId],
    });
    const [order] = rows;
    if (!order) return refused(`there is no order ${orderId}`);
    const key = `cancel-${orderId}`;
    const before = await readAct(client, key);
    if (before) return { outcome: 'doneBefore', said: `it is done already: ${doneBy(before)}` };
    if (stateOfOrder(order) === 'paid') return refused('the order is paid: it cannot be cancelled any more');
    if (order.paying) {
      return refused('money may be on its way: ask the gateway, and cancel when it has said that none came');
    }
    const by = { who: person.name, why: why.trim() };
    await cancelOrder(client, order.id);
    await writeAudit(client, { orderId: order.id, key, act: 'cancel', ...by });
    // An order that nobody has tried to pay has no workflow yet.
    if (order.tried) await tell(client, 'payment', order.id, { key: `c:${key}`, news: { check: false } });
    return { outcome: 'done', said: `the order ${orderId} is cancelled: nobody can pay it any more` };
  });
}
