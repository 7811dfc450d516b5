/**
 * What gateways post: server-to-server callbacks, which are written down and have their effect before they are answered
 * with 200, and the citizen's browser on its way back, which decides nothing.
 */
import express, { Router, type Request, type Response } from 'express';
import type { Database } from '../database/connection.ts';
import { receiveFacts, type FactOutcome } from '../database/payments/apply-gateway-fact.ts';
import type { PostingSettings } from '../domain/payments/posting.ts';
import { orderByReference } from '../database/payments/orders.ts';
import { noteReturn } from '../database/payments/returns.ts';
import { readStanding } from '../database/payments/standing.ts';
import {
  NotACallbackError,
  NotAuthenticError,
  type Gateway,
  type GatewayRequest,
  type Returned,
  type Told,
} from '../gateways/gateway.ts';
import type { Logger } from '../platform/log.ts';
import type { GatewayMetrics } from '../platform/metrics.ts';
import { traced } from '../platform/tracing.ts';
import type { PublicFacts } from '../texts/pages.ts';
import { pageStageOf, type OrderView } from '../web/pay-stage.ts';
import { wayBackNothing, wayBackPage, wayBackStatus } from '../web/way-back.tsx';
import { perMinute } from './limits.ts';
import { askedLanguage, pageLanguage, refuse, sendPage } from './respond.ts';

export interface CallbackOptions {
  readonly db: Database;
  readonly gateways: readonly Gateway[];
  readonly applying: PostingSettings;
  readonly metrics: GatewayMetrics;
  readonly facts: PublicFacts;
  readonly log: Logger;
}

/** The raw bytes, whatever the content type says: gateways are not agreed on one. */
const rawBody = (limit: string): ReturnType<typeof express.raw> => express.raw({ type: () => true, limit });
const largestCallback = '256kb';
/** A sealed transaction has some three thousand characters; whatever else a browser brings is not kept. */
const largestReturn = '16kb';

/** A person comes back once a payment, and then looks on: the page asks every three seconds. */
const returnLimit = perMinute({ address: 6_000, link: 180 }, ({ query }) =>
  typeof query['order'] === 'string' ? query['order'] : undefined,
);

interface Outcome {
  readonly status: number;
  readonly text: string;
  /** For the counter; one for each fact. */
  readonly results: readonly string[];
}

/** The addresses of every gateway in use. Whose an attempt is, its reference tells. */
export function gatewayCallbacks({ gateways, ...options }: CallbackOptions): Router {
  const router = Router();
  for (const gateway of gateways) router.use(callbacksOf(gateway, options));
  return router;
}

function callbacksOf(gateway: Gateway, options: Omit<CallbackOptions, 'gateways'>): Router {
  const { db, applying, metrics, facts, log } = options;
  const webhookPath = `/webhooks/${gateway.name}`;
  const returnPath = `/return/${gateway.name}`;

  async function receive(request: Request, response: Response): Promise<void> {
    const stopTimer = metrics.seconds.startTimer({ gateway: gateway.name });
    const { status, text, results } = await traced(
      `webhook ${gateway.name}`,
      { facts: { gateway: gateway.name }, kind: 'server' },
      () => take(requestOf(request)),
    );
    for (const result of results) metrics.callbacks.inc({ gateway: gateway.name, result });
    response.status(status).type('text/plain').send(text);
    stopTimer({ result: String(status) });
  }

  async function take(request: GatewayRequest): Promise<Outcome> {
    try {
      const told = await gateway.readCallback(request);
      return { status: 200, text: 'OK', results: await apply(told) };
    } catch (error) {
      if (error instanceof NotAuthenticError) {
        return { status: 401, text: 'The signature does not fit.', results: ['wrong signature'] };
      }
      if (error instanceof NotACallbackError) {
        return { status: 400, text: 'This is no callback.', results: ['unreadable'] };
      }
      log.error(
        { err: error },
        'cannot write a callback down; the gateway may bring it again, and is asked anyway',
      );
      return { status: 503, text: 'Try again later.', results: ['not written'] };
    }
  }

  /** @returns what was told, for the counter */
  async function apply(told: Told): Promise<readonly string[]> {
    const outcomes = await receiveFacts(db, { gateway: gateway.name, source: 'webhook', ...told }, applying);
    if (outcomes.length > 0) return outcomes.map(resultOf);
    log.error({ gateway: gateway.name }, 'a gateway signed a callback that holds no fact we can read');
    return ['no fact'];
  }

  function resultOf({ fact, orderId, outcome }: FactOutcome): string {
    if (outcome === 'kept') {
      log.error(
        { gateway: gateway.name },
        'a fact of a gateway could not be carried out; a person was called',
      );
      return 'kept';
    }
    if (orderId === undefined) {
      log.error({ gateway: gateway.name }, 'a gateway tells of a payment that nobody here asked for');
      return 'unknown reference';
    }
    return fact.kind === 'payment' ? fact.says : `${fact.kind} ${fact.says}`;
  }

  /**
   * The browser is sent on to a page that can be loaded again. A reference proves nothing of who comes: also sealed forms
   * can be posted a second time, by anybody. So nothing here leads to the order's link.
   */
  async function comeBack(request: Request, response: Response): Promise<void> {
    const returned = await readReturn(requestOf(request));
    const orderId = returned && (await noteReturn(db, gateway.name, returned));
    const result = orderId === undefined ? 'browser lost' : 'browser back';
    metrics.callbacks.inc({ gateway: gateway.name, result });
    if (!returned || orderId === undefined) {
      refuse(request, response.status(400), 'unreadable', 'Open the link in the chat again.');
      return;
    }
    // In the query, which is not logged.
    response.redirect(303, `${returnPath}?${new URLSearchParams({ order: returned.reference }).toString()}`);
  }

  async function readReturn(request: GatewayRequest): Promise<Returned | undefined> {
    try {
      return await gateway.readReturn(request);
    } catch (error) {
      if (error instanceof NotAuthenticError || error instanceof NotACallbackError) return undefined;
      throw error;
    }
  }

  /** Our own page names the order in its address. Whatever else comes by GET is the gateway's way back. */
  async function comeBackOrShow(request: Request, response: Response): Promise<void> {
    const isOurs = 'order' in request.query || Object.keys(request.query).every((name) => name === 'lang');
    await (isOurs ? showBack : comeBack)(request, response);
  }

  async function backOf(
    request: Request,
  ): Promise<{ view: OrderView; reference: string; path: string } | undefined> {
    const { order: reference } = request.query;
    // Anything else is no reference of ours, and some of it no text that Postgres takes.
    if (typeof reference !== 'string' || !/^[A-Z0-9]{1,64}$/.test(reference)) return undefined;
    const order = await orderByReference(db, reference);
    if (!order) return undefined;
    const standing = await readStanding(db, order.id);
    const view = { order, standing, now: Date.now(), elsewhere: false };
    return { view, reference, path: returnPath };
  }

  /** In the language of the order, until another is asked for. */
  async function showBack(request: Request, response: Response): Promise<void> {
    response.set('x-robots-tag', 'noindex');
    const back = await backOf(request);
    if (!back) {
      const language = pageLanguage(request);
      sendPage(response, language, wayBackNothing(language, gateway.name, facts));
      return;
    }
    const language = askedLanguage(request) ?? back.view.order.language;
    sendPage(response, language, wayBackPage(language, back, facts), 'no-store');
  }

  async function showStatus(request: Request, response: Response): Promise<void> {
    const back = await backOf(request);
    // What the page shows already is not exchanged under the citizen's finger.
    if (!back || pageStageOf(back.view).kind === request.query['seen']) {
      response.status(204).end();
      return;
    }
    const language = askedLanguage(request) ?? back.view.order.language;
    sendPage(response, language, wayBackStatus(language, back, facts), 'no-store');
  }

  const router = Router();
  router.post(webhookPath, rawBody(largestCallback), receive);
  router.all(webhookPath, (_request, response) => {
    const words = `This address takes callbacks of ${gateway.name}, sent by POST.`;
    response.status(405).set('allow', 'POST').type('text/plain').send(words);
  });
  router.post(returnPath, returnLimit, rawBody(largestReturn), comeBack);
  router.get(returnPath, returnLimit, comeBackOrShow);
  router.get(`${returnPath}/status`, returnLimit, showStatus);
  return router;
}

/** All of a request that a gateway may have signed. */
function requestOf({ method, headers, originalUrl, body }: Request): GatewayRequest {
  return {
    method: method === 'GET' ? 'GET' : 'POST',
    headers,
    query: new URL(originalUrl, 'http://localhost').searchParams,
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  };
}
