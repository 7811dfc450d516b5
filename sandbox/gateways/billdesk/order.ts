/** An order as BillDesk's stand-in keeps it. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { clockInKolkata } from '../../../domain/calendar.ts';
import { rupee } from '../../../gateways/billdesk/order.ts';
import type { Behaviour as BehaviourOf } from '../../kit/behaviour.ts';
import type { Order as OrderOf } from '../../kit/books.ts';
import type { ChatSale } from '../../kit/chat.ts';
import type { Forgery } from './faults.ts';

/** What the merchant said of it, and BillDesk repeats. */
interface Details {
  readonly currency: string;
  readonly itemcode: string;
  readonly order_date: string;
  readonly additional_info: Readonly<Record<string, string>>;
  readonly settlement_lob?: string | undefined;
}

export interface BillDeskTraits {
  readonly details: Details;
  readonly forgery: Forgery;
}

export type Order = OrderOf<BillDeskTraits>;
export type Behaviour = BehaviourOf<BillDeskTraits>;

const keptSchema = z.record(z.string(), z.string());

/** An order that Meta made, under an id of Meta's own: what that looks like, nobody has published. */
export function orderInChat(
  { reference, amount, kept, validUntil }: ChatSale,
  merchantId: string,
  at: number,
): Order {
  const id = (): string => randomBytes(7).toString('hex').toUpperCase();
  return {
    reference: `WA${id()}`,
    gatewayOrderId: `OA${id()}`,
    chatReference: reference,
    merchantId,
    secret: id(),
    amount,
    returnUrl: 'https://www.whatsapp.com/',
    details: {
      currency: rupee,
      itemcode: 'DIRECT',
      order_date: `${clockInKolkata(at)}+05:30`,
      additional_info: keptSchema.parse(kept),
    },
    createdAt: at,
    validUntil,
    transactions: [],
    refunds: [],
    behaviour: {},
  };
}
