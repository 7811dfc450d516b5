/** An order as Paytm's stand-in keeps it: its id is the merchant's, its secret the `txnToken`. */
import type { Order as OrderOf } from '../../kit/books.ts';
import type { Forgery } from './faults.ts';

/** What the merchant said of it, and Paytm repeats in forms. */
interface Details {
  readonly custId: string;
  readonly mercUnqRef: string;
}

export interface PaytmTraits {
  readonly details: Details;
  readonly forgery: Forgery;
}

export type Order = OrderOf<PaytmTraits>;
