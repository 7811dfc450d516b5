/**
 * What gateways post: server-to-server callbacks, which are written down and have their effect before they are answered
 * with 200, and the citizen's browser on its way back, which decides nothing.
 */
import express, { Router, type Request, type Response } from 'express';
import type { Database } from '../database/connection.ts';
import { applyGatewayFact } from '../database/payments/apply-gateway-fact.ts';
import type { PostingSettings } from '../database/payments/capture.ts';
import { noteReturn } from '../database/payments/returns.ts';
import { NotACallbackError, NotAuthenticError, type Gateway, type Returned } from '../gateways/gateway.ts';
import type { Logger } from '../platform/log.ts';
import type { GatewayMetrics } from '../platform/metrics.ts';
import type { Delivery } from './delivery.ts';
import { perMinute, refuse } from './pages.ts';

export interface CallbackOptions {
  readonly db: Database;
  readonly gateway: Gateway;
  readonly applying: PostingSettings;
  readonly delivery: Delivery;
  readonly metrics: GatewayMetrics;
  readonly log: Logger;
}

const largestBody = '256kb';
/** The raw bytes, whatever the content type says: gateways are not agreed on one. */
const raw = express.raw({ type: () => true, limit: largestBody });

/** A person comes back once a payment; many of them may share the one address of a mobile network. */
const returnLimit = perMinute(1_200);

export function gatewayCallbacks(options: CallbackOptions): Router {
  const { db, gateway, applying, delivery, metrics, log } = options;

  async function receive(request: Request, response: Response): Promise<void> {
    const stopTimer = metrics.seconds.startTimer({ gateway: gateway.name });
    const { status, text, result } = await take(bodyOf(request));
    metrics.callbacks.inc({ gateway: gateway.name, result });
    response.status(status).type('text/plain').send(text);
    stopTimer({ result: String(status) });
  }

  async function take(body: Buffer): Promise<{ status: number; text: string; result: string }> {
    try {
      const told = await gateway.readCallback(body);
      const orderId = await applyGatewayFact(db, { ...told, source: 'webhook' }, applying);
      if (orderId !== undefined) delivery.deliver([{ workflow: 'payment', id: orderId }]);
      else log.error({ gateway: gateway.name }, 'a gateway tells of a payment that nobody here asked for');
      return {
        status: 200,
        text: 'OK',
        result: orderId === undefined ? 'unknown reference' : told.fact.says,
      };
    } catch (error) {
      if (error instanceof NotAuthenticError) {
        return { status: 401, text: 'The signature does not fit.', result: 'wrong signature' };
      }
      if (error instanceof NotACallbackError) {
        return { status: 400, text: 'This is no callback.', result: 'unreadable' };
      }
      log.error(
        { err: error },
        'cannot write a callback down; the gateway may bring it again, and is asked anyway',
      );
      return { status: 503, text: 'Try again later.', result: 'not written' };
    }
  }

  /** The browser is sent on to the order's page, which knows the truth; the workflow asks the gateway meanwhile. */
  async function comeBack(request: Request, response: Response): Promise<void> {
    const returned = await readReturn(bodyOf(request));
    const back = returned && (await noteReturn(db, gateway.name, returned));
    metrics.callbacks.inc({ gateway: gateway.name, result: back ? 'browser back' : 'browser lost' });
    if (!back) {
      refuse(request, response.status(400), 'unreadable', 'Open the link in the chat again.');
      return;
    }
    delivery.deliver([{ workflow: 'payment', id: back.id }]);
    response.redirect(303, `/pay/${back.token}?lang=${back.language}`);
  }

  async function readReturn(body: Buffer): Promise<{ reference: string; raw: string } | undefined> {
    try {
      const returned = await gateway.readReturn(body);
      return { reference: referenceOf(returned), raw: returned.verified ? returned.told.raw : returned.raw };
    } catch (error) {
      if (error instanceof NotAuthenticError || error instanceof NotACallbackError) return undefined;
      throw error;
    }
  }

  const router = Router();
  router.post(`/webhooks/${gateway.name}`, raw, receive);
  router.post(`/return/${gateway.name}`, returnLimit, raw, comeBack);
  return router;
}

function referenceOf(returned: Returned): string {
  return returned.verified ? returned.told.fact.reference : returned.reference;
}

function bodyOf({ body }: Request): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
