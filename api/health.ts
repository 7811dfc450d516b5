/** Is the process alive, and can it work: for load balancers. */
import type { Client } from '@temporalio/client';
import { Router } from 'express';
import type { Database } from '../database/connection.ts';

interface HealthOptions {
  readonly db: Database;
  readonly temporal: Client;
  /** It is about to end: new requests go elsewhere. */
  readonly isStopping: () => boolean;
}

export function health({ db, temporal, isStopping }: HealthOptions): Router {
  const router = Router();

  router.get('/healthz', (_, response) => {
    response.json({ alive: true });
  });

  /**
   * Ready means that webhooks are taken. Without Temporal they still are, so that is said and is no reason to be taken
   * out of the load balancer; without the database they are not.
   */
  router.get('/readyz', async (_, response) => {
    if (isStopping()) {
      response.status(503).json({ ready: false, stopping: true });
      return;
    }
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
