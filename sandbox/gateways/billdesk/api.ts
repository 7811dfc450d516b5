/** BillDesk's API: orders, transactions and refunds, sealed both ways, with the refusals of the real one. */
import { randomBytes } from 'node:crypto';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import type { Logger } from '../../../platform/log.ts';
import type { BillDeskMerchant } from '../../../gateways/billdesk/merchant.ts';
import { paise } from '../../../domain/money.ts';
import { rupees } from '../../../gateways/amount.ts';
import { claimedClient, open } from '../../../gateways/billdesk/jose.ts';
import { rupee } from '../../../gateways/billdesk/order.ts';
import { awayOrSlow, isLetIn, losesAnswer } from '../../kit/api.ts';
import { decisive, type Books } from '../../kit/books.ts';
import { NotRefundable, type Refunds } from '../../kit/refunds.ts';
import type { BillDeskFaults } from './faults.ts';
import type { BillDeskTraits, Order } from './order.ts';
import { sealForMerchant } from './seal.ts';
import { inPaise, instant, refundObject, transactionObject } from './transaction.ts';

interface Parts {
  readonly merchants: readonly BillDeskMerchant[];
  readonly books: Books<BillDeskTraits>;
  readonly refunds: Refunds<BillDeskTraits>;
  readonly faults: { readonly current: BillDeskFaults };
  readonly now: () => number;
  readonly log: Logger;
}

/** An error object. Of the codes, TRDRE0001 and GNAUE… are BillDesk's; the others are not published. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  get object(): object {
    return {
      objectid: 'error',
      status: this.status,
      error_type: this.type,
      error_code: this.code,
      message: this.message,
    };
  }
}

const value = z.string().regex(/^[A-Za-z0-9@,.-]+$/, 'characters that are not allowed');

/** Seven of them, three of them real: what the sign-off wants, and stricter than the API may be. */
const additionalInfo = z
  .strictObject(
    Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`additional_info${index + 1}`, value])),
  )
  .refine(
    (info) => Object.values(info).filter((each) => each !== 'NA').length >= 3,
    'fewer than three values',
  );

const returnUrl = z
  .url({ protocol: /^https?$/ })
  .refine((url) => !/[?#]/.test(url), 'a query string')
  .refine(
    (url) => url.startsWith('https:') || ['127.0.0.1', 'localhost'].includes(new URL(url).hostname),
    'neither https nor on this machine',
  );

const orderSchema = z.object({
  mercid: z.string(),
  orderid: z.string().regex(/^[A-Za-z0-9]{1,35}$/, 'letters and digits only, at most 35'),
  amount: z.string().refine((amount) => (inPaise(amount) ?? 0) > 0, 'rupees with two decimals'),
  order_date: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+05:30$/, 'YYYY-MM-DDThh:mm:ss+05:30'),
  currency: z.literal(rupee),
  ru: returnUrl,
  itemcode: z.string().min(1),
  settlement_lob: z.string().min(1).optional(),
  additional_info: additionalInfo,
  device: z.object({
    init_channel: z.enum(['internet', 'app']),
    ip: z.string().min(1),
    user_agent: z.string().min(1),
    accept_header: z.string().min(1),
  }),
});

const querySchema = z.object({
  mercid: z.string(),
  orderid: z.string().optional(),
  transactionid: z.string().optional(),
  refund_details: z.string().optional(),
});

const refundSchema = z.object({
  mercid: z.string(),
  orderid: z.string(),
  transactionid: z.string(),
  transaction_date: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+05:30$/, 'YYYY-MM-DDThh:mm:ss+05:30'),
  txn_amount: z.string(),
  refund_amount: z.string().refine((amount) => (inPaise(amount) ?? 0) > 0, 'rupees with two decimals'),
  currency: z.literal(rupee),
  merc_refund_ref_no: z.string().regex(/^[A-Za-z0-9]{1,35}$/, 'letters and digits only, at most 35'),
});

const refundQuerySchema = z.object({
  mercid: z.string(),
  refundid: z.string().optional(),
  merc_refund_ref_no: z.string().optional(),
});

export function billDeskApi({ merchants, books, refunds, faults, now, log }: Parts): Router {
  const router = express.Router();
  /** Of today, each with the client that used it. */
  const traces = new Set<string>();
  let tracesOf = '';

  router.use(awayOrSlow(faults));
  router.use(express.text({ type: () => true, limit: '64kb' }));

  type Operation = (
    content: unknown,
    merchant: BillDeskMerchant,
    request: Request,
  ) => object | Promise<object>;

  /** Opens the request, answers sealed, refusals too. */
  const operation =
    (run: Operation) =>
    async (request: Request, response: Response): Promise<void> => {
      const { merchant, content } = await openRequest(String(request.body));
      if (merchant === undefined) {
        // Whom would it be sealed for?
        const stranger = new Refusal(401, 'authentication_error', 'GNAUE0003', 'Authentication failed');
        response.status(401).json(stranger.object);
        return;
      }
      const ofAccount = faults.current.accounts[merchant.mercid] ?? {};
      if (!(await isLetIn(request, ofAccount))) return;
      let status = 200;
      let answer: object;
      try {
        checkHeaders(request, merchant);
        if (faults.current.http500 || ofAccount.http500)
          throw new Refusal(500, 'api_error', 'GNISE0001', 'Internal error');
        answer = await run(content, merchant, request);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        ({ status } = error);
        answer = error.object;
      }
      if (status === 200) {
        if (request.path.endsWith('orders/create') && losesAnswer(request, faults)) return;
        if (request.path.endsWith('refunds/create') && losesAnswer(request, faults, 'refundAnswer')) return;
      }
      const { forge, forgeQuery, sealKey } = faults.current;
      const lie = forgeQuery && request.path.endsWith('/get') ? forge : 'none';
      response
        .status(status)
        .set('Content-Type', 'application/jose')
        .set('BD-Traceid', request.get('bd-traceid') ?? '')
        .set('BD-Timestamp', request.get('bd-timestamp') ?? '')
        // As bytes: of a text Express would say its character set.
        .send(Buffer.from(await sealForMerchant(answer, merchant, { forge: lie, sealKey })));
    };

  async function openRequest(
    token: string,
  ): Promise<{ readonly merchant?: BillDeskMerchant; readonly content?: unknown }> {
    for (const merchant of merchants.filter(({ clientid }) => clientid === claimedClient(token))) {
      for (const key of merchant.keys) {
        const json = await open(token, key).catch(() => undefined);
        // What a merchant must encrypt and did not is none of its requests.
        if (json !== undefined && (key.scheme === 'hmac' || !isReadable(token))) {
          return { merchant, content: parseJson(json) };
        }
      }
    }
    return {};
  }

  function checkHeaders(request: Request, { clientid }: BillDeskMerchant): void {
    const bad = (message: string): Refusal => new Refusal(400, 'invalid_request_error', 'GNIRE0001', message);
    if (request.get('content-type') !== 'application/jose')
      throw bad('content-type must be application/jose');
    if (request.get('accept') !== 'application/jose') throw bad('accept must be application/jose');
    if (!/^(\d{14}|\d{13})$/.test(request.get('bd-timestamp') ?? '')) throw bad('BD-Timestamp is invalid');
    const trace = request.get('bd-traceid') ?? '';
    if (!/^[A-Za-z0-9]{1,35}$/.test(trace)) throw bad('BD-Traceid is invalid');
    const today = instant(now()).slice(0, 10);
    if (today !== tracesOf) traces.clear();
    tracesOf = today;
    const used = `${clientid} ${trace}`;
    if (traces.has(used)) {
      throw new Refusal(409, 'duplicate_request_error', 'GNDRE0001', 'BD-Traceid was used before');
    }
    traces.add(used);
  }

  const create: Operation = (content, merchant, request) => {
    const { data, error } = orderSchema.safeParse(content);
    if (data === undefined) throw invalid(error);
    if (data.mercid !== merchant.mercid) throw foreign();
    if (books.orders.has(data.orderid)) {
      throw new Refusal(
        409,
        'duplicate_request_error',
        'TRDRE0001',
        'Transaction already exists with given mercid and orderid',
      );
    }
    const createdAt = now();
    const { mercid, orderid, amount, ru, currency, itemcode, order_date, additional_info, settlement_lob } =
      data;
    const order: Order = {
      reference: orderid,
      gatewayOrderId: `OA${randomBytes(7).toString('hex').toUpperCase()}`,
      merchantId: mercid,
      secret: randomBytes(32).toString('hex'),
      amount: inPaise(amount) ?? 0,
      returnUrl: ru,
      details: { currency, itemcode, order_date, additional_info, settlement_lob },
      createdAt,
      validUntil: createdAt + faults.current.sessionMs,
      transactions: [],
      refunds: [],
      behaviour: {},
    };
    books.record({ kind: 'order', order });
    return orderObject(order, `${request.protocol}://${request.get('host') ?? ''}${request.baseUrl}`);
  };

  const get: Operation = (content, merchant) => {
    const { mercid, orderid, transactionid, refund_details } = querySchema.safeParse(content).data ?? {};
    if (mercid === undefined || (orderid ?? transactionid) === undefined) {
      throw new Refusal(
        422,
        'invalid_data_error',
        'TRIDE0001',
        'Either transactionid or mercid and orderid are required',
      );
    }
    if (mercid !== merchant.mercid) throw foreign();
    const order =
      orderid === undefined
        ? [...books.orders.values()].find(({ transactions }) =>
            transactions.some(({ id }) => id === transactionid),
          )
        : books.orders.get(orderid);
    if (order) books.noteAsked(order);
    const transaction =
      order &&
      (transactionid === undefined
        ? decisive(order)
        : order.transactions.find(({ id }) => id === transactionid));
    const { forge, forgeQuery, queryAnswer, ...odd } = faults.current;
    if (queryAnswer === 'nothing') return {};
    if (order?.merchantId !== mercid || transaction === undefined || queryAnswer === 'notFound') {
      throw new Refusal(404, 'not_found_error', 'TRNFE0001', 'No transaction found');
    }
    const told = transactionObject(order, transaction, { ...odd, forge: forgeQuery ? forge : 'none' });
    if (refund_details !== 'true' || order.refunds.length === 0) return told;
    return { ...told, refund_info: order.refunds.map((refund) => refundObject(order, refund, odd)) };
  };

  const createRefund: Operation = async (content, merchant) => {
    const { data, error } = refundSchema.safeParse(content);
    if (data === undefined) throw invalid(error);
    if (data.mercid !== merchant.mercid) throw foreign();
    const order = books.orders.get(data.orderid);
    if (order?.merchantId !== data.mercid || inPaise(data.txn_amount) !== order.amount) {
      throw new Refusal(422, 'invalid_data_error', 'RFIDE0001', 'No such transaction');
    }
    try {
      const refund = await refunds.request(order, {
        reference: data.merc_refund_ref_no,
        transactionId: data.transactionid,
        amount: inPaise(data.refund_amount) ?? 0,
      });
      return refundObject(order, refund, faults.current);
    } catch (failure) {
      if (!(failure instanceof NotRefundable)) throw failure;
      if (failure.reason === 'duplicate')
        throw new Refusal(409, 'duplicate_request_error', 'RFDRE0001', failure.message);
      throw new Refusal(422, 'invalid_data_error', 'RFIDE0002', failure.message);
    }
  };

  const getRefund: Operation = (content, merchant) => {
    const { mercid, refundid, merc_refund_ref_no } = refundQuerySchema.safeParse(content).data ?? {};
    if (mercid === undefined || (refundid ?? merc_refund_ref_no) === undefined) {
      throw new Refusal(422, 'invalid_data_error', 'RFIDE0003', 'refundid or merc_refund_ref_no is required');
    }
    if (mercid !== merchant.mercid) throw foreign();
    const { order, refund } = refunds.find({ id: refundid, reference: merc_refund_ref_no }) ?? {};
    const { queryAnswer, ...odd } = faults.current;
    if (queryAnswer === 'nothing') return {};
    if (order?.merchantId !== mercid || refund === undefined || queryAnswer === 'notFound') {
      throw new Refusal(404, 'not_found_error', 'RFNFE0001', 'No refund found');
    }
    return refundObject(order, refund, odd);
  };

  for (const version of ['ve1_2', 'v1_2']) {
    router.post(`/payments/${version}/orders/create`, operation(create));
    router.post(`/payments/${version}/transactions/get`, operation(get));
    router.post(`/payments/${version}/refunds/create`, operation(createRefund));
    router.post(`/payments/${version}/refunds/get`, operation(getRefund));
  }
  router.use((_request, response) => {
    response.status(404).json({ status: 404, error_type: 'invalid_request_error', error_code: 'GNIRE0002' });
  });
  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    log.error({ err: error }, "BillDesk's stand-in failed");
    response.status(500).json({ status: 500, error_type: 'api_error', error_code: 'GNISE0001' });
  });
  return router;
}

/** Whether anybody can read what a token holds. */
const isReadable = (token: string): boolean =>
  Buffer.from(token.split('.')[1] ?? '', 'base64url')
    .toString()
    .startsWith('{');

const foreign = (): Refusal =>
  new Refusal(403, 'authorization_error', 'GNAZE0001', 'mercid does not belong to clientid');

const invalid = (error: z.ZodError): Refusal => {
  const [issue] = error.issues;
  return new Refusal(
    422,
    'invalid_data_error',
    'ORIDE0001',
    `Invalid ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
  );
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function orderObject(order: Order, base: string): object {
  const { merchantId: mercid, reference: orderid, gatewayOrderId: bdorderid, createdAt, validUntil } = order;
  const { currency, itemcode, order_date, additional_info, settlement_lob } = order.details;
  const session = [0, 0].map(() => randomBytes(32).toString('hex').toUpperCase()).join('.');
  return {
    objectid: 'order',
    orderid,
    bdorderid,
    mercid,
    order_date,
    amount: rupees(paise(order.amount)),
    currency,
    ru: order.returnUrl,
    additional_info,
    itemcode,
    ...(settlement_lob === undefined ? {} : { settlement_lob }),
    createdon: instant(createdAt),
    next_step: 'redirect',
    links: [
      { href: `${base}/pgi/ve1_2/orders/${orderid}`, rel: 'self', method: 'GET' },
      {
        href: `${base}/web/v1_2/embeddedsdk`,
        rel: 'redirect',
        method: 'POST',
        parameters: { mercid, bdorderid, rdata: order.secret },
        valid_date: instant(validUntil),
        headers: { authorization: `OToken ${session};${Buffer.from(base).toString('base64')}` },
      },
    ],
    status: 'ACTIVE',
  };
}
