/**
 * What a payment brings about beside its receipt, by service, in the very transaction in which it is posted. A service
 * whose payment is the end of it has nothing here.
 */
import type pg from 'pg';
import type { PostedPayment, PostingSettings } from '../../domain/payments/posting.ts';
import type { PaidService } from '../../domain/accounts/kinds.ts';
import { extendLicence } from '../licences/extend.ts';

type Following = (client: pg.PoolClient, paid: PostedPayment, settings: PostingSettings) => Promise<void>;

export const whatFollows: Readonly<Partial<Record<PaidService, Following>>> = {
  tradeLicence: extendLicence,
};
