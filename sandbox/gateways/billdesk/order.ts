/** An order as BillDesk's stand-in keeps it. */
import type { Behaviour as BehaviourOf } from '../../kit/behaviour.ts';
import type { Order as OrderOf } from '../../kit/books.ts';
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
