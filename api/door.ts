/** The HTTP server in front of the application: what it takes of anybody, before anybody is known. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { RequestHandler } from 'express';

/** A webhook of the largest size comes within a second; whoever needs longer is not served. */
const requestMs = 30_000;
const headersMs = 10_000;
/**
 * Longer than proxies keep an idle connection (60 seconds is usual): the side that may send the next request is the one that
 * closes, or that request meets a closed connection and is lost.
 */
const idleMs = 65_000;
/** More are refused by the operating system's queue; each costs some kilobytes. */
const mostConnections = 2_000;

export function createDoor(app: RequestListener): Server {
  const server = createServer(
    {
      requestTimeout: requestMs,
      headersTimeout: headersMs,
      keepAliveTimeout: idleMs,
      // How often both are looked at.
      connectionsCheckingInterval: 5_000,
    },
    app,
  );
  server.maxConnections = mostConnections;
  return server;
}

/** A webhook with one message has two to four kilobytes. */
const usualBytes = 64 * 1024;
/** Together they may take some hundred megabytes while they are read. */
const mostLargeBodies = 24;

/**
 * Refuses large bodies while many of them are being read, because each takes up its memory before it has proved by whom it
 * is. Small ones, which are nearly all, are never refused; Meta brings the others again.
 */
export function fewLargeBodies(most = mostLargeBodies): RequestHandler {
  let underWay = 0;
  return (request, response, next) => {
    const length = Number(request.get('content-length') ?? Infinity);
    if (length <= usualBytes) {
      next();
      return;
    }
    if (underWay >= most) {
      response
        .set({ connection: 'close', 'retry-after': '10' })
        .status(503)
        .type('text/plain')
        .send('Too many large bodies at once. Try again later.');
      return;
    }
    underWay += 1;
    response.once('close', () => {
      underWay -= 1;
    });
    next();
  };
}
