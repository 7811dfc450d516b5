/** Orders that citizens pay within WhatsApp (Meta, "Receive payments via payment gateways"): checked, paid, told and looked up. */
import { badParameter, refusal } from './errors.ts';
import { contactOf } from './delivery.ts';
import type { FaultSwitch } from './faults.ts';
import type { OutboundMessage, OrderPayment } from './model.ts';
import type { Interactive, OrderParameters, OutboundContent } from './payload.ts';
import type { Webhooks } from './webhooks.ts';
import type { World } from './world.ts';
import type { Method } from '../kit/books.ts';
import type { ChatSaleNow, ChatTill } from '../kit/chat.ts';
import type { GatewayStandIn } from '../kit/gateway.ts';
import { NoSuchThing } from '../kit/no-such-thing.ts';
import type { Outcome } from '../kit/payments.ts';

/** Meta takes no order that ends sooner. */
const shortestMs = 300_000;

export class ChatOrders {
  readonly #tills: readonly ChatTill[];

  constructor(
    private readonly world: World,
    private readonly webhooks: Webhooks,
    private readonly faults: FaultSwitch,
    gateways: readonly GatewayStandIn[],
    private readonly now: () => number,
  ) {
    this.#tills = gateways.flatMap(({ chat }) => chat ?? []);
    for (const till of this.#tills) till.watch((sale) => this.#happened(sale));
  }

  /** @throws GraphError as Meta would refuse it */
  check(content: OutboundContent): void {
    if (content.type !== 'interactive') return;
    const { interactive } = content;
    if (interactive.type === 'order_details') this.#checkNew(interactive.action.parameters);
    if (interactive.type === 'order_status') this.#checkMove(interactive);
  }

  /** What follows from a message that was taken. */
  taken(content: OutboundContent): void {
    if (content.type !== 'interactive' || content.interactive.type !== 'order_status') return;
    const { reference_id, order } = content.interactive.action.parameters;
    const about = this.world.order(reference_id);
    if (about) this.world.record({ kind: 'orderStatus', wamid: about.wamid, status: order.status });
  }

  /** The answer to a look-up. @throws GraphError */
  lookUp(configuration: string, reference: string): unknown {
    const message = this.world.order(reference);
    const parameters = message && parametersOf(message);
    if (!message || configurationOf(parameters) !== configuration)
      throw badParameter('Payment with the given reference ID does not exist');
    return { payments: [paymentOf(message, 'transactions')] };
  }

  /** Does what a citizen does on the sheet. @throws NotPayable, NoSuchThing */
  async pay(
    reference: string,
    choice: { readonly outcome: Outcome; readonly method: Method },
  ): Promise<void> {
    const message = this.world.order(reference);
    const parameters = message && parametersOf(message);
    const configuration = configurationOf(parameters);
    const till = this.#tills.find((each) => each.takes(configuration));
    if (!message || !parameters || !till) throw new NoSuchThing('no such order');
    if (!isPayable(message, this.now())) throw new NoSuchThing('the order has ended');
    await till.pay(
      {
        configuration,
        reference,
        amount: parameters.total_amount.value,
        kept: keptOf(parameters),
        validUntil: untilOf(parameters),
      },
      choice,
    );
  }

  #checkNew({ reference_id, payment_settings, order }: OrderParameters): void {
    const [{ payment_gateway: gateway }] = payment_settings;
    if (!this.#tills.some((till) => till.takes(gateway.configuration_name)))
      throw refusal(131009, `Payment configuration ${gateway.configuration_name} is not valid`);
    if (this.world.order(reference_id)) throw refusal(131009, 'Reference ID must be unique for each order');
    if (order.expiration && Number(order.expiration.timestamp) * 1_000 < this.now() + shortestMs)
      throw refusal(131009, 'Order expiration must be at least 300 seconds from now');
  }

  #checkMove(interactive: Extract<Interactive, { type: 'order_status' }>): void {
    const { reference_id, order } = interactive.action.parameters;
    const about = this.world.order(reference_id);
    if (!about) throw refusal(131009, 'Reference ID does not belong to an order');
    if (about.orderStatus === 'completed' || about.orderStatus === 'canceled')
      throw refusal(2046, 'The order has a final status');
    if (order.status === 'canceled' && isPaid(about.payment)) throw refusal(2047, 'The order is paid');
  }

  /** The gateway has something new of a sale: the phone shows it, and the business is told. */
  #happened({ reference, orderId, transactions }: ChatSaleNow): void {
    const message = this.world.order(reference);
    if (!message) return;
    const payment: OrderPayment = { orderId, transactions, at: this.now() };
    this.world.record({ kind: 'paid', wamid: message.wamid, payment });
    if (this.faults.dropsStatus('payment')) return;
    const citizen = this.world.citizens.get(message.citizenId ?? '');
    this.webhooks.enqueue({
      wamid: message.wamid,
      kind: 'statuses',
      ...(citizen && { contact: contactOf(citizen) }),
      item: {
        id: message.wamid,
        recipient_id: message.recipient.replace(/\D/g, ''),
        type: 'payment',
        ...paymentOf({ ...message, payment }, 'transaction'),
        timestamp: String(Math.floor(payment.at / 1_000)),
      },
    });
  }
}

/** What an order was sent with. */
export function parametersOf({ content }: Pick<OutboundMessage, 'content'>): OrderParameters | undefined {
  if (content.type !== 'interactive' || content.interactive.type !== 'order_details') return undefined;
  return content.interactive.action.parameters;
}

/** What the gateway is to keep with the payment. */
function keptOf({ payment_settings: [{ payment_gateway: gateway }] }: OrderParameters): object {
  return (gateway.type === 'billdesk' ? gateway.billdesk : gateway.razorpay) ?? {};
}

const configurationOf = (parameters: OrderParameters | undefined): string =>
  parameters?.payment_settings[0].payment_gateway.configuration_name ?? '';

const untilOf = ({ order }: OrderParameters): number =>
  order.expiration ? Number(order.expiration.timestamp) * 1_000 : Infinity;

const isPaid = (payment: OrderPayment | undefined): boolean =>
  payment?.transactions.some(({ state }) => state === 'success') ?? false;

/** What the card of an order says. */
export type CardState = 'payable' | 'pending' | 'paid' | 'completed' | 'canceled' | 'expired';

export function cardStateOf(message: OutboundMessage, now: number): CardState {
  const { orderStatus, payment } = message;
  if (orderStatus === 'completed' || orderStatus === 'canceled') return orderStatus;
  if (isPaid(payment)) return 'paid';
  if (payment?.transactions.at(-1)?.state === 'pending') return 'pending';
  const parameters = parametersOf(message);
  return parameters && untilOf(parameters) > now ? 'payable' : 'expired';
}

const isPayable = (message: OutboundMessage, now: number): boolean => cardStateOf(message, now) === 'payable';

const statuses = { success: 'success', pending: 'pending', failure: 'failed', cancelled: 'failed' } as const;

/** As the webhook has it, inside `payment` with the last transaction, or as the look-up, flat with all of them. */
function paymentOf(message: OutboundMessage, as: 'transaction' | 'transactions'): Record<string, unknown> {
  const parameters = parametersOf(message);
  if (!parameters) throw new Error('not an order');
  const { reference_id, total_amount: amount, currency, payment_settings } = parameters;
  const { type } = payment_settings[0].payment_gateway;
  const { orderId, transactions = [], at } = message.payment ?? {};
  const told = transactions.map((transaction) => ({
    id: orderId,
    pg_transaction_id: transaction.id,
    type,
    status: statuses[transaction.state],
    created_timestamp: Math.floor(transaction.at / 1_000),
    updated_timestamp: Math.floor((at ?? transaction.at) / 1_000),
    ...(as === 'transactions' && { amount, currency }),
    method: { type: transaction.method },
    ...(statuses[transaction.state] === 'failed' && {
      error: { code: 'BAD_REQUEST_ERROR', reason: 'payment_failed' },
    }),
  }));
  // A try that failed leaves the order as it was: it can be tried again.
  const status = isPaid(message.payment) ? 'captured' : 'pending';
  const kept = keptOf(parameters);
  if (as === 'transactions') {
    return {
      reference_id,
      status,
      amount,
      currency,
      ...(told.length > 0 && { transactions: told }),
      ...kept,
    };
  }
  return { status, payment: { reference_id, amount, currency, transaction: told.at(-1), ...kept } };
}
