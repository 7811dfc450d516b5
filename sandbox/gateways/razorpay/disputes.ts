/** A payer disputes a payment: what the control API of Razorpay's stand-in has beside that of every gateway. */
import express, { type Router } from 'express';
import { z } from 'zod';
import { decisive, type Books, type Message } from '../../kit/books.ts';
import { NoSuchThing } from '../../kit/no-such-thing.ts';
import type { GatewayWebhooks } from '../../kit/webhooks.ts';
import { disputeStages } from './entities.ts';
import { eventObject } from './events.ts';
import type { Order, RazorpayTraits } from './order.ts';

const disputeSchema = z.strictObject({ stage: z.enum(disputeStages) });

interface Parts {
  readonly books: Books<RazorpayTraits>;
  readonly webhooks: GatewayWebhooks<RazorpayTraits>;
  readonly messageOf: (order: Order, event: object) => Message;
}

export function disputeControl({ books, webhooks, messageOf }: Parts): Router {
  const router = express.Router();
  router.post('/orders/:reference/dispute', async (request, response) => {
    const { stage: disputed } = disputeSchema.parse(request.body);
    const order = books.orders.get(request.params.reference);
    if (order === undefined) throw new NoSuchThing('no such order');
    const transaction = decisive(order);
    if (transaction?.state !== 'success') {
      response.status(409).json({ error: 'nothing to dispute: not paid' });
      return;
    }
    const event = eventObject(`payment.dispute.${disputed}`, { order, transaction, disputed }, {});
    await webhooks.send(order.reference, messageOf(order, event));
    response.status(201).json({ stage: disputed });
  });
  return router;
}

export const disputeAddress: readonly [string, string] = [
  'POST /sandbox/razorpay/orders/:reference/dispute',
  `a payer disputes a payment, or the dispute goes on: {"stage": ${disputeStages.map((stage) => `"${stage}"`).join(' | ')}}`,
];
