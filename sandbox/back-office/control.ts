/** The HTTP API under /sandbox/back-office. Its errors are answered by the router around it. */
import express, { type Router } from 'express';
import { faultRoutes } from '../kit/faults.ts';
import type { BackOffice } from './back-office.ts';

export function backOfficeControl({ faults, books }: BackOffice): Router {
  const router = express.Router();
  router.use(faultRoutes(faults));
  router.get('/receipts', (_request, response) => {
    response.json({ receipts: books.all.map(({ receipt, takenAt }) => ({ ...receipt, takenAt })) });
  });
  return router;
}
