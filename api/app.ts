/** The Express application: webhooks, pages, health. */
import { randomUUID } from 'node:crypto';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
import helmet from 'helmet';
import { withLogFields, type Logger } from '../platform/log.ts';
import type { health } from './health.ts';
import { refuse } from './respond.ts';

interface AppOptions {
  readonly log: Logger;
  /** Reverse proxies in front of us. */
  readonly proxyHops: number;
  readonly routers: readonly ReturnType<typeof health>[];
}

/** Asked every few seconds by whoever watches us. */
const watchers = new Set(['/healthz', '/readyz']);

/**
 * The pattern of the route that took a request, as `/pay/:token`. The path itself may carry a token in any spelling
 * (`//pay/…`, `/%70ay/…`), and whoever has an order's token may see and pay it.
 */
function routeOf(request: Request): string {
  const route = request.route as { readonly path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : 'none';
}

const forwardedHeaders = ['x-forwarded-for', 'forwarded'];

export function createApp({ log, proxyHops, routers }: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', proxyHops);
  app.use(helmet());
  // Pages shrink to a quarter. No page repeats what its visitor typed beside a secret, so its size tells nothing.
  app.use(compression());

  let warned = proxyHops > 0;
  /** With a proxy that the settings do not know of, all citizens share its address, and with it one limit. */
  function warnOfProxy(request: Request): void {
    if (warned || !forwardedHeaders.some((name) => request.get(name) !== undefined)) return;
    warned = true;
    log.warn(
      'a request came through a proxy, and PROXY_HOPS is 0: limits count all that come through it as one visitor',
    );
  }

  // One line a request. The query is left out, as the path is: it may carry a token.
  app.use((request, response, next) => {
    const id = request.get('x-request-id')?.slice(0, 64) ?? randomUUID();
    const began = performance.now();
    response.setHeader('x-request-id', id);
    response.on('finish', () => {
      const ms = Math.round(performance.now() - began);
      const { method, path } = request;
      if (!watchers.has(path))
        log.info(
          { request: id, method, route: routeOf(request), status: response.statusCode, ms },
          'request',
        );
    });
    warnOfProxy(request);
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
    if (status === 500) log.error({ err: error, route: routeOf(request) }, 'a request failed');
    if (status === 500) refuse(request, response.status(500), 'tryAgain', 'Try again later.');
    else {
      const reason = status === 413 ? 'The body is too large.' : 'The request cannot be read.';
      refuse(request, response.status(status), 'unreadable', reason);
    }
  };
  app.use(answerError);
  return app;
}
