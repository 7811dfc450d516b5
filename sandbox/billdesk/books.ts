/**
 * What BillDesk remembers: orders with their transactions, and webhooks on their way. It changes through `record` alone,
 * so a restart that reads the changes again arrives at the same books.
 */
import { join } from 'node:path';
import { openJournal, readJournal, type Journal } from '../graph/journal.ts';
import type { Behaviour } from './faults.ts';

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

/** Money that BillDesk sent back by itself. */
export interface Refund {
  readonly id: string;
  readonly transactionId: string;
  /** As the merchant would write it: `300.00`. */
  readonly amount: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Order {
  readonly mercid: string;
  readonly orderid: string;
  readonly bdorderid: string;
  /** Proves that a browser was sent by the merchant. */
  readonly rdata: string;
  /** As the merchant wrote it: `300.00`. */
  readonly amount: string;
  readonly currency: string;
  readonly ru: string;
  readonly itemcode: string;
  readonly order_date: string;
  readonly additional_info: Readonly<Record<string, string>>;
  readonly settlement_lob?: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly validUntil: number;
  /** Oldest first. */
  readonly transactions: readonly Transaction[];
  readonly refunds?: readonly Refund[];
  /** What its payment was told to have otherwise than the rest. */
  readonly behaviour: Partial<Behaviour>;
  /** What the last transaction becomes by itself, and when: milliseconds since 1970. */
  readonly settles?: { readonly to: 'success' | 'failure'; readonly at: number };
}

export interface WebhookOnItsWay {
  readonly id: string;
  readonly orderid: string;
  readonly token: string;
  readonly copies: number;
  /** Milliseconds since 1970. */
  readonly dueAt: number;
  /** The transaction of whose success it tells, plainly and truly. */
  readonly tellsOf?: string;
}

type Change =
  | { readonly kind: 'order'; readonly order: Order }
  | { readonly kind: 'webhook'; readonly webhook: WebhookOnItsWay }
  | { readonly kind: 'webhookDone'; readonly id: string }
  | { readonly kind: 'told'; readonly transactionId: string }
  | { readonly kind: 'clear' };

export class Books {
  readonly orders = new Map<string, Order>();
  readonly webhooks = new Map<string, WebhookOnItsWay>();
  /** Transactions whose success the merchant has heard of in a webhook, and said so. */
  readonly told = new Set<string>();
  readonly #byBdOrderId = new Map<string, string>();
  #journal: Journal | undefined;

  /** @param folder where they are kept; without one they end with the process */
  constructor(folder: string | undefined) {
    if (folder === undefined) return;
    const file = join(folder, 'billdesk.jsonl');
    for (const change of readJournal(file)) this.#apply(change as Change);
    this.#journal = openJournal(file, [
      ...[...this.orders.values()].map((order): Change => ({ kind: 'order', order })),
      ...[...this.webhooks.values()].map((webhook): Change => ({ kind: 'webhook', webhook })),
      ...[...this.told].map((transactionId): Change => ({ kind: 'told', transactionId })),
    ]);
  }

  record(change: Change): void {
    this.#apply(change);
    this.#journal?.append(change);
  }

  /** What comes after it is forgotten: a webhook may still be on its way to a slow receiver. */
  close(): void {
    this.#journal?.close();
    this.#journal = undefined;
  }

  byBdOrderId(bdorderid: string): Order | undefined {
    return this.orders.get(this.#byBdOrderId.get(bdorderid) ?? '');
  }

  #apply(change: Change): void {
    switch (change.kind) {
      case 'order':
        this.orders.set(change.order.orderid, change.order);
        this.#byBdOrderId.set(change.order.bdorderid, change.order.orderid);
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
        for (const all of [this.orders, this.webhooks, this.told, this.#byBdOrderId]) all.clear();
    }
  }
}

/** What is said of an order: its success, or else the last that happened. */
export function decisive({ transactions }: Order): Transaction | undefined {
  return transactions.findLast(({ state }) => state === 'success') ?? transactions.at(-1);
}
