/** A refund: money that the corporation gives back to a payer, by two persons and through the gateway that took it. */
import type { Paise } from '../money.ts';
import type { OpenCase } from '../people/case.ts';
import type { GatewayName } from './gateways.ts';
import type { Move } from './moves.ts';
import type { AttemptStanding, Order } from './order.ts';
import type { ReceiptNumber } from './receipt.ts';

/** Ours, `[A-Z0-9]`, 24 characters, unguessable, unique for ever; the gateway knows the refund by it. */
export type RefundReference = string & { readonly brand: 'RefundReference' };

/**
 * What each state means for the money. `held`: nobody may give it back a second time. `gone`: it went back. `free`: it can be
 * given back by another refund.
 */
export const refundStates = {
  /** A person has asked for it; another has to agree. */
  requested: 'held',
  /** Two persons agree. */
  approved: 'held',
  /** The gateway was asked, or may have been: its answer can be lost. */
  submitted: 'held',
  refunded: 'gone',
  failed: 'free',
  withdrawn: 'free',
} as const satisfies Readonly<Record<string, 'held' | 'gone' | 'free'>>;

export type RefundState = keyof typeof refundStates;

/** Every allowed move. Nobody but the gateway says that money went back, and it may say so late. */
export const refundMoves = [
  { from: 'requested', to: 'approved', because: 'a second person agrees' },
  { from: 'requested', to: 'withdrawn', because: 'a person takes the request back' },
  { from: 'approved', to: 'submitted', because: 'the gateway is asked' },
  { from: 'approved', to: 'failed', because: 'the gateway cannot be asked, or the payer disputes it' },
  {
    from: 'submitted',
    to: 'refunded',
    because: 'the money went back, says the gateway, or a person has it in writing',
  },
  {
    from: 'submitted',
    to: 'failed',
    because: 'nothing went back, says the gateway, or a person has it in writing',
  },
  { from: 'failed', to: 'refunded', because: 'the money went back after all' },
] as const satisfies readonly Move<RefundState>[];

export function mayRefundMove(from: RefundState, to: RefundState): boolean {
  return refundMoves.some((move) => move.from === from && move.to === to);
}

/** The states of a kind, as `refundStates` has them. */
export function refundStatesThatAre(...kinds: readonly (typeof refundStates)[RefundState][]): RefundState[] {
  return (Object.keys(refundStates) as RefundState[]).filter((state) => kinds.includes(refundStates[state]));
}

/** Why money goes back; the words for citizens stand in texts/refund.ts. */
export const refundReasons = {
  paidTwice: 'it was paid twice, or too much was paid',
  notDue: 'it was not due: a bill was taken back or lowered',
  wrongAccount: 'it was paid for the wrong account',
  ordered: 'a court or an authority ordered it',
  other: 'another reason, which stands in the audit log',
} as const satisfies Readonly<Record<string, string>>;

export type RefundReason = keyof typeof refundReasons;

/** Within so many days the money is in the payer's account; banks and gateways ask for five to seven working days. */
export const refundDays = 7;

/** What can go back of the money that one capture brought. */
export interface Money {
  /** Of the capture. */
  readonly id: string;
  /** What was taken. */
  readonly amount: Paise;
  /** What of it paid bills, and still does. */
  readonly allocated: Paise;
  /** What of it paid bills when it came. */
  readonly paid: Paise;
  /** What can go back: neither gone, nor on its way, nor disputed, nor credit. */
  readonly refundable: Paise;
  /** What of that has paid nothing. It goes back first. */
  readonly excess: Paise;
  /** What of it became credit, used by now or not. */
  readonly credited: Paise;
  /** What of that is unused. */
  readonly creditLeft: Paise;
  /** The gateway's id of it. Without one the gateway cannot be told which money is meant. */
  readonly transactionId?: string;
  /** The payer disputes it, and the bank has not decided. */
  readonly isDisputed: boolean;
  /** A stamp of all that: it begins with `refundable`, and is another one as soon as anything has moved. */
  readonly seen: string;
}

/** What a person wants to give back. */
export interface WantedRefund {
  readonly amount: Paise;
  /** The bills that were paid with it are due again. */
  readonly dueAgain: boolean;
  /** The stamp of what the person saw. */
  readonly seen: string;
}

/** How a refund divides, or why it cannot be, in words for whoever asked for it. */
export type Division = { readonly excess: Paise } | { readonly because: string };

/** How much of a refund comes out of excess; the rest comes out of what had paid bills. */
export function divide(
  { amount, dueAgain, seen }: WantedRefund,
  money: Money,
  { rupees, isUndone }: { readonly rupees: (amount: Paise) => string; readonly isUndone: boolean },
): Division {
  if (seen !== money.seen) {
    const now = `now ${rupees(money.refundable)} can go back`;
    return {
      because: `what can go back of it has changed since you looked: ${now}. Look at it again, then ask`,
    };
  }
  if (money.isDisputed) return { because: 'the payer disputes this payment: the bank decides first' };
  if (money.transactionId === undefined) {
    return { because: 'the gateway has given this money no id: it can be given back in its own pages alone' };
  }
  if (amount > money.refundable) {
    return { because: `at most ${rupees(money.refundable)} of it can go back` };
  }
  const excess = Math.min(amount, money.excess) as Paise;
  if (!dueAgain) return { excess };
  if (!isUndone)
    return { because: 'what this payment brought about is undone by hand: then ask without --due-again' };
  if (excess === amount)
    return { because: 'no bill was paid with this part of the money: none becomes due again' };
  if (amount - excess !== money.allocated || money.allocated !== money.paid) {
    return {
      because: `bills become due again only when all that was paid for them goes back: ${rupees(
        (money.excess + money.paid) as Paise,
      )}`,
    };
  }
  return { excess };
}

/** When the gateway is asked about a refund: milliseconds after the second person has agreed, up to seven days. */
export const refundPollsMs: readonly number[] = [
  ...[1, 5, 15, 60].map((minutes) => minutes * 60_000),
  ...[3, 6, 12, 24].map((hours) => hours * 3_600_000),
  ...[2, 3, 4, 5, 6, refundDays].map((days) => days * 86_400_000),
];

/**
 * When to ask about a refund next: milliseconds since 1970, undefined when never again.
 * @param askedAt when it was last asked about
 */
export function nextRefundPoll(
  { state, approvedAt, hasMoney }: Pick<RefundStanding, 'state' | 'approvedAt' | 'hasMoney'>,
  askedAt: number | undefined,
  polls: readonly number[],
): number | undefined {
  if ((state !== 'approved' && state !== 'submitted') || approvedAt === undefined) return undefined;
  if (askedAt === undefined) return approvedAt;
  if (!hasMoney) return askedAt + 60_000;
  return polls.map((afterMs) => approvedAt + afterMs).find((at) => at > askedAt);
}

/** `CN-2026-27-000123`: like a receipt's, in a series of its own. */
export type CreditNoteNumber = string & { readonly brand: 'CreditNoteNumber' };

/** What Postgres knows of a refund; whole, so that books that were lost are rebuilt from it (docs/restore.md). */
export interface RefundStanding {
  readonly reference: RefundReference;
  /** Of the payment that it gives back. */
  readonly order: Order;
  readonly attempt: Pick<
    AttemptStanding,
    'reference' | 'gateway' | 'merchant' | 'merchantId' | 'gatewayOrderId' | 'openedAt' | 'usableUntil'
  >;
  readonly transactionId: string;
  readonly amount: Paise;
  /** What of it had paid nothing. */
  readonly excess: Paise;
  readonly reason: RefundReason;
  readonly dueAgain: boolean;
  readonly state: RefundState;
  /** The payment is in the books. After a restore it may come later than the refund, and nothing is asked before. */
  readonly hasMoney: boolean;
  readonly requestedBy: string;
  /** Milliseconds since 1970. */
  readonly requestedAt: number;
  readonly approvedBy?: string;
  readonly approvedAt?: number;
  readonly submittedAt?: number;
  /** Why nothing went back. */
  readonly failure?: string;
  readonly creditNote?: CreditNoteNumber;
  readonly cases: readonly OpenCase[];
  /** What the citizen was told of it, by the keys of `RefundTelling`. */
  readonly told: readonly string[];
}

/** What a citizen is told of a refund, each once. */
export type RefundTelling = 'onItsWay' | 'sent' | 'sentWords' | 'failed';

/** The paper of a refund: which money went back, how much of it, and why. Issued once, and never changed. */
export interface CreditNote {
  readonly number: CreditNoteNumber;
  readonly order: Pick<Order, 'service' | 'account'>;
  readonly amount: Paise;
  readonly reason: RefundReason;
  readonly dueAgain: boolean;
  /** Of the payment, where it had paid anything. */
  readonly receipt?: ReceiptNumber;
  /** When the money was taken, when it went back, and when this was issued: milliseconds since 1970. */
  readonly paidAt: number;
  readonly refundedAt: number;
  readonly issuedAt: number;
  readonly gateway: GatewayName;
  readonly transactionId: string;
  /** The gateway's id of the refund; ours where it gives none. */
  readonly refundId: string;
  /** In the address of its QR code. */
  readonly checkCode: string;
}

/** What anyone who holds a credit note may check: whether it is real, and not whose it is. */
export interface VerifiedCreditNote {
  readonly number: CreditNoteNumber;
  readonly service: Order['service'];
  readonly amount: Paise;
  readonly refundedAt: number;
  readonly accountEnding: string;
  readonly receipt?: ReceiptNumber;
}
