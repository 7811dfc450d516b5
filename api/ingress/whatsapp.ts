/**
 * Meta's webhook. What it brings is written down before it is answered with 200; everything after that may fail and be
 * done again. Meta measures us: the median answer within 250 ms, fewer than 1 % above one second.
 */
import { timingSafeEqual } from 'node:crypto';
import express, { Router, type NextFunction, type Request, type Response } from 'express';
import { keepNotices } from '../../database/citizens.ts';
import type { Database } from '../../database/connection.ts';
import { applyStatuses, type StatusUpdate } from '../../database/messages.ts';
import { noteChatPayments } from '../../database/payments/returns.ts';
import { acceptFailures, acceptMessages, type AcceptedMessage } from '../../database/outbox.ts';
import { writeParts, type PartSource } from '../../database/set-aside.ts';
import { expectsAnswer } from '../../domain/conversation/inbound.ts';
import { isOnlyThanks } from '../../domain/conversation/reading.ts';
import { readMessage } from '../../domain/conversation/understanding/understand.ts';
import type { Logger } from '../../platform/log.ts';
import type { IngressMetrics } from '../../platform/metrics.ts';
import { traced } from '../../platform/tracing.ts';
import type { WhatsAppClient } from '../../whatsapp/client.ts';
import { mayGoAgain, remedyFor } from '../../whatsapp/errors.ts';
import { isSignature, verifySignature } from '../../whatsapp/signature.ts';
import {
  NotAWebhookError,
  parseWebhook,
  type DeliveryStatus,
  type ParsedWebhook,
  type ReceivedMessage,
} from '../../whatsapp/webhook.ts';
import { fewLargeBodies } from '../door.ts';
import type { Delivery } from './delivery.ts';

export interface WebhookOptions {
  readonly db: Database;
  readonly delivery: Delivery;
  readonly whatsapp: WhatsAppClient;
  readonly metrics: IngressMetrics;
  readonly log: Logger;
  readonly phoneNumberId: string;
  /** App secrets; two while one replaces the other. */
  readonly secrets: readonly string[];
  readonly verifyToken: string;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  /** Why it was refused, for the metrics. */
  readonly reason?: string;
}

/** Meta sends at most 3 MB ("Webhooks overview"). */
const largestBody = '4mb';
/** Read receipts under way at once; beyond that they are left out, since they are only a courtesy. */
const mostReceipts = 30;

export function whatsappWebhook(options: WebhookOptions): Router {
  const { db, delivery, whatsapp, metrics, log, phoneNumberId, secrets, verifyToken } = options;
  let receipts = 0;

  /** Meta asks once, when the address is set up, whether it is really ours ("Create a webhook endpoint"). */
  function subscribe(request: Request, response: Response): void {
    const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = request.query;
    if (mode === 'subscribe' && typeof challenge === 'string' && sameText(token, verifyToken)) {
      response.type('text/plain').send(challenge);
    } else {
      metrics.rejected.inc({ reason: 'wrong verify token' });
      response
        .status(403)
        .type('text/plain')
        .send('The verify token is not the one in WHATSAPP_VERIFY_TOKEN.');
    }
  }

  async function receive(request: Request, response: Response): Promise<void> {
    const stopTimer = metrics.seconds.startTimer();
    const { status, text, reason } = await traced('webhook whatsapp', { kind: 'server' }, () =>
      take(request),
    );
    if (reason !== undefined) metrics.rejected.inc({ reason });
    response.status(status).type('text/plain').send(text);
    stopTimer({ result: String(status) });
  }

  async function take(request: Request): Promise<Answer> {
    const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (!verifySignature(raw, request.get('x-hub-signature-256'), secrets)) {
      return { status: 401, text: 'The signature does not fit the body.', reason: 'wrong signature' };
    }
    let webhook: ParsedWebhook;
    try {
      webhook = parseWebhook(JSON.parse(raw.toString('utf8')));
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof RangeError)
        return { status: 400, text: 'The body is not JSON.', reason: 'broken JSON' };
      if (error instanceof NotAWebhookError)
        return { status: 400, text: error.message, reason: 'not a webhook' };
      throw error;
    }
    try {
      await write(webhook);
    } catch (error) {
      log.error({ err: error }, 'cannot write a webhook down; Meta will bring it again');
      return { status: 503, text: 'Try again later.', reason: 'not written' };
    }
    return { status: 200, text: 'OK' };
  }

  /** Writes down all that a webhook brought: whoever delivers hears of it from the database. */
  async function write(webhook: ParsedWebhook): Promise<void> {
    for (const { reason } of webhook.ignored) metrics.ignored.inc({ reason });
    await keep('notice', webhook.notices, (some) => keepNotices(db, some));
    for (const { field } of webhook.notices)
      log.warn({ field }, 'WhatsApp tells something about the account');

    const messages = ours(webhook.messages);
    // Together, because what a citizen sent before a change of their ids is to be heard before it.
    const parts = [
      ...messages.map((received) => ({ messages: [withShownPhone(received)], changes: [] })),
      ...ours(webhook.identityChanges).map((change) => ({ messages: [], changes: [change] })),
    ];
    const accepted = await keep('message', parts, (some) =>
      acceptMessages(
        db,
        some.flatMap((part) => part.messages),
        some.flatMap((part) => part.changes),
      ),
    );
    const fresh = new Set(accepted.flat());
    const statuses = ours(webhook.statuses);
    const failed = await keep('status', statuses, (some) => applyStatuses(db, some.map(statusUpdate)));
    await acceptFailures(db, failed.flat());
    await keep('payment', ours(webhook.payments), (some) => noteChatPayments(db, some));

    for (const { status, errors } of statuses) {
      metrics.statuses.inc({ status });
      for (const { code } of errors) {
        const { action, meaning } = remedyFor(code);
        if (action === 'operator' || action === 'bug') log.error({ code }, meaning);
      }
    }
    for (const { message } of messages) {
      metrics.inbound.inc({
        kind: message.content.kind,
        result: fresh.has(message.wamid) ? 'new' : 'repeated',
      });
    }
    // Nobody is shown "typing…" while no answer can come.
    if (delivery.isOpen()) showAsRead(messages.filter(({ message }) => fresh.has(message.wamid)));
  }

  /** What is about our number; an account may have others. */
  function ours<T extends { readonly phoneNumberId: string }>(parts: readonly T[]): T[] {
    const mine = parts.filter((part) => part.phoneNumberId === phoneNumberId);
    if (mine.length < parts.length) {
      metrics.ignored.inc({ reason: 'another number' }, parts.length - mine.length);
    }
    return mine;
  }

  /** Writes parts down; one that cannot be stored costs nothing of the others. */
  async function keep<T, R>(
    source: PartSource,
    parts: readonly T[],
    write: (parts: readonly T[]) => Promise<R>,
  ): Promise<readonly R[]> {
    const { results, setAside } = await writeParts(db, source, parts, write);
    if (setAside > 0) {
      metrics.setAside.inc({ source }, setAside);
      log.error({ source, setAside }, 'parts of a webhook cannot be stored and were set aside');
    }
    return results;
  }

  /** Blue ticks and "typing…" at once: the message is safe and is being answered. Free, and never worth a retry. */
  function showAsRead(received: readonly ReceivedMessage[]): void {
    const latest = new Map(
      received
        .filter(({ message }) => expectsAnswer(message.content))
        .map(({ sender, message }) => [sender.bsuid ?? sender.phone, message]),
    );
    for (const message of latest.values()) {
      if (receipts >= mostReceipts) return;
      receipts += 1;
      // Thanks are answered with an emoji at most, behind which "typing…" would stand for long. Words alone tell that.
      whatsapp
        .markRead(message.wamid, { typing: !isOnlyThanks(readMessage(message)), timeoutMs: 2_000 })
        .catch((error: unknown) => log.debug({ err: error }, 'no read receipt'))
        .finally(() => {
          receipts -= 1;
        });
    }
  }

  /** Whoever signs nothing is refused before their body takes up memory. */
  function refuseUnsigned(request: Request, response: Response, next: NextFunction): void {
    if (isSignature(request.get('x-hub-signature-256'))) {
      next();
      return;
    }
    metrics.rejected.inc({ reason: 'no signature' });
    response.set('connection', 'close').status(401).type('text/plain').send('The body is not signed.');
  }

  const router = Router();
  router.get('/webhooks/whatsapp', subscribe);
  // The raw bytes, whatever the content type says: the signature is over them (Meta escapes non-ASCII text).
  router.post(
    '/webhooks/whatsapp',
    refuseUnsigned,
    fewLargeBodies(),
    express.raw({ type: () => true, limit: largestBody }),
    receive,
  );
  return router;
}

function statusUpdate({ errors, pricing, ...status }: DeliveryStatus): StatusUpdate {
  const code = errors[0]?.code;
  const remedy = remedyFor(code);
  return {
    ...status,
    ...(status.status === 'failed' && {
      failure: {
        code,
        meaning: remedy.meaning,
        again: mayGoAgain(remedy),
        optedOut: remedy.action === 'optedOut',
      },
    }),
    pricing: pricing && { category: pricing.category, type: pricing.type ?? 'regular' },
  };
}

/** With the number that a card shows which answers our request for it; whether we did ask, the database knows. */
function withShownPhone({ sender, message }: ReceivedMessage): AcceptedMessage {
  const { content } = message;
  const shownPhone = content.kind === 'contacts' && content.requested ? content.phones[0] : undefined;
  return { sender, message, ...(shownPhone !== undefined && { shownPhone }) };
}

function sameText(given: unknown, expected: string): boolean {
  if (typeof given !== 'string') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
