/** How a stand-in is told to misbehave: what is in force, and the routes that read and change it. */
import express, { type Router } from 'express';
import { z } from 'zod';
import { knobsOf } from './knobs.ts';

/** The faults in force. They end with the process. */
export class FaultsInForce<S extends z.ZodObject> {
  readonly schema: S;
  current: z.output<S>;

  /** @param schema every fault with its default, which is none */
  constructor(schema: S) {
    this.schema = schema;
    this.current = schema.parse({});
  }

  reset(): void {
    this.current = this.schema.parse({});
  }
}

/** GET, PUT, PATCH and DELETE /faults. */
export function faultRoutes<S extends z.ZodObject>(
  faults: FaultsInForce<S>,
  { afterReset }: { readonly afterReset?: () => void } = {},
): Router {
  const router = express.Router();
  const knobs = knobsOf(faults.schema);
  router.get('/faults', (_request, response) => {
    response.json({ faults: faults.current, knobs });
  });
  router.put('/faults', (request, response) => {
    faults.current = faults.schema.parse(request.body);
    response.json({ faults: faults.current });
  });
  router.patch('/faults', (request, response) => {
    const change = z.looseObject({}).parse(request.body);
    faults.current = faults.schema.parse({ ...faults.current, ...change });
    response.json({ faults: faults.current });
  });
  router.delete('/faults', (_request, response) => {
    faults.reset();
    afterReset?.();
    response.json({ faults: faults.current });
  });
  return router;
}
