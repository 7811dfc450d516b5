/** The stand-in for BillDesk, put together. */
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import type { Logger } from '../../platform/log.ts';
import { FaultsInForce } from '../faults.ts';
import { billDeskApi } from './api.ts';
import { Books } from './books.ts';
import { billDeskFaultsSchema, type BillDeskFaultSwitch } from './faults.ts';
import { hostedPages } from './hosted.tsx';
import type { BillDeskOptions } from './options.ts';
import { Payments } from './payments.ts';
import { BillDeskWebhooks } from './webhooks.ts';

export interface BillDesk {
  readonly options: BillDeskOptions;
  readonly books: Books;
  readonly faults: BillDeskFaultSwitch;
  readonly payments: Payments;
  readonly webhooks: BillDeskWebhooks;
  /** API and hosted page, to be put under /billdesk. */
  readonly router: Router;
  /** Takes up what an earlier process left behind. */
  resume(): void;
  /** Ends what is to happen later. */
  stop(): void;
  /** After the last request. */
  close(): void;
}

interface Surroundings {
  readonly dataFolder: string | undefined;
  readonly now: () => number;
  readonly log: Logger;
}

export function createBillDeskStandIn(
  options: BillDeskOptions,
  { dataFolder, now, log }: Surroundings,
): BillDesk {
  const { merchants } = options;
  const books = new Books(dataFolder);
  const faults = new FaultsInForce(billDeskFaultsSchema);
  const webhooks = new BillDeskWebhooks({ options, books, faults, now, log });
  const payments = new Payments({ merchants, books, faults, webhooks, now });
  const router = express.Router();
  router.use(hostedPages({ books, payments, faults }));
  router.use(billDeskApi({ merchants, books, faults, now }));
  router.use((_request, response) => {
    response.status(404).json({ status: 404, error_type: 'invalid_request_error', error_code: 'GNIRE0002' });
  });
  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    log.error({ err: error }, "BillDesk's stand-in failed");
    response.status(500).json({ status: 500, error_type: 'api_error', error_code: 'GNISE0001' });
  });
  return {
    options,
    books,
    faults,
    payments,
    webhooks,
    router,
    resume: () => {
      webhooks.resume();
      payments.resume();
    },
    stop: () => {
      webhooks.close();
      payments.close();
    },
    close: () => books.close(),
  };
}
