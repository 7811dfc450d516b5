/** Orders that are paid within WhatsApp: Meta makes them at the gateway for the merchant, when the citizen begins to pay. */
import type { Traits } from './behaviour.ts';
import type { Books, Method, Order, Transaction } from './books.ts';
import type { Outcome, Payments } from './payments.ts';

/** What Meta hands to the gateway. */
export interface ChatSale {
  /** The payment configuration, by which Meta knows the merchant. */
  readonly configuration: string;
  /** The merchant's reference of the order in the chat. */
  readonly reference: string;
  /** In paise. */
  readonly amount: number;
  /** What the merchant wants kept with the payment. */
  readonly kept: unknown;
  /** Milliseconds since 1970. */
  readonly validUntil: number;
}

/** A sale with the gateway's own id of the order, and what happened to it so far, oldest first. */
export interface ChatSaleNow extends Pick<ChatSale, 'reference'> {
  readonly orderId: string;
  readonly transactions: readonly Transaction[];
}

/** How one gateway writes such an order. */
export interface ChatSpeciality<T extends Traits> {
  /** The gateway's id of the merchant. @returns undefined where the configuration is nobody's */
  readonly merchantOf: (configuration: string) => string | undefined;
  readonly newOrder: (sale: ChatSale, merchantId: string) => Order<T>;
  /** By which id Meta tells of it. */
  readonly idOf: (order: Order<T>) => string;
}

/** Where Meta has orders paid. */
export interface ChatTill {
  takes(configuration: string): boolean;
  /** @throws NotPayable */
  pay(sale: ChatSale, choice: { readonly outcome: Outcome; readonly method: Method }): Promise<void>;
  /** Whenever something has happened to a sale. */
  watch(listener: (sale: ChatSaleNow) => void): void;
}

export function createTill<T extends Traits>(
  { merchantOf, newOrder, idOf }: ChatSpeciality<T>,
  { books, payments }: { readonly books: Books<T>; readonly payments: Payments<T> },
): ChatTill {
  const orderOf = (reference: string): Order<T> | undefined =>
    [...books.orders.values()].find(({ chatReference }) => chatReference === reference);
  return {
    takes: (configuration) => merchantOf(configuration) !== undefined,
    async pay(sale, choice) {
      const merchantId = merchantOf(sale.configuration);
      if (merchantId === undefined) throw new Error(`nobody has the configuration ${sale.configuration}`);
      const known = orderOf(sale.reference);
      const order = known ?? newOrder(sale, merchantId);
      if (!known) books.record({ kind: 'order', order });
      await payments.pay(order, { ...choice, behaviour: {} });
    },
    watch(listener) {
      books.watch((order) => {
        const { chatReference: reference, transactions } = order;
        if (reference !== undefined && transactions.length > 0)
          listener({ reference, orderId: idOf(order), transactions });
      });
    },
  };
}
