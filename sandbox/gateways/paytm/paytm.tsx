/** The stand-in for Paytm, put together. */
import { z } from 'zod';
import type { PaytmMerchant } from '../../../gateways/paytm/merchant.ts';
import type { Message } from '../../kit/books.ts';
import { FaultsInForce } from '../../kit/faults.ts';
import type { GatewayMaker } from '../../kit/gateway.ts';
import type { Wire } from '../../kit/payments.ts';
import { GatewaySection } from '../../kit/section.tsx';
import { createStandIn } from '../../kit/stand-in.ts';
import { Select, Toggle } from '../../phone/fields.tsx';
import { paytmApi } from './api.ts';
import { behaviourSchema, forgeries, paytmFaultsSchema, type PaytmFaults } from './faults.ts';
import type { Order, PaytmTraits } from './order.ts';
import { formFor, jsonFor } from './sign.ts';
import {
  newRefundId,
  newTransaction,
  nothingBegun,
  refundBody,
  transactionBody,
  transactionForm,
  webhookForm,
} from './transaction.ts';

export interface PaytmOptions {
  /** Whom it has as customers, with the keys that it shares with them. */
  readonly merchants: readonly PaytmMerchant[];
  /** Where webhooks go. */
  readonly webhookUrl: string;
  /** Whether the house pays here; otherwise elsewhere, and the panel says so. */
  readonly inUse: boolean;
  /** Pauses before a webhook that was not answered with 2xx is posted again; then it is given up. Milliseconds. */
  readonly retriesMs?: readonly number[];
}

const arrivalSchema = z.object({ mid: z.string(), orderId: z.string(), txnToken: z.string() });

const shapeWords: Readonly<Record<PaytmFaults['webhookShape'], string>> = { json: 'JSON', form: 'a form' };

export const paytmStandIn =
  ({ merchants, webhookUrl, inUse, retriesMs }: PaytmOptions): GatewayMaker =>
  (surroundings) => {
    const { now, log } = surroundings;
    const faults = new FaultsInForce(paytmFaultsSchema);

    function merchantOf({ merchantId }: Order): PaytmMerchant {
      const merchant = merchants.find(({ mid }) => mid === merchantId);
      if (merchant === undefined) throw new Error(`no merchant ${merchantId} any more`);
      return merchant;
    }

    const jsonMessage = (body: string): Message => ({
      body,
      headers: { 'Content-Type': 'application/json' },
    });
    const formMessage = (fields: Readonly<Record<string, string>>): Message => ({
      body: new URLSearchParams(fields).toString(),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });

    const wire: Wire<PaytmTraits> = {
      isCustomer: ({ merchantId }) => merchants.some(({ mid }) => mid === merchantId),
      newTransaction,
      newRefundId,
      ofTransaction(order, transaction, forge) {
        const how = { ...faults.current, ...order.behaviour, forge };
        const merchant = merchantOf(order);
        return Promise.resolve([
          how.webhookShape === 'form'
            ? formMessage(formFor(webhookForm(order, transaction, how), merchant, how))
            : jsonMessage(jsonFor(transactionBody(order, transaction, how), merchant, now(), how)),
        ]);
      },
      ofRefund(order, refund, forge) {
        const how = { ...faults.current, forge };
        return Promise.resolve(
          jsonMessage(jsonFor(refundBody(order, refund, how), merchantOf(order), now(), how)),
        );
      },
      wayBack(order, transaction, forge) {
        const how = { ...faults.current, ...order.behaviour, forge };
        const fields =
          transaction === undefined ? nothingBegun(order) : transactionForm(order, transaction, how);
        return Promise.resolve({
          url: order.returnUrl,
          method: how.returnMethod,
          fields: formFor(fields, merchantOf(order), how),
        });
      },
    };

    return createStandIn<PaytmTraits, typeof paytmFaultsSchema>(
      {
        name: 'paytm',
        title: 'Paytm',
        faults,
        behaviourSchema,
        forgeries,
        wire,
        webhookUrl,
        retriesMs,
        page: {
          path: '/theia/api/v1/showPaymentPage',
          arrivalOf(fields) {
            const { data } = arrivalSchema.safeParse(fields);
            return data && { merchantId: data.mid, gatewayOrderId: data.orderId, secret: data.txnToken };
          },
        },
        api: (books, refunds) => paytmApi({ merchants, books, refunds, faults, now, log }),
        addresses: [
          [
            'POST /paytm/theia/api/v1/initiateTransaction',
            "Paytm's API; also /theia/api/v1/processTransaction, /paymentservices/qr/create, /v3/order/status, /refund/apply and /v2/refund/status. PAYTM_API_URL is the part before /theia",
          ],
          ['POST /paytm/theia/api/v1/showPaymentPage', 'its payment page, to which a new order leads'],
        ],
        section: () => (
          <GatewaySection
            name="paytm"
            title="Paytm"
            inUse={inUse}
            faults={faults.current}
            forgeries={forgeries}
          >
            <Toggle name="nativePlus" kind="boolean" on={faults.current.nativePlus}>
              Makes intents and QR codes
            </Toggle>
            <Select name="webhookShape" label="as" words={shapeWords} value={faults.current.webhookShape} />
          </GatewaySection>
        ),
      },
      surroundings,
    );
  };
