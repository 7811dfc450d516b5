/** What happens when a citizen pays: the transaction, what becomes of it, the webhook, the way back. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BillDeskMerchant } from '../../gateways/billdesk/merchant.ts';
import { Timers } from '../graph/timers.ts';
import {
  decisive,
  type Books,
  type Method,
  type Order,
  type Refund,
  type State,
  type Transaction,
} from './books.ts';
import type { Behaviour, BillDeskFaultSwitch, Forgery } from './faults.ts';
import { keyOf, sealForMerchant } from './seal.ts';
import { newRefund, newTransaction, refundObject, transactionObject } from './transaction.ts';
import type { BillDeskWebhooks } from './webhooks.ts';

export const outcomes = [
  'success',
  'failure',
  'cancel',
  'pending',
  'pendingThenSuccess',
  'pendingThenFailure',
  'failureThenSuccess',
] as const;
export type Outcome = (typeof outcomes)[number];

/** What it is now, and what it becomes after `settleAfterMs`. */
const courses: Readonly<Record<Outcome, readonly [now: State, then?: 'success' | 'failure']>> = {
  success: ['success'],
  failure: ['failure'],
  cancel: ['cancelled'],
  pending: ['pending'],
  pendingThenSuccess: ['pending', 'success'],
  pendingThenFailure: ['pending', 'failure'],
  failureThenSuccess: ['failure', 'success'],
};

export interface Choice {
  readonly outcome: Outcome;
  readonly method: Method;
  readonly behaviour: Partial<Behaviour>;
}

/** Where the browser is sent, with what. */
export interface ReturnForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

interface Paid {
  readonly order: Order;
  readonly transaction: Transaction;
  /** Undefined when the browser is told to stay. */
  readonly returnForm: ReturnForm | undefined;
  /** Settled when the webhook that comes before the return has been posted. */
  readonly webhookPosted: Promise<void>;
}

/** BillDesk does not let this order be paid. */
export class NotPayable extends Error {
  readonly reason: 'paid' | 'pending' | 'expired';

  constructor(reason: NotPayable['reason']) {
    super(
      { paid: 'already paid', pending: 'a payment is being processed', expired: 'session expired' }[reason],
    );
    this.reason = reason;
  }
}

interface Parts {
  readonly merchants: readonly BillDeskMerchant[];
  readonly books: Books;
  readonly faults: BillDeskFaultSwitch;
  readonly webhooks: BillDeskWebhooks;
  readonly now: () => number;
}

const afterReturnMs = 1_500;
const cancelled = { terminal_state: '111', txnResponse: '[object Object]' };

export class Payments {
  readonly #timers = new Timers();

  constructor(private readonly parts: Parts) {}

  /** Takes up what was to settle when the process ended, of the merchants that there still are. */
  resume(): void {
    const { books, merchants } = this.parts;
    for (const order of books.orders.values()) {
      if (merchants.some(({ mercid }) => mercid === order.mercid)) this.#settleLater(order);
    }
  }

  close(): void {
    this.#timers.close();
  }

  /** Why an order cannot be paid now, if it cannot. */
  obstacle(order: Order, behaviour = order.behaviour): NotPayable['reason'] | undefined {
    const { faults, now } = this.parts;
    if (!{ ...faults.current, ...behaviour }.doubleSuccess) {
      if (order.transactions.some(({ state }) => state === 'success')) return 'paid';
      if (order.transactions.some(({ state }) => state === 'pending')) return 'pending';
    }
    return order.validUntil <= now() ? 'expired' : undefined;
  }

  /**
   * Does what a choice on the hosted page does.
   * @throws NotPayable
   */
  async pay(order: Order, { outcome, method, behaviour }: Choice): Promise<Paid> {
    const obstacle = this.obstacle(order, behaviour);
    if (obstacle !== undefined) throw new NotPayable(obstacle);
    const { books, faults, now } = this.parts;
    const [state, then] = courses[outcome];
    const transaction = newTransaction(method, state, now());
    const effective = { ...faults.current, ...behaviour };
    const changed: Order = {
      ...order,
      transactions: [...order.transactions, transaction],
      behaviour,
      settles: then && { to: then, at: now() + effective.settleAfterMs },
    };
    // Nothing was awaited since the order was looked at: two at once cannot both pay it.
    books.record({ kind: 'order', order: changed });
    this.#settleLater(changed);
    const delayMs = effective.webhook === 'afterReturn' ? afterReturnMs : 0;
    const posted = this.#tell(changed, transaction, delayMs);
    return {
      order: changed,
      transaction,
      returnForm: effective.returnForm ? await this.wayBack(changed, transaction) : undefined,
      webhookPosted: effective.webhook === 'beforeReturn' ? posted : Promise.resolve(),
    };
  }

  /** Decides a transaction that is pending, or that failed too early. @returns undefined when there is none */
  async settle(orderid: string, to: 'success' | 'failure'): Promise<Transaction | undefined> {
    const { books } = this.parts;
    const order = books.orders.get(orderid);
    const last = order?.transactions.at(-1);
    if (order === undefined || last === undefined || last.state === 'success') return undefined;
    const settled = { ...last, state: to };
    const changed = { ...order, transactions: order.transactions.with(-1, settled), settles: undefined };
    books.record({ kind: 'order', order: changed });
    await this.#tell(changed, settled, 0);
    return settled;
  }

  /** Turns a success into a failure after the fact, as a bank may. @returns undefined when there is none */
  async reverse(orderid: string): Promise<Transaction | undefined> {
    const { books } = this.parts;
    const order = books.orders.get(orderid);
    const at = order?.transactions.findLastIndex(({ state }) => state === 'success') ?? -1;
    const paid = order?.transactions[at];
    if (order === undefined || paid === undefined) return undefined;
    const reversed: Transaction = { ...paid, state: 'failure' };
    const changed = { ...order, transactions: order.transactions.with(at, reversed) };
    books.record({ kind: 'order', order: changed });
    await this.#tell(changed, reversed, 0);
    return reversed;
  }

  /**
   * Sends money back that nobody asked to be sent back, and tells of it.
   * @param amount `300.00`; all of it by default
   * @returns undefined when nothing was paid
   */
  async refund(orderid: string, amount?: string): Promise<Refund | undefined> {
    const { books, now, webhooks } = this.parts;
    const order = books.orders.get(orderid);
    const paid = order && decisive(order);
    if (order === undefined || paid?.state !== 'success') return undefined;
    const refund = newRefund(paid.id, amount ?? order.amount, now());
    const changed = { ...order, refunds: [...(order.refunds ?? []), refund] };
    books.record({ kind: 'order', order: changed });
    const { webhook, forge } = this.#behaviourOf(changed);
    if (webhook === 'never') return refund;
    const how = { ...this.parts.faults.current, forge };
    const told = refundObject(changed, refund, how);
    await webhooks.send(orderid, await sealForMerchant(told, this.#merchantOf(changed), how));
    return refund;
  }

  /** Posts the webhook of what an order is now once more. @returns false when there is nothing to tell */
  async tellAgain(order: Order, forge?: Forgery): Promise<boolean> {
    const transaction = decisive(order);
    if (transaction === undefined) return false;
    const how = forge ?? this.#behaviourOf(order).forge;
    const token = await this.seal(order, transaction, how);
    await this.parts.webhooks.send(order.orderid, token, this.#tellsOf(order, transaction, how));
    return true;
  }

  async wayBack(order: Order, transaction: Transaction | undefined): Promise<ReturnForm> {
    // Not sealed, as BillDesk does it after a cancellation or when the time is over.
    if (transaction === undefined || transaction.state === 'cancelled') {
      return { url: order.ru, fields: { ...cancelled, orderid: order.orderid } };
    }
    const { scheme } = keyOf(this.#merchantOf(order), this.parts.faults.current.sealKey);
    const name = scheme === 'hmac' ? 'transaction_response' : 'encrypted_response';
    const token = await this.seal(order, transaction, this.#behaviourOf(order).forge);
    return { url: order.ru, fields: { [name]: token } };
  }

  /** The sealed transaction object. */
  seal(order: Order, transaction: Transaction, forge: Forgery): Promise<string> {
    const how = { ...this.parts.faults.current, ...order.behaviour, forge };
    return sealForMerchant(transactionObject(order, transaction, how), this.#merchantOf(order), how);
  }

  async #tell(order: Order, transaction: Transaction, laterMs: number): Promise<void> {
    const { webhooks } = this.parts;
    const { webhook, webhookCopies, webhookDelayMs, webhookOutOfOrder, forge } = this.#behaviourOf(order);
    if (webhook === 'never') return;
    if (webhookOutOfOrder && transaction.state === 'pending') return;
    const how = {
      copies: webhookCopies,
      delayMs: webhookDelayMs + laterMs,
      ...this.#tellsOf(order, transaction, forge),
    };
    await webhooks.send(order.orderid, await this.seal(order, transaction, forge), how);
    if (!webhookOutOfOrder) return;
    const earlier = await this.seal(order, { ...transaction, state: 'pending' }, forge);
    await webhooks.send(order.orderid, earlier, { copies: webhookCopies });
  }

  #settleLater({ orderid, settles }: Order): void {
    if (settles === undefined) return;
    this.#timers.after(Math.max(0, settles.at - this.parts.now()), () => {
      // Somebody may have decided it by hand meanwhile.
      if (this.parts.books.orders.get(orderid)?.settles?.at === settles.at) {
        void this.settle(orderid, settles.to);
      }
    });
  }

  /** Which success a webhook tells of, if it does so plainly and truly. */
  #tellsOf(order: Order, { id, state }: Transaction, forge: Forgery): { readonly tellsOf?: string } {
    const isPlain = state === 'success' && forge === 'none' && this.#behaviourOf(order).status === '';
    return isPlain ? { tellsOf: id } : {};
  }

  #behaviourOf(order: Order): Behaviour {
    return { ...this.parts.faults.current, ...order.behaviour };
  }

  #merchantOf(order: Order): BillDeskMerchant {
    const merchant = this.parts.merchants.find(({ mercid }) => mercid === order.mercid);
    if (merchant === undefined) throw new Error(`no merchant ${order.mercid} any more`);
    return merchant;
  }
}

/** Waits for the webhook that comes first, but no citizen waits for long. */
export const withinPatience = (posted: Promise<void>): Promise<void> =>
  Promise.race([posted, sleep(3_000, undefined, { ref: false })]);
