/** The button of the pay page, pressed without a workflow: what a payment does to send its citizen to a gateway. */
import type { OpenResult, PaymentActivities } from '../../activities/payments.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import type { PayWay } from '../../domain/payments/way.ts';
import { openSomewhere } from '../../workflows/payment/opening.ts';

export const browser = { ip: '203.0.113.7', userAgent: 'test' } as const;

export function pressOf(
  activities: Pick<PaymentActivities, 'pickAccount' | 'openAttempt'>,
  orderId: OrderId,
  way: PayWay = 'page',
): Promise<OpenResult> {
  return openSomewhere({
    pick: (press) => activities.pickAccount({ ...press, orderId, way }),
    open: (account) => activities.openAttempt({ orderId, account, way, browser, anyway: false }),
  });
}
