/** An order that is paid within WhatsApp: which orders may be, and what travels with one. */
import type { Due } from '../dues.ts';
import type { Paise } from '../money.ts';
import type { AttemptReference } from './attempt.ts';
import type { GatewayName } from './gateways.ts';

/** An attempt that WhatsApp opens in the chat, without a page of the gateway. */
export interface ChatOrder {
  readonly reference: AttemptReference;
  readonly gateway: GatewayName;
  /** The name of the payment configuration by which Meta knows the merchant account. */
  readonly configuration: string;
  /** What Meta passes on to the gateway, which keeps it with each payment: it proves whose the payment is. */
  readonly kept: KeptWithPayment;
  /** Until when it can be paid: milliseconds since 1970. */
  readonly until: number;
}

/** Fields of Meta's `payment_gateway`, named by each gateway as Meta wants them. */
export type KeptWithPayment = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** Meta names no limit. More than a screen of them nobody reviews. */
const mostBills = 20;
/** As long as the page of a gateway, so that whoever else pays the same is not warned for longer. */
const lifetimeMs = 30 * 60_000;
/** Meta takes no order that ends within five minutes; the message may need some of them to go out. */
const shortestMs = 10 * 60_000;

interface WantedInChat {
  /** What credit leaves to be paid. */
  readonly amount: Paise;
  readonly dues: readonly Due[];
  /** Of the link: milliseconds since 1970. */
  readonly expiresAt: number;
}

/** @returns until when the order can be paid in the chat, undefined where it needs the link */
export function chatOrderUntil({ amount, dues, expiresAt }: WantedInChat, now: number): number | undefined {
  if (amount === 0 || dues.length > mostBills || expiresAt < now + shortestMs) return undefined;
  // An item that costs nothing is refused.
  if (dues.some(({ payable }) => payable <= 0)) return undefined;
  return Math.min(expiresAt, now + lifetimeMs);
}
