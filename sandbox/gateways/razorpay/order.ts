/** An order as Razorpay's stand-in keeps it: a payment link, and the order that is made when somebody begins to pay it. */
import { randomInt } from 'node:crypto';
import type { Behaviour as BehaviourOf } from '../../kit/behaviour.ts';
import type { Order as OrderOf } from '../../kit/books.ts';
import type { Forgery } from './faults.ts';

interface Details {
  readonly currency: string;
  readonly description: string;
  readonly notes: Readonly<Record<string, string>>;
  readonly shortUrl: string;
  /** Of Razorpay's order, with its prefix. */
  readonly orderId: string;
}

export interface RazorpayTraits {
  readonly details: Details;
  readonly forgery: Forgery;
}

export type Order = OrderOf<RazorpayTraits>;
export type Behaviour = BehaviourOf<RazorpayTraits>;

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Fourteen letters and digits behind a prefix. */
export const newId = (prefix: 'plink' | 'order' | 'pay' | 'rfnd'): string =>
  `${prefix}_${Array.from({ length: 14 }, () => letters[randomInt(letters.length)]).join('')}`;
