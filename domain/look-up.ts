/** What is answered to the number of an account. */
import type { AccountKind, AccountOf, Beside } from './accounts/kinds.ts';
import type { Dues } from './dues.ts';
import type { Paise } from './money.ts';
import type { PayLink, RecentPayment } from './payments/order.ts';
import type { CreditSource } from './payments/receipt.ts';

/** What a citizen may have paid, though no bank has said so. */
export interface MoneyOnItsWay {
  readonly amount: Paise;
  /** When it was begun last: milliseconds since 1970. */
  readonly since: number;
}

/** What credit of the account takes off what is due, and the payments that came too much. */
export interface CreditTaken {
  readonly amount: Paise;
  readonly from: readonly CreditSource[];
}

/** Something is due. */
export type DuesFound<K extends AccountKind = AccountKind> = {
  readonly found: 'dues';
  readonly dues: Dues<AccountOf<K>>;
  /** How it is paid; missing when there is nothing to pay, or while money is on its way. */
  readonly pay?: PayLink;
  /** Missing where there is none. As much as all that is due: then nothing is left to pay. */
  readonly credit?: CreditTaken;
  /** The bank has not decided on a payment of some of it that this citizen made. */
  readonly undecided?: MoneyOnItsWay;
  /** Somebody else may be paying some of it: it can be paid, with a warning. */
  readonly elsewhere?: boolean;
  /** These are only the bills that the citizen picked. */
  readonly chosen?: boolean;
} & Beside<K>;

export type NothingDue<K extends AccountKind = AccountKind> = {
  readonly found: 'nothingDue';
  readonly account: AccountOf<K>;
  readonly asOf: number;
  /** What the asking citizen paid last on this account. */
  readonly lastPaid?: RecentPayment;
  /** Credit of the account, which pays the next bills; missing where there is none. */
  readonly credit?: CreditTaken;
} & Beside<K>;

/**
 * The records are away, which is not unknown: nobody is told "not found" because a computer is down. Or the citizen has
 * asked for too many numbers.
 */
export interface NotFound {
  readonly found: 'unknown' | 'unavailable' | 'tooMany';
}

/** The answer to a number of which the kind is known. */
export type LookUp<K extends AccountKind = AccountKind> = DuesFound<K> | NothingDue<K> | NotFound;
