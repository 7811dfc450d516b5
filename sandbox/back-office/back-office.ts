/** The stand-in for the corporation's back office, put together. */
import type { Router } from 'express';
import type { Database } from '../../database/connection.ts';
import type { Logger } from '../../platform/log.ts';
import { FaultsInForce } from '../faults.ts';
import { ReceiptBooks } from './books.ts';
import { backOfficeFaultsSchema, type BackOfficeFaultSwitch } from './faults.ts';
import { backOfficeRouter } from './router.ts';

export interface BackOfficeOptions {
  readonly db: Database;
  /** BACK_OFFICE_TOKEN. */
  readonly token: string;
  /** Whether the bot asks here; otherwise its own register answers, and the panel says so. */
  readonly inUse: boolean;
}

export interface BackOffice {
  readonly options: BackOfficeOptions;
  readonly faults: BackOfficeFaultSwitch;
  readonly books: ReceiptBooks;
  /** To be put under /back-office. */
  readonly router: Router;
}

export function createBackOfficeStandIn(
  options: BackOfficeOptions,
  { dataFolder, log }: { readonly dataFolder: string | undefined; readonly log: Logger },
): BackOffice {
  const faults = new FaultsInForce(backOfficeFaultsSchema);
  const parts = { options, faults, books: new ReceiptBooks(dataFolder) };
  return { ...parts, router: backOfficeRouter(parts, log) };
}
