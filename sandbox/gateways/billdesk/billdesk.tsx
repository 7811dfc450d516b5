/** The stand-in for BillDesk, put together. */
import { z } from 'zod';
import type { BillDeskMerchant } from '../../../gateways/billdesk/merchant.ts';
import type { Message } from '../../kit/books.ts';
import { FaultsInForce } from '../../kit/faults.ts';
import type { GatewayMaker } from '../../kit/gateway.ts';
import { keyOf } from '../../kit/keys.ts';
import type { Wire } from '../../kit/payments.ts';
import { GatewaySection } from '../../kit/section.tsx';
import { createStandIn } from '../../kit/stand-in.ts';
import { Select } from '../../phone/fields.tsx';
import { billDeskApi } from './api.ts';
import { behaviourSchema, billDeskFaultsSchema, forgeries, type BillDeskFaults } from './faults.ts';
import { orderInChat, type BillDeskTraits, type Order } from './order.ts';
import { sealForMerchant } from './seal.ts';
import { newRefundId, newTransaction, refundObject, transactionObject } from './transaction.ts';

export interface BillDeskOptions {
  /** Whom it has as customers, with the keys that it shares with them. */
  readonly merchants: readonly BillDeskMerchant[];
  /** Where webhooks go. */
  readonly webhookUrl: string;
  /** Whether the house pays here; otherwise elsewhere, and the panel says so. */
  readonly inUse: boolean;
  /** Pauses before a webhook that was not answered with 2xx is posted again; then it is given up. Milliseconds. */
  readonly retriesMs?: readonly number[];
}

/** The merchant's form names its first field `merchantid`, unlike the link that the merchant was given. */
const arrivalSchema = z.object({ merchantid: z.string(), bdorderid: z.string(), rdata: z.string() });

/** What BillDesk adds after a cancellation, or when the time is over. */
const cancelled = { terminal_state: '111', txnResponse: '[object Object]' };

const shapeWords: Readonly<Record<BillDeskFaults['webhookShape'], string>> = {
  raw: 'the bare token',
  json: 'JSON',
  form: 'a form',
};

export const billDeskStandIn =
  ({ merchants, webhookUrl, inUse, retriesMs }: BillDeskOptions): GatewayMaker =>
  (surroundings) => {
    const { now, log } = surroundings;
    const faults = new FaultsInForce(billDeskFaultsSchema);

    function merchantOf({ merchantId }: Order): BillDeskMerchant {
      const merchant = merchants.find(({ mercid }) => mercid === merchantId);
      if (merchant === undefined) throw new Error(`no merchant ${merchantId} any more`);
      return merchant;
    }

    function messageOf(token: string): Message {
      const [type, body] = {
        raw: ['application/jose', token],
        json: ['application/json', JSON.stringify({ transaction_response: token })],
        form: [
          'application/x-www-form-urlencoded',
          new URLSearchParams({ transaction_response: token }).toString(),
        ],
      }[faults.current.webhookShape] as [string, string];
      return { body, headers: { 'Content-Type': type } };
    }

    const seal: (...of: Parameters<Wire<BillDeskTraits>['ofTransaction']>) => Promise<string> = (
      order,
      transaction,
      forge,
    ) => {
      const how = { ...faults.current, ...order.behaviour, forge };
      return sealForMerchant(transactionObject(order, transaction, how), merchantOf(order), how);
    };

    const wire: Wire<BillDeskTraits> = {
      isCustomer: ({ merchantId }) => merchants.some(({ mercid }) => mercid === merchantId),
      newTransaction,
      newRefundId,
      ofTransaction: async (order, transaction, forge) => [messageOf(await seal(order, transaction, forge))],
      async ofRefund(order, refund, forge) {
        const how = { ...faults.current, forge };
        return messageOf(await sealForMerchant(refundObject(order, refund, how), merchantOf(order), how));
      },
      async wayBack(order, transaction, forge) {
        const { returnUrl: url, reference } = order;
        // Not sealed, as BillDesk does it after a cancellation or when the time is over.
        if (transaction === undefined || transaction.state === 'cancelled') {
          return { url, method: 'post', fields: { ...cancelled, orderid: reference } };
        }
        const { scheme } = keyOf(merchantOf(order), faults.current.sealKey);
        const name = scheme === 'hmac' ? 'transaction_response' : 'encrypted_response';
        return { url, method: 'post', fields: { [name]: await seal(order, transaction, forge) } };
      },
    };

    return createStandIn<BillDeskTraits, typeof billDeskFaultsSchema>(
      {
        name: 'billdesk',
        title: 'BillDesk',
        faults,
        behaviourSchema,
        forgeries,
        wire,
        webhookUrl,
        retriesMs,
        page: {
          path: '/web/v1_2/embeddedsdk',
          arrivalOf(fields) {
            const { data } = arrivalSchema.safeParse(fields);
            return (
              data && { merchantId: data.merchantid, gatewayOrderId: data.bdorderid, secret: data.rdata }
            );
          },
        },
        chat: {
          merchantOf: (configuration) =>
            merchants.find(({ whatsappConfiguration }) => whatsappConfiguration === configuration)?.mercid,
          newOrder: (sale, merchantId) => orderInChat(sale, merchantId, now()),
          idOf: ({ reference }) => reference,
        },
        api: (books, refunds) => billDeskApi({ merchants, books, refunds, faults, now, log }),
        addresses: [
          [
            'POST /billdesk/payments/ve1_2/orders/create',
            "BillDesk's API; also /transactions/get, /refunds/create and /refunds/get, with v1_2 alike. BILLDESK_API_URL is the part before /payments",
          ],
          ['POST /billdesk/web/v1_2/embeddedsdk', 'its payment page, to which a new order leads'],
        ],
        section: () => (
          <GatewaySection
            name="billdesk"
            title="BillDesk"
            inUse={inUse}
            faults={faults.current}
            forgeries={forgeries}
          >
            <Select name="webhookShape" label="as" words={shapeWords} value={faults.current.webhookShape} />
          </GatewaySection>
        ),
      },
      surroundings,
    );
  };
