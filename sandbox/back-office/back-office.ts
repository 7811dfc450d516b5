/** The stand-in for the corporation's back office, put together. */
import type { Router } from 'express';
import type { Logger } from '../../platform/log.ts';
import { FaultsInForce } from '../kit/faults.ts';
import { ReceiptBooks } from './books.ts';
import { backOfficeFaultsSchema } from './faults.ts';
import type { BackOfficeOptions, BackOfficeParts } from './parts.ts';
import { backOfficeRouter } from './router.ts';

export interface BackOffice extends BackOfficeParts {
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
