/** The pay page: what is paid for, the way to the gateway, and what became of it, live. */
import express, { Router, type Request, type Response } from 'express';
import type { Database } from '../database/connection.ts';
import { isPaidElsewhere } from '../database/payments/attempts.ts';
import { orderByToken } from '../database/payments/orders.ts';
import { receiptsOf } from '../database/payments/receipts.ts';
import { readStanding } from '../database/payments/standing.ts';
import { receiptPdf } from '../documents/receipt.ts';
import type { Order } from '../domain/payments/order.ts';
import { stageOf } from '../domain/payments/stage.ts';
import type { PublicFacts } from '../texts/pages.ts';
import { pageStageOf, type PayView } from '../web/pay-stage.ts';
import { payMissingPage, payPage, payStatus, redirectPage, redirectPolicy } from '../web/pay.tsx';
import { perMinute } from './limits.ts';
import { pageLanguage, sendPage, sendPdf } from './respond.ts';
import type { Payments } from './payments.ts';

interface PayOptions {
  readonly db: Database;
  readonly payments: Payments;
  readonly facts: PublicFacts;
}

/** A page that shows its state live asks every three seconds, and a family may look at one link together. */
const lookLimit = perMinute({ address: 6_000, link: 180 }, tokenOf);
/** Opening an attempt costs a call to the gateway, a receipt some milliseconds of a processor. */
const costlyLimit = perMinute({ address: 600, link: 20 }, tokenOf);

export function payRoutes({ db, payments, facts }: PayOptions): Router {
  const router = Router();

  async function viewOf(order: Order, problem?: PayView['problem']): Promise<PayView> {
    const standing = await readStanding(db, order.id);
    const now = Date.now();
    const elsewhere = stageOf(standing, now) === 'ready' && (await isPaidElsewhere(db, order.id));
    return { order, standing, now, elsewhere, ...(problem && { problem }) };
  }

  async function orderOf(request: Request): Promise<Order | undefined> {
    const token = tokenOf(request);
    // Anything else is no token of ours, and some of it no text that Postgres takes.
    return /^[\w-]{1,64}$/.test(token) ? orderByToken(db, token) : undefined;
  }

  /** Answers with what `show` makes of the order, or says that there is none. */
  async function withOrder(
    request: Request,
    response: Response,
    show: (order: Order) => Promise<string>,
  ): Promise<void> {
    const language = pageLanguage(request);
    const order = await orderOf(request);
    response.set('x-robots-tag', 'noindex');
    if (order) sendPage(response, language, await show(order), 'no-store');
    else sendPage(response.status(404), language, payMissingPage(language, facts), 'no-store');
  }

  router.get('/pay/:token', lookLimit, async (request, response) => {
    await withOrder(request, response, async (order) =>
      payPage(pageLanguage(request), await viewOf(order), facts),
    );
  });

  router.get('/pay/:token/status', lookLimit, async (request, response) => {
    const order = await orderOf(request);
    const view = order && (await viewOf(order));
    // What the page shows already is not exchanged under the citizen's finger.
    if (!view || pageStageOf(view).kind === request.query['seen']) response.status(204).end();
    else {
      const language = pageLanguage(request);
      sendPage(response, language, payStatus(language, view, facts), 'no-store');
    }
  });

  const form = express.urlencoded({ extended: false, limit: '2kb' });
  router.post('/pay/:token', costlyLimit, form, async (request, response) => {
    const language = pageLanguage(request);
    const { anyway } = (request.body ?? {}) as { anyway?: string };
    await withOrder(request, response, async (order) => {
      const opened = await payments.open(order, {
        browser: { ip: request.ip ?? '', userAgent: request.get('user-agent') ?? '' },
        anyway: anyway === '1',
      });
      if (opened.outcome === 'redirect') {
        response.set('content-security-policy', redirectPolicy(opened.redirect));
        return redirectPage(language, opened);
      }
      if (opened.outcome === 'unavailable') return payPage(language, await viewOf(order, 'tryAgain'), facts);
      // Whatever else stands in the way, the page shows by itself.
      const { because } = opened;
      const problem = because === 'gatewayAway' || because === 'aboveLimit' ? because : undefined;
      return payPage(language, await viewOf(order, problem), facts);
    });
  });

  router.get('/pay/:token/:receipt.pdf', costlyLimit, async (request, response) => {
    const order = await orderOf(request);
    const wanted = String(request.params['receipt']);
    const receipt = order && (await receiptsOf(db, order.id)).find(({ number }) => number === wanted);
    if (!receipt) {
      const language = pageLanguage(request);
      sendPage(response.status(404), language, payMissingPage(language, facts));
      return;
    }
    const pdf = await receiptPdf(receipt, pageLanguage(request), facts);
    sendPdf(response, `receipt-${receipt.number}`, pdf);
  });

  return router;
}

function tokenOf({ params }: Request): string {
  return String(params['token']);
}
