/** The HTTP API under /sandbox/<gateway>. Its errors are answered by the router around it. */
import express, { type Request, type Router } from 'express';
import { z } from 'zod';
import type { Behaviour, Traits } from './behaviour.ts';
import { decisive, methods, type Books, type Order } from './books.ts';
import { faultRoutes, type FaultsInForce } from './faults.ts';
import { NoSuchThing } from './no-such-thing.ts';
import { NotPayable, outcomes, withinPatience, type Payments } from './payments.ts';
import type { Refunds } from './refunds.ts';
import type { GatewayWebhooks } from './webhooks.ts';

interface Parts<T extends Traits, S extends z.ZodObject> {
  readonly behaviourSchema: z.ZodType<Partial<Behaviour<T>>>;
  readonly books: Books<T>;
  readonly faults: FaultsInForce<S>;
  readonly payments: Payments<T>;
  readonly refunds: Refunds<T>;
  readonly webhooks: GatewayWebhooks<T>;
}

const settleSchema = z.strictObject({ outcome: z.enum(['success', 'failure']) });
const settleRefundSchema = z.strictObject({ outcome: z.enum(['processed', 'failed']) });
const refundSchema = z.strictObject({ amountPaise: z.number().int().min(1).optional() });
const listSchema = z.object({
  state: z.enum(['open', 'success', 'pending', 'failure', 'cancelled']).optional(),
});
export const choiceSchema = z.object({
  outcome: z.enum(outcomes).default('success'),
  method: z.enum(methods).default('upi'),
});

export function gatewayControl<T extends Traits, S extends z.ZodObject>({
  behaviourSchema,
  books,
  faults,
  payments,
  refunds,
  webhooks,
}: Parts<T, S>): Router {
  const router = express.Router();

  const stateOf = (order: Order<T>): string => decisive(order)?.state ?? 'open';
  const view = (order: Order<T>): object => ({
    ...order,
    secret: undefined,
    state: stateOf(order),
    obstacle: payments.obstacle(order) ?? null,
    asked: books.asked.get(order.reference) ?? 0,
  });

  function orderOf(request: Request): Order<T> {
    const order = books.orders.get(String(request.params['reference']));
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
  router.get('/orders/:reference', (request, response) => {
    response.json(view(orderOf(request)));
  });
  router.post('/orders/:reference/pay', async (request, response) => {
    const { outcome, method, ...rest } = z.looseObject({}).parse(request.body ?? {});
    const choice = choiceSchema.parse({ outcome, method });
    const behaviour = behaviourSchema.parse(rest);
    try {
      const { transaction, returnForm, webhookPosted } = await payments.pay(orderOf(request), {
        ...choice,
        behaviour,
      });
      await withinPatience(webhookPosted);
      response.status(201).json({ transactionId: transaction.id, returnForm: returnForm ?? null });
    } catch (error) {
      if (!(error instanceof NotPayable)) throw error;
      response.status(409).json({ error: error.message, reason: error.reason });
    }
  });
  router.post('/orders/:reference/settle', async (request, response) => {
    const { outcome } = settleSchema.parse(request.body);
    const settled = await payments.settle(orderOf(request).reference, outcome);
    if (settled) response.json({ transactionId: settled.id });
    else response.status(409).json({ error: 'nothing to settle: not begun, or a success already' });
  });
  router.post('/orders/:reference/reverse', async (request, response) => {
    const reversed = await payments.reverse(orderOf(request).reference);
    if (reversed) response.json({ transactionId: reversed.id });
    else response.status(409).json({ error: 'nothing to reverse: not paid' });
  });
  router.post('/orders/:reference/refund', async (request, response) => {
    const { amountPaise } = refundSchema.parse(request.body ?? {});
    const refund = await refunds.giveBack(orderOf(request).reference, amountPaise);
    if (refund) response.status(201).json({ refundId: refund.id });
    else response.status(409).json({ error: 'nothing to refund: not paid' });
  });
  router.post('/orders/:reference/refunds/:id/settle', async (request, response) => {
    const { outcome } = settleRefundSchema.parse(request.body);
    const settled = await refunds.settle(orderOf(request).reference, request.params.id, outcome);
    if (settled) response.json({ refundId: settled.id });
    else response.status(409).json({ error: 'nothing to settle: no such refund, or decided already' });
  });
  router.post('/orders/:reference/webhook', async (request, response) => {
    const { forge } = behaviourSchema.parse(request.body ?? {});
    if (await payments.tellAgain(orderOf(request), forge)) response.json({ lastAnswer: webhooks.lastAnswer });
    else response.status(409).json({ error: 'nothing has happened to it yet' });
  });

  router.get('/totals', (_request, response) => {
    const successes = [...books.orders.values()].flatMap(({ merchantId, reference, amount, transactions }) =>
      transactions
        .filter(({ state }) => state === 'success')
        .map(({ id: transactionId }) => ({
          ...{ merchantId, reference, transactionId },
          amountPaise: amount,
          told: books.told.has(transactionId),
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

/** Its addresses with what they do, for the page of the sandbox. */
export const controlAddresses = (name: string): readonly (readonly [string, string])[] => [
  [`GET /sandbox/${name}/faults`, 'its own faults; PUT, PATCH and DELETE as above'],
  [
    `GET /sandbox/${name}/orders?state=pending`,
    'orders with their transactions, and how often each was asked about; state is open, success, pending, failure or cancelled; /orders/:reference for one',
  ],
  [
    `POST /sandbox/${name}/orders/:reference/pay`,
    'what a citizen does on the page: {"outcome": "success" | "failure" | "cancel" | "pending" | ' +
      '"pendingThenSuccess" | "pendingThenFailure" | "failureThenSuccess", "method"?, and of the faults "webhook"?, ' +
      '"webhookCopies"?, "webhookDelayMs"?, "webhookOutOfOrder"?, "webhookOnce"?, "returnForm"?, "forge"?, ' +
      '"settleAfterMs"?}; answers ' +
      '{"transactionId", "returnForm": {"url", "method", "fields"} | null} without waiting for the webhook, 409 when it ' +
      'cannot be paid',
  ],
  [
    `POST /sandbox/${name}/orders/:reference/settle`,
    '{"outcome": "success" | "failure"} decides what is pending, or turns a failure into a late success',
  ],
  [`POST /sandbox/${name}/orders/:reference/reverse`, 'turns a success into a failure'],
  [
    `POST /sandbox/${name}/orders/:reference/refund`,
    'sends money back that nobody asked to be sent back: {"amountPaise"?}',
  ],
  [
    `POST /sandbox/${name}/orders/:reference/refunds/:id/settle`,
    '{"outcome": "processed" | "failed"} decides a refund that is pending; the id is the gateway\'s, or the merchant\'s',
  ],
  [`POST /sandbox/${name}/orders/:reference/webhook`, 'posts its webhook again; {"forge"} to forge it'],
  [`DELETE /sandbox/${name}/orders`, 'forgets all orders and webhooks on their way'],
  [
    `GET /sandbox/${name}/totals`,
    'the money taken: {"orders", "count", "amountPaise", "successes": [{"merchantId", "reference", "transactionId", ' +
      '"amountPaise", "told"}]}',
  ],
  [
    `GET /sandbox/${name}/webhooks`,
    'where they go, how many wait or were given up; PUT {"url"} sends them elsewhere',
  ],
];
