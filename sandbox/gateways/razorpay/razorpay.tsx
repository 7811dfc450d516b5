/** The stand-in for Razorpay, put together. */
import { z } from 'zod';
import type { RazorpayMerchant } from '../../../gateways/razorpay/merchant.ts';
import { returnNames, signedOfReturn } from '../../../gateways/razorpay/signature.ts';
import { FaultsInForce } from '../../kit/faults.ts';
import type { GatewayMaker } from '../../kit/gateway.ts';
import { keyOf, type KeyChoice } from '../../kit/keys.ts';
import type { Wire } from '../../kit/payments.ts';
import { GatewaySection } from '../../kit/section.tsx';
import { createStandIn } from '../../kit/stand-in.ts';
import { Select, Toggle } from '../../phone/fields.tsx';
import { razorpayApi } from './api.ts';
import { disputeAddress, disputeControl } from './disputes.ts';
import { newRefundId, newTransaction } from './entities.ts';
import { closedEvent, eventObject, eventsIn, messageOf, refundEvents, signature } from './events.ts';
import { behaviourSchema, forgeries, razorpayFaultsSchema } from './faults.ts';
import { orderInChat, type Order, type RazorpayTraits } from './order.ts';

export interface RazorpayOptions {
  /** Whom it has as customers, with the keys that it shares with them. */
  readonly merchants: readonly RazorpayMerchant[];
  /** Where webhooks go. */
  readonly webhookUrl: string;
  /** Whether the house pays here; otherwise elsewhere, and the panel says so. */
  readonly inUse: boolean;
  /** Whether every event of a change of a payment is posted, or only the last, which says most. */
  readonly events?: 'all' | 'last';
  /** Pauses before a webhook that was not answered with 2xx is posted again; then it is given up. Milliseconds. */
  readonly retriesMs?: readonly number[];
  /** How long it waits for the answer to a webhook. */
  readonly webhookTimeoutMs?: number;
}

const arrivalSchema = z.object({ account: z.string(), link: z.string(), key: z.string() });

const keyWords: Readonly<Record<KeyChoice, string>> = {
  inForce: 'the secret in force',
  first: 'its first secret',
  last: 'its last secret',
};

export const razorpayStandIn =
  ({
    merchants,
    webhookUrl,
    inUse,
    events = 'all',
    retriesMs,
    webhookTimeoutMs = 5_000,
  }: RazorpayOptions): GatewayMaker =>
  (surroundings) => {
    const { now, log } = surroundings;
    const faults = new FaultsInForce(razorpayFaultsSchema);

    function merchantOf({ merchantId }: Order): RazorpayMerchant {
      const merchant = merchants.find(({ accountId }) => accountId === merchantId);
      if (merchant === undefined) throw new Error(`no merchant ${merchantId} any more`);
      return merchant;
    }

    const webhookSecretOf = (order: Order): string =>
      keyOf({ keys: merchantOf(order).webhookSecrets }, faults.current.signingKey).secret;

    const wire: Wire<RazorpayTraits> = {
      isCustomer: ({ merchantId }) => merchants.some(({ accountId }) => accountId === merchantId),
      newTransaction,
      newRefundId,
      ofTransaction: (order, transaction, forge) => {
        const how = { ...faults.current, ...order.behaviour, forge };
        return Promise.resolve(
          eventsIn(transaction.state, order)
            .slice(events === 'all' ? 0 : -1)
            .map((name) =>
              messageOf(eventObject(name, { order, transaction }, how), webhookSecretOf(order), forge),
            ),
        );
      },
      ofRefund(order, refund, forge) {
        const transaction = order.transactions.find(({ id }) => id === refund.transactionId);
        if (transaction === undefined) throw new Error(`no payment ${refund.transactionId}`);
        const how = { ...faults.current, forge };
        const event = eventObject(refundEvents[refund.state], { order, transaction, refund }, how);
        return Promise.resolve(messageOf(event, webhookSecretOf(order), forge));
      },
      wayBack(order, transaction, forge) {
        const { returnUrl: url, reference, gatewayOrderId } = order;
        const isPaid = order.transactions.some(({ state }) => state === 'success');
        const fields = new URLSearchParams({
          [returnNames.link]: gatewayOrderId,
          [returnNames.reference]: reference,
          [returnNames.status]: isPaid ? 'paid' : 'created',
        });
        // Whoever only leaves brings no payment, and nothing is signed.
        if (transaction !== undefined && transaction.state !== 'cancelled') {
          fields.set(returnNames.payment, transaction.id);
          const { keySecret } = keyOf(merchantOf(order), faults.current.signingKey);
          fields.set(returnNames.signature, signature(signedOfReturn(fields), keySecret, forge));
        }
        return Promise.resolve({ url, method: 'get', fields: Object.fromEntries(fields) });
      },
    };

    return createStandIn<RazorpayTraits, typeof razorpayFaultsSchema>(
      {
        name: 'razorpay',
        title: 'Razorpay',
        faults,
        behaviourSchema,
        forgeries,
        wire,
        webhookUrl,
        retriesMs,
        webhookTimeoutMs,
        page: {
          path: '/rzp',
          arrivalOf(fields) {
            const { data } = arrivalSchema.safeParse(fields);
            return data && { merchantId: data.account, gatewayOrderId: data.link, secret: data.key };
          },
        },
        control: (books, webhooks) =>
          disputeControl({
            books,
            webhooks,
            messageOf: (order, event) => messageOf(event, webhookSecretOf(order)),
          }),
        chat: {
          merchantOf: (configuration) =>
            merchants.find(({ whatsappConfiguration }) => whatsappConfiguration === configuration)?.accountId,
          newOrder: (sale, merchantId) => orderInChat(sale, merchantId, now()),
          idOf: ({ details }) => details.orderId,
        },
        api: (books, refunds, webhooks) =>
          razorpayApi({
            ...{ merchants, books, refunds, faults, now, log },
            onClosed: (order) =>
              webhooks.send(order.reference, messageOf(closedEvent(order, now()), webhookSecretOf(order))),
          }),
        addresses: [
          [
            'POST /razorpay/v1/payment_links',
            "Razorpay's API; also POST /payment_links/:id/cancel, /payments/qr_codes, /payments/qr_codes/:id/close and /payments/:id/refund, GET of all these " +
              'and of /orders/:id/payments. RAZORPAY_API_URL is the part before /v1',
          ],
          ['GET /razorpay/rzp', 'its payment page, to which a new link leads'],
          disputeAddress,
        ],
        section: () => (
          <GatewaySection
            name="razorpay"
            title="Razorpay"
            inUse={inUse}
            faults={faults.current}
            forgeries={forgeries}
          >
            <Toggle name="imageContent" kind="boolean" on={faults.current.imageContent}>
              QR codes come with what they say
            </Toggle>
            <Select
              name="signingKey"
              label="signed with"
              words={keyWords}
              value={faults.current.signingKey}
            />
          </GatewaySection>
        ),
      },
      surroundings,
    );
  };
