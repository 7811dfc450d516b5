/** The HTTP API under /sandbox/billdesk. Its errors are answered by the router around it. */
import express, { type Request, type Router } from 'express';
import { z } from 'zod';
import { faultRoutes } from '../faults.ts';
import { NoSuchThing } from '../graph/inbound.ts';
import { decisive, methods, type Order } from './books.ts';
import { behaviourSchema, forgeries } from './faults.ts';
import { NotPayable, outcomes, withinPatience } from './payments.ts';
import type { BillDesk } from './billdesk.ts';
import { inPaise } from './transaction.ts';

const paySchema = z.strictObject({
  outcome: z.enum(outcomes).default('success'),
  method: z.enum(methods).default('upi'),
  ...behaviourSchema.shape,
});
const settleSchema = z.strictObject({ outcome: z.enum(['success', 'failure']) });
const refundSchema = z.strictObject({
  amount: z
    .string()
    .refine((amount) => (inPaise(amount) ?? 0) > 0)
    .optional(),
});
const webhookSchema = z.strictObject({ forge: z.enum(forgeries).optional() });
const listSchema = z.object({
  state: z.enum(['open', 'success', 'pending', 'failure', 'cancelled']).optional(),
});

export function billDeskControl({ books, faults, payments, webhooks }: BillDesk): Router {
  const router = express.Router();

  const stateOf = (order: Order): string => decisive(order)?.state ?? 'open';
  const view = (order: Order): object => ({
    ...order,
    rdata: undefined,
    state: stateOf(order),
    obstacle: payments.obstacle(order) ?? null,
  });

  function orderOf(request: Request): Order {
    const order = books.orders.get(String(request.params['orderid']));
    if (!order) throw new NoSuchThing('no such order');
    return order;
  }

  router.use(faultRoutes(faults));

  router.get('/orders', (request, response) => {
    const { state } = listSchema.parse(request.query);
    const orders = [...books.orders.values()].filter(
      (order) => state === undefined || stateOf(order) === state,
    );
    response.json({ orders: orders.map(view) });
  });
  router.delete('/orders', (_request, response) => {
    books.record({ kind: 'clear' });
    response.json({ cleared: true });
  });
  router.get('/orders/:orderid', (request, response) => {
    response.json(view(orderOf(request)));
  });
  router.post('/orders/:orderid/pay', async (request, response) => {
    const { outcome, method, ...behaviour } = paySchema.parse(request.body ?? {});
    try {
      const { transaction, returnForm, webhookPosted } = await payments.pay(orderOf(request), {
        outcome,
        method,
        behaviour,
      });
      await withinPatience(webhookPosted);
      response.status(201).json({ transactionId: transaction.id, returnForm: returnForm ?? null });
    } catch (error) {
      if (!(error instanceof NotPayable)) throw error;
      response.status(409).json({ error: error.message, reason: error.reason });
    }
  });
  router.post('/orders/:orderid/settle', async (request, response) => {
    const { outcome } = settleSchema.parse(request.body);
    const { orderid } = orderOf(request);
    const settled = await payments.settle(orderid, outcome);
    if (settled) response.json({ transactionId: settled.id });
    else response.status(409).json({ error: 'nothing to settle: not begun, or a success already' });
  });
  router.post('/orders/:orderid/reverse', async (request, response) => {
    const reversed = await payments.reverse(orderOf(request).orderid);
    if (reversed) response.json({ transactionId: reversed.id });
    else response.status(409).json({ error: 'nothing to reverse: not paid' });
  });
  router.post('/orders/:orderid/refund', async (request, response) => {
    const { amount } = refundSchema.parse(request.body ?? {});
    const refund = await payments.refund(orderOf(request).orderid, amount);
    if (refund) response.status(201).json({ refundId: refund.id });
    else response.status(409).json({ error: 'nothing to refund: not paid' });
  });
  router.post('/orders/:orderid/webhook', async (request, response) => {
    const { forge } = webhookSchema.parse(request.body ?? {});
    if (await payments.tellAgain(orderOf(request), forge)) response.json({ lastAnswer: webhooks.lastAnswer });
    else response.status(409).json({ error: 'nothing has happened to it yet' });
  });

  router.get('/totals', (_request, response) => {
    const successes = [...books.orders.values()].flatMap(({ mercid, orderid, amount, transactions }) =>
      transactions
        .filter(({ state }) => state === 'success')
        .map(({ id }) => ({
          ...{ mercid, orderid, transactionid: id, amount },
          amountPaise: inPaise(amount) ?? 0,
          told: books.told.has(id),
        })),
    );
    const amountPaise = successes.reduce((sum, success) => sum + success.amountPaise, 0);
    response.json({ orders: books.orders.size, count: successes.length, amountPaise, successes });
  });

  router.get('/webhooks', (_request, response) => {
    response.json({
      url: webhooks.url,
      waiting: books.webhooks.size,
      givenUp: webhooks.givenUp,
      lastAnswer: webhooks.lastAnswer ?? null,
    });
  });
  router.put('/webhooks', (request, response) => {
    webhooks.url = z.strictObject({ url: z.url() }).parse(request.body).url;
    response.json({ url: webhooks.url });
  });
  return router;
}
