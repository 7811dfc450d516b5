/**
 * The service catalogue: one entry for each thing a citizen can do in the chat. A service in which something is paid comes
 * with its kind of account (accounts/kinds.ts).
 */
import { accountKinds, serviceOf, type PaidService } from './accounts/kinds.ts';

/** The services in which something is paid. A renewal is paid as the trade licence that it is. */
export const paidServices: readonly PaidService[] = accountKinds.map((kind) => serviceOf[kind]);

/** In the order of the menu. */
export const services = [...paidServices, 'renewal', 'receipts', 'about'] as const;
export type Service = (typeof services)[number];
