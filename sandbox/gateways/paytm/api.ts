/** Paytm's API: orders and refunds, and what became of them, with the refusals of the real one. */
import { randomBytes } from 'node:crypto';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { isChecksumOf } from '../../../gateways/paytm/checksum.ts';
import type { PaytmMerchant } from '../../../gateways/paytm/merchant.ts';
import { signedJson, type Fields } from '../../../gateways/paytm/signed.ts';
import { parseJson } from '../../../platform/http-call.ts';
import type { Logger } from '../../../platform/log.ts';
import { awayOrSlow, losesAnswer } from '../../kit/api.ts';
import { decisive, type Books } from '../../kit/books.ts';
import { NotRefundable, type Refunds } from '../../kit/refunds.ts';
import type { PaytmFaults } from './faults.ts';
import type { Order, PaytmTraits } from './order.ts';
import { jsonFor } from './sign.ts';
import { refundStatusBody, statusBody, upiUri } from './transaction.ts';

interface Parts {
  readonly merchants: readonly PaytmMerchant[];
  readonly books: Books<PaytmTraits>;
  readonly refunds: Refunds<PaytmTraits>;
  readonly faults: { readonly current: PaytmFaults };
  readonly now: () => number;
  readonly log: Logger;
}

/** A refusal of a request as such. Paytm's codes; HTTP says 200, and nobody signs. */
class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const result = (resultStatus: string, resultCode: string, resultMsg: string): object => ({
  resultInfo: { resultStatus, resultCode, resultMsg },
});

/** An amount as merchants must write it, in paise: stricter than our own reader. */
const inPaise = (amount: string): number | undefined =>
  /^\d{1,12}\.\d{2}$/.test(amount) ? Number(amount.replace('.', '')) : undefined;

const callbackUrl = z
  .url({ protocol: /^https?$/ })
  .refine(
    (url) => url.startsWith('https:') || ['127.0.0.1', 'localhost'].includes(new URL(url).hostname),
    'neither https nor on this machine',
  );

const orderSchema = z.object({
  requestType: z.literal('Payment'),
  mid: z.string(),
  websiteName: z.string().min(1),
  orderId: z.string().regex(/^[\w@.-]{1,50}$/),
  callbackUrl,
  txnAmount: z.object({ value: z.string(), currency: z.literal('INR') }),
  userInfo: z.object({ custId: z.string().min(1) }),
  extendInfo: z.object({ mercUnqRef: z.string().default('') }).prefault({}),
});

const querySchema = z.object({ mid: z.string(), orderId: z.string() });

const tokenSchema = z.object({ head: z.object({ txnToken: z.string() }) });

const intentSchema = querySchema.extend({
  requestType: z.literal('NATIVE'),
  paymentMode: z.literal('UPI_INTENT'),
  paymentFlow: z.literal('NONE'),
});

const qrSchema = querySchema.extend({
  orderId: orderSchema.shape.orderId,
  amount: z.string(),
  businessType: z.literal('UPI_QR_CODE'),
  posId: z.string().min(1),
});
const qrHeadSchema = z.object({ head: z.object({ clientId: z.string().min(1), version: z.literal('v1') }) });

const refundSchema = querySchema.extend({
  txnType: z.literal('REFUND'),
  txnId: z.string(),
  refId: z.string().regex(/^[\w@-]{1,50}$/),
  refundAmount: z.string(),
});

const refundQuerySchema = querySchema.extend({ refId: z.string() });

/** `resultStatus` of a refusal, by where it is said. */
const failures = [
  ['/theia/', 'F'],
  ['/paymentservices/', 'FAILURE'],
] as const;

/** Which code says so, Paytm's own pages do not agree on. */
const refundCodes: Readonly<Record<NotRefundable['reason'], string>> = {
  notPaid: 'INVALID_TXN_STATE',
  tooMuch: 'INVALID_REFUND_AMOUNT',
  duplicate: 'DUPLICATE_REF_ID',
  refused: 'REFUND_LIMIT_EXCEEDED',
};

export function paytmApi({ merchants, books, refunds, faults, now, log }: Parts): Router {
  const router = express.Router();
  router.use(awayOrSlow(faults));
  router.use(express.text({ type: () => true, limit: '64kb' }));
  router.use((_request, response, next) => {
    if (faults.current.http500)
      response.status(500).json({ head: {}, body: result('U', '501', 'System Error') });
    else next();
  });

  /** @throws Refusal when the request is not signed by the merchant that it names */
  function signerOf(request: Request): { readonly merchant: PaytmMerchant; readonly body: Fields } {
    const words = signedJson(String(request.body));
    const merchant = merchants.find(({ mid }) => mid === words?.fields['mid']);
    const { checksum } = words ?? {};
    if (words === undefined || merchant === undefined || checksum === undefined)
      throw new Refusal('1007', 'Missing mandatory element');
    if (!merchant.keys.some(({ key }) => isChecksumOf(words.covered, checksum, key)))
      throw new Refusal('227', 'Checksum mismatch');
    return { merchant, body: words.fields };
  }

  const signed = (response: Response, body: object, merchant: PaytmMerchant, isAnswer: boolean): void => {
    const { forge, forgeQuery, signKey } = faults.current;
    const how = { forge: isAnswer && forgeQuery ? forge : 'none', signKey } as const;
    response.type('application/json').send(jsonFor(body, merchant, now(), how));
  };

  router.post('/theia/api/v1/initiateTransaction', (request, response) => {
    const { merchant, body } = signerOf(request);
    const { data } = orderSchema.safeParse(body);
    if (data === undefined) throw new Refusal('1007', 'Missing mandatory element');
    if (request.query['mid'] !== data.mid) throw new Refusal('2013', "Mid in the query param doesn't match");
    if (request.query['orderId'] !== data.orderId)
      throw new Refusal('2014', "OrderId in the query param doesn't match");
    const amount = inPaise(data.txnAmount.value) ?? 0;
    if (amount === 0) throw new Refusal('2007', 'Txn amount is invalid');
    const known = repeated(data, amount);
    const { callbackUrl: returnUrl, userInfo, extendInfo } = data;
    const details = { custId: userInfo.custId, mercUnqRef: extendInfo.mercUnqRef };
    const order = { ...(known ?? newOrder(data, amount)), returnUrl, details };
    books.record({ kind: 'order', order });
    if (losesAnswer(request, faults)) return;
    const answer = {
      ...(known ? result('S', '0002', 'Success') : result('S', '0000', 'Success')),
      txnToken: order.secret,
      isPromoCodeValid: false,
      authenticated: false,
    };
    signed(response, answer, merchant, false);
  });

  /**
   * The order that was made before by the same words, in whatever way it is to be paid.
   * @throws Refusal when its id is taken, or its time over
   */
  function repeated({ mid, orderId }: z.output<typeof querySchema>, amount: number): Order | undefined {
    const known = books.orders.get(orderId);
    if (known === undefined) return undefined;
    const isSame = known.amount === amount && known.merchantId === mid && known.transactions.length === 0;
    if (isSame && known.validUntil > now()) return known;
    throw new Refusal('334', 'Duplicate order id');
  }

  function newOrder({ mid, orderId }: z.output<typeof querySchema>, amount: number): Order {
    const createdAt = now();
    return {
      reference: orderId,
      gatewayOrderId: orderId,
      merchantId: mid,
      secret: randomBytes(24).toString('hex'),
      amount,
      returnUrl: '',
      details: { custId: orderId, mercUnqRef: '' },
      createdAt,
      validUntil: createdAt + faults.current.sessionMs,
      transactions: [],
      refunds: [],
      behaviour: {},
    };
  }

  // The checksum is no part of it: whoever has the token may pay.
  router.post('/theia/api/v1/processTransaction', (request, response) => {
    const text = String(request.body);
    const { data } = intentSchema.safeParse(signedJson(text)?.fields);
    const { txnToken } = tokenSchema.safeParse(parseJson(text)).data?.head ?? {};
    if (data === undefined) throw new Refusal('1007', 'Missing mandatory element');
    const order = books.orders.get(data.orderId);
    if (order?.secret !== txnToken || order?.merchantId !== data.mid || order.validUntil <= now())
      throw new Refusal('1006', 'Your Session has expired.');
    if (!faults.current.nativePlus) throw new Refusal('1001', 'Payment mode is not enabled for the merchant');
    books.record({ kind: 'order', order: { ...order, inApp: true } });
    const deepLink = upiUri(order, 'intent', faults.current.forge);
    const deepLinkInfo = { deepLink, orderId: order.reference, cashierRequestId: order.secret.slice(0, 16) };
    const head = { responseTimestamp: String(now()), version: 'v1' };
    response.json({ head, body: { ...result('S', '0000', 'Success'), deepLinkInfo } });
  });

  router.post('/paymentservices/qr/create', (request, response) => {
    const { merchant, body } = signerOf(request);
    const { data } = qrSchema.safeParse(body);
    if (data === undefined || !qrHeadSchema.safeParse(parseJson(String(request.body))).success)
      throw new Refusal('1007', 'Missing mandatory element');
    if (!faults.current.nativePlus) throw new Refusal('1001', 'Merchant is not enabled for QR codes');
    const amount = inPaise(data.amount) ?? 0;
    if (amount === 0) throw new Refusal('2007', 'Txn amount is invalid');
    const order = {
      ...(repeated(data, amount) ?? newOrder(data, amount)),
      validUntil: now() + faults.current.sessionMs,
      inApp: true,
    };
    books.record({ kind: 'order', order });
    if (losesAnswer(request, faults)) return;
    const qrData = upiUri(order, 'qr', faults.current.forge);
    const answer = { ...result('SUCCESS', 'QR_0001', 'SUCCESS'), qrCodeId: order.reference, qrData };
    signed(response, answer, merchant, false);
  });

  router.post('/v3/order/status', (request, response) => {
    const { merchant, body } = signerOf(request);
    const { data } = querySchema.safeParse(body);
    if (data === undefined) throw new Refusal('1007', 'Missing mandatory element');
    const order = books.orders.get(data.orderId);
    if (order) books.noteAsked(order);
    const transaction = order && decisive(order);
    const { forge, forgeQuery, queryAnswer, code, ...odd } = faults.current;
    const answer = (): object => {
      if (queryAnswer === 'nothing') return {};
      if (order?.merchantId !== data.mid) return result('TXN_FAILURE', '334', 'Invalid Order Id.');
      if (transaction === undefined || queryAnswer === 'notFound')
        return {
          ...result('TXN_FAILURE', '331', 'No Record Found.'),
          orderId: order.reference,
          mid: data.mid,
        };
      return statusBody(order, transaction, { ...odd, code, forge: forgeQuery ? forge : 'none' });
    };
    signed(response, answer(), merchant, true);
  });

  router.post('/refund/apply', async (request, response) => {
    const { merchant, body } = signerOf(request);
    const { data } = refundSchema.safeParse(body);
    const amount = inPaise(data?.refundAmount ?? '') ?? 0;
    if (data === undefined || amount === 0) throw new Refusal('1007', 'Missing mandatory element');
    const order = books.orders.get(data.orderId);
    if (order?.merchantId !== data.mid) throw new Refusal('334', 'Invalid Order Id.');
    const { sameRefId, ...odd } = faults.current;
    try {
      const known = sameRefId === 'returned' ? refunds.find({ reference: data.refId }) : undefined;
      const refund =
        known?.refund ??
        (await refunds.request(order, { reference: data.refId, transactionId: data.txnId, amount }));
      if (losesAnswer(request, faults, 'refundAnswer')) return;
      signed(response, refundStatusBody(order, refund, { ...odd, forge: 'none' }), merchant, false);
    } catch (failure) {
      if (!(failure instanceof NotRefundable)) throw failure;
      const refusal = result('TXN_FAILURE', refundCodes[failure.reason], failure.message);
      signed(
        response,
        { ...refusal, orderId: data.orderId, mid: data.mid, refId: data.refId },
        merchant,
        false,
      );
    }
  });

  router.post('/v2/refund/status', (request, response) => {
    const { merchant, body } = signerOf(request);
    const { data } = refundQuerySchema.safeParse(body);
    if (data === undefined) throw new Refusal('1007', 'Missing mandatory element');
    const { order, refund } = refunds.find({ reference: data.refId }) ?? {};
    const { forge, forgeQuery, queryAnswer, ...odd } = faults.current;
    const answer = (): object => {
      if (queryAnswer === 'nothing') return {};
      if (order?.reference !== data.orderId || refund === undefined || queryAnswer === 'notFound')
        return result('TXN_FAILURE', '631', 'Record not found.');
      return refundStatusBody(order, refund, { ...odd, forge: forgeQuery ? forge : 'none' });
    };
    signed(response, answer(), merchant, true);
  });

  router.use((_request, response) => void response.status(404).type('text/html').send('<h1>Not Found</h1>'));
  router.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    if (error instanceof Refusal) {
      const failed = failures.find(([path]) => request.path.startsWith(path))?.[1] ?? 'TXN_FAILURE';
      response.json({
        head: { responseTimestamp: String(now()), version: 'v1' },
        body: result(failed, error.code, error.message),
      });
      return;
    }
    log.error({ err: error }, "Paytm's stand-in failed");
    response.status(500).json({ head: {}, body: result('U', '501', 'System Error') });
  });
  return router;
}
