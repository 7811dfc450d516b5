/** What happens when a citizen pays: the transaction, what becomes of it, the webhook, the way back. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Behaviour, Misbehaving, Traits } from './behaviour.ts';
import {
  decisive,
  type Books,
  type Message,
  type Method,
  type Order,
  type Refund,
  type State,
  type Transaction,
} from './books.ts';
import { Timers } from './timers.ts';
import type { GatewayWebhooks } from './webhooks.ts';

/** How one gateway says things: all that the kit does not know. */
export interface Wire<T extends Traits> {
  /** Whether the merchant of an order that was kept is still one. */
  isCustomer(order: Order<T>): boolean;
  newTransaction(method: Method, state: State, at: number): Transaction;
  newRefundId(): string;
  /** The webhooks that tell of a transaction. Of several the last one tells what became of it. */
  ofTransaction(
    order: Order<T>,
    transaction: Transaction,
    forge: Behaviour<T>['forge'],
  ): Promise<readonly Message[]>;
  /** The webhook that tells of a refund. */
  ofRefund(order: Order<T>, refund: Refund, forge: Behaviour<T>['forge']): Promise<Message>;
  /** What the browser brings to the merchant; without a transaction nothing was begun. */
  wayBack(
    order: Order<T>,
    transaction: Transaction | undefined,
    forge: Behaviour<T>['forge'],
  ): Promise<ReturnForm>;
}

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

export interface Choice<T extends Traits> {
  readonly outcome: Outcome;
  readonly method: Method;
  readonly behaviour: Partial<Behaviour<T>>;
}

/** Where the browser is sent, with what. */
export interface ReturnForm {
  readonly url: string;
  readonly method: 'post' | 'get';
  readonly fields: Readonly<Record<string, string>>;
}

interface Paid {
  readonly transaction: Transaction;
  /** Undefined when the browser is told to stay. */
  readonly returnForm: ReturnForm | undefined;
  /** Settled when the webhook that comes before the return has been posted. */
  readonly webhookPosted: Promise<void>;
}

/** The gateway does not let this order be paid. */
export class NotPayable extends Error {
  readonly reason: 'paid' | 'pending' | 'expired';

  constructor(reason: NotPayable['reason']) {
    super(
      { paid: 'already paid', pending: 'a payment is being processed', expired: 'session expired' }[reason],
    );
    this.reason = reason;
  }
}

/** What payments and refunds of a stand-in are made of. */
export interface Parts<T extends Traits> {
  readonly wire: Wire<T>;
  readonly books: Books<T>;
  readonly faults: Misbehaving<T>;
  readonly webhooks: GatewayWebhooks<T>;
  readonly now: () => number;
}

const afterReturnMs = 1_500;

export class Payments<T extends Traits> {
  readonly #timers = new Timers();

  constructor(private readonly parts: Parts<T>) {}

  /** Takes up what was to settle when the process ended, of the merchants that there still are. */
  resume(): void {
    const { books, wire } = this.parts;
    for (const order of books.orders.values()) if (wire.isCustomer(order)) this.#settleLater(order);
  }

  close(): void {
    this.#timers.close();
  }

  /** Why an order cannot be paid now, if it cannot. */
  obstacle(order: Order<T>, behaviour = order.behaviour): NotPayable['reason'] | undefined {
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
  async pay(order: Order<T>, { outcome, method, behaviour }: Choice<T>): Promise<Paid> {
    const obstacle = this.obstacle(order, behaviour);
    if (obstacle !== undefined) throw new NotPayable(obstacle);
    const { books, faults, wire, now } = this.parts;
    const [state, then] = courses[outcome];
    const transaction = wire.newTransaction(method, state, now());
    const effective = { ...faults.current, ...behaviour };
    const changed: Order<T> = {
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
      transaction,
      returnForm: effective.returnForm ? await this.wayBack(changed, transaction) : undefined,
      webhookPosted: effective.webhook === 'beforeReturn' ? posted : Promise.resolve(),
    };
  }

  /** Decides a transaction that is pending, or that failed too early. @returns undefined when there is none */
  async settle(reference: string, to: 'success' | 'failure'): Promise<Transaction | undefined> {
    const { books } = this.parts;
    const order = books.orders.get(reference);
    const last = order?.transactions.at(-1);
    if (order === undefined || last === undefined || last.state === 'success') return undefined;
    const settled = { ...last, state: to };
    const changed = { ...order, transactions: order.transactions.with(-1, settled), settles: undefined };
    books.record({ kind: 'order', order: changed });
    if (!this.#behaviourOf(changed).webhookOnce) await this.#tell(changed, settled, 0);
    return settled;
  }

  /** Turns a success into a failure after the fact, as a bank may. @returns undefined when there is none */
  async reverse(reference: string): Promise<Transaction | undefined> {
    const { books } = this.parts;
    const order = books.orders.get(reference);
    const at = order?.transactions.findLastIndex(({ state }) => state === 'success') ?? -1;
    const paid = order?.transactions[at];
    if (order === undefined || paid === undefined) return undefined;
    const reversed: Transaction = { ...paid, state: 'failure' };
    const changed = { ...order, transactions: order.transactions.with(at, reversed) };
    books.record({ kind: 'order', order: changed });
    await this.#tell(changed, reversed, 0);
    return reversed;
  }

  /** Posts the webhook of what an order is now once more. @returns false when there is nothing to tell */
  async tellAgain(order: Order<T>, forge?: Behaviour<T>['forge']): Promise<boolean> {
    const transaction = decisive(order);
    if (transaction === undefined) return false;
    await this.#send(order, transaction, { forge: forge ?? this.#behaviourOf(order).forge });
    return true;
  }

  wayBack(order: Order<T>, transaction: Transaction | undefined): Promise<ReturnForm> {
    return this.parts.wire.wayBack(order, transaction, this.#behaviourOf(order).forge);
  }

  async #tell(order: Order<T>, transaction: Transaction, laterMs: number): Promise<void> {
    const { webhook, webhookCopies, webhookDelayMs, webhookOutOfOrder, forge } = this.#behaviourOf(order);
    if (webhook === 'never') return;
    if (webhookOutOfOrder && transaction.state === 'pending') return;
    const how = { forge, copies: webhookCopies };
    await this.#send(order, transaction, { ...how, delayMs: webhookDelayMs + laterMs });
    if (webhookOutOfOrder) await this.#send(order, { ...transaction, state: 'pending' }, how);
  }

  /** Posts every webhook of a transaction at once: which of them arrives first, nobody promises. */
  async #send(
    order: Order<T>,
    transaction: Transaction,
    { forge, ...how }: { forge: Behaviour<T>['forge']; copies?: number; delayMs?: number },
  ): Promise<void> {
    const { webhooks, wire } = this.parts;
    const messages = await wire.ofTransaction(order, transaction, forge);
    await Promise.all(
      messages.map((message, index) =>
        webhooks.send(order.reference, message, {
          ...how,
          ...(index === messages.length - 1 && this.#tellsOf(order, transaction, forge)),
        }),
      ),
    );
  }

  #settleLater({ reference, settles }: Order<T>): void {
    if (settles === undefined) return;
    this.#timers.after(Math.max(0, settles.at - this.parts.now()), () => {
      // Somebody may have decided it by hand meanwhile.
      if (this.parts.books.orders.get(reference)?.settles?.at === settles.at) {
        void this.settle(reference, settles.to);
      }
    });
  }

  /** Which success a webhook tells of, if it does so plainly and truly. */
  #tellsOf(
    order: Order<T>,
    { id, state }: Transaction,
    forge: Behaviour<T>['forge'],
  ): { readonly tellsOf?: string } {
    const isPlain = state === 'success' && forge === 'none' && this.#behaviourOf(order).status === '';
    return isPlain ? { tellsOf: id } : {};
  }

  #behaviourOf(order: Order<T>): Behaviour<T> {
    return { ...this.parts.faults.current, ...order.behaviour };
  }
}

/** Waits for the webhook that comes first, but no citizen waits for long. */
export const withinPatience = (posted: Promise<void>): Promise<void> =>
  Promise.race([posted, sleep(3_000, undefined, { ref: false })]);
