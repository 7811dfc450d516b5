/** How the HTTP server ends so that no request is lost: proxies hear of it first, and what is under way is finished. */
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Closing {
  /** For /readyz, which says 503 from the first moment. */
  readonly isStopping: () => boolean;
  /** Goes on taking requests for the grace, then no new ones; resolves when the last is answered. */
  readonly close: (server: Server) => Promise<void>;
}

export function createClosing(graceMs: number): Closing {
  let stopping = false;
  return {
    isStopping: () => stopping,
    async close(server) {
      stopping = true;
      // A kept-alive connection would outlive its last request by seconds.
      server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'));
      await sleep(graceMs);
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
    },
  };
}
