/** The stand-in of Ganga Bank. */
import { randomBytes, randomInt } from 'node:crypto';
import express, { type Request, type Router } from 'express';
import { z } from 'zod';
import { clockInKolkata } from '../../../domain/calendar.ts';
import { paise } from '../../../domain/money.ts';
import { rupees } from '../../../gateways/amount.ts';
import { readAmount } from '../../../gateways/readers.ts';
import { parseJson } from '../../../platform/http-call.ts';
import { awayOrSlow, losesAnswer } from '../../../sandbox/kit/api.ts';
import { behaviour, faults as everyFault } from '../../../sandbox/kit/behaviour.ts';
import {
  decisive,
  type Books,
  type Message,
  type Order,
  type Transaction,
} from '../../../sandbox/kit/books.ts';
import { FaultsInForce } from '../../../sandbox/kit/faults.ts';
import type { GatewayMaker } from '../../../sandbox/kit/gateway.ts';
import { keyOf } from '../../../sandbox/kit/keys.ts';
import { oddly } from '../../../sandbox/kit/oddities.ts';
import { forgeryWords } from '../../../sandbox/kit/page.tsx';
import { NotRefundable, type Refunds } from '../../../sandbox/kit/refunds.ts';
import { GatewaySection } from '../../../sandbox/kit/section.tsx';
import { createStandIn } from '../../../sandbox/kit/stand-in.ts';
import type { GangaMerchant } from './settings.ts';
import { isSigned, returnText, signatureHeader, signatureOf } from './signature.ts';

const name = 'gangabank';
const title = 'Ganga Bank';

const forge = z.enum(Object.keys(forgeryWords) as (keyof typeof forgeryWords)[]);
type Forge = z.output<typeof forge>;
interface Ganga {
  readonly details: object;
  readonly forgery: Exclude<Forge, 'none'>;
}

const faultSchema = z.strictObject({
  ...everyFault,
  forge: forge.default('none').describe(`what is wrong in its words: ${forge.options.join(', ')}`),
});
const behaviourSchema = z.strictObject({ ...behaviour, forge }).partial();

const arrivalSchema = z.object({ merchantId: z.string(), gatewayOrderId: z.string(), secret: z.string() });
const amount = z.string().transform((text) => readAmount(text) ?? 0);
const orderSchema = z.object({ reference: z.string(), amount, returnUrl: z.url() });
const refundSchema = z.object({
  ...{ reference: z.string(), refundReference: z.string(), paymentId: z.string() },
  amount,
});

const statusWords = { success: 'PAID', pending: 'PENDING', failure: 'DECLINED', cancelled: 'CANCELLED' };
const statusOf = (transaction?: Transaction): string =>
  transaction ? statusWords[transaction.state] : 'OPEN';
const oddFields = {
  ids: ['paymentId', 'bankReference', 'refundId'],
  amounts: ['amount'],
  times: ['at'],
  status: 'status',
};
const newId = (kind: string): string => `${kind}_${randomBytes(9).toString('hex')}`;
const clock = (at: number): string => `${clockInKolkata(at)}+05:30`;

export const gangaBankStandIn =
  (merchants: readonly GangaMerchant[], webhookUrl: string): GatewayMaker =>
  (surroundings) => {
    const faults = new FaultsInForce(faultSchema);
    const { now } = surroundings;
    const merchantWith = (id: unknown): GangaMerchant | undefined =>
      merchants.find(({ merchantId }) => merchantId === id);

    function sign(merchantId: string, text: string, lie: Forge): string {
      const merchant = merchantWith(merchantId);
      if (merchant === undefined) throw new Error('the merchant of an order is none any more');
      const signature = signatureOf(text, lie === 'key' ? "somebody else's" : keyOf(merchant).secret);
      return lie === 'signature'
        ? signature.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))
        : signature;
    }

    /** All that the bank ever says of an order. */
    function words(order: Order<Ganga>, lie: Forge = 'none', transaction = decisive(order)): object {
      const at = transaction?.at ?? order.createdAt;
      const refunds = order.refunds.map(({ id: refundId, reference, amount, state, at }) => {
        const usual = { refundId, reference, amount: rupees(paise(amount)), at: clock(at) };
        return oddly(
          { ...usual, status: state.toUpperCase() },
          { ...faults.current, status: '' },
          oddFields,
          at,
        );
      });
      const usual = {
        merchant: lie === 'merchant' ? 'OTHERMERCHANT' : order.merchantId,
        reference: lie === 'order' ? 'OTHERORDER' : order.reference,
        orderId: order.gatewayOrderId,
        amount: rupees(paise(lie === 'amount' ? 100 : order.amount)),
        currency: lie === 'currency' ? 'USD' : 'INR',
        status: statusOf(transaction),
        at: clock(at),
        ...{ paymentId: transaction?.id, bankReference: transaction?.bankReference },
        method: transaction?.method,
      };
      return { ...oddly(usual, { ...faults.current, ...order.behaviour }, oddFields, at), refunds };
    }

    function webhook(order: Order<Ganga>, lie: Forge, transaction?: Transaction): Message {
      const body = JSON.stringify(words(order, lie, transaction));
      const headers = {
        'content-type': 'application/json',
        [signatureHeader]: sign(order.merchantId, body, lie),
      };
      return { body, headers };
    }

    function api(books: Books<Ganga>, refunds: Refunds<Ganga>): Router {
      const router = express.Router();
      router.use(
        awayOrSlow(faults),
        express.text({ type: 'application/json' }),
        (request, response, next) => {
          const text = String(request.body);
          request.body = parseJson(text);
          const merchant = merchantWith((request.body as { merchant?: unknown } | undefined)?.merchant);
          const signature = request.get(signatureHeader) ?? '';
          if (faults.current.http500) response.status(500).send('error');
          else if (merchant?.keys.some(({ secret }) => isSigned(text, signature, secret))) next();
          else response.status(401).json({ code: 'WHO_ARE_YOU', message: 'the signature is wrong' });
        },
      );
      const merchantIn = (request: Request): string =>
        String((request.body as { merchant: unknown }).merchant);
      const orderIn = (request: Request): Order<Ganga> | undefined => {
        const order = books.orders.get(String((request.body as { reference: unknown }).reference));
        return order?.merchantId === merchantIn(request) ? order : undefined;
      };

      router.post('/orders', (request, response) => {
        const { reference, amount, returnUrl } = orderSchema.parse(request.body);
        if (amount < 100) {
          response.status(422).json({ code: 'TOO_LITTLE', message: 'an order is of one rupee at least' });
          return;
        }
        const merchantId = merchantIn(request);
        const order: Order<Ganga> = books.orders.get(reference) ?? {
          ...{ reference, merchantId, amount, returnUrl, gatewayOrderId: newId('order') },
          ...{ secret: newId('secret'), createdAt: now(), validUntil: now() + faults.current.sessionMs },
          ...{ details: {}, transactions: [], refunds: [], behaviour: {} },
        };
        books.record({ kind: 'order', order });
        if (losesAnswer(request, faults)) return;
        const { gatewayOrderId, secret } = order;
        const query = new URLSearchParams({ merchantId, gatewayOrderId, secret });
        const payUrl = `${request.protocol}://${request.get('host') ?? ''}/${name}/pay?${query.toString()}`;
        response.json({ ...words(order), payUrl, validUntil: clock(order.validUntil) });
      });

      router.post('/orders/find', (request, response) => {
        const { queryAnswer, forgeQuery, forge: lie } = faults.current;
        const order = orderIn(request);
        if (queryAnswer === 'nothing') response.json({});
        else if (order === undefined || queryAnswer === 'notFound') {
          response.json({ ...(request.body as object), status: 'NONE' });
        } else response.json(words(order, forgeQuery ? (order.behaviour.forge ?? lie) : 'none'));
      });

      router.post('/refunds', async (request, response) => {
        const { reference, refundReference, paymentId, amount } = refundSchema.parse(request.body);
        const order = orderIn(request);
        if (order === undefined) {
          response.status(404).json({ code: 'NO_ORDER', message: 'no such order' });
          return;
        }
        try {
          await refunds.request(order, { reference: refundReference, transactionId: paymentId, amount });
        } catch (error) {
          if (!(error instanceof NotRefundable)) throw error;
          if (error.reason !== 'duplicate') {
            response.status(422).json({ code: error.reason, message: error.message });
            return;
          }
        }
        if (losesAnswer(request, faults, 'refundAnswer')) return;
        response.json(words(books.orders.get(reference) ?? order));
      });
      return router;
    }

    return createStandIn<Ganga, typeof faultSchema>(
      {
        ...{ name, title, faults, behaviourSchema, forgeries: forgeryWords, webhookUrl, api },
        page: { path: '/pay', arrivalOf: (fields) => arrivalSchema.safeParse(fields).data },
        wire: {
          isCustomer: ({ merchantId }) => merchantWith(merchantId) !== undefined,
          newTransaction: (method, state, at) => ({
            ...{ id: newId('pay'), method, state, at },
            bankReference: String(randomInt(10 ** 11, 10 ** 12)),
          }),
          newRefundId: () => newId('refund'),
          ofTransaction: (order, transaction, lie) => Promise.resolve([webhook(order, lie, transaction)]),
          ofRefund: (order, _refund, lie) => Promise.resolve(webhook(order, lie)),
          wayBack({ reference, returnUrl, merchantId }, transaction, lie) {
            const status = statusOf(transaction);
            const signature = sign(merchantId, returnText(reference, status), lie);
            return Promise.resolve({
              url: returnUrl,
              method: 'get',
              fields: { reference, status, signature },
            });
          },
        },
        addresses: [[`/${name}/orders`, 'its API']],
        section: () => (
          <GatewaySection
            {...{ name, title, inUse: true, faults: faults.current, forgeries: forgeryWords }}
          />
        ),
      },
      surroundings,
    );
  };
