/** The HTTP API under /sandbox/back-office. Its errors are answered by the router around it. */
import express, { type Router } from 'express';
import { z } from 'zod';
import type { BackOffice } from './back-office.ts';
import { backOfficeFaultsSchema, backOfficeKnobs } from './faults.ts';

export function backOfficeControl({ faults, books }: BackOffice): Router {
  const router = express.Router();
  router.get('/faults', (_request, response) => {
    response.json({ faults: faults.current, knobs: backOfficeKnobs });
  });
  router.put('/faults', (request, response) => {
    faults.current = backOfficeFaultsSchema.parse(request.body);
    response.json({ faults: faults.current });
  });
  router.patch('/faults', (request, response) => {
    const change = z.looseObject({}).parse(request.body);
    faults.current = backOfficeFaultsSchema.parse({ ...faults.current, ...change });
    response.json({ faults: faults.current });
  });
  router.delete('/faults', (_request, response) => {
    faults.reset();
    response.json({ faults: faults.current });
  });
  router.get('/receipts', (_request, response) => {
    response.json({ receipts: books.all.map(({ receipt, takenAt }) => ({ ...receipt, takenAt })) });
  });
  return router;
}
