/** An order: the intention to pay some demands of one account, the link under which that is done, and what came of it. */
import type { AttemptReference, AttemptState, FailureReason } from './attempt.ts';
import type { ChatOrder } from './chat-order.ts';
import type { PaymentMethod } from './fact.ts';
import type { GatewayName } from './gateways.ts';
import type { CitizenId } from '../citizen.ts';
import type { Account, PaidService } from '../accounts/kinds.ts';
import type { Demand, Due } from '../dues.ts';
import type { Language } from '../language.ts';
import { paise, sum, type Paise } from '../money.ts';
import type { OpenCase } from '../people/case.ts';
import type { ReceiptNumber } from './receipt.ts';

/** Opaque; stands in workflow ids and logs. */
export type OrderId = string & { readonly brand: 'OrderId' };

/** Unguessable: whoever has it may see the order and pay it. */
export type PayToken = string & { readonly brand: 'PayToken' };

export interface Order {
  readonly id: OrderId;
  readonly token: PayToken;
  readonly service: PaidService;
  /** With the owner and the address masked, as they were shown. */
  readonly account: Account;
  /** What is paid, and for how much, as it was when the order was made. */
  readonly dues: readonly Due[];
  readonly amount: Paise;
  /** What of the amount credit of the account pays; missing where none does. */
  readonly credit?: Paise;
  /** Missing for orders of the portal. */
  readonly citizenId?: CitizenId;
  readonly language: Language;
  /** Milliseconds since 1970. After `expiresAt` no attempt may begin; one that has begun may still succeed. */
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** What is to be paid through a gateway: credit pays the rest. */
export function toPay({ amount, credit }: Pick<Order, 'amount' | 'credit'>): Paise {
  return paise(amount - (credit ?? 0));
}

/**
 * Whether the records have something else for the bills of an order than what stands in it: another amount, a letter of
 * intimation that covers one, or one that is not due any more. A year in advance has no bill yet.
 */
export function hasChanged({ dues }: Pick<Order, 'dues'>, demands: readonly Demand[]): boolean {
  return dues.some(({ id, amount, lateFine }) => {
    if (id.startsWith('year-')) return false;
    const demand = demands.find((each) => each.id === id);
    if (demand?.coveredBy !== undefined || !demand) return true;
    return sum(demand.lines.map((line) => line.amount)) !== amount - (lateFine?.amount ?? 0);
  });
}

/** What a citizen needs to pay an order. */
export interface PayLink {
  readonly token: PayToken;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** It is paid within WhatsApp, in place of the link. */
  readonly chat?: ChatOrder;
}

/** What Postgres knows of an order: the truth that the workflow, the pages and the chat all read. */
export interface Standing {
  readonly orderId: OrderId;
  /**
   * `open` until its bills are paid here or elsewhere, a person has cancelled it, the register has changed one of its bills, or
   * its time has passed.
   */
  readonly state: 'open' | 'paid' | 'cancelled' | 'changed' | 'expired';
  /** Oldest first. */
  readonly attempts: readonly AttemptStanding[];
  /** One for each capture that paid anything, oldest first. */
  readonly receipts: readonly ReceiptStanding[];
  /** Money taken for what had been paid already, one for each capture, oldest first. */
  readonly excess: readonly Excess[];
  /** What of its money goes back, or went back, oldest first. Missing where nothing does. */
  readonly refunds?: readonly RefundOfMoney[];
  /** What of its excess became credit of the account, oldest first. Missing where nothing did. */
  readonly credits?: readonly Excess[];
  /** What of it waits for a person. */
  readonly cases: readonly OpenCase[];
  /** What the citizen was told of it, by the keys of `Telling`. */
  readonly told: readonly string[];
}

export interface ReceiptStanding {
  readonly number: ReceiptNumber;
  readonly amount: Paise;
  /** What of the amount was credit; missing where nothing was. */
  readonly byCredit?: Paise;
  /** Milliseconds since 1970. */
  readonly paidAt: number;
  /** Whether the corporation's records have been told: of some of its demands they may have refused to hear. */
  readonly posting: 'due' | 'posted' | 'refused';
}

/** Also what of it became credit. */
export interface Excess {
  /** Of the capture, or of the credit. */
  readonly id: string;
  readonly amount: Paise;
}

export interface RefundOfMoney {
  readonly amount: Paise;
  /** What of it came out of excess. */
  readonly excess: Paise;
  /** Missing while it is on its way. */
  readonly sent?: {
    /** Milliseconds since 1970. */
    readonly at: number;
    readonly creditNote: string;
    /** What was paid with it is due again. */
    readonly dueAgain: boolean;
  };
}

/** What a citizen is told of an order, each once. */
export type Telling =
  | `receipt-${ReceiptNumber}`
  | `receiptWords-${ReceiptNumber}`
  | `excess-${string}`
  | `credited-${string}`
  | `failed-${string}`
  | `pending-${string}`
  | `chatPaid-${string}`
  | `chatEnded-${string}`;

export interface AttemptStanding {
  readonly reference: AttemptReference;
  readonly gateway: GatewayName;
  /** Our id of the merchant account, and the gateway's. */
  readonly merchant: string;
  readonly merchantId: string;
  /** Missing where the gateway's answer to the opening was lost. */
  readonly gatewayOrderId?: string;
  readonly state: AttemptState;
  readonly reason?: FailureReason;
  /** Why it was made at this merchant account, for operators. */
  readonly choice?: string;
  /** By what it is paid, as far as the gateway has said so. */
  readonly method?: PaymentMethod;
  /** It is paid within WhatsApp, under Meta's name of the merchant account. */
  readonly chat?: string;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  /** Until when the gateway's page can be used. */
  readonly usableUntil: number;
}

/** A payment as its citizen sees it in a list. */
export interface RecentPayment {
  readonly orderId: OrderId;
  readonly receipt?: ReceiptNumber;
  readonly service: PaidService;
  readonly accountNumber: string;
  /** What the citizen calls the account. */
  readonly nickname?: string;
  readonly amount: Paise;
  /** When it was paid, or the last attempt begun: milliseconds since 1970. */
  readonly at: number;
  /** `atDesk`: the bank has not decided in the days that it has for it, or what was said of it cannot be true. */
  readonly state: 'paid' | 'undecided' | 'atDesk' | 'failed';
}

/** Why a claim of the gateway was not taken at its word. */
export type ReviewReason = 'amount' | 'currency' | 'merchant' | 'order' | 'transaction';
