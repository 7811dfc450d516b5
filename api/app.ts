/** The Express application: webhooks, pages, health. */
import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express } from 'express';
import helmet from 'helmet';
import { withLogFields, type Logger } from '../platform/log.ts';
import type { health } from './health.ts';
import { refuse } from './pages.ts';

interface AppOptions {
  readonly log: Logger;
  /** Reverse proxies in front of us. */
  readonly proxyHops: number;
  readonly routers: readonly ReturnType<typeof health>[];
}

/** Asked every few seconds by whoever watches us. */
const watchers = new Set(['/healthz', '/readyz']);

/** Whoever has an order's token may see and pay it. */
const withoutToken = (path: string): string => path.replace(/^\/pay\/[^/]+/, '/pay/…');

export function createApp({ log, proxyHops, routers }: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', proxyHops);
  app.use(helmet());

  // One line a request. The query is left out: it may carry a token.
  app.use((request, response, next) => {
    const id = request.get('x-request-id')?.slice(0, 64) ?? randomUUID();
    const began = performance.now();
    response.setHeader('x-request-id', id);
    response.on('finish', () => {
      const ms = Math.round(performance.now() - began);
      const { method, path } = request;
      if (!watchers.has(path))
        log.info(
          { request: id, method, path: withoutToken(path), status: response.statusCode, ms },
          'request',
        );
    });
    withLogFields({ request: id }, next);
  });

  for (const router of routers) app.use(router);

  app.use((request, response) => {
    refuse(request, response.status(404), 'notFound', 'There is no such page.');
  });

  const answerError: ErrorRequestHandler = (
    error: { status?: unknown } | undefined,
    request,
    response,
    next,
  ) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    // Errors of the body parser carry the status that is due: too large, cut off, wrong encoding.
    const status =
      typeof error?.status === 'number' && error.status >= 400 && error.status < 500 ? error.status : 500;
    if (status === 500) log.error({ err: error, path: withoutToken(request.path) }, 'a request failed');
    if (status === 500) refuse(request, response.status(500), 'tryAgain', 'Try again later.');
    else {
      const reason = status === 413 ? 'The body is too large.' : 'The request cannot be read.';
      refuse(request, response.status(status), 'unreadable', reason);
    }
  };
  app.use(answerError);
  return app;
}
