/**
 * What the stand-in of a gateway remembers: orders with their transactions, and webhooks on their way. It changes through
 * `record` alone, so a restart that reads the changes again arrives at the same books.
 */
import { join } from 'node:path';
import type { Behaviour, Traits } from './behaviour.ts';
import { openJournal, readJournal, type Journal } from './journal.ts';

export const methods = ['upi', 'card', 'netbanking', 'wallet'] as const;
export type Method = (typeof methods)[number];

export type State = 'success' | 'pending' | 'failure' | 'cancelled';

export interface Transaction {
  readonly id: string;
  readonly state: State;
  readonly method: Method;
  readonly bankReference: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export type RefundState = 'processed' | 'pending' | 'failed';

/** Money that goes back to the payer. */
export interface Refund {
  readonly id: string;
  /** The merchant's; missing where the gateway began it by itself. */
  readonly reference?: string;
  readonly transactionId: string;
  readonly state: RefundState;
  /** In paise. */
  readonly amount: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What it becomes by itself, and when: milliseconds since 1970. */
  readonly settles?: { readonly to: 'processed' | 'failed'; readonly at: number };
}

export interface Order<T extends Traits> {
  /** The merchant's own id of it. */
  readonly reference: string;
  readonly gatewayOrderId: string;
  /** The merchant's reference of the order in the chat for which Meta made this one. */
  readonly chatReference?: string;
  readonly merchantId: string;
  /** Proves that a browser was sent by the merchant. */
  readonly secret: string;
  /** In paise. */
  readonly amount: number;
  /** Where the browser is sent back to. */
  readonly returnUrl: string;
  /** What else the merchant said, as the gateway repeats it. */
  readonly details: T['details'];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly validUntil: number;
  /** A UPI app is to pay it, in whose place the panel does. */
  readonly inApp?: boolean;
  /** Oldest first. */
  readonly transactions: readonly Transaction[];
  readonly refunds: readonly Refund[];
  /** What its payment was told to have otherwise than the rest. */
  readonly behaviour: Partial<Behaviour<T>>;
  /** What the last transaction becomes by itself, and when: milliseconds since 1970. */
  readonly settles?: { readonly to: 'success' | 'failure'; readonly at: number };
}

/** What is posted to the merchant. */
export interface Message {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface WebhookOnItsWay {
  readonly id: string;
  readonly reference: string;
  readonly message: Message;
  readonly copies: number;
  /** Milliseconds since 1970. */
  readonly dueAt: number;
  /** The transaction of whose success it tells, plainly and truly. */
  readonly tellsOf?: string;
}

type Change<T extends Traits> =
  | { readonly kind: 'order'; readonly order: Order<T> }
  | { readonly kind: 'webhook'; readonly webhook: WebhookOnItsWay }
  | { readonly kind: 'webhookDone'; readonly id: string }
  | { readonly kind: 'told'; readonly transactionId: string }
  | { readonly kind: 'clear' };

export class Books<T extends Traits> {
  readonly orders = new Map<string, Order<T>>();
  readonly webhooks = new Map<string, WebhookOnItsWay>();
  /** Transactions whose success the merchant has heard of in a webhook, and said so. */
  readonly told = new Set<string>();
  /** How often the merchant has asked what became of an order, since the process began. */
  readonly asked = new Map<string, number>();
  readonly #byGatewayOrderId = new Map<string, string>();
  readonly #watchers: ((order: Order<T>) => void)[] = [];
  #journal: Journal | undefined;

  /** @param folder where they are kept, under the gateway's name; without one they end with the process */
  constructor(name: string, folder: string | undefined) {
    if (folder === undefined) return;
    const file = join(folder, `gateways/${name}.jsonl`);
    for (const change of readJournal(file)) this.#apply(change as Change<T>);
    this.#journal = openJournal(file, [
      ...[...this.orders.values()].map((order): Change<T> => ({ kind: 'order', order })),
      ...[...this.webhooks.values()].map((webhook): Change<T> => ({ kind: 'webhook', webhook })),
      ...[...this.told].map((transactionId): Change<T> => ({ kind: 'told', transactionId })),
    ]);
  }

  record(change: Change<T>): void {
    this.#apply(change);
    this.#journal?.append(change);
    if (change.kind === 'order') for (const watcher of this.#watchers) watcher(change.order);
  }

  /** Tells of every order that is new or has changed. */
  watch(watcher: (order: Order<T>) => void): void {
    this.#watchers.push(watcher);
  }

  /** What comes after it is forgotten: a webhook may still be on its way to a slow receiver. */
  close(): void {
    this.#journal?.close();
    this.#journal = undefined;
  }

  byGatewayOrderId(id: string): Order<T> | undefined {
    return this.orders.get(this.#byGatewayOrderId.get(id) ?? '');
  }

  noteAsked({ reference }: Pick<Order<T>, 'reference'>): void {
    this.asked.set(reference, (this.asked.get(reference) ?? 0) + 1);
  }

  #apply(change: Change<T>): void {
    switch (change.kind) {
      case 'order':
        this.orders.set(change.order.reference, change.order);
        this.#byGatewayOrderId.set(change.order.gatewayOrderId, change.order.reference);
        return;
      case 'webhook':
        this.webhooks.set(change.webhook.id, change.webhook);
        return;
      case 'webhookDone':
        this.webhooks.delete(change.id);
        return;
      case 'told':
        this.told.add(change.transactionId);
        return;
      case 'clear':
        for (const all of [this.orders, this.webhooks, this.told, this.asked, this.#byGatewayOrderId])
          all.clear();
    }
  }
}

/** What is said of an order: its success, or else the last that happened. */
export function decisive({
  transactions,
}: {
  readonly transactions: readonly Transaction[];
}): Transaction | undefined {
  return transactions.findLast(({ state }) => state === 'success') ?? transactions.at(-1);
}
