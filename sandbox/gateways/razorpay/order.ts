/** An order as Razorpay's stand-in keeps it: a payment link and the order that is made when somebody begins to pay it, or a QR code. */
import { randomInt } from 'node:crypto';
import type { Behaviour as BehaviourOf } from '../../kit/behaviour.ts';
import type { Order as OrderOf } from '../../kit/books.ts';
import type { Forgery } from './faults.ts';

interface Details {
  /** `upiLink`: a link whose page opens a UPI app. */
  readonly kind: 'link' | 'upiLink' | 'qrCode';
  readonly currency: string;
  readonly description: string;
  readonly notes: Readonly<Record<string, string>>;
  /** Of a link's page. */
  readonly shortUrl: string;
  /** Of Razorpay's order, with its prefix. */
  readonly orderId: string;
  /** When the merchant cancelled the link or closed the code: milliseconds since 1970. */
  readonly closedAt?: number;
}

export interface RazorpayTraits {
  readonly details: Details;
  readonly forgery: Forgery;
}

export type Order = OrderOf<RazorpayTraits>;
export type Behaviour = BehaviourOf<RazorpayTraits>;

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Fourteen letters and digits behind a prefix. */
export const newId = (prefix: 'plink' | 'qr' | 'order' | 'pay' | 'rfnd'): string =>
  `${prefix}_${Array.from({ length: 14 }, () => letters[randomInt(letters.length)]).join('')}`;
