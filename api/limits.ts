/**
 * How often anybody may ask. A mobile network has one address for a whole neighbourhood, so an address has room for many
 * citizens; what one of them can do, a limit for each link holds.
 */
import type { Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { refuse } from './respond.ts';

interface PerMinute {
  readonly address: number;
  /** For each link by itself. */
  readonly link?: number;
}

/** Far more than the people behind one address read, so that no address keeps a process busy. */
export const pageLimit = perMinute({ address: 1_200 });

/**
 * So many requests in a minute; whoever asks more often is told to come again.
 * @param linkOf what names the link in a request; undefined where there is none
 */
export function perMinute(
  { address, link }: PerMinute,
  linkOf: (request: Request) => string | undefined = () => undefined,
): RequestHandler {
  const common = {
    windowMs: 60_000,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // The application says so itself, once and in the log.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (request: Request, response: Response) =>
      refuse(request, response.status(429), 'tryAgain', 'Try again in a minute.'),
  } as const;
  const byAddress = rateLimit({ ...common, limit: address, identifier: 'address' });
  if (link === undefined) return byAddress;
  const byLink = rateLimit({
    ...common,
    limit: link,
    identifier: 'link',
    skip: (request) => linkOf(request) === undefined,
    // Whoever makes links up fills no memory with them.
    keyGenerator: (request) => (linkOf(request) ?? '').slice(0, 64),
  });
  return (request, response, next) =>
    byAddress(request, response, (error?: unknown) => {
      if (error === undefined) void byLink(request, response, next);
      else next(error);
    });
}
