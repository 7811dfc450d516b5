/** What the records answer to the number of an account. */
import type { Account, Dues } from './dues.ts';
import type { PayLink, RecentPayment } from './payments/order.ts';

/** The answer of the records to a number. Away is not unknown: nobody is told "not found" because a computer is down. */
export type LookUp<A extends Account = Account> =
  | {
      readonly found: 'dues';
      readonly dues: Dues<A>;
      /** How it is paid; missing when there is nothing to pay, or while money is on its way. */
      readonly pay?: PayLink;
      /** The bank has not decided on a payment of some of it that this citizen made. */
      readonly undecided?: boolean;
      /** Somebody else may be paying some of it: it can be paid, with a warning. */
      readonly elsewhere?: boolean;
    }
  | {
      readonly found: 'nothingDue';
      readonly account: A;
      readonly asOf: number;
      /** What the asking citizen paid last on this account. */
      readonly lastPaid?: RecentPayment;
    }
  | { readonly found: 'unknown' }
  | { readonly found: 'unavailable' };
