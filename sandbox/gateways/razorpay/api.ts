/** Razorpay's API: payment links, QR codes, their payments and the refunds of these, with the refusals of the real one. */
import { randomBytes } from 'node:crypto';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import type { RazorpayMerchant } from '../../../gateways/razorpay/merchant.ts';
import type { Logger } from '../../../platform/log.ts';
import { awayOrSlow, losesAnswer } from '../../kit/api.ts';
import type { Books, Refund } from '../../kit/books.ts';
import { NotRefundable, type Refunds, type WantedRefund } from '../../kit/refunds.ts';
import { entitiesOf, type Entities } from './entities.ts';
import type { RazorpayFaults } from './faults.ts';
import { newId, type Order, type RazorpayTraits } from './order.ts';

interface Parts {
  readonly merchants: readonly RazorpayMerchant[];
  readonly books: Books<RazorpayTraits>;
  readonly refunds: Refunds<RazorpayTraits>;
  readonly faults: { readonly current: RazorpayFaults };
  readonly now: () => number;
  readonly log: Logger;
  /** The merchant has closed a QR code. */
  readonly onClosed: (order: Order) => Promise<void>;
}

/** An error object. Nearly all of Razorpay's are bad requests, told apart by their words alone. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }

  get object(): object {
    return {
      error: {
        code: this.status >= 500 ? 'SERVER_ERROR' : 'BAD_REQUEST_ERROR',
        description: this.message,
        source: this.status >= 500 ? 'internal' : 'business',
        step: 'payment_initiation',
        reason: this.status >= 500 ? 'server_error' : 'input_validation_failed',
        metadata: {},
        ...(this.field !== undefined && { field: this.field }),
      },
    };
  }
}

const quarterMs = 15 * 60_000;
const halfYearMs = 183 * 86_400_000;

const notesSchema = z
  .record(z.string(), z.string().max(256))
  .refine(
    (notes) => Object.keys(notes).length <= 15,
    'The number of fields in notes should be less than or equal to 15',
  )
  .default({});

const linkSchema = z.strictObject({
  upi_link: z.boolean().default(false),
  amount: z.number().int().min(100, 'Order amount less than minimum amount allowed'),
  currency: z.literal('INR'),
  accept_partial: z.boolean().default(false),
  reference_id: z.string().max(40),
  description: z.string().max(2_048),
  customer: z.strictObject({ name: z.string(), contact: z.string(), email: z.string() }).partial().optional(),
  notify: z.strictObject({ sms: z.boolean(), email: z.boolean() }).partial().optional(),
  reminder_enable: z.boolean().optional(),
  notes: notesSchema,
  expire_by: z.number().int(),
  callback_url: z.url({ protocol: /^https?$/ }),
  callback_method: z.literal('get'),
});

const qrCodeSchema = z.strictObject({
  type: z.literal('upi_qr'),
  /** Our reference, by which the books here find it. */
  name: z.string().max(40),
  usage: z.literal('single_use'),
  fixed_amount: z.literal(true),
  payment_amount: z.number().int().min(100, 'The payment amount must be at least 1.'),
  description: z.string().max(2_048),
  close_by: z.number().int(),
  notes: notesSchema,
});

const refundSchema = z.strictObject({
  amount: z.number().int().min(100, 'The amount must be atleast INR 1.00'),
  speed: z.enum(['normal', 'optimum']).default('normal'),
  receipt: z.string().max(40),
  notes: z.record(z.string(), z.string()).optional(),
});

const refundRefusals: Readonly<Record<NotRefundable['reason'], string>> = {
  notPaid: 'The payment status should be captured for action to be taken',
  tooMuch: 'The total refund amount is greater than the refund payment amount',
  duplicate: 'Different request with the same idempotency key has already been processed.',
  refused: 'Your account does not have enough balance to carry out the refund operation.',
};

export function razorpayApi({ merchants, books, refunds, faults, now, log, onClosed }: Parts): Router {
  const router = express.Router();
  router.use(awayOrSlow(faults));
  router.use(express.json({ limit: '64kb' }));

  function keyOf(request: Request): readonly string[] {
    const [, given = ''] = /^Basic (.+)$/.exec(request.get('authorization') ?? '') ?? [];
    return Buffer.from(given, 'base64').toString().split(':');
  }

  function merchantOf(request: Request): RazorpayMerchant {
    const [keyId, keySecret] = keyOf(request);
    const merchant = merchants.find(({ keys }) =>
      keys.some((key) => key.keyId === keyId && key.keySecret === keySecret),
    );
    if (merchant === undefined) throw new Refusal(401, 'Authentication failed');
    return merchant;
  }

  /** Answers as the merchant that asks may know it, with nothing instead where it is told to. */
  const answered =
    (run: (request: Request, merchant: RazorpayMerchant) => object) =>
    (request: Request, response: Response): void => {
      const merchant = merchantOf(request);
      if (faults.current.http500)
        throw new Refusal(500, 'We are facing some trouble completing your request');
      const answer = run(request, merchant);
      response.json(request.method === 'GET' && faults.current.queryAnswer === 'nothing' ? {} : answer);
    };

  function entities(order: Order): Entities {
    const { forge, forgeQuery, ...odd } = faults.current;
    return entitiesOf(order, { ...odd, ...order.behaviour, forge: forgeQuery ? forge : 'none' });
  }

  /** As if nobody had begun, where it is told to. */
  const asked = (order: Order): Entities => {
    books.noteAsked(order);
    return entities(faults.current.queryAnswer === 'notFound' ? { ...order, transactions: [] } : order);
  };

  function orderOf(merchant: RazorpayMerchant, isIt: (order: Order) => boolean): Order {
    const order = [...books.orders.values()].find(
      (each) => each.merchantId === merchant.accountId && isIt(each),
    );
    if (order === undefined) throw new Refusal(400, 'The id provided does not exist');
    return order;
  }

  const collection = (items: readonly object[]): object => ({
    entity: 'collection',
    count: items.length,
    // The newest first.
    items: items.toReversed(),
  });

  /** @throws Refusal in the words of the first thing that is wrong */
  function read<S extends z.ZodType>(schema: S, request: Request): z.output<S> {
    if (faults.current.http500) throw new Refusal(500, 'We are facing some trouble completing your request');
    const { data, error } = schema.safeParse(request.body);
    if (data !== undefined) return data;
    const [issue] = error?.issues ?? [];
    throw new Refusal(400, issue?.message ?? 'The request is invalid', issue?.path.join('.'));
  }

  /** Until when it can be paid. @throws Refusal for a time that Razorpay does not take */
  function endOf(field: string, given: number): number {
    if (given * 1_000 < now() + quarterMs - 1_000)
      throw new Refusal(400, 'timestamp must be atleast 15 minutes in future', field);
    if (given * 1_000 > now() + halfYearMs)
      throw new Refusal(400, `${field} should not be more than 6 months from now`, field);
    return Math.min(given * 1_000, now() + faults.current.sessionMs);
  }

  function newOrder(
    request: Request,
    { accountId: merchantId }: RazorpayMerchant,
    wanted: Pick<Order, 'reference' | 'gatewayOrderId' | 'amount' | 'returnUrl' | 'validUntil' | 'inApp'> & {
      readonly details: Pick<Order['details'], 'kind' | 'description' | 'notes'>;
    },
  ): Order {
    const secret = randomBytes(16).toString('hex');
    const way = new URLSearchParams({ account: merchantId, link: wanted.gatewayOrderId, key: secret });
    const page = `${request.protocol}://${request.get('host') ?? ''}${request.baseUrl}/rzp`;
    const order: Order = {
      ...wanted,
      merchantId,
      secret,
      details: {
        ...wanted.details,
        currency: 'INR',
        shortUrl: `${page}?${way.toString()}`,
        orderId: newId('order'),
      },
      createdAt: now(),
      transactions: [],
      refunds: [],
      behaviour: {},
    };
    books.record({ kind: 'order', order });
    return order;
  }

  router.post('/v1/payment_links', (request, response) => {
    const merchant = merchantOf(request);
    const data = read(linkSchema, request);
    const validUntil = endOf('expire_by', data.expire_by);
    if (data.upi_link && keyOf(request)[0]?.startsWith('rzp_test_')) {
      const inTest =
        'UPI Payment Links is not supported in Test Mode. Please experience the product in Live Mode.';
      throw new Refusal(400, inTest);
    }
    const known = books.orders.get(data.reference_id);
    if (known !== undefined && known.details.kind !== 'qrCode') {
      throw new Refusal(400, 'payment link creation with reference ID already attempted', 'reference_id');
    }
    const order = newOrder(request, merchant, {
      reference: data.reference_id,
      gatewayOrderId: newId('plink'),
      amount: data.amount,
      returnUrl: data.callback_url,
      validUntil,
      details: {
        kind: data.upi_link ? 'upiLink' : 'link',
        description: data.description,
        notes: data.notes,
      },
    });
    if (!losesAnswer(request, faults)) response.json(entitiesOf(order).link);
  });

  router.post('/v1/payments/qr_codes', (request, response) => {
    const merchant = merchantOf(request);
    const data = read(qrCodeSchema, request);
    const order = newOrder(request, merchant, {
      reference: data.name,
      gatewayOrderId: newId('qr'),
      amount: data.payment_amount,
      returnUrl: '',
      inApp: true,
      validUntil: endOf('close_by', data.close_by),
      details: { kind: 'qrCode', description: data.description, notes: data.notes },
    });
    if (!losesAnswer(request, faults)) response.json(entities(order).qrCode);
  });

  /** As it stands once the merchant has ended it. */
  function ended(order: Order): Order {
    const closed = { ...order, validUntil: now(), details: { ...order.details, closedAt: now() } };
    books.record({ kind: 'order', order: closed });
    return closed;
  }

  router.post('/v1/payment_links/:id/cancel', (request, response) => {
    const order = orderOf(merchantOf(request), ({ gatewayOrderId: id }) => id === request.params.id);
    if (order.transactions.some(({ state }) => state === 'success'))
      throw new Refusal(400, 'cannot cancel or expire an already paid/partially paid link');
    if (order.validUntil <= now()) throw new Refusal(400, 'cannot cancel or expire an expired link');
    response.json(entitiesOf(ended(order)).link);
  });

  router.post('/v1/payments/qr_codes/:id/close', async (request, response) => {
    const order = orderOf(merchantOf(request), ({ gatewayOrderId: id }) => id === request.params.id);
    const isOver = order.validUntil <= now() || order.transactions.some(({ state }) => state === 'success');
    const closed = isOver ? order : ended(order);
    response.json(entities(closed).qrCode);
    if (!isOver) await onClosed(closed);
  });

  router.get(
    '/v1/payment_links',
    answered(({ query }, { accountId }) => ({
      payment_links: [...books.orders.values()]
        .filter(
          ({ merchantId, reference, details: { kind } }) =>
            merchantId === accountId && kind !== 'chat' && (query['reference_id'] ?? reference) === reference,
        )
        .map((order) => asked(order).link),
    })),
  );
  router.get(
    '/v1/payments/qr_codes/:id',
    answered(
      ({ params: { id } }, merchant) =>
        asked(orderOf(merchant, ({ gatewayOrderId }) => gatewayOrderId === id)).qrCode,
    ),
  );
  router.get(
    '/v1/payments/qr_codes/:id/payments',
    answered(({ params: { id } }, merchant) => {
      const order = orderOf(merchant, ({ gatewayOrderId }) => gatewayOrderId === id);
      const shown = faults.current.queryAnswer === 'notFound' ? [] : order.transactions;
      return collection(shown.map(entities(order).payment));
    }),
  );
  router.get(
    '/v1/payment_links/:id',
    answered(
      ({ params: { id } }, merchant) =>
        asked(orderOf(merchant, ({ gatewayOrderId }) => gatewayOrderId === id)).link,
    ),
  );
  router.get(
    '/v1/orders',
    answered(({ query }, { accountId }) =>
      collection(
        [...books.orders.values()]
          .filter(
            ({ merchantId, reference, transactions }) =>
              merchantId === accountId &&
              transactions.length > 0 &&
              query['receipt'] === reference &&
              faults.current.queryAnswer !== 'notFound',
          )
          .map((order) => entities(order).order),
      ),
    ),
  );
  router.get(
    '/v1/orders/:id/payments',
    answered(({ params: { id } }, merchant) => {
      const order = orderOf(merchant, ({ details }) => details.orderId === id);
      return collection(order.transactions.map(entities(order).payment));
    }),
  );
  router.get(
    '/v1/payments/:id/refunds',
    answered(({ params: { id } }, merchant) => {
      const order = orderOf(merchant, ({ transactions }) => transactions.some((each) => each.id === id));
      const refunds = order.refunds.filter(({ transactionId }) => transactionId === id);
      return collection(refunds.map(entities(order).refund));
    }),
  );
  router.post('/v1/payments/:id/refund', async (request, response) => {
    const merchant = merchantOf(request);
    if (faults.current.http500) throw new Refusal(500, 'We are facing some trouble completing your request');
    const { id } = request.params;
    const order = orderOf(merchant, ({ transactions }) => transactions.some((each) => each.id === id));
    const key = request.get('x-refund-idempotency') ?? '';
    const wanted = refundSchema.safeParse(request.body).data;
    if (wanted === undefined || !/^[A-Za-z0-9_-]{10,}$/.test(key))
      throw new Refusal(400, 'The request is invalid');
    const earlier = refunds.find({ reference: key })?.refund;
    const isSame =
      earlier?.transactionId === id && earlier.amount === wanted.amount && wanted.receipt === key;
    const refund = isSame
      ? earlier
      : await made(order, { reference: key, transactionId: id, amount: wanted.amount });
    const current = books.orders.get(order.reference) ?? order;
    if (!losesAnswer(request, faults, 'refundAnswer')) response.json(entities(current).refund(refund));
  });

  /** The receipt of a refund is its key here, too. */
  async function made(order: Order, wanted: WantedRefund): Promise<Refund> {
    try {
      return await refunds.request(order, wanted);
    } catch (error) {
      if (!(error instanceof NotRefundable)) throw error;
      throw new Refusal(400, refundRefusals[error.reason]);
    }
  }

  router.use(() => {
    throw new Refusal(404, 'The requested URL was not found on the server.');
  });
  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const refusal = error instanceof Refusal ? error : new Refusal(500, 'The server encountered an error');
    if (error !== refusal) log.error({ err: error }, "Razorpay's stand-in failed");
    response.status(refusal.status).json(refusal.object);
  });
  return router;
}
