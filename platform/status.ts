/** Health and metrics of one process, for operators: on a port of their own, which nobody outside needs to reach. */
import { createServer } from 'node:http';

interface StatusOptions {
  readonly port: number;
  /** The address of this machine on which it listens; on all of them when there is none. */
  readonly host: string | undefined;
  /** What Prometheus reads. */
  readonly metrics: () => Promise<string>;
  /** Whether the process does its work, and what to tell of it. */
  readonly health: () => { readonly healthy: boolean; readonly [fact: string]: unknown };
}

/** Serves `/metrics` and `/healthz`. @returns what ends it */
export async function serveStatus({ port, host, metrics, health }: StatusOptions): Promise<() => void> {
  const server = createServer((request, response) => {
    void (async () => {
      if (request.url === '/metrics') {
        const text = await metrics();
        response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8').end(text);
        return;
      }
      const state = health();
      response
        .writeHead(state.healthy ? 200 : 503, { 'content-type': 'application/json' })
        .end(JSON.stringify(state));
    })().catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return () => {
    server.close();
    server.closeAllConnections();
  };
}
