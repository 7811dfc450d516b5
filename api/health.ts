/** Is the process alive, can it work, and what has it done: for load balancers and Prometheus. */
import type { Client } from '@temporalio/client';
import { Router } from 'express';
import type { Database } from '../database/connection.ts';
import type { Registry } from '../platform/metrics.ts';

interface HealthOptions {
  readonly db: Database;
  readonly temporal: Client;
  readonly registry: Registry;
}

export function health({ db, temporal, registry }: HealthOptions): Router {
  const router = Router();

  router.get('/healthz', (_, response) => {
    response.json({ alive: true });
  });

  /**
   * Ready means that webhooks are taken. Without Temporal they still are, so that is said and is no reason to be taken
   * out of the load balancer; without the database they are not.
   */
  router.get('/readyz', async (_, response) => {
    const checks = {
      database: () => db.query('select 1'),
      temporal: () =>
        temporal.withDeadline(Date.now() + 1_500, () => temporal.workflowService.getSystemInfo({})),
    };
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => ((await succeeds(check)) ? [] : [name])),
    );
    const missing = results.flat();
    const ready = !missing.includes('database');
    response.status(ready ? 200 : 503).json({ ready, missing });
  });

  router.get('/metrics', async (_, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });

  return router;
}

async function succeeds(check: () => Promise<unknown>): Promise<boolean> {
  try {
    await check();
    return true;
  } catch {
    return false;
  }
}
