/** What a payment costs in Temporal. */
import { workflowId } from '../../domain/entities.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import type { Town } from './town.ts';

/** More would slow a year-end night down: what is promised of each gateway for a payment without faults. */
export const mostEvents = 45;

/** How many events the payment of an attempt took, once its workflow has ended. */
export async function paymentEvents(town: Town, reference: string): Promise<number> {
  const [row] = await town.rows<{ orderId: OrderId }>(
    'select order_id as "orderId" from attempts where reference = $1',
    [reference],
  );
  if (!row) throw new Error(`no attempt ${reference}`);
  const payment = town.temporal.workflow.getHandle(workflowId('payment', row.orderId));
  await payment.result();
  return (await payment.fetchHistory()).events?.length ?? 0;
}
