/** The pay page: what is paid for, the way to the gateway, and what became of it, live. */
import express, { Router, type Request, type Response } from 'express';
import type { Database } from '../database/connection.ts';
import { attemptUnderWay, isPaidElsewhere } from '../database/payments/attempts.ts';
import { orderByToken } from '../database/payments/orders.ts';
import { readPickFacts } from '../database/payments/pool.ts';
import { receiptsOf } from '../database/payments/receipts.ts';
import { readStanding } from '../database/payments/standing.ts';
import { receiptPdf } from '../documents/receipt.ts';
import type { PaidByCredit } from '../database/payments/pay-by-credit.ts';
import { toPay, type Order } from '../domain/payments/order.ts';
import { candidatesOf, openAccounts } from '../domain/payments/pick.ts';
import type { CreditPayment } from '../records/credit-payment.ts';
import { stageOf } from '../domain/payments/stage.ts';
import { payWays, waysToPay, type WaysToPay } from '../domain/payments/way.ts';
import type { GatewayPool } from '../gateways/pool.ts';
import type { PublicFacts } from '../texts/pages.ts';
import { pageStageOf, upiApps, type OrderView, type PayView } from '../web/pay-stage.ts';
import { payMissingPage, payPage, payStatus, redirectPage, redirectPolicy } from '../web/pay.tsx';
import { perMinute } from './limits.ts';
import { pageLanguage, sendPage, sendPdf } from './respond.ts';
import type { Opened, Payments } from './payments.ts';

interface PayOptions {
  readonly db: Database;
  readonly payments: Payments;
  readonly payByCredit: CreditPayment;
  readonly gateways: GatewayPool;
  readonly facts: PublicFacts;
}

/** A page that shows its state live asks every three seconds, and a family may look at one link together. */
const lookLimit = perMinute({ address: 6_000, link: 180 }, tokenOf);
/** Opening an attempt costs a call to the gateway, a receipt some milliseconds of a processor. */
const costlyLimit = perMinute({ address: 600, link: 20 }, tokenOf);

/** Browsers of phones and of small tablets say so; the others of those ask for pages as computers do. */
const phones = /Android|iPhone|Mobi/;

export function payRoutes({ db, payments, payByCredit, gateways, facts }: PayOptions): Router {
  const router = Router();

  async function viewOf(
    request: Request,
    order: Order,
    more: Pick<PayView, 'problem' | 'app' | 'changed'> = {},
  ): Promise<PayView> {
    const view = await standingOf(order);
    const { now } = view;
    const stage = stageOf(view.standing, now);
    const isPayable = stage === 'ready' || stage === 'atGateway';
    const underWay = stage === 'atGateway' ? await attemptUnderWay(db, order.id) : undefined;
    const ways: WaysToPay =
      isPayable && toPay(order) > 0 ? await waysOf(order, now) : { ways: [], limits: {} };
    return {
      ...view,
      ways,
      isPhone: phones.test(request.get('user-agent') ?? ''),
      ...(underWay && { redirect: underWay.redirect }),
      ...(stage === 'ready' && ways.limits.page !== undefined && { problem: 'aboveLimit' }),
      ...more,
    };
  }

  async function standingOf(order: Order): Promise<OrderView> {
    const standing = await readStanding(db, order.id);
    const now = Date.now();
    const elsewhere = stageOf(standing, now) === 'ready' && (await isPaidElsewhere(db, order.id));
    return { order, standing, now, elsewhere };
  }

  /** How the order can be paid: at the account where that was begun, or at any that is open. */
  async function waysOf(order: Order, now: number): Promise<WaysToPay> {
    const { accounts, underWay } = await readPickFacts(db, order.id);
    const candidates = candidatesOf(gateways.accountsFor(order.service), accounts);
    const situation = { ...(underWay !== undefined && { underWay }), tried: [], now };
    return waysToPay(openAccounts(candidates, situation), toPay(order));
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
      payPage(pageLanguage(request), await viewOf(request, order), facts),
    );
  });

  router.get('/pay/:token/status', lookLimit, async (request, response) => {
    const order = await orderOf(request);
    // What the page shows already is not exchanged under the citizen's finger.
    if (!order || pageStageOf(await standingOf(order)).kind === request.query['seen'])
      response.status(204).end();
    else {
      const language = pageLanguage(request);
      sendPage(response, language, payStatus(language, await viewOf(request, order), facts), 'no-store');
    }
  });

  const form = express.urlencoded({ extended: false, limit: '2kb' });
  router.post('/pay/:token', costlyLimit, form, async (request, response) => {
    const language = pageLanguage(request);
    const { anyway, way, app } = (request.body ?? {}) as { anyway?: string; way?: string; app?: string };
    await withOrder(request, response, async (order) => {
      const show = async (more?: Pick<PayView, 'problem' | 'app' | 'changed'>): Promise<string> =>
        payPage(language, await viewOf(request, order, more), facts);
      const wanted = {
        browser: { ip: request.ip ?? '', userAgent: request.get('user-agent') ?? '' },
        anyway: anyway === '1',
        way: payWays.find((each) => each === way) ?? 'page',
      };
      const opened =
        toPay(order) === 0 ? await payByCredit(order, wanted) : await payments.open(order, wanted);
      if (opened.outcome !== 'redirect') return show(hindranceOf(opened));
      const { redirect, gateway } = opened;
      if (redirect.kind === 'qrCode') return show();
      if (redirect.kind === 'intent') return show({ app: upiApps.find((each) => each === app) ?? 'any' });
      response.set('content-security-policy', redirectPolicy(redirect));
      return redirectPage(language, { gateway, redirect });
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

/** What the page has to be told of a press that did not lead to a gateway; whatever else stands in its way, it shows by itself. */
function hindranceOf(
  opened: Exclude<Opened, { readonly outcome: 'redirect' }> | PaidByCredit,
): Pick<PayView, 'problem' | 'changed'> {
  if (opened.outcome === 'unavailable') return { problem: 'tryAgain' };
  if (opened.outcome !== 'refused') return {};
  const { because } = opened;
  if (because === 'gatewayAway' || because === 'aboveLimit') return { problem: because };
  return because === 'changed' ? { changed: true } : {};
}

function tokenOf({ params }: Request): string {
  return String(params['token']);
}
