/**
 * An order in the chat, and what became of it, the way the Cloud API wants them.
 *
 * Seen in Meta's "Receive payments via payment gateways" (India; copies of December 2025 and May 2026): `order_details` with
 * `review_and_pay`, `reference_id`, `type`, `payment_settings` with `payment_gateway` (`type`, `configuration_name`, and the
 * gateway's own object: `receipt` and `notes` for Razorpay, `additional_info1` to `7` for BillDesk), `currency`, amounts with
 * `offset` 100, `order` with `status` pending, `expiration`, `items` with `retailer_id`, `name`, `amount`, `quantity`, and,
 * without a catalogue, `country_of_origin`, `importer_name` and `importer_address`, `subtotal`, `tax` and `discount` with a
 * `description`; `order_status` with
 * `review_order`; the webhook's `payment`; and the look-up of a payment.
 *
 * Seen in contradiction: `parameters` is said to be a stringified object, and every sample is an object, as here. The status
 * `failed` is in older copies only, and the look-up says `amount` in the newer one and `total_amount` in the older.
 *
 * From memory, to be confirmed in Meta's own test: that BillDesk's `transactionid` is the look-up's `pg_transaction_id`, that
 * Razorpay's order carries `receipt`, and that a second order under the same reference is refused by 131009.
 */
import type { OutboundContent } from '../domain/outbound.ts';
import { paise, sum, type Paise } from '../domain/money.ts';

type Wire = Readonly<Record<string, unknown>>;
type Order = Extract<OutboundContent, { kind: 'order' }>;
type OrderStatus = Extract<OutboundContent, { kind: 'orderStatus' }>;

/** Meta's amounts are whole numbers of the smallest unit. */
const money = (value: Paise): Wire => ({ value, offset: 100 });

/** Who sells, where there is no catalogue: Indian law wants it with each item. */
function origin({ name, address }: Order['seller']): Wire {
  return {
    country_of_origin: 'India',
    importer_name: name,
    importer_address: {
      address_line1: address,
      city: 'Kolkata',
      zone_code: 'WB',
      postal_code: '700013',
      country_code: 'IN',
    },
  };
}

/** The `action` of `order_details`. */
export function orderAction({ order, until, items, discount, seller }: Order): Wire {
  const { reference, gateway, configuration, kept } = order;
  const subtotal = sum(items.map(({ amount }) => amount));
  return {
    name: 'review_and_pay',
    parameters: {
      reference_id: reference,
      type: 'digital-goods',
      payment_settings: [
        {
          type: 'payment_gateway',
          payment_gateway: { type: gateway, configuration_name: configuration, [gateway]: kept },
        },
      ],
      currency: 'INR',
      total_amount: money(paise(subtotal - (discount?.amount ?? 0))),
      order: {
        status: 'pending',
        expiration: { timestamp: String(Math.floor(order.until / 1_000)), description: until },
        items: items.map(({ name, amount }, index) => ({
          retailer_id: String(index + 1),
          name,
          amount: money(amount),
          quantity: 1,
          ...origin(seller),
        })),
        subtotal: money(subtotal),
        tax: { value: 0, offset: 100 },
        ...(discount && { discount: { ...money(discount.amount), description: discount.name } }),
      },
    },
  };
}

/** The `action` of `order_status`. Both states are final for WhatsApp. */
export const orderStatusAction = ({ reference, status }: OrderStatus): Wire => ({
  name: 'review_order',
  parameters: { reference_id: reference, order: { status } },
});
