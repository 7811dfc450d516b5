/**
 * What a payment brings about beside its receipt, by service, in the very transaction in which it is posted. A service
 * whose payment is the end of it has nothing here.
 */
import type pg from 'pg';
import type { Due } from '../../domain/dues.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import type { PaidService } from '../../domain/services.ts';
import { extendLicence } from '../licences/extend.ts';
import type { PostingSettings } from './capture.ts';

export interface Paid {
  readonly orderId: OrderId;
  /** The demands that it settled; never none. */
  readonly paid: readonly Due[];
  readonly paidAt: Date;
}

type Following = (client: pg.PoolClient, paid: Paid, settings: PostingSettings) => Promise<void>;

export const whatFollows: Readonly<Record<PaidService, Following>> = {
  propertyTax: () => Promise.resolve(),
  tradeLicence: extendLicence,
};
