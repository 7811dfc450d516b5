/** What a payment does to the world: our own books, the gateways, the corporation's records. */
import { randomBytes } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/activity';
import type { Database } from '../database/connection.ts';
import { applyGatewayFact } from '../database/payments/apply-gateway-fact.ts';
import {
  attemptOpened,
  beginAttempt,
  expireAttempt,
  merchantOf,
  type NotBegun,
} from '../database/payments/attempts.ts';
import { writeAudit, type Act } from '../database/audit.ts';
import type { Applying } from '../database/payments/capture.ts';
import { cancelOrder, readOrder } from '../database/payments/orders.ts';
import { readReceipt, receiptPosted } from '../database/payments/receipts.ts';
import { resolveReview, type Resolved, type Resolving } from '../database/payments/reviews.ts';
import { readStanding } from '../database/payments/standing.ts';
import type { AttemptReference } from '../domain/payments/attempt.ts';
import type { Order, OrderId, Standing } from '../domain/payments/order.ts';
import type { Browser, Gateway, Redirect } from '../gateways/gateway.ts';
import type { Logger } from '../platform/log.ts';
import { RecordsRefusedError, type Records } from '../records/records.ts';

export type { Browser } from '../gateways/gateway.ts';

interface Dependencies {
  readonly db: Database;
  readonly gateway: Gateway;
  readonly records: Records;
  /** PUBLIC_URL: citizens come back to it from the gateway. */
  readonly publicUrl: string;
  readonly applying: Applying;
  readonly log: Logger;
}

interface Of {
  readonly orderId: OrderId;
}

/** Where the citizen's browser goes, or why nowhere. */
export type OpenResult =
  | { readonly is: 'redirect'; readonly redirect: Redirect }
  | { readonly is: 'refused'; readonly because: NotBegun | 'gatewayAway' };

export interface PaymentActivities {
  /** Where the order stands. */
  standing(of: Of): Promise<Standing>;
  /** Sends the citizen to a gateway: to the page where they were before, as long as that can be used. */
  openAttempt(wanted: Of & { readonly browser: Browser; readonly anyway: boolean }): Promise<OpenResult>;
  /** Asks the gateway what became of an attempt. @throws when no answer can be had or trusted */
  askGateway(of: Of & { readonly reference: AttemptReference }): Promise<Standing>;
  /** Tells the corporation's records of the order's receipt; safe to repeat. */
  postReceipt(of: Of): Promise<void>;
  resolveReview(resolving: Resolving): Promise<Resolved>;
  cancelOrder(act: Act & Of): Promise<void>;
  noteAct(act: Act & Of): Promise<void>;
}

export function createPaymentActivities(dependencies: Dependencies): PaymentActivities {
  const { db, gateway, records, publicUrl, applying, log } = dependencies;

  async function ask(reference: AttemptReference): Promise<void> {
    const told = await gateway.ask({ merchant: await merchantOf(db, reference), reference });
    await applyGatewayFact(db, { ...told, source: 'query' }, applying);
  }

  async function openAttempt(
    { orderId, browser, anyway }: Parameters<PaymentActivities['openAttempt']>[0],
    mayAsk = true,
  ): Promise<OpenResult> {
    const { name: merchant, id: merchantId } = gateway.merchant();
    const reference = newReference();
    const wanted = { gateway: gateway.name, merchant, merchantId, reference, anyway };
    const begun = await beginAttempt(db, orderId, wanted);
    switch (begun.is) {
      case 'refused':
        return begun;
      case 'underWay':
        return { is: 'redirect', redirect: begun.redirect };
      case 'over':
        // Money may have come at its last moment: ask before there is a second chance to pay.
        if (!mayAsk) return { is: 'refused', because: 'undecided' };
        await ask(begun.reference);
        await expireAttempt(db, begun.reference, 'redirected');
        return openAttempt({ orderId, browser, anyway }, false);
      case 'begun':
        return openAtGateway(orderId, { merchant, reference, browser });
    }
  }

  async function openAtGateway(
    orderId: OrderId,
    { merchant, reference, browser }: { merchant: string; reference: AttemptReference; browser: Browser },
  ): Promise<OpenResult> {
    const order = await orderOf(orderId);
    try {
      const opened = await gateway.open({
        merchant,
        reference,
        amount: order.amount,
        service: order.service,
        accountNumber: order.account.number,
        ward: order.account.ward,
        returnUrl: `${publicUrl}/return/${gateway.name}`,
        browser,
        at: Date.now(),
      });
      await attemptOpened(db, reference, { gateway: gateway.name, ...opened });
      return { is: 'redirect', redirect: opened.redirect };
    } catch (error) {
      log.warn({ err: error, order: orderId, reference }, 'the gateway did not open an attempt');
      await expireAttempt(db, reference, 'created');
      return { is: 'refused', because: 'gatewayAway' };
    }
  }

  async function orderOf(orderId: OrderId): Promise<Order> {
    const order = await readOrder(db, orderId);
    if (!order) throw ApplicationFailure.nonRetryable(`no order ${orderId}`, 'NoOrder');
    return order;
  }

  return {
    standing: ({ orderId }) => readStanding(db, orderId),
    openAttempt: (wanted) => openAttempt(wanted),

    async askGateway({ orderId, reference }) {
      await ask(reference);
      return readStanding(db, orderId);
    },

    async postReceipt({ orderId }) {
      const receipt = await readReceipt(db, orderId);
      if (!receipt) throw ApplicationFailure.nonRetryable('there is no receipt', 'NoReceipt');
      try {
        await records.post(receipt);
      } catch (error) {
        if (!(error instanceof RecordsRefusedError)) throw error;
        throw ApplicationFailure.nonRetryable(error.message, 'RecordsRefused');
      }
      await receiptPosted(db, receipt.number);
    },

    resolveReview: (resolving) => resolveReview(db, resolving, applying),

    async cancelOrder(act) {
      await cancelOrder(db, act.orderId);
      await writeAudit(db, act);
    },

    noteAct: (act) => writeAudit(db, act),
  };
}

const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** 22 characters of 5 bits: nobody guesses another's. Gateways take no hyphens. */
function newReference(): AttemptReference {
  return `PS${Array.from(randomBytes(22), (byte) => alphabet[byte % 32]).join('')}` as AttemptReference;
}
