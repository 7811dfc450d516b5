/**
 * An order as Razorpay's stand-in keeps it: a payment link and the order that is made when somebody begins to pay it, a QR code,
 * or the order that Meta made for one in the chat.
 */
import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { Behaviour as BehaviourOf } from '../../kit/behaviour.ts';
import type { Order as OrderOf } from '../../kit/books.ts';
import type { ChatSale } from '../../kit/chat.ts';
import type { Forgery } from './faults.ts';

interface Details {
  /** `upiLink`: a link whose page opens a UPI app; `chat`: neither link nor code, but an order that Meta made. */
  readonly kind: 'link' | 'upiLink' | 'qrCode' | 'chat';
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

const keptSchema = z.object({ receipt: z.string(), notes: z.record(z.string(), z.string()) });

/** An order that Meta made, with the merchant's receipt and notes. */
export function orderInChat(
  { reference, amount, kept, validUntil }: ChatSale,
  merchantId: string,
  at: number,
): Order {
  const { receipt, notes } = keptSchema.parse(kept);
  const orderId = newId('order');
  return {
    reference: receipt,
    gatewayOrderId: orderId,
    chatReference: reference,
    merchantId,
    secret: newId('pay'),
    amount,
    returnUrl: 'https://www.whatsapp.com/',
    details: { kind: 'chat', currency: 'INR', description: 'WhatsApp', notes, shortUrl: '', orderId },
    createdAt: at,
    validUntil,
    transactions: [],
    refunds: [],
    behaviour: {},
  };
}
